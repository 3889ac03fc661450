"""``check CASE``: the same verdict for people and for scripts, and nothing recorded (articles 4, 8, 13)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from collectdesk import lang
from collectdesk.show.width import cells
from collectdesk.store import lite
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program
from tests.commands.startup import loaded

OPEN = "2026-11-23T10:00"
EVENING = "2026-11-23T20:30"


@pytest.fixture
def ruled(desk: Desk) -> Desk:
    """The small desk with the shipped rules adopted and the collector signed in."""
    keeping.with_texts(desk, kinds=("rulebook", "calendar"))
    desk.sign_in("8002")
    return desk


@pytest.mark.usefixtures("ruled")
def test_a_lawful_moment_ends_zero(program: Program) -> None:
    done = program("check", "A-1007", "--at", OPEN, "--json")
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    assert answer["schema"] == "collectdesk.decision/1"
    assert answer["id"] == "A-1007"
    assert answer["allowed"] is True
    assert answer["allowed_until"] == "2026-11-23T19:50:00+08:00"


@pytest.mark.usefixtures("ruled")
def test_the_evening_ends_three_with_reason_and_next_instant(program: Program) -> None:
    """Article 8(2): not late; the verdict says which rule, whose, and when it opens."""
    done = program("check", "A-1007", "--at", EVENING, "--json")
    assert done.code == 3
    answer = json.loads(done.out)
    assert answer["next_allowed_at"] == "2026-11-24T09:00:00+08:00"
    assert "house/hours" in {block["rule"] for block in answer["blocks"]}
    assert all(block["message"] and block["cite"] for block in answer["blocks"])


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize(("tongue", "said"), [("zh_CN", "该时刻不能拨打"), ("en", "Not to be called then")])
def test_people_read_the_same_in_their_language_masked(program: Program, tongue: str, said: str) -> None:
    done = program("--lang", tongue, "check", "A-1007", "--at", EVENING)
    assert done.code == 3
    assert said in done.out
    assert "house/hours" in done.out
    assert "王小明" not in done.out
    assert "19900005678" not in done.out


@pytest.mark.usefixtures("ruled")
def test_all_lists_the_rules_that_passed(program: Program) -> None:
    assert "house/dials-per-day" not in program("check", "A-1007", "--at", EVENING).out
    assert "house/dials-per-day" in program("check", "A-1007", "--at", EVENING, "--all").out


@pytest.mark.usefixtures("ruled")
def test_what_is_asked_of_another_moment_is_not_said_of_now(program: Program) -> None:
    for at, said in ((OPEN, "May be called then, until"), (EVENING, "Not to be called then")):
        shown = program("check", "A-1007", "--at", at).out
        assert said in shown
        assert "now" not in shown.split()
        assert "call start" not in shown


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("name", ["19900005678", "199 0000 5678", "5678", "n1"])
def test_a_number_is_named_by_its_id_or_its_last_digits(program: Program, name: str) -> None:
    assert program("check", "A-1007", "--number", name, "--at", OPEN, "--json").code == 0


@pytest.mark.usefixtures("ruled")
def test_a_contact_person_is_not_called_for_collection(program: Program) -> None:
    """Article 5(2), 9(2): nobody but the debtor is asked to pay."""
    done = program("check", "A-1007", "--person", "contact", "--at", OPEN, "--json")
    assert done.code == 3
    assert "party_purpose" in {block["code"] for block in json.loads(done.out)["blocks"]}


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["check", "B-1"], "no_such_case", 4),
        (["check", "A-1007", "--number", "99999"], "no_such_number", 4),
        (["check", "A-1007", "--person", "heir"], "no_such_person", 4),
        (["check", "A-1007", "--purpose", "chat"], "no_such_purpose", 2),
        (["check", "A-1007", "--at", "tomorrow"], "bad_time", 2),
        (["check"], "missing_parameter", 2),
        (["check", "A-1007", "--stream"], "options_exclude", 2),
        (["check", "--stream", "--at", OPEN], "options_exclude", 2),
        (["check", "--stream", "--csv"], "options_exclude", 2),
        (["check", "--all", "--cases", "-"], "options_exclude", 2),
        (["check", "--all", "--purpose", "callback"], "options_exclude", 2),
        (["check", "--cases", "-", "--person", "contact"], "options_exclude", 2),
        (["check", "--all", "--csv", "--ndjson"], "one_form_of_two", 2),
        (["check", "A-1007", "--csv"], "form_of_many", 2),
        (["check", "A-1007", "--ndjson"], "form_of_many", 2),
    ],
)
def test_what_cannot_be_asked(program: Program, words: list[str], code: str, exit_code: int) -> None:
    done = program(*words, "--json")
    assert done.out == ""
    assert (done.code, json.loads(done.err)["code"]) == (exit_code, code)


def test_nobody_signed_in(program: Program, desk: Desk) -> None:
    assert desk.small.code == "A-1007"
    done = program("check", "A-1007", "--json")
    assert (done.code, json.loads(done.err)["code"]) == (5, "not_signed_in")


def test_a_desk_without_rulebooks_lets_nothing_through(program: Program, desk: Desk) -> None:
    desk.sign_in("8002")
    done = program("check", "A-1007", "--json")
    told = json.loads(done.err)
    assert (done.code, told["code"]) == (1, "no_rulebook")
    assert "rules adopt" in told["hint"]


def test_a_clock_set_back_to_before_the_rules_is_named_as_the_cause(program: Program, ruled: Desk) -> None:
    """Closed as well, but nobody is sent to adopt what is there."""
    ruled.sign_in("8002")
    connection = lite.connect(ruled.home.database, KEY)
    connection.execute("UPDATE adoption SET effective_from = effective_from + 4000000000")
    connection.close()
    told = json.loads(program("check", "A-1007", "--json").err)
    assert (told["code"], told["hint"]) == (
        "no_rulebook", "Those adopted hold from a later time on: check this machine's clock."
    )  # fmt: skip


def test_a_script_account_may_check_only_in_its_scope(program: Program, ruled: Desk) -> None:
    ruled.sign_in("8002", scope=("report",))
    assert program("check", "A-1007", "--json").code == 5


def test_nothing_is_recorded(program: Program, ruled: Desk) -> None:
    before = ruled.home.database.read_bytes()
    program("check", "A-1007", "--at", EVENING)
    program("check", "A-1007", "--at", OPEN, "--json")
    assert ruled.home.database.read_bytes() == before


@pytest.mark.parametrize("words", [["check", "A-1007", "--json", "--at", OPEN], ["queue", "--json"]])
def test_a_json_read_loads_nothing_heavy(ruled: Desk, words: list[str]) -> None:
    found = loaded("--desk", str(ruled.home.root), *words)
    assert found.out
    assert found.heavy == frozenset()


@pytest.mark.parametrize("words", [["check", "A-1007", "--json", "--at", OPEN], ["queue", "--json"]])
def test_the_fast_way_in_loads_no_parser_and_says_the_same(ruled: Desk, program: Program, words: list[str]) -> None:
    slow = program("--desk", str(ruled.home.root), *words)
    code = (
        "import sys; from collectdesk.commands.quick import quick\n"
        "code = quick(sys.argv[1:]); assert 'typer' not in sys.modules; sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "--desk", str(ruled.home.root), *words]
    fast = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (fast.returncode, fast.stderr) == (slow.code, slow.err)
    if words[0] == "check":
        assert fast.stdout == slow.out


@pytest.mark.usefixtures("ruled")
def test_many_cases_by_name_and_all(program: Program, tmp_path: object) -> None:
    from pathlib import Path

    named = Path(str(tmp_path)) / "cases.txt"
    named.write_text("\ufeffA-1007\n\nB-1\n", encoding="utf-8")
    done = program("check", "--cases", str(named), "--at", OPEN, "--ndjson")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 7
    assert [row.get("case", row.get("id")) for row in rows] == ["A-1007", "B-1"]
    assert rows[0]["allowed"] is True
    assert rows[1]["code"] == "no_such_case"
    whole = program("check", "--all", "--at", OPEN, "--csv")
    assert whole.code == 0
    assert whole.out.splitlines()[1].startswith("A-1007,true,2026-11-23T10:00:00+08:00,2026-11-23T19:50:00+08:00")


@pytest.mark.usefixtures("ruled")
def test_the_queue_says_when_why_and_what_is_left(program: Program) -> None:
    done = program("queue", "--json")
    assert done.code == 0, done.err
    (row,) = json.loads(done.out)["cases"]
    assert (row["case"], row["amount"], row["currency"]) == ("A-1007", "12480.00", "CNY")
    assert (row["dials_left"], row["talks_left"]) == (3, 2)
    assert program("queue").code == 0
    assert program("queue", "--csv").out.startswith("case,state,due")
    assert program("queue", "--team", "--ndjson", "--limit", "1").code == 0


@pytest.mark.usefixtures("ruled")
def test_a_lead_without_cases_is_told_so_and_sees_the_others(program: Program, desk: Desk) -> None:
    """Who has no case of their own is not told "0 now, 0 later": they oversee those of others."""
    desk.sign_in("8001")
    own = program("queue")
    assert own.code == 0
    assert "No open case is assigned to you." in own.out
    assert ("--team" in own.out, "--all" in own.out, "0 may be called" in own.out) == (True, True, False)
    assert "没有分配给您的" in program("--lang", "zh_CN", "queue").out
    for flag in ("--team", "--all"):
        asked = json.loads(program("queue", flag, "--json").out)
        assert asked["whose"] == flag.removeprefix("--")
        assert [(row["case"], row["collector"]) for row in asked["cases"]] == [("A-1007", "8002")]
        assert "8002" in program("queue", flag).out
    assert json.loads(program("queue", "--json").out)["cases"] == []
    assert program("queue", "--team", "--all", "--json").code == 2


@pytest.mark.usefixtures("ruled")
def test_the_whole_desks_queue_is_not_for_collectors(program: Program, desk: Desk) -> None:
    desk.sign_in("8002")
    done = program("queue", "--all", "--json")
    assert (done.code, json.loads(done.err)["code"]) == (5, "role")


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("tongue", lang.LANGUAGES)
def test_a_team_s_queue_stands_side_by_side_on_eighty_columns(program: Program, tongue: str) -> None:
    head, rule, row = program("--lang", tongue, "queue", "--team").out.splitlines()[:3]
    assert (head.split()[0], row.split()[:2]) == ("Case" if tongue == "en" else "案件", ["A-1007", "8002"])
    assert max(map(cells, (head, rule, row))) <= 80
