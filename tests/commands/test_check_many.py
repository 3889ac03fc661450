"""``check --all`` and ``check --cases``: a row each for programs, the whole in a few lines for people."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import book
from collectdesk.show.width import cells
from collectdesk.store.engine import open_engine
from collectdesk.store.tables import CaseFile, CaseParty, Hold, Person
from tests import desks
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program
from tests.commands.startup import loaded
from tests.desks import MORNING

OPEN, EVENING = "2026-11-23T10:00", "2026-11-23T20:30"
HOSTILE = '=HYPERLINK("x")"\\'


@pytest.fixture
def ruled(desk: Desk) -> Desk:
    """The small desk with the shipped rules, a second case on hold whose number no spreadsheet should compute."""
    keeping.with_texts(desk, kinds=("rulebook", "calendar"))
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        person = desks.add(connection, Person, name="钱某", country="CN", born_on="1980-01-01")
        case = {"code": HOSTILE, "creditor": desk.small.creditor, "debtor": person, "contract_no": "h"}
        key = desks.add(connection, CaseFile, collector=desk.small.collector, **case)
        desks.add(connection, CaseParty, case_id=key, person=person, role="debtor")
        desks.add(connection, Hold, debtor=person, kind="complaint", received_at=MORNING)
    store.close()
    desk.sign_in("8002")
    return desk


@pytest.mark.usefixtures("ruled")
def test_each_case_is_a_line_with_why_and_when_next(program: Program) -> None:
    done = program("check", "--all", "--at", EVENING, "--ndjson")
    assert (done.code, done.err) == (0, "")
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert (first["case"], first["allowed"]) == ("A-1007", False)
    assert first["next_allowed_at"] == "2026-11-24T09:00:00+08:00"
    hours = next(each for each in first["blocks"] if each["rule"] == "house/hours")
    assert (hours["code"], hours["opens_at"]) == ("hours_closed", "2026-11-24T09:00:00+08:00")
    assert (second["case"], second["next_allowed_at"]) == (HOSTILE, None)
    assert {"rule": "house/holds", "code": "hold", "opens_at": None, "released_by": "lead"} in second["blocks"]


@pytest.mark.usefixtures("ruled")
def test_a_spreadsheet_computes_none_of_it(program: Program) -> None:
    done = program("check", "--all", "--at", OPEN, "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out, newline="")))
    assert [row["case"] for row in rows] == ["A-1007", f"'{HOSTILE}"]
    assert rows[0]["allowed"] == "true"
    assert rows[0]["allowed_until"] == "2026-11-23T19:50:00+08:00"
    assert "house/holds" in rows[1]["blocks"].split()


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize("form", ["--ndjson", "--csv", "--json", ""])
def test_a_broken_line_harms_only_itself(program: Program, tmp_path: Path, form: str) -> None:
    """Not UTF-8, too long, of no case, empty: the others are answered, in their order, and the end says 7."""
    listed = tmp_path / "cases.txt"
    lines = (b"A-1007", b"\xff\xfe", b"", b"x" * 9_000, b"B-1\x00", HOSTILE.encode(), b"A-1007")
    listed.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    done = program("check", "--cases", str(listed), "--at", OPEN, *filter(None, (form,)))
    assert done.code == 7
    if form == "--ndjson":
        rows = [json.loads(line) for line in done.out.splitlines()]
        assert [row.get("code") or row["case"] for row in rows] == [
            "A-1007", "unreadable", "unreadable", "no_such_case", HOSTILE, "A-1007",
        ]  # fmt: skip
        assert [row["schema"] for row in rows if "schema" in row] == ["collectdesk.error/1"] * 3
    elif form == "--json":
        assert len(json.loads(done.out)["cases"]) == 6
    elif form == "--csv":
        rows = list(csv.DictReader(io.StringIO(done.out, newline="")))
        assert [row["error"] for row in rows] == ["", "unreadable", "unreadable", "no_such_case", "", ""]
    else:
        assert "could not be answered" in done.out


@pytest.mark.usefixtures("ruled")
def test_the_list_comes_from_a_pipe_as_well(ruled: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "collectdesk", "--desk", str(ruled.home.root), "check", "--cases", "-", "--ndjson"],
        input=b"A-1007\nA-1007", capture_output=True, check=True,
    )  # fmt: skip
    assert [json.loads(line)["case"] for line in done.stdout.splitlines()] == ["A-1007"] * 2


@pytest.mark.usefixtures("ruled")
@pytest.mark.parametrize(
    ("tongue", "said"),
    [("en", ("may be called then", "only after somebody's act", "house/holds")),
     ("zh_CN", ("该时刻可拨打", "须有人处理后可拨打", "须由主管解除", "house/holds"))],
)  # fmt: skip
def test_people_read_the_sum_first_within_eighty_columns(program: Program, tongue: str, said: tuple[str, ...]) -> None:
    done = program("--lang", tongue, "check", "--all", "--at", OPEN)
    assert done.code == 0
    assert [each for each in said if each not in done.out] == [], done.out
    assert max(cells(line) for line in done.out.splitlines()) <= 80
    assert done.out.index(said[0]) < done.out.index("A-1007")
    if tongue == "zh_CN":
        assert [word for word in ("Cases", "Opens", "Kept", "keeps", "first") if word in done.out] == []


def test_lines_for_programs_load_nothing_heavy(ruled: Desk) -> None:
    for form in ("--ndjson", "--csv"):
        found = loaded("--desk", str(ruled.home.root), "check", "--all", "--at", OPEN, form)
        assert "A-1007" in found.out
        assert found.heavy == frozenset()


RUN = """
import runpy, sys
from collectdesk.store import lite
lite.CACHE_KIB = 2_048  # the database's own cache fills up to its bound in a book of any size
sys.argv[1:] = ["check", "--all", "--ndjson"]
try:
    runpy.run_module("collectdesk", run_name="__main__")
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
"""


def test_memory_does_not_grow_with_the_book(tmp_path: Path) -> None:
    """Four times the cases, the same memory but for a tenth."""
    peaks = []
    for cases in (6_000, 24_000):
        place = tmp_path / str(cases)
        place.mkdir()
        made = book.build(place, cases, cases)
        command, environ = [sys.executable, "-c", RUN], {**os.environ, **made.environment}
        with (tmp_path / "answers").open("wb") as answers:
            done = subprocess.run(command, env=environ, stdout=answers, stderr=subprocess.PIPE, check=True)
        assert (tmp_path / "answers").read_bytes().count(b"\n") == cases
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < 1.1 * peaks[0]
