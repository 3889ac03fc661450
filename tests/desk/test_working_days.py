"""Working days by the shipped calendar: breaks are passed over, make-up Saturdays count."""

from __future__ import annotations

import json
from datetime import date

import pytest

from collectdesk.desk.shipped import listed, shipped
from collectdesk.desk.working_days import is_working_day, rolled_on, working_day
from collectdesk.gate import compile_calendar

CALENDARS = {"CN": compile_calendar(json.loads(shipped(path)) for path in listed("calendars/CN-*.json"))}


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-11-23", 5, "2026-11-30"),  # an ordinary week
        ("2026-09-29", 4, "2026-10-10"),  # over the National Day break, with its make-up Saturday
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_the_nth_working_day(start: str, count: int, expected: str) -> None:
    assert working_day(CALENDARS, date.fromisoformat(start), count).isoformat() == expected


def test_without_a_calendar_the_week_counts() -> None:
    assert working_day({}, date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_a_date_that_is_no_working_day_rolls_on() -> None:
    assert rolled_on(CALENDARS, date(2026, 11, 28)) == date(2026, 11, 30)
    assert rolled_on(CALENDARS, date(2026, 11, 27)) == date(2026, 11, 27)
    assert is_working_day(CALENDARS, date(2026, 10, 10))
