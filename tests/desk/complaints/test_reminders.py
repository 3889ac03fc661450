"""What of the complaints waits, for whom, from when (policy article 10.2)."""

from __future__ import annotations

import pytest

from collectdesk.desk.complaints import ending, extending, handling
from collectdesk.desk.complaints.reminders import reminders
from collectdesk.desk.reminder import Reminder
from tests.desk.complaints.house import House
from tests.desks import DAY


def waits(house: House) -> list[Reminder]:
    """What waits now."""
    with house.room.office.reading() as session:
        return reminders(session, house.hands.at)


@pytest.mark.parametrize(
    ("days", "urgency"), [(0, None), (9, None), (10, "soon"), (14, "due"), (15, "overdue"), (16, "overdue")]
)
def test_the_clock_is_told_of_its_handler(desk_house: House, days: int, urgency: str | None) -> None:
    """Received on Monday 23 November: reminded from Thursday 3 December, due on the 7th, the law's day the 8th."""
    desk_house.complain()
    desk_house.hands.at += days * DAY
    found = [each for each in waits(desk_house) if each.kind == "complaint_clock"]
    assert [each.urgency for each in found] == ([urgency] if urgency else [])
    assert all(each.staff == (desk_house.staff("8001"),) and each.command.endswith("show k1") for each in found)


def test_a_new_one_waits_for_its_handler_until_they_took_it_up(desk_house: House) -> None:
    """Article 10.2: whoever has it is told the day it comes, not when its clock runs down."""
    named = desk_house.complain()
    (found,) = waits(desk_house)
    assert (found.kind, found.urgency, found.staff) == ("complaint_new", "due", (desk_house.staff("8001"),))
    handling.record(desk_house.sit("8001"), named, handling.Findings(cause="话单核对中"))
    assert waits(desk_house) == []
    handling.assign(desk_house.sit("8000"), named, "8000")
    assert waits(desk_house) == []
    handling.assign(desk_house.sit("8000"), named, "8003")
    assert [(each.kind, each.staff) for each in waits(desk_house)] == [("complaint_new", (desk_house.staff("8003"),))]


def test_an_extension_waits_for_those_who_may_approve_it(desk_house: House) -> None:
    named = desk_house.complain("8003")
    extending.extend(desk_house.sit("8000"), named, "需要调取录音")
    (found,) = waits(desk_house)
    assert (found.kind, found.staff) == ("complaint_extension", (desk_house.staff("8001"),))


def test_one_whose_handler_left_waits_for_the_others(desk_house: House) -> None:
    desk_house.complain()
    desk_house.remove("8001")
    (found,) = waits(desk_house)
    assert (found.kind, found.command) == ("complaint_unhandled", "collectdesk complaint assign k1")
    assert found.staff == (desk_house.staff("8003"), desk_house.staff("8000"))


def test_one_nobody_may_handle_waits_for_the_request(desk_house: House) -> None:
    for number in ("8003", "8000"):
        desk_house.remove(number)
    desk_house.complain("8001")
    (found,) = waits(desk_house)
    assert (found.kind, found.command) == ("complaint_waiting", "collectdesk request add k1")
    assert found.staff == (desk_house.staff("8002"), desk_house.staff("8004"))


def test_what_is_closed_waits_for_nobody(desk_house: House) -> None:
    ending.withdraw(desk_house.sit("8001"), desk_house.complain(), on=None, reference="信")
    desk_house.hands.at += 30 * DAY
    assert waits(desk_house) == []
