"""A call keeps to what the company set in its adopted house rulebook: promise limits (9.4), days to answer in (10)."""

from __future__ import annotations

import pytest

from collectdesk.desk import adoption
from collectdesk.desk.shipped import shipped
from collectdesk.errors import BadData
from collectdesk.store.tables import Promise
from tests.desk.call.phone import Phone
from tests.desks import add

HOUSE = shipped("rulebooks/house.toml").decode()


def changed(**numbers: int) -> bytes:
    """The shipped house rulebook, as its version 2, with these settings."""
    text = HOUSE.replace('version = "1"', 'version = "2"')
    for name, number in numbers.items():
        head, _, rest = text.partition(f"\n{name} = ")
        assert rest
        text = f"{head}\n{name} = {number}\n{rest.partition(chr(10))[2]}"
    return text.encode()


def adopted(phone: Phone, content: bytes) -> None:
    """The admin adopts a house rulebook; it binds at once."""
    admin = phone.room.seat(phone.room.small.admin, "8000", "admin").staff
    at = phone.room.hands.at
    with phone.office.writer.begin() as connection:
        adoption.adopt(connection, "rulebook", content, by=admin, at=at, effective_from=at, file="house.toml")


def test_promises_keep_to_the_adopted_limits(phone: Phone) -> None:
    """Article 9.4: promise limits from the house rulebook, the company's to set."""
    adopted(phone, changed(least_percent=50, most_days=7))
    phone.dial()
    phone.go("result.amount", {"result.pay_on": "2026-11-30"})
    with pytest.raises(BadData) as refused:
        phone.answer("6239.99")
    assert (refused.value.code, refused.value.params["percent"]) == ("promise_too_little", 50)
    assert [refused.value.params[each] for each in ("least", "left")] == ["CNY 6,240.00", "CNY 12,480.00"]
    phone.answer("6240.00")
    with pytest.raises(BadData) as refused:
        phone.answer("2026-12-01")
    assert (refused.value.code, refused.value.params["last"]) == ("promise_date", "2026-11-30")


def test_the_limits_are_seen_while_a_promise_is_agreed(phone: Phone) -> None:
    """Article 9.4: what is owed, the least, the latest day and the broken ones stand beside the questions."""
    phone.dial()
    for field in ("result.amount", "result.pay_on"):
        phone.go(field)
        assert phone.asked.pane is not None
        shown = {row.code: row.value for row in phone.asked.pane.rows}
        assert shown == {
            "left": 1_248_000,
            "least_promised": 124_800,
            "last_promised": "2026-12-23",
            "broken_promises": {"broken": 0, "of": 2},
        }


def test_one_broken_promise_is_enough_where_the_house_says_so(phone: Phone) -> None:
    """Article 9.4: a promise that cannot be kept is not taken."""
    adopted(phone, changed(most_broken=1))
    small = phone.room.small
    values = {"case_id": small.case, "by_person": small.debtor, "amount": 1000, "currency": "CNY", "channel": "app"}
    with phone.office.writer.begin() as connection:
        add(connection, Promise, **values, pay_on="2026-09-01", status="broken", at=0, by_staff=small.collector)
    phone.dial()
    phone.go("result.outcome")
    with pytest.raises(BadData, match="promises_broken"):
        phone.answer("promise")


@pytest.mark.parametrize(("door", "days", "due_on"), [("objection", 3, "2026-11-26"), ("complaint", 2, "2026-11-25")])
def test_an_answer_is_owed_by_the_adopted_day(phone: Phone, door: str, days: int, due_on: str) -> None:
    """Articles 10.1, 10.2: working days as the house sets them, from Monday 23 November 2026."""
    adopted(phone, changed(**{door: days}))
    phone.dial()
    phone.go("party")
    phone.door(door)
    phone.go(given={"objection.answered": "owed"})
    assert phone.one(f"SELECT due_on FROM {door}") == due_on


def test_a_call_keeps_the_limits_it_began_with(phone: Phone) -> None:
    """A text adopted in mid-call changes nothing on it."""
    phone.dial()
    phone.go("result.amount")
    adopted(phone, changed(least_percent=50))
    phone.answer("1248.00")
    assert phone.at == "result.pay_on"
