"""A file of payments written to a real desk: what counts, what follows, what is refused, and what goes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.desk import permit
from collectdesk.desk.importing.mapping import Mapping
from collectdesk.desk.office import Office
from collectdesk.desk.payments import book, effects, ledger
from collectdesk.desk.payments.load import Loaded, load, rehearse
from collectdesk.desk.payments.reading import PaymentFile, read_payments
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store.tables import CaseFile, Statement
from tests.desk.importing.files import csv_file, xlsx_file
from tests.desk.rooms import Room, count
from tests.desks import DAY, add

LINE = {"案件编号": "A-1007", "还款日期": "2026-11-23", "还款金额": "2,000.00", "流水号": "B001"}
TODAY = date(2026, 11, 23)
WHOLE = "12,480.00"


@pytest.fixture
def lead(room: Room) -> Office:
    return room.seat(room.small.lead, "8001", "lead")


def read(tmp_path: Path, *rows: dict[str, str], mapping: Mapping | None = None) -> PaymentFile:
    return read_payments(csv_file(tmp_path / "payments.csv", *rows), today=TODAY, mapping=mapping)


def bring(office: Office, tmp_path: Path, *rows: dict[str, str], skip_bad: bool = False) -> Loaded:
    return load(office, read(tmp_path, *rows), skip_bad=skip_bad)


def status(room: Room) -> tuple[str, int]:
    """The case's state, and how many holds as settled stand on it."""
    with room.office.reader.connect() as connection:
        found = str(connection.execute(text("SELECT status FROM case_file")).scalar_one())
    return found, count(room.office.store, "hold", "kind = 'settled' AND lifted_at IS NULL")


def left(room: Room) -> int:
    with room.office.reader.connect() as connection:
        return ledger.balances(connection, (room.small.case,))[room.small.case].left


def test_a_payment_comes_off_the_statement_once(room: Room, lead: Office, tmp_path: Path) -> None:
    """However often the file comes, and from whichever bank's export with the same serial number."""
    told = bring(lead, tmp_path, LINE)
    assert (told.written, told.counts) == (True, {"payments_new": 1})
    assert left(room) == 1_048_000
    again = bring(lead, tmp_path, LINE)
    assert (again.written, again.counts) == (False, {"payments_same": 1})
    other = bring(
        lead, tmp_path, {"contract": "CC-2024-000017", "date": "20261123", "amount": "2000", "reference": "B001"}
    )
    assert (other.written, other.counts) == (False, {"payments_same": 1})
    assert count(lead.store, "payment") == 1
    assert left(room) == 1_048_000


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_any_export_is_read(lead: Office, tmp_path: Path, encoding: str) -> None:
    file = csv_file(tmp_path / "p.csv", LINE, encoding=encoding)
    assert load(lead, read_payments(file, today=TODAY)).counts == {"payments_new": 1}


def test_a_workbook_and_odd_headings_are_read(lead: Office, tmp_path: Path) -> None:
    book_ = xlsx_file(
        tmp_path / "p.xlsx", [{"卡号": "CC-2024-000017", "还款日期": "2026-11-23", "还款金额": 5, "备注": ""}]
    )
    mapping = Mapping(columns={"卡号": "payments.contract_no"})
    assert load(lead, read_payments(book_, today=TODAY, mapping=mapping)).counts == {"payments_new": 1}


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"案件编号": "A-9999"}, "case_unknown", "案件编号"),
        ({"还款日期": "2026-11-31"}, "date_impossible", "还款日期"),
        ({"还款日期": "2026-11-24"}, "date_in_future", "还款日期"),
        ({"还款金额": "12.345"}, "too_many_decimals", "还款金额"),
        ({"还款金额": "0"}, "amount_zero", "还款金额"),
        ({"还款金额": "-50"}, "reversal_unknown", "reverses"),
        ({"类型": "还款", "还款金额": "-50"}, "payment_negative", "还款金额"),
        ({"币种": "USD"}, "currency_differs", "币种"),
        ({"流水号": "2.02611E+19"}, "scientific_notation", "流水号"),
        ({"案件编号": ""}, "missing", "案件编号"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_written(
    lead: Office, tmp_path: Path, changes: dict[str, str], code: str, column: str
) -> None:
    """Line, column, kind and remedy; never what stands there. The good line waits for the others."""
    bad = LINE | {"流水号": "B002"} | changes
    told = bring(lead, tmp_path, LINE | {"币种": ""} if "币种" in changes else LINE, bad)
    assert [(each.line, each.column, each.code) for each in told.errors] == [(3, column, code)]
    assert told.errors[0].hint
    assert not told.written
    assert count(lead.store, "payment") == 0
    skipped = bring(lead, tmp_path, LINE, bad, skip_bad=True)
    assert (skipped.written, skipped.counts["payments_new"], skipped.counts["refused"]) == (True, 1, 1)


def test_a_rehearsal_writes_nothing(lead: Office, tmp_path: Path) -> None:
    told = rehearse(lead, read(tmp_path, LINE))
    assert (told.written, told.rows) == (False, [(2, "new", "A-1007")])
    assert count(lead.store, "payment") == 0


def test_a_file_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadData) as refused:
        read(tmp_path, {"案件编号": "A-1007", "流水号": "B", "备注": "x", "渠道": "y"})
    assert refused.value.code == "columns_missing"


