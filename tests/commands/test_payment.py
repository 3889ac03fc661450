"""``payment`` and ``promise`` at the command line: kept by an imported file, broken when the money goes back (7.3)."""

from __future__ import annotations

import csv
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from collectdesk.desk.house import HouseSettings
from collectdesk.desk.promises import terms
from collectdesk.store.engine import open_engine
from collectdesk.store.tables import Promise
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, Program
from tests.desk.importing.files import csv_file
from tests.desks import DAY, add

ZONE = "Asia/Shanghai"


@pytest.fixture
def filed(desk: Desk) -> Desk:
    """The small desk with a promise of two days ago for yesterday, within its grace; a lead is signed in."""
    promise(keeping.with_texts(desk), 1, 200_000)
    desk.sign_in("8001")
    return desk


def promise(desk: Desk, days: int, amount: int) -> None:
    """A promise that was made two days ago for so many days ago."""
    now, small = int(time.time()), desk.small
    made, pay_on = now - 2 * DAY, terms.day_of(now, ZONE) - timedelta(days=days)
    agreed = terms.terms(pay_on, made, ZONE, HouseSettings().promise)
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        held = terms.rest(connection, agreed, debtor=small.debtor, case=small.case, at=made, by=None)
        add(
            connection, Promise, case_id=small.case, by_person=small.debtor, amount=amount, currency="CNY",
            pay_on=pay_on.isoformat(), channel="app", at=made, by_staff=small.collector, holds=held,
            last_on=agreed.last_on.isoformat(), lapses_at=agreed.lapses_at, remind_at=agreed.remind_at,
        )  # fmt: skip
    store.close()


def line(amount: str = "2,000.00", reference: str = "B001", case: str = "A-1007") -> dict[str, str]:
    """A payment of yesterday."""
    day = terms.day_of(int(time.time()), ZONE) - timedelta(days=1)
    return {"案件编号": case, "还款日期": day.isoformat(), "还款金额": amount, "流水号": reference}


def answer(done: Done) -> Any:
    """The document a command answered with."""
    assert done.code == 0, done.err
    return json.loads(done.out)


@pytest.mark.usefixtures("filed")
def test_what_was_paid_beyond_what_was_owed_is_said_and_the_case_is_closed(program: Program, tmp_path: Path) -> None:
    file = str(csv_file(tmp_path / "p.csv", line("20,000.00")))
    assert answer(program("payment", "import", file, "--json"))["acts"]["case_file.settle"] == 1
    shown = program("--lang", "zh_CN", "case", "show", "A-1007").out
    assert "多付    ¥7,520.00" in shown
    assert "-¥" not in shown
    assert "还款已付清" in program("--lang", "zh_CN", "case", "history", "A-1007").out


@pytest.mark.usefixtures("filed")
def test_a_promise_is_kept_by_a_file_and_broken_by_its_reversal(program: Program, tmp_path: Path) -> None:
    file = str(csv_file(tmp_path / "p.csv", line()))
    told = answer(program("payment", "import", file, "--json"))
    assert (told["counts"], told["acts"]) == ({"payments_new": 1}, {"promise.keep": 1})
    assert answer(program("payment", "import", file, "--json"))["counts"] == {"payments_same": 1}
    shown = answer(program("promise", "show", "r1", "--json"))
    assert (shown["state"], shown["received"], [each["act"] for each in shown["steps"]]) == (
        "kept",
        "2000.00",
        ["keep"],
    )
    case = answer(program("case", "show", "A-1007", "--json"))
    assert case["balance"]["left"] == "10480.00"
    assert [each["amount"] for each in case["payments"]] == ["2000.00"]
    assert "¥10,480.00" in program("case", "show", "A-1007").out
    back = answer(program("payment", "reverse", "y1", "--reason", "bounced", "--amount", "500", "--json"))
    assert (back["stands_at"], back["acts"]) == ("1500.00", {"promise.resume": 1})
    assert "--all" in program("payment", "list").out  # a lead's own cases are none: said, with the way to the others
    assert "--all" in program("promise", "list").out
    (row,) = answer(program("payment", "list", "--case", "A-1007", "--json"))["payments"]
    assert (row["amount"], row["stands_at"]) == ("2000.00", "1500.00")


