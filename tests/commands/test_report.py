"""Reports as commands: the same numbers in every form, what a help page defines, periods, roles, files, names."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collectdesk import lang
from collectdesk.desk.reports.catalogue import REPORTS, module_of
from collectdesk.desk.reports.definitions import definition
from collectdesk.show.reports.schema import report_schema
from collectdesk.show.width import cells
from collectdesk.store import home, sessions
from collectdesk.store.engine import open_engine
from collectdesk.store.home import Home
from tests.commands.conftest import KEY, YEAR, Done, Program
from tests.commands.startup import loaded
from tests.desk.reports.book import NOW, book
from tests.desk.reports.conftest import fill

Report = Callable[..., Done]
STANDING = ("standings", "certificates", "readings", "retrainings", "recordings_owed")
"""Relations told in tables that stand as of now, whatever the period."""
LAST_WEEK = ("--from", "2026-11-16", "--to", "2026-11-22")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice desk with a random book, whose clock stands at the book's now."""
    place = Home(tmp_path_factory.mktemp("reports") / "desk")
    home.create(place, home.new_settings(practice=True))
    store = open_engine(f"sqlite:///{place.database}", KEY, create=True)
    fill(store, book(7))
    with store.writer.begin() as connection:
        put = connection.exec_driver_sql
        put(
            "INSERT INTO meta (key, value) VALUES ('practice', '1'), ('clock_shift', ?)", (str(NOW - int(time.time())),)
        )
    store.close()
    return place.root


