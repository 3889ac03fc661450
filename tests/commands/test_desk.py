"""A desk from the command line, as a script works it: opened, staffed, filled, asked, kept; in JSON and in words."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from collectdesk.desk.shipped import directory
from collectdesk.store import journal
from collectdesk.store.engine import open_engine
from tests import newdesk
from tests.commands.conftest import Done, Program
from tests.desk.importing.files import GOOD, csv_file, other
from tests.newdesk import ADMIN, OTHER, PASSPHRASE, Template


@pytest.fixture
def desk(program: Program, template: Template, runtime: Path) -> Path:
    """The program's desk, with its administrator signed in."""
    assert program is not None
    assert runtime.is_dir()
    return newdesk.copy(template, Path(os.environ["COLLECTDESK_DESK"]))


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file with a passphrase in it."""
    file = tmp_path / "passphrase"
    file.write_text(OTHER + "\n")
    return str(file)


def document(done: Done) -> Any:
    """What a command answered, which must have ended well."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def error(done: Done) -> str:
    """The code of a refusal: JSON on stderr, nothing on stdout."""
    assert done.out == ""
    told = json.loads(done.err)
    assert told["schema"] == "collectdesk.error/1"
    return str(told["code"])


def test_a_script_opens_a_desk(program: Program, runtime: Path, secret: str, tmp_path: Path) -> None:
    """Every prompt has a flag, the passphrase a file, the recovery code a place to go."""
    assert runtime.is_dir()
    proof = tmp_path / "recovery"
    words = ("--company", "Example Agency", "--kind", "agency", "--number", "8001", "--name", "First Admin")
    done = program("init", *words, "--passphrase-file", secret, "--recovery-proof", str(proof), "--json")
    told = document(done)
    assert told["schema"] == "collectdesk.init/1"
    assert told["company"] == {"name": "Example Agency", "kind": "agency"}
    assert {"kind": "rulebook", "name": "house"} in told["adopted"]
    assert len(proof.read_text().strip()) == 39
    assert proof.stat().st_mode & 0o077 == 0
    assert document(program("staff", "list", "--json"))["staff"][0]["number"] == "8001"
    again = program("init", *words, "--passphrase-file", secret, "--recovery-proof", str(proof), "--json")
    assert (again.code, error(again)) == (6, "desk_exists")


def test_without_a_terminal_init_names_what_is_missing(program: Program) -> None:
    done = program("init", "--company", "Example Agency", "--json")
    assert done.code == 2
    assert error(done) == "no_terminal"
    assert "--kind" in json.loads(done.err)["hint"]


def test_without_a_session_every_door_is_shut(program: Program, desk: Path) -> None:
    assert desk.is_dir()
    assert document(program("logout", "--json")) == {"schema": "collectdesk.logout/1", "was_signed_in": True}
    for words in (("staff", "list"), ("case", "A-1"), ("ready",), ("import", "x.csv"), ("rules", "list")):
        done = program(*words, "--json")
        assert (done.code, error(done)) == (5, "not_signed_in"), words


def test_staff_are_added_qualified_and_sign_in(program: Program, desk: Path, secret: str) -> None:
    """Article 13.1."""
    assert desk.is_dir()
    lead = ("--name", "A Lead", "--role", "lead", "--team", "Team One", "--superior", ADMIN)
    document(program("staff", "add", "2001", *lead, "--passphrase-file", secret, "--json"))
    exam = ("--vetted", "2026-10-01", "--confidentiality", "2026-10-02", "--exam", "2026-10-03", "--score", "91")
    done = program("staff", "qualify", "2001", *exam, "--examiner", "Training", "--json")
    assert document(done)["recorded"] == ["vetting", "confidentiality", "exam"]
    done = program("staff", "qualify", ADMIN, "--vetted", "2026-10-01", "--json")
    assert (done.code, error(done)) == (5, "attests_himself")
    assert document(program("login", "2001", "--passphrase-file", secret, "--json"))["role"] == "lead"
    done = program("staff", "add", "3001", *lead, "--passphrase-file", secret, "--json")
    assert (done.code, error(done)) == (5, "role")


