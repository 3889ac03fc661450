"""``calls`` at the command line (policy article 8.1): a file compared, what differs listed, explained and closed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.commands import keeping
from tests.commands.conftest import Desk, Done, Program
from tests.commands.keeping import refused
from tests.desk.importing.files import csv_file
from tests.desks import MOBILE


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """The small desk with the shipped texts; a lead is signed in."""
    keeping.with_texts(desk)
    desk.sign_in("8001")
    return desk


def record(**changes: str) -> dict[str, str]:
    """A dial of a minute ago, by the exchange's clock."""
    at = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M:%S")
    return {"拨打时间": at, "被叫号码": MOBILE, "通话时长": "35", "分机": "601", **changes}


def answer(done: Done) -> Any:
    """The document a command answered with."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_from_the_file_to_the_closed_finding(open_desk: Desk, program: Program, tmp_path: Path) -> None:
    seats = answer(program("calls", "extension", "601", "--staff", "8002", "--since", "2026-01-01T00:00", "--json"))
    assert [(row["extension"], row["staff"]) for row in seats["extensions"]] == [("601", "8002")]
    file = str(csv_file(tmp_path / "cdr.csv", record(), record(被叫号码="19900009999")))
    rehearsed = answer(program("calls", "reconcile", file, "--dry-run", "--json"))
    assert (rehearsed["written"], [row["became"] for row in rehearsed["rows"]]) == (False, ["no_permit", "unknown"])
    told = answer(program("calls", "reconcile", file, "--json"))
    assert (told["schema"], told["written"], told["made"]) == ("collectdesk.reconciled/1", True, ["df1"])
    assert answer(program("calls", "reconcile", file, "--json"))["counts"] == {"same": 2}
    assert program("check", "A-1007", "--json").code == 3
    assert "无许可拨打" in program("--lang", "zh_CN", "calls", "list").out
    assert "8002" in program("calls", "list", "--csv").out
    assert len(answer(program("calls", "list", "--unknown", "--json"))["numbers"]) == 1
    waits = answer(program("today", "--json"))["waiting"]
    assert [(each["kind"], each["command"]) for each in waits if each["kind"].startswith("dial")] == [
        ("dial_no_permit", "collectdesk calls explain df1")
    ]
    assert program("calls", "explain", "df1").code == 2  # without a terminal it names the flag
    shown = answer(program("calls", "explain", "df1", "--evidence", "trunk test", "--line", "not_dialled", "--json"))
    assert (shown["state"], shown["can"]) == ("explained", ["explain", "close", "return"])
    refused(program("calls", "close", "df1", "--json"), "own_matter", 5)
    open_desk.sign_in("8000")
    assert answer(program("calls", "close", "df1", "--json"))["state"] == "closed"
    assert "dial without a permit" in program("case", "history", "A-1007").out
    bundle = program("case", "evidence", "A-1007", "--out", str(tmp_path / "e.zip"), "--json")
    assert bundle.code == 0, bundle.err


@pytest.mark.usefixtures("open_desk")
def test_a_bad_line_is_named_and_left_beside_the_file(program: Program, tmp_path: Path) -> None:
    file = csv_file(tmp_path / "cdr.csv", record(), record(被叫号码="199****5678"))
    stopped = refused(program("calls", "reconcile", str(file), "--json"), "lines_refused", 7)
    assert [(each["line"], each["code"]) for each in stopped["findings"]] == [(3, "number_hidden")]
    rehearsed = program("calls", "reconcile", str(file), "--dry-run", "--json")
    document, error = json.loads(rehearsed.out), json.loads(rehearsed.err)
    assert (rehearsed.code, error["code"], document["written"]) == (7, "lines_refused", False)
    assert [each["line"] for each in document["findings"]] == [3]  # what a rehearsal finds is its answer
    told = answer(program("calls", "reconcile", str(file), "--skip-bad", "--json"))
    assert told["counts"] == {"no_permit": 1, "refused": 1}
    assert "199****5678" in Path(told["rejects"]).read_text("utf-8-sig")
    text = program("calls", "reconcile", str(file), "--source", "19900005678")
    assert text.code == 2


def test_a_collector_brings_none_in(open_desk: Desk, program: Program, tmp_path: Path) -> None:
    open_desk.sign_in("8002")
    file = csv_file(tmp_path / "cdr.csv", record())
    refused(program("calls", "reconcile", str(file), "--json"), "role", 5)
    assert "tell the same" in program("calls", "list").out
    assert "records.at" in program("calls", "reconcile", "--fields").out