@pytest.fixture
def report(shelf: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    """Ask the desk for a report, as an administrator unless told otherwise."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv(sessions.CHOICE, "")
    monkeypatch.setenv("COLUMNS", "80")

    def ask(*words: str, staff: str = "8000", desk: Path = shelf, scope: tuple[str, ...] | None = None) -> Done:
        os.environ[sessions.CHOICE] = staff if scope is not None else ""
        at = int(time.time())
        sessions.write(sessions.SignIn(home.read(Home(desk)).desk, staff, KEY, at, at + YEAR, scope))
        return program("--desk", str(desk), "report", *words)

    return ask


@pytest.fixture
def own(shelf: Path, tmp_path: Path) -> Path:
    """A copy of the desk for a test that writes to it."""
    return Path(shutil.copytree(shelf, tmp_path / "own"))


def document(done: Done) -> Any:
    """What a report answered as JSON, which must have gone well."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def lines(done: Done) -> list[dict[str, str]]:
    """What it answered as CSV."""
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def refusal(done: Done) -> tuple[int, str]:
    """How it was refused."""
    assert done.out == ""
    return done.code, str(json.loads(done.err)["code"])


def numbers(told: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every number of a JSON document by where it stands, as CSV would spell it."""
    for section in told["sections"]:
        for figure in section["figures"]:
            yield from _spelt((section["key"], "", "", figure["key"]), figure["value"])
        for table in section["tables"]:
            for row in (*table["rows"], *([table["total"]] if table["total"] else [])):
                for key, value in row["values"].items():
                    yield from _spelt((section["key"], table["key"], row["key"], key), value)


def _spelt(place: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, list):
        for each in value or [{"amount": "0.00", "currency": ""}]:
            yield (*place, each["currency"]), each["amount"]
    elif isinstance(value, dict):
        number = value.get("percent", value.get("mean"))
        yield (*place, ""), "" if number is None else str(number)
    else:
        yield (*place, ""), "" if value is None else str(value)


@pytest.mark.parametrize("name", REPORTS)
def test_json_csv_and_the_screen_tell_the_same_numbers(name: str, report: Report) -> None:
    words = (name, *LAST_WEEK, "--compare", "previous")
    told = document(report(*words, "--json"))
    flat = lines(report(*words, "--csv"))
    spelt = {
        ((line["section"], line["table"], line["row"], line["figure"], line["currency"]), line["value"])
        for line in flat
    }
    assert {each for each in numbers(told) if each[1] != "0.00"} <= spelt
    assert len(spelt) == len(flat)
    screen = report(*words)
    assert screen.code == 0
    shown = re.sub(r"(?<=\d),(?=\d)", "", screen.out)
    for section in told["sections"]:
        for figure in section["figures"]:
            title = next(each["title"] for each in told["definitions"] if each["key"] == figure["key"])
            short = definition(figure["key"]).short.en
            (value,) = [text for (place, text) in _spelt(("",), figure["value"])][:1]
            if isinstance(figure["value"], int):
                assert re.search(rf"{re.escape(short)} {value}\b", shown), (title, value)
            elif isinstance(figure["value"], dict) and figure["value"].get("percent"):
                assert f"{short} {value}%" in shown


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_fits_80_columns_in_both_languages(name: str, language: str, report: Report) -> None:
    for words in (
        (name,),
        (name, "--month", "2026-11", "--compare", "previous"),
        (name, "--day", "2026-11-20", "--explain"),
    ):
        done = report("--lang", language, *words)
        assert done.code == 0, done.err
        assert [line for line in done.out.splitlines() if cells(line) > 80] == []
        assert "{" not in done.out
        if language == "zh_CN":
            assert re.search(r"[a-z]{3,} [a-z]{3,}", re.sub(r"collectdesk \w+ \w+", "", done.out)) is None


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_the_help_defines_every_figure_in_the_words_of_the_json(name: str, language: str, report: Report) -> None:
    page = report("--lang", language, name, "--help")
    told = document(report("--lang", language, name, "--json"))
    assert page.code == 0
    flat = re.sub(r"\s+", "", page.out)
    for means in told["definitions"]:
        if means["key"] in module_of(name).figures:
            assert means["key"] in page.out
            assert re.sub(r"\s+", "", means["meaning"]) in flat


def test_a_document_is_what_its_schema_says(report: Report, program: Program) -> None:
    printed = json.loads(program("schema", "report").out)
    assert printed == report_schema()
    for name in REPORTS:
        for words in ((name, "--compare", "previous"), (name, "--list", module_of(name).figures[0])):
            require(document(report(*words, "--json")), printed, name)


def require(value: Any, schema: dict[str, Any], where: str) -> None:
    """Hold a value to the parts of JSON Schema that ours uses."""
    problem = flaw(value, schema, where)
    assert problem is None, problem


def flaw(value: Any, schema: dict[str, Any], where: str) -> str | None:
    """What is wrong with a value, if anything."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if "anyOf" in schema:
        found = [flaw(value, each, where) for each in schema["anyOf"]]
        return None if None in found else f"{where}: none of {found}"
    if "const" in schema or "enum" in schema:
        return None if value in schema.get("enum", [schema.get("const")]) else f"{where}: {value!r}"
    named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(type(value) is kinds[each] for each in named):
        return f"{where}: {value!r} is no {named}"
    if isinstance(value, list):
        return next(filter(None, (flaw(each, schema["items"], f"{where}[]") for each in value)), None)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        if not set(schema.get("required", ())) <= value.keys():
            return f"{where}: lacks {set(schema['required']) - value.keys()}"
        if schema.get("additionalProperties") is False and not value.keys() <= known.keys():
            return f"{where}: {value.keys() - known.keys()} is not known"
        more = schema.get("additionalProperties") or {}
        parts = (flaw(each, known.get(key, more), f"{where}.{key}") for key, each in value.items())
        return next(filter(None, parts), None)
    return None if re.search(schema.get("pattern", ""), str(value)) else f"{where}: {value!r}"


def test_the_morning_page_is_of_the_last_day_somebody_worked(report: Report) -> None:
    """By default today's; it says when it is not over, and stands beside the same weekday a week ago."""
    told = document(report("day", "--json"))
    assert told["period"] == {"span": "day", "first": "2026-11-23", "last": "2026-11-23"}
    assert told["compared"] == {"span": "day", "first": "2026-11-16", "last": "2026-11-16"}
    assert {"not_over", "cut_alike"} <= {note["code"] for note in told["notes"]}
    past = document(report("day", "--day", "2026-11-19", "--json"))
    assert "standing_now" in {note["code"] for note in past["notes"]}


def test_an_empty_period_says_so_and_draws_an_honest_chart(report: Report) -> None:
    for name in (each for each in REPORTS if each not in ("capacity", "calendar")):  # which tell what is to come
        told = document(report(name, "--week", "2026-W20", "--json"))
        if name != "day":
            assert "empty" in {note["code"] for note in told["notes"]}
        for section in told["sections"]:
            for table in section["tables"]:
                for row in table["rows"]:
                    counted = [each for key, each in row["values"].items() if key.partition(".")[0] not in STANDING]
                    assert all(value in (0, None, []) or 0 in value.values() for value in counted), row
        screen = report(name, "--week", "2026-W20")
        assert screen.code == 0
        assert not set("▁▂▃▄▅▆▇█") & set(screen.out)
    ahead = document(report("contact", "--day", "2026-12-24", "--json"))
    assert next(note["code"] for note in ahead["notes"]) == "ahead"
    assert (
        document(report("contact", "--from", "2026-11-22", "--to", "2027-01-02", "--json"))["notes"][-1]["code"]
        == "calendar"
    )


def test_the_calendar_tells_every_day_of_a_month_that_is_not_over(report: Report) -> None:
    """Days to come have hours already: the table adds up to its total; of calls there are only days that have begun."""
    days = next(
        each for each in document(report("calendar", "--month", "2026-11", "--json"))["sections"] if each["tables"]
    )
    rows, total = days["tables"][0]["rows"], days["tables"][0]["total"]["values"]
    assert [row["key"] for row in rows] == [f"2026-11-{day:02}" for day in range(1, 31)]
    hours = "calendar_days.hours"
    assert sum(row["values"][hours]["seconds"] for row in rows) == total[hours]["seconds"]
    contact = document(report("contact", "--month", "2026-11", "--json"))["sections"]
    over = next(each for section in contact for each in section["tables"] if each["key"] == "time")
    assert over["rows"][-1]["key"] == "2026-11-23"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("contact", "--day", "gestern"), (2, "bad_date")),
        (("contact", "--week", "2026-W60"), (2, "bad_week")),
        (("contact", "--month", "2026-13"), (2, "bad_month")),
        (("contact", "--to", "2026-11-01"), (2, "to_alone")),
        (("contact", "--from", "2026-11-02", "--to", "2026-11-01"), (2, "period_backwards")),
        (("contact", "--from", "2000-01-01"), (2, "period_long")),
        (("contact", "--day", "today", "--week", "last"), (2, "several_periods")),
        (("contact", "--since", "monday"), (2, "since_last")),
        (("contact", "--by", "colour"), (2, "not_one_of")),
        (("day", "--by", "collector"), (2, "not_one_of")),
        (("contact", "--product", "card"), (2, "not_one_of")),
        (("contact", "--stage", "M9"), (2, "not_one_of")),
        (("contact", "--team", "No Team"), (4, "no_such_team")),
        (("contact", "--collector", "9999"), (4, "no_such_staff")),
        (("contact", "--list", "calls.answer_rate"), (2, "share_not_listed")),
        (("contact", "--list", "calls.nonsense"), (4, "no_such_figure")),
        (("contact", "--list", "nonsense"), (4, "no_such_figure")),
        (("contact", "--list", "promises.made"), (2, "figure_elsewhere")),
        (("contact", "--unmask", "--reason", "x"), (2, "unmask_list")),
        (("contact", "--reason", "x"), (2, "reason_alone")),
        (("contact", "--csv"), (2, "one_form")),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_by_name(
    words: tuple[str, ...], answer: tuple[int, str], report: Report
) -> None:
    assert refusal(report(*words, "--json")) == answer


def test_each_role_sees_its_own(report: Report) -> None:
    everything = document(report("contact", *LAST_WEEK, "--json"))
    team = document(report("contact", *LAST_WEEK, "--json", staff="8001"))
    mine = document(report("contact", *LAST_WEEK, "--json", staff="8101"))
    assert (everything["scope"]["whose"], team["scope"]["team"], mine["scope"]["collector"]) == (
        "desk", "信用卡一组", "8101",
    )  # fmt: skip
    dialled = [told["sections"][0]["figures"][0]["value"] for told in (everything, team, mine)]
    assert dialled[0] > dialled[1] > 0 < dialled[2]
    own = next(table for section in mine["sections"] for table in section["tables"] if table["by"] == "collector")
    assert {row["key"] for row in own["rows"]} == {"8101"}
    assert refusal(report("day", "--json", staff="8101")) == (5, "role")
    assert refusal(report("contact", "--collector", "8102", "--json", staff="8101")) == (5, "not_your_team")
    assert refusal(report("contact", "--team", "Team Two", "--json", staff="8001")) == (5, "not_your_team")
    assert report("contact", "--collector", "8102", "--json", staff="8001").code == 0
    assert refusal(report("contact", "--json", staff="8000", scope=("check",))) == (5, "scope")


def test_files_have_fixed_names_and_the_numbers_of_the_screen(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert report("contact", *LAST_WEEK, "--out", str(out)).code == 4
    out.mkdir()
    for _again in range(2):
        assert report("contact", *LAST_WEEK, "--team", "Team Two", "--out", str(out)).code == 0
    assert report("gate", "--day", "2026-11-20", "--out", str(out), staff="8001").code == 0
    assert report("gate", "--day", "2026-11-20", "--list", "refusals.refused", "--out", str(out)).code == 0
    names = {path.name for path in out.iterdir()}
    stems = {
        "contact_2026-11-16_2026-11-22_Team-Two",
        "gate_2026-11-20_2026-11-20_信用卡一组",
        "gate_refusals.refused_2026-11-20_2026-11-20",
    }
    assert {f"{stem}.{form}" for stem in stems for form in ("json", "csv")} <= names
    assert {name.rpartition(".")[0] for name in names} == stems
    kept = json.loads((out / "contact_2026-11-16_2026-11-22_Team-Two.json").read_text("utf-8"))
    told = document(report("contact", *LAST_WEEK, "--team", "Team Two", "--json"))
    assert kept["sections"] == told["sections"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in out.iterdir())


def test_a_timer_gets_each_whole_day_once(report: Report, own: Path, tmp_path: Path) -> None:
    words = ("contact", "--since", "last")
    first = document(report(*words, "--json", desk=own))
    assert (first["period"]["first"], first["period"]["last"]) == ("2026-11-22", "2026-11-22")
    assert document(report(*words, "--json", desk=own)) == {
        "schema": "collectdesk.report_nothing/1",
        "report": "contact",
    }
    other = document(report(*words, "--team", "Team Two", "--json", desk=own))
    assert other["period"]["last"] == "2026-11-22"
    assert query(own, "UPDATE meta SET value = '2026-11-19' WHERE key = 'report_through:contact'") == []
    gone = report(*words, "--out", str(tmp_path / "nowhere"), "--json", desk=own)
    assert refusal(gone)[0] == 4
    late = document(report(*words, "--json", desk=own))
    assert (late["period"]["first"], late["period"]["last"]) == ("2026-11-20", "2026-11-22")
    made = query(own, "SELECT actor, subject FROM journal WHERE action = 'report.made'")
    assert made == [("8000", "report:contact")] * 3


def test_names_are_listed_only_for_a_reason_and_that_is_written_down(report: Report, own: Path) -> None:
    words = ("contact", *LAST_WEEK, "--list", "calls.right_party")
    masked = report(*words, "--csv", desk=own)
    assert "name" not in lines(masked)[0]
    assert not re.search("王|8616", masked.out)
    assert refusal(report(*words, "--unmask", "--json", desk=own)) == (2, "unmask_reason")
    shown = report(*words, "--unmask", "--reason", "court order", "--csv", desk=own, staff="8001")
    listed = lines(shown)
    assert all(line["name"].startswith("王") and line["number"].startswith("+86") for line in listed)
    cases = {line["case"] for line in listed}
    noted = query(
        own, "SELECT c.code FROM note n JOIN case_file c ON c.id = n.case_id WHERE n.content LIKE '%court order'"
    )
    assert {code for (code,) in noted} == cases
    entries = query(own, "SELECT action, actor FROM journal WHERE action IN ('unmask', 'report.unmask')")
    assert sorted(entries) == sorted([("report.unmask", "8001"), *[("unmask", "8001")] * len(cases)])
    assert refusal(report(*words, "--unmask", "--reason", "x", "--json", desk=own, staff="8101")) == (5, "role")


def query(root: Path, sql: str) -> list[Any]:
    """Ask the desk's file directly."""
    store = open_engine(f"sqlite:///{root / 'desk.db'}", KEY)
    with store.writer.begin() as connection:
        done = connection.exec_driver_sql(sql)
        found = [tuple(row) for row in done] if done.returns_rows else []
    store.close()
    return found


def test_a_bar_says_what_it_is_of_and_nothing_draws_nothing(report: Report) -> None:
    """The bars beside a table may be of a column far to the left; a line of nothing would be a blank line."""
    chinese = report("--lang", "zh_CN", "gate", *LAST_WEEK).out.splitlines()
    headings = [line.split() for line in chinese if line.startswith("规则 ")]
    assert headings[0] == ["规则", "次数"], "these bars stand beside their column"
    assert headings[1] == ["规则", "人日", "未满", "用满", "超过", "用满"]
    assert "2026-10-01 .. 2026-10-31" not in report("calendar", "--month", "2026-10").out


@pytest.mark.parametrize(("lang", "word"), [("zh_CN", "信用卡"), ("en", "credit card")])
def test_what_it_was_narrowed_to_is_told_in_words(report: Report, lang: str, word: str) -> None:
    _practice, heading, *_rest = report("--lang", lang, "contact", "--product", "credit_card").out.splitlines()
    assert heading.rstrip().endswith(word)


def test_a_definition_names_the_heading_a_figure_stands_under(report: Report) -> None:
    told = report("gate", *LAST_WEEK, "--explain").out
    assert "Refusals by rule (Times): " in told
    assert "Another number: " in told


def test_refusals_are_listed_with_the_rule_that_bars_longest(report: Report) -> None:
    """And the rules are told by their titles, not by their keys."""
    listed = document(report("gate", *LAST_WEEK, "--list", "refusals.refused", "--json"))
    found = {row["values"]["rule"] for row in listed["sections"][0]["tables"][0]["rows"]}
    objecting = document(report("gate", *LAST_WEEK, "--json"))
    assert found <= {row["key"] for row in objecting["sections"][0]["tables"][0]["rows"]}
    assert "Calling hours" in report("gate", *LAST_WEEK, "--list", "refusals.refused").out


def test_an_empty_list_does_not_say_that_nothing_happened(report: Report) -> None:
    """Of other things there may have been plenty."""
    told = document(report("day", "--day", "2026-10-01", "--list", "refusals.refused", "--json"))
    assert told["sections"][0]["tables"][0]["rows"] == []
    assert "empty" not in {note["code"] for note in told["notes"]}


def test_capacity_is_of_today(report: Report) -> None:
    told = document(report("capacity", "--json"))
    assert told["period"] == {"span": "day", "first": "2026-11-23", "last": "2026-11-23"}


def test_a_long_list_says_how_long_it_is(report: Report) -> None:
    told = document(report("contact", *LAST_WEEK, "--list", "dialled", "--limit", "3", "--json"))
    (section,) = told["sections"]
    assert len(section["tables"][0]["rows"]) == 3
    assert section["figures"][0]["value"] > 3
    assert "listed_part" in {note["code"] for note in told["notes"]}


def test_a_report_loads_neither_the_orm_nor_the_screen(report: Report, shelf: Path) -> None:
    assert report("day", "--json").code == 0  # signs in
    for words in (("day", "--json"), ("gate", "--csv"), ("contact", "--list", "calls.answered", "--json")):
        found = loaded("report", *words, environ={"COLLECTDESK_DESK": str(shelf)})
        assert (found.code, found.heavy) == (0, frozenset()), found.err


def test_completion_knows_reports_figures_and_teams(
    report: Report, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report("day", "--json").code == 0
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "bash")
    assert set(program("report", "").out.split()) == set(REPORTS)
    assert program("report", "gate", "--list", "caps.").out.split() == [
        "caps.days",
        "caps.below",
        "caps.used_up",
        "caps.over",
    ]
    assert program("report", "contact", "--by", "s").out.split() == ["stage"]