def test_a_promise_whose_day_passed_is_broken_when_it_is_looked_at(desk: Desk, program: Program) -> None:
    """Nobody needs to run anything: whoever looks brings the desk up to its dates, the queue too."""
    promise(desk, 4, 200_000)
    desk.sign_in("8002")
    (row,) = answer(program("promise", "list", "--json"))["promises"]
    assert (row["state"], row["broken_on_case"]) == ("broken", 1)
    assert "r1" in program("promise", "list", "--state", "broken", "--csv").out
    assert answer(program("promise", "list", "--state", "open", "--json"))["promises"] == []
    assert "未兑现" in program("--lang", "zh_CN", "promise", "show", "r1").out


def test_a_promise_is_taken_back_with_a_reason(filed: Desk, program: Program) -> None:
    refused = program("promise", "withdraw", "r1", "--json")
    assert (refused.code, json.loads(refused.err)["code"]) == (2, "reason")
    (row,) = answer(program("promise", "withdraw", "r1", "--reason", "recorded twice", "--json"))["promises"]
    assert row["state"] == "withdrawn"
    assert program("promise", "withdraw", "r1", "--reason", "again").code == 6
    assert program("promise", "withdraw", "r7", "--reason", "none").code == 4
    store = open_engine(f"sqlite:///{filed.home.database}", KEY)
    with store.reader.connect() as connection:
        standing = connection.execute(text("SELECT count(*) FROM hold WHERE lifted_at IS NULL")).scalar_one()
    store.close()
    assert standing == 0


@pytest.mark.usefixtures("filed")
def test_bad_lines_are_named_and_left_beside(program: Program, tmp_path: Path) -> None:
    """By line, column, kind and remedy; all or nothing, or with --skip-bad the others."""
    file = csv_file(tmp_path / "p.csv", line(), line(reference="B002", case="A-9999"))
    refused = program("payment", "import", str(file), "--json")
    assert (refused.code, refused.out) == (7, "")
    (finding,) = json.loads(refused.err)["findings"]
    assert (finding["line"], finding["column"], finding["code"]) == (3, "案件编号", "case_unknown")
    assert "A-9999" not in refused.err
    assert answer(program("payment", "list", "--all", "--json"))["payments"] == []
    said = program("--lang", "zh_CN", "payment", "import", str(file), "--dry-run")
    assert (said.code, "A-1007" in said.out) == (7, True)
    skipped = answer(program("payment", "import", str(file), "--skip-bad", "--json"))
    assert (skipped["written"], skipped["counts"]) == (True, {"payments_new": 1, "refused": 1})
    rejects = list(csv.reader(Path(skipped["rejects"]).read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rejects[1:]] == ["A-9999"]


def test_a_collector_brings_in_and_takes_back_nothing(filed: Desk, program: Program, tmp_path: Path) -> None:
    """Article 9.7."""
    answer(program("payment", "import", str(csv_file(tmp_path / "p.csv", line())), "--json"))
    filed.sign_in("8002")
    other = str(csv_file(tmp_path / "q.csv", line(reference="B002")))
    for words in (
        ("payment", "import", other),
        ("payment", "reverse", "y1", "--reason", "x"),
        ("payment", "list", "--all"),
    ):
        assert program(*words).code == 5
    assert len(answer(program("payment", "list", "--json"))["payments"]) == 1


@pytest.mark.usefixtures("filed")
def test_a_whole_payment_closes_the_case(program: Program, tmp_path: Path) -> None:
    told = answer(program("payment", "import", str(csv_file(tmp_path / "p.csv", line("12480"))), "--json"))
    assert told["acts"] == {"case_file.settle": 1, "promise.keep": 1}
    case = answer(program("case", "show", "A-1007", "--json"))
    assert (case["status"], case["balance"]["left"]) == ("settled", "0.00")
    assert program("--lang", "zh_CN", "payment", "list", "--all").code == 0
