"""A promise that was made on a call (7.3, 9.4): nobody calls before its end but to remind; what is paid counts."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.payments import effects
from collectdesk.desk.promises.catching_up import catch_up, stale
from collectdesk.desk.promises.reminders import reminders
from collectdesk.errors import BadData
from collectdesk.store.case_rows import driver_of
from collectdesk.store.tables import Payment, Statement
from tests.desk.call.phone import Phone
from tests.desks import DAY, add


def promised(phone: Phone, pay_on: str = "2026-11-26") -> None:
    """The debtor promises a part for that day; the call is at its end."""
    phone.dial()
    phone.go(given={"result.amount": "3000", "result.pay_on": pay_on})


def pay(phone: Phone, minor: int, on: str) -> None:
    """A payment comes to light."""
    small = phone.room.small
    with phone.office.writing() as session:
        whose: dict[str, Any] = {"case_id": small.case, "by_staff": small.lead, "at": phone.room.hands.at}
        session.add(Payment(amount=minor, currency="CNY", paid_on=on, mark=f"{on}|{minor}", **whose))
        effects.payments_changed(session, (small.case,), phone.room.hands.at)


def stated(phone: Phone, as_of: str) -> None:
    """A fresh statement, without which nothing may be called for."""
    sums = {"principal": 1_248_000, "interest": 0, "fees": 0, "total": 1_248_000, "currency": "CNY"}
    with phone.office.store.writer.begin() as connection:
        at = phone.room.hands.at
        add(connection, Statement, case_id=phone.room.small.case, as_of=as_of, imported_at=at, **sums)


def state(phone: Phone) -> str:
    return str(phone.rows("SELECT status FROM promise")[0][0])


def test_only_a_reminder_passes_and_only_near_the_day(phone: Phone) -> None:
    """The house allows one from the day before; anything else waits until the promise has lapsed."""
    promised(phone)
    phone.room.hands.at += DAY  # the 24th
    stated(phone, "2026-11-24")
    for purpose in ("collect", "remind"):
        phone.room.hands.at += 60
        with pytest.raises(RefusedByGate):
            phone.dial(purpose=purpose)
    phone.room.hands.at += DAY  # the 25th
    with pytest.raises(RefusedByGate):
        phone.dial()
    with phone.office.reading() as session:
        (due,) = reminders(session, phone.room.hands.at)
    assert (due.kind, due.urgency, due.case) == ("promise_due", "due", "A-1007")
    assert due.staff == (phone.room.small.collector,)
    phone.room.hands.at += 60
    assert phone.dial(purpose="remind").question is not None


def test_a_promise_that_lapsed_is_broken_when_somebody_looks(phone: Phone) -> None:
    promised(phone)
    phone.room.hands.at += 4 * DAY  # the 27th: the day of grace
    catch_up(phone.office)
    assert state(phone) == "open"
    phone.room.hands.at += DAY
    with phone.office.reader.connect() as connection:
        assert stale(driver_of(connection), phone.room.hands.at)
    catch_up(phone.office)
    assert state(phone) == "broken"
    with phone.office.reader.connect() as connection:
        assert not stale(driver_of(connection), phone.room.hands.at)
    with phone.office.reading() as session:
        assert [each.kind for each in reminders(session, phone.room.hands.at)] == ["promise_broken"]
    stated(phone, "2026-11-28")
    assert phone.dial().question is not None


def test_what_comes_in_time_keeps_it_and_ends_the_rest(phone: Phone) -> None:
    promised(phone)
    phone.room.hands.at += DAY
    stated(phone, "2026-11-23")
    pay(phone, 300_000, "2026-11-24")
    assert state(phone) == "kept"
    assert phone.rows("SELECT count(*) FROM hold WHERE lifted_at IS NULL") == [(0,)]
    phone.dial()
    phone.go(until="result.amount")
    with pytest.raises(BadData, match="promise_too_much"):
        phone.answer("9480.01")
    assert phone.answer("9480.00").question is not None