def test_a_wrong_passphrase_is_refused_and_the_right_one_is_not_shown(
    program: Program, desk: Path, secret: str, tmp_path: Path
) -> None:
    assert desk.is_dir()
    done = program("login", ADMIN, "--passphrase-file", secret, "--json")
    assert (done.code, error(done)) == (5, "wrong_passphrase")
    right = tmp_path / "right"
    right.write_text(PASSPHRASE)
    done = program("login", ADMIN, "--passphrase-file", str(right), "--json")
    assert document(done)["misses"] == 1
    assert PASSPHRASE not in done.out + done.err


def test_a_token_is_the_owners_file_and_bounds_its_account(
    program: Program, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.is_dir()
    file = tmp_path / "bot.token"
    made = program("staff", "token", "bot", "--scope", "check", "--out", str(file), "--json")
    assert document(made)["scope"] == ["check"]
    assert file.read_text().strip() not in made.out
    assert file.stat().st_mode & 0o077 == 0
    told = document(program("login", "bot", "--token-file", str(file), "--json"))
    monkeypatch.setenv("COLLECTDESK_SESSION", told["session"])
    assert document(program("rules", "list", "--json"))["adopted"] is True
    done = program("staff", "list", "--json")
    assert (done.code, error(done)) == (5, "scope")


def test_a_script_signs_in_beside_a_person_and_neither_takes_the_others_place(
    program: Program, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cron script of the same user: each command goes by the person, or by the account named, never by a guess."""
    assert desk.is_dir()
    file = tmp_path / "bot.token"
    document(program("staff", "token", "bot", "--scope", "check", "--out", str(file), "--json"))
    assert "COLLECTDESK_SESSION=bot" in program("login", "bot", "--token-file", str(file)).out
    assert document(program("staff", "list", "--json"))["staff"]
    monkeypatch.setenv("COLLECTDESK_SESSION", "bot")
    assert error(program("staff", "list", "--json")) == "scope"
    assert document(program("rules", "list", "--json"))["adopted"] is True
    monkeypatch.setenv("COLLECTDESK_SESSION", "")
    assert document(program("logout", "--json"))["was_signed_in"] is True
    done = program("staff", "list", "--json")
    assert (done.code, error(done)) == (5, "not_signed_in")
    assert "COLLECTDESK_SESSION" in json.loads(done.err)["hint"]
    (tmp_path / "own").write_text(PASSPHRASE + "\n", "utf-8")
    assert document(program("login", ADMIN, "--passphrase-file", str(tmp_path / "own"), "--json"))["session"] is None
    monkeypatch.setenv("COLLECTDESK_SESSION", "bot")
    assert document(program("logout", "--json"))["was_signed_in"] is True
    assert error(program("rules", "list", "--json")) == "not_signed_in"
    monkeypatch.setenv("COLLECTDESK_SESSION", ADMIN)
    assert document(program("staff", "list", "--json"))["staff"]


def test_a_script_asks_for_the_collector_of_the_case_and_calls_nobody_itself(
    program: Program, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script has no qualification of its own (article 13.1): its check is answered for whoever would call."""
    assert desk.is_dir()
    good, file = directory() / "demo" / "cases.csv", tmp_path / "bot.token"
    document(program("import", str(good), "--skip-bad", "--json"))
    document(program("staff", "token", "bot", "--scope", "check", "--out", str(file), "--json"))
    own = program("check", "A-1001", "--at", "2026-11-24T10:00", "--json")
    document(program("login", "bot", "--token-file", str(file), "--json"))
    monkeypatch.setenv("COLLECTDESK_SESSION", "bot")
    asked = program("check", "A-1001", "--at", "2026-11-24T10:00", "--json")
    assert refusals(asked) == refusals(own)
    rows = [json.loads(line) for line in program("check", "--all", "--ndjson").out.splitlines()]
    assert not [row for row in rows if "house/collector-qualified" in {each["rule"] for each in row["blocks"]}]


def refusals(done: Any) -> list[str]:
    """The rules that refuse."""
    return [each["rule"] for each in json.loads(done.out)["blocks"]]


def test_a_file_is_rehearsed_imported_once_and_its_bad_lines_set_aside(
    program: Program, desk: Path, tmp_path: Path
) -> None:
    """Import: row by row beforehand, all or nothing, the rejects with reasons, twice changes nothing."""
    assert desk.is_dir()
    good = directory() / "demo" / "cases.csv"
    bad = tmp_path / "cases.csv"
    bad.write_text(good.read_text("utf-8").replace("990101199509031128", "990101199509031127"), "utf-8")
    rehearsed = document(program("import", str(good), "--dry-run", "--json"))
    assert (rehearsed["written"], len(rehearsed["rows"])) == (False, 24)
    refused = program("import", str(bad), "--json")
    assert (refused.code, error(refused)) == (7, "lines_refused")
    assert document(program("case", "search", "A-10", "--json"))["cases"] == []
    skipped = document(program("import", str(bad), "--skip-bad", "--json"))
    assert skipped["counts"]["cases_new"] == 23
    rejects = tmp_path / "cases.rejects.csv"
    assert rejects.stat().st_mode & 0o077 == 0
    assert len(rejects.read_text("utf-8-sig").splitlines()) == 2
    assert document(program("import", str(good), "--json"))["counts"]["cases_new"] == 1
    assert document(program("import", str(good), "--json"))["changed"] is False
    assert document(program("import", str(good.with_name("calls.csv")), "--json"))["counts"]["calls_new"] == 18


def test_a_refused_line_is_named_without_what_it_holds(program: Program, desk: Path, tmp_path: Path) -> None:
    assert desk.is_dir()
    bad = tmp_path / "cases.csv"
    text = (directory() / "demo" / "cases.csv").read_text("utf-8")
    bad.write_text(text.replace("990101199509031128", "990101199509031127"), "utf-8")
    done = program("import", str(bad))
    assert done.code == 7
    assert "line 3" in done.err
    assert "证件号码" in done.err
    assert "990101199509031127" not in done.out + done.err


def test_a_case_is_shown_masked_and_its_unmasking_kept(program: Program, desk: Path) -> None:
    assert desk.is_dir()
    document(program("import", str(directory() / "demo" / "cases.csv"), "--json"))
    shown = document(program("case", "A-1011", "--json"))
    assert shown["statement"]["total"] == "12480.00"
    assert [each["name"] for each in shown["persons"] if each["role"] == "debtor"] == ["李*"]
    done = program("case", "show", "A-1011", "--unmask", "--json")
    assert (done.code, error(done)) == (2, "unmask_reason")
    full = document(program("case", "show", "A-1011", "--unmask", "--reason", "returned letter", "--json"))
    assert full["persons"][0]["numbers"][0]["number"] == "+8616000001011"
    kept = document(program("case", "history", "A-1011", "--json"))["entries"]
    assert any("returned letter" in note["text"] for entry in kept for note in entry["notes"])
    done = program("case", "show", "A-9999", "--json")
    assert (done.code, error(done)) == (4, "no_such_case")


def test_a_case_is_as_many_days_overdue_wherever_one_looks(program: Program, desk: Path, tmp_path: Path) -> None:
    """As the creditor stated it plus the days since, whatever the due date says, and where none is given."""
    assert desk.is_dir()
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    stated = {"账单日期": (today - timedelta(days=2)).isoformat(), "逾期天数": "40"}
    due = {"应还款日": (today - timedelta(days=60)).isoformat()}
    file = csv_file(tmp_path / "cases.csv", GOOD | stated | due, other(1, **stated), other(2, **due, 逾期天数=""))
    document(program("import", str(file), "--json"))
    for case, days in (("A-2001", 42), ("A-3001", 42), ("A-3002", 60)):
        assert re.search(rf"Overdue +{days} days", program("--lang", "en", "case", "show", case).out)
        assert f"{days} days past due" in program("--lang", "en", "check", case).out


def test_ready_goes_from_barred_to_ready(program: Program, desk: Path) -> None:
    assert desk.is_dir()
    barred = program("ready", "--json")
    assert barred.code == 3
    assert {"cases"} == {check["code"] for check in json.loads(barred.out)["checks"] if check["state"] == "bad"}
    document(program("import", str(directory() / "demo" / "cases.csv"), "--json"))
    items = ("--identity", "id_last4", "--identity", "birth_date")
    document(program("creditor", "set", "示例银行", *items, "--json"))
    document(program("creditor", "channel", "示例银行", "app", "--zh", "手机银行", "--en", "mobile bank", "--json"))
    states = {check["code"]: check["state"] for check in json.loads(program("ready", "--json").out)["checks"]}
    assert "bad" not in {states[code] for code in ("texts", "calendar", "staff", "cases", "identity_items")}


def test_a_way_to_pay_is_answered_by_its_own_schema(program: Program, desk: Path) -> None:
    """Articles 9.5, 9.7: what was designated, or ended; a person's is refused and nothing is written."""
    assert desk.is_dir()
    published = json.loads(program("schema", "payment_channel").out)
    document(program("import", str(directory() / "demo" / "cases.csv"), "--json"))
    labels = ("--zh", "手机银行", "--en", "mobile bank")
    answers = [
        document(program("creditor", "channel", "示例银行", "app", *labels, "--json")),
        document(program("creditor", "close", "示例银行", "app", "--json")),
    ]
    for answer, is_open in zip(answers, (True, False), strict=True):
        assert {"schema": published["title"]}.items() <= answer.items()
        assert set(answer) == set(published["required"]) == set(published["properties"])
        assert (answer["code"], answer["label"]["en"], answer["open"]) == ("app", "mobile bank", is_open)
    refused = program("creditor", "channel", "示例银行", "wx", "--zh", "张三的微信", "--en", "WeChat", "--json")
    assert (refused.code, error(refused)) == (7, "personal_channel")
    ways = document(program("creditor", "list", "--json"))["creditors"]
    assert [way["channels"] for way in ways if way["name"] == "示例银行"] == [[]]


def test_only_an_administrator_confirms_the_clock_and_the_journal_says_so(
    program: Program, desk: Path, template: Template, secret: str
) -> None:
    """A clock behind the journal bars every permit until an administrator vouches for it."""
    behind = int(time.time()) + 3600
    with open_engine(f"sqlite:///{desk / 'desk.db'}", template.key).writer.begin() as connection:
        journal.append(connection, at=behind, actor=ADMIN, action="test", subject="desk:test")
    looked = program("doctor", "--json")
    assert looked.code == 7
    clock = next(check for check in json.loads(looked.out)["checks"] if check["code"] == "clock")
    assert (clock["state"], "--confirm-clock" in clock["remedy"]) == ("bad", True)
    lead = ("--name", "A Lead", "--role", "lead", "--team", "Team One", "--superior", ADMIN)
    document(program("staff", "add", "2001", *lead, "--passphrase-file", secret, "--json"))
    document(program("login", "2001", "--passphrase-file", secret, "--json"))
    done = program("doctor", "--confirm-clock", "--json")
    assert (done.code, error(done)) == (5, "role")
    newdesk.sit(template, ADMIN, int(time.time()))
    assert program("doctor", "--confirm-clock", "--json").code in (0, 7)
    with open_engine(f"sqlite:///{desk / 'desk.db'}", template.key).reader.connect() as connection:
        kept = connection.execute(text("SELECT actor, action FROM journal ORDER BY seq DESC LIMIT 1")).one()
    assert tuple(kept) == (ADMIN, "clock.confirm")


def test_an_admin_adopts_a_house_rulebook_and_it_binds(program: Program, desk: Path, tmp_path: Path) -> None:
    """Article 8's numbers are the company's to set; what it adopts binds, what lies on disk does not."""
    assert desk.is_dir()
    house = tmp_path / "house.toml"
    text = (directory() / "rulebooks" / "house.toml").read_text("utf-8")
    house.write_text(text.replace('version = "1"', 'version = "2"').replace("limit = 4", "limit = 3", 1), "utf-8")
    done = program("rules", "adopt", str(house), "--json")
    assert (done.code, error(done)) == (2, "no_terminal")
    assert document(program("rules", "adopt", str(house), "--yes", "--json"))["adopted"][0]["version"] == "2"
    assert document(program("rules", "adopt", str(house), "--json"))["adopted"] == [], "it is in force already"
    shown = document(program("rules", "show", "house", "--json"))["rulebook"]
    assert next(rule for rule in shown["rule"] if rule["id"] == "dials-per-day")["limit"] == 3
    house.write_text("not = [toml", "utf-8")
    done = program("rules", "adopt", str(house), "--yes", "--json")
    assert (done.code, error(done)) == (7, "text_malformed")
    law = tmp_path / "law.toml"
    shutil.copy(directory() / "rulebooks" / "cn-law.toml", law)
    law.write_text(law.read_text("utf-8").replace("[[rule]]", "[[rule]]\nseverity = 'warn'", 1), "utf-8")
    done = program("rules", "adopt", str(law), "--yes", "--json")
    assert (done.code, error(done)) == (5, "rulebook_not_ours")


def test_the_house_sets_its_promise_limits(program: Program, desk: Path, tmp_path: Path) -> None:
    """Article 9.4: the limits are shown with their source, and what cannot be one is not adopted."""
    assert desk.is_dir()
    assert "At least 10 % of what is owed" in program("rules", "show", "house").out
    text = (directory() / "rulebooks" / "house.toml").read_text("utf-8").replace('version = "1"', 'version = "2"')
    house = tmp_path / "house.toml"
    house.write_text(text.replace("most_days = 30", "most_days = 3000"), "utf-8")
    done = program("rules", "adopt", str(house), "--yes", "--json")
    assert (done.code, error(done)) == (7, "text_malformed")
    line = house.read_text("utf-8").splitlines().index("most_days = 3000") + 1
    assert f"house.toml, line {line}: Expected a whole number <= 366." in json.loads(done.err)["message"]
    house.write_text(text.replace("most_days = 30", "most_days = 14"), "utf-8")
    assert "settings.promise" in program("rules", "adopt", str(house), "--yes").err
    shown = document(program("rules", "show", "house", "--json"))
    published = json.loads(program("schema", "house_settings").out)
    assert shown["settings"]["promise"]["most_days"] == 14
    assert set(shown["settings"]) == set(published["$defs"]["HouseSettings"]["properties"])
    silent = text.partition("[settings.promise]")[0] + "[common]" + text.partition("[common]")[2]
    house.write_text(silent.replace('version = "2"', 'version = "3"'), "utf-8")
    program("rules", "adopt", str(house), "--yes")
    assert program("rules", "show", "house").out.count("(as shipped; this rulebook does not set it)") == len(
        shown["settings"]
    )


def test_call_scripts_are_adopted_together_or_not_at_all(program: Program, desk: Path, tmp_path: Path) -> None:
    """Both languages hold the same lines; one alone that differs binds nobody."""
    assert desk.is_dir()
    files = []
    for lang in ("zh_CN", "en"):
        text = (directory() / "callscripts" / f"{lang}.toml").read_text("utf-8")
        head, _, last = text.replace('version = "', 'version = "9', 1).rpartition("[[line]]")
        assert last
        files.append(tmp_path / f"{lang}.toml")
        files[-1].write_text(head, "utf-8")
    done = program("rules", "adopt", str(files[0]), "--yes", "--json")
    assert done.code == 7, done.out
    assert error(done)
    held = document(program("rules", "adopt", *map(str, files), "--yes", "--json"))["adopted"]
    assert [each["name"] for each in held] == ["zh_CN", "en"]


def test_the_calendar_says_whose_word_it_goes_by(program: Program, desk: Path) -> None:
    """Article 8.2."""
    assert desk.is_dir()
    rows = document(program("calendar", "list", "--json"))["calendars"]
    years = {(row["region"], row["year"]): row["confirmed"] for row in rows}
    asked = (("CN", 2026), ("CN", 2027), ("IE", 2036), ("KR", 2027))
    assert [years[each] for each in asked] == [True, False, True, False]
    told = program("calendar", "list").out
    assert "2018–2026" in told
    assert "2028–2036" not in told
    days = document(program("calendar", "show", "2026", "--json"))["calendar"]["days"]
    assert {day["kind"] for day in days} == {"statutory_holiday", "announced_holiday", "makeup_workday"}
    done = program("calendar", "show", "2031", "--json")
    assert (done.code, error(done)) == (4, "no_such_year")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("staff", "list"),
        ("rules", "list"),
        ("rules", "show", "house"),
        ("calendar", "list"),
        ("calendar", "show", "2026"),
        ("case", "A-1011"),
        ("case", "history", "A-1011"),
        ("case", "search", "A-10"),
        ("creditor", "list"),
        ("doctor",),
        ("ready",),
    ],
)
def test_every_page_fits_eighty_columns_in_both_languages(
    program: Program, desk: Path, language: str, words: tuple[str, ...]
) -> None:
    from collectdesk.show.width import cells

    assert desk.is_dir()
    program("import", str(directory() / "demo" / "cases.csv"))
    program("import", str(directory() / "demo" / "calls.csv"))
    done = program("--lang", language, *words)
    assert done.code in (0, 3), done.err
    long = [line for line in done.out.splitlines() if cells(line.rstrip()) > 80 and "collectdesk " not in line]
    assert long == []
