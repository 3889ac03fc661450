"""Working days (工作日): dates by which something is owed, counted by the calendar in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from collectdesk.gate import Calendar

WORKING = ("workday", "makeup_workday")
REGION = "CN"


def is_working_day(calendars: Mapping[str, Calendar], day: date) -> bool:
    """Whether ``day`` is one; without a calendar Monday to Friday are."""
    calendar = calendars.get(REGION)
    return calendar.day(day.toordinal()).kind in WORKING if calendar else day.isoweekday() <= 5


def working_day(calendars: Mapping[str, Calendar], start: date, count: int) -> date:
    """The ``count``-th working day after ``start``, which is not counted itself; ``start`` for none."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(calendars, day)
    return day


def rolled_on(calendars: Mapping[str, Calendar], day: date) -> date:
    """``day`` itself where it is a working day, else the next that is."""
    return day if is_working_day(calendars, day) else working_day(calendars, day, 1)