def test_a_case_that_is_paid_is_closed_to_calls_at_once(room: Room, lead: Office, tmp_path: Path) -> None:
    """Civil Code article 557: also for a permit that was given before the money was known of."""
    small, hands = room.small, room.hands
    given = permit.request(room.office, small.case, small.debtor, small.number, "collect", "k1", clocks=hands.both)
    assert isinstance(given, permit.Granted)
    told = bring(lead, tmp_path, LINE | {"还款金额": WHOLE})
    assert told.acts == {"case_file.settle": 1}
    assert status(room) == ("settled", 1)
    shown = permit.show(room.office, given.permit, clocks=hands.both)
    assert isinstance(shown, permit.Refused)
    assert "hold" in {each["code"] for each in shown.decision["blocks"]}


def test_money_taken_back_opens_the_case_again(room: Room, lead: Office, tmp_path: Path) -> None:
    bring(lead, tmp_path, LINE | {"还款金额": WHOLE})
    line, acts = book.reverse(lead, "y1", "bounced", 100)
    assert (line.paid.net, acts) == (1_247_900, {"case_file.reopen": 1})
    assert status(room) == ("open", 0)
    again = bring(lead, tmp_path, LINE | {"流水号": "B009", "还款金额": "1"})
    assert (again.acts, status(room)) == ({"case_file.settle": 1}, ("settled", 1))
    back = bring(lead, tmp_path, LINE | {"流水号": "B010", "还款金额": "-1", "原流水号": "B009"})
    assert (back.counts, back.acts) == ({"reversals_new": 1}, {"case_file.reopen": 1})
    assert left(room) == 100


def test_a_newer_statement_supersedes_what_was_paid(room: Room, lead: Office, tmp_path: Path) -> None:
    """A payment on the statement's own date is in it, unless the desk knew of it only afterwards."""
    bring(lead, tmp_path, LINE | {"还款日期": "2026-11-22"})
    assert left(room) == 1_048_000
    with lead.store.writer.begin() as connection:
        sums = {"principal": 900_000, "interest": 0, "fees": 0, "total": 900_000, "currency": "CNY"}
        add(connection, Statement, case_id=room.small.case, as_of="2026-11-23", imported_at=room.hands.at + DAY, **sums)
    assert left(room) == 900_000


def test_a_case_the_creditor_calls_settled_is_held_too(room: Room, lead: Office) -> None:
    for state, held in (("settled", 1), ("settled", 1), ("open", 0)):
        with lead.store.writer.begin() as connection:
            connection.execute(CaseFile.__table__.update().values(status=state))  # type: ignore[attr-defined]
            effects.after_import(connection, room.hands.at)
        assert status(room) == (state, held)


def test_who_may_bring_in_and_take_back(room: Room, lead: Office, tmp_path: Path) -> None:
    """Article 9.7: a collector alters no amounts."""
    with pytest.raises(NotPermitted):
        bring(room.office, tmp_path, LINE)
    bring(lead, tmp_path, LINE)
    with pytest.raises(NotPermitted):
        book.reverse(room.office, "y1", "no")
    with pytest.raises(UsageProblem):
        book.reverse(lead, "y1", " ")
    with pytest.raises(BadData):
        book.reverse(lead, "y1", "too much", 200_001)
    book.reverse(lead, "y1", "bounced")
    with pytest.raises(Busy):
        book.reverse(lead, "y1", "again")
    with pytest.raises(NotFound):
        book.reverse(lead, "y2", "a reversal is no payment")


def test_every_payment_is_in_the_journal(lead: Office, tmp_path: Path) -> None:
    bring(lead, tmp_path, LINE)
    book.reverse(lead, "y1", "bounced")
    with lead.reader.connect() as connection:
        actions = connection.execute(text("SELECT action FROM journal WHERE action LIKE 'payment.%' ORDER BY seq"))
        assert list(actions.scalars()) == ["payment.file", "payment.add", "payment.reverse"]
