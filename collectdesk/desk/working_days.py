"""Working days (工作日): dates by which something is owed, counted by the calendar in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from collectdesk.gate import Calendar

WORKING = ("workday", "makeup_workday")
REGION = "CN"


def is_working_day(calendars: Mapping[str, Calendar], day: date) -> bool:
    """Whether ``day`` is one; without a calendar, or in a year it does not hold, Monday to Friday are."""
    calendar = calendars.get(REGION)
    kind = calendar.day(day.toordinal()).kind if calendar else "unknown"
    return day.isoweekday() <= 5 if kind == "unknown" else kind in WORKING


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


def rolled_back(calendars: Mapping[str, Calendar], day: date) -> date:
    """``day`` itself where it is a working day, else the last that was."""
    while not is_working_day(calendars, day):
        day -= timedelta(days=1)
    return day
