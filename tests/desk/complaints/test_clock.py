"""The clock of a complaint: fifteen, thirty, sixty calendar days, never rolled on (rules-china case 32, CMP-01)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.complaints import extending, handling
from collectdesk.desk.complaints.clock import Clocks
from collectdesk.desk.house import HouseSettings
from collectdesk.desk.shipped import listed, shipped
from collectdesk.desk.working_days import is_working_day
from collectdesk.errors import Busy, NotPermitted
from collectdesk.gate import compile_calendar
from tests.desk.call.phone import both
from tests.desk.complaints.house import House
from tests.desks import DAY

CALENDARS = {"CN": compile_calendar(json.loads(shipped(path)) for path in listed("calendars/CN-*.json"))}
CLOCKS = Clocks(CALENDARS, HouseSettings())
RECEIVED = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("term", "last_on", "due_on"),
    [(15, "2026-10-15", "2026-10-15"), (30, "2026-10-30", "2026-10-30"), (60, "2026-11-29", "2026-11-27")],
)
def test_received_before_a_long_break(term: int, last_on: str, due_on: str) -> None:
    """Case 32: day 1 is 1 October; the sixtieth is a Sunday, so the house's own date is the Friday before."""
    clock = CLOCKS.extended(RECEIVED, term)
    assert (clock.last_on.isoformat(), clock.due_on.isoformat()) == (last_on, due_on)


def test_the_houses_working_days_never_outlast_the_laws() -> None:
    """Ten working days after 29 September end after the National Day break, and after the fifteenth day."""
    assert CLOCKS.first(date(2026, 9, 29)).due_on == date(2026, 10, 14)
    assert CLOCKS.first(date(2026, 11, 23)).due_on == date(2026, 12, 7)


def test_its_handler_is_reminded_on_a_working_day_before() -> None:
    """CMP-01: from day ten; 5 December is a Saturday."""
    assert CLOCKS.extended(date(2026, 11, 25), 15).warn_on == date(2026, 12, 4)


@given(st.dates(date(2018, 1, 1), date(2027, 10, 1)), st.sampled_from([15, 30, 60]))
def test_every_clock_keeps_its_order(received: date, term: int) -> None:
    clock = CLOCKS.extended(received, term)
    assert clock.last_on == received + timedelta(days=term)
    assert received <= clock.warn_on <= clock.due_on <= clock.last_on
    term_days = [received + timedelta(days=n) for n in range(term + 1)]
    working = [day for day in term_days if is_working_day(CALENDARS, day)]
    assert clock.due_on == (working[-1] if working else received)  # around a spring festival there may be none
    assert CLOCKS.first(received).due_on <= CLOCKS.first(received).last_on
    between = [clock.due_on + timedelta(days=n) for n in range(1, (clock.last_on - clock.due_on).days + 1)]
    assert not any(is_working_day(CALENDARS, day) for day in between)


@both
def test_more_time_needs_a_reason_and_another_person(desk_house: House) -> None:
    """银行业保险业消费投诉处理管理办法 第二十一条: 30, then 60 days; never approved by whoever asked."""
    named = desk_house.complain()
    lead, admin = desk_house.sit("8001"), desk_house.sit("8000")
    assert extending.extend(lead, named, "需要调取录音") == 30
    with pytest.raises(NotPermitted, match="own_matter"):
        extending.approve(lead, named)
    with pytest.raises(NotPermitted, match="handled_by_subject"):
        extending.approve(desk_house.sit("8002"), named)
    assert extending.approve(admin, named) == date(2026, 12, 23)
    assert desk_house.row("term, last_on, due_on, status") == (30, "2026-12-23", "2026-12-23", "in_hand")
    assert extending.extend(lead, named, "涉及两家机构") == 60
    extending.refuse(desk_house.sit("8003"), named, "理由不充分")
    assert desk_house.row("term, asked_term, status") == (30, None, "in_hand")
    extending.extend(lead, named, "涉及两家机构")
    assert extending.approve(admin, named) == date(2027, 1, 22)
    with pytest.raises(Busy, match="longest_term"):
        extending.extend(lead, named, "再宽限几天")


def test_a_clock_that_has_run_out_is_not_wound_up_again(desk_house: House) -> None:
    named = desk_house.complain()
    lead = desk_house.sit("8001")
    extending.extend(lead, named, "需要调取录音")
    desk_house.hands.at += 16 * DAY
    with pytest.raises(Busy, match="clock_run_out"):
        extending.approve(desk_house.sit("8000"), named)
    extending.refuse(desk_house.sit("8000"), named, "已经过期")
    with pytest.raises(Busy, match="clock_run_out"):
        extending.extend(lead, named, "需要调取录音")


def test_whoever_asked_may_not_approve_after_handing_it_on(desk_house: House) -> None:
    named = desk_house.complain()
    lead = desk_house.sit("8001")
    extending.extend(lead, named, "需要调取录音")
    handling.assign(lead, named, "8003")
    with pytest.raises(NotPermitted, match="own_matter"):
        extending.approve(lead, named)
