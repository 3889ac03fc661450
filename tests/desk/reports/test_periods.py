"""Periods: what is typed, what it is compared with, how it is told over time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.figure import Period

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
RANGES = st.builds(lambda day, length: periods.a_range(day, day + timedelta(days=length)), DAYS, st.integers(0, 1000))
ANY = st.one_of(DAYS.map(periods.a_day), DAYS.map(periods.a_week), DAYS.map(periods.a_month), RANGES)


@given(ANY)
def test_the_parts_of_a_period_are_the_period(period: Period) -> None:
    """Its parts follow each other without gap or overlap, begin with it, and are named apart."""
    for step in get_args(periods.Step):
        parts = periods.buckets(period, step)
        begins = [part.begins for part in parts]
        assert begins[0] == periods.first(period).toordinal() - periods.EPOCH
        assert begins == sorted(set(begins))
        assert begins[-1] <= periods.last(period).toordinal() - periods.EPOCH
        assert len({part.name for part in parts}) == len(parts)
    assert len(periods.buckets(period, periods.step_of(period))) <= 37


@given(ANY)
def test_what_it_is_compared_with_lies_before_it(period: Period) -> None:
    """Of a day the same weekday, else the one just before it; a range as long."""
    other = periods.before(period)
    assert periods.last(other) < periods.first(period)
    assert other.span == period.span
    if period.span == "day":
        assert periods.first(other).weekday() == periods.first(period).weekday()
    else:
        assert periods.last(other) + timedelta(days=1) == periods.first(period)
    if period.span in ("week", "range"):
        lengths = [periods.last(each) - periods.first(each) for each in (period, other)]
        assert lengths[0] == lengths[1]


@given(DAYS)
def test_an_instant_is_of_the_day_it_begins_and_ends_with(day: date) -> None:
    begins = periods.starts(day)
    assert periods.day_of(begins) == day
    assert periods.day_of(begins - 1) == day - timedelta(days=1)
    assert periods.bounds(periods.a_day(day)) == (begins, begins + 86_400)


@pytest.mark.parametrize(
    ("made", "first", "last"),
    [
        (periods.week_named("2026-W53", date(2026, 11, 23)), "2026-12-28", "2027-01-03"),
        (periods.week_named("2026W01", date(2026, 11, 23)), "2025-12-29", "2026-01-04"),
        (periods.week_named("2026-11-22", date(2026, 11, 23)), "2026-11-16", "2026-11-22"),
        (periods.week_named("last", date(2026, 11, 23)), "2026-11-16", "2026-11-22"),
        (periods.month_named("2028-02", date(2026, 11, 23)), "2028-02-01", "2028-02-29"),
        (periods.month_named("last", date(2026, 1, 31)), "2025-12-01", "2025-12-31"),
        (periods.before(periods.month_named("2026-03", date(2026, 11, 23))), "2026-02-01", "2026-02-28"),
        (periods.day_named("yesterday", "--day", date(2026, 3, 1)), "2026-02-28", "2026-02-28"),
    ],
)
def test_named_periods(made: Period, first: str, last: str) -> None:
    assert (made.first, made.last) == (first, last)
