"""Periods (期间): local dates of the house's zone, both ends included; weeks are ISO weeks, Monday first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from collectdesk.desk.reports.figure import Period, Span
from collectdesk.desk.reports.relation import LOCAL
from collectdesk.errors import N_, UsageProblem

Step: TypeAlias = Literal["day", "week", "month"]
EPOCH = date(1970, 1, 1).toordinal()
DAY = 86_400
MOST_DAYS = 3 * 366
DAILY = 31
"""Longer periods are told week by week,"""
WEEKLY = 26 * 7
"""those longer than this month by month."""
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


class Bucket(NamedTuple):
    """A part of a period: its name (``2026-11-23``, ``2026-W48``, ``2026-11``) and the day number it begins with."""

    name: str
    begins: int


def day_of(at: int) -> date:
    """The house's local date at ``at`` (UTC seconds)."""
    return date.fromordinal(EPOCH + (at + LOCAL) // DAY)


def starts(day: date) -> int:
    """UTC seconds at which a local date begins."""
    return (day.toordinal() - EPOCH) * DAY - LOCAL


def bounds(period: Period) -> tuple[int, int]:
    """The instants from which and before which it is, UTC seconds."""
    return starts(first(period)), starts(last(period) + timedelta(days=1))


def first(period: Period) -> date:
    """Its first local date."""
    return date.fromisoformat(period.first)


def last(period: Period) -> date:
    """Its last local date."""
    return date.fromisoformat(period.last)


def days(period: Period) -> int:
    """How many local dates it has."""
    return (last(period) - first(period)).days + 1


def a_day(day: date) -> Period:
    """One local date."""
    return _period("day", day, day)


def a_week(day: date) -> Period:
    """The ISO week a date is in."""
    monday = day - timedelta(days=day.weekday())
    return _period("week", monday, monday + timedelta(days=6))


def a_month(day: date) -> Period:
    """The calendar month a date is in."""
    begins = day.replace(day=1)
    return _period("month", begins, (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def a_range(begins: date, ends: date) -> Period:
    """From one date to another, both included.

    Raises:
        UsageProblem: it ends before it begins, or is longer than three years.
    """
    if ends < begins:
        raise UsageProblem("period_backwards", N_("The period ends before it begins."))
    if (ends - begins).days >= MOST_DAYS:
        raise UsageProblem("period_long", N_("A report covers at most {days} days."), days=MOST_DAYS)
    return _period("range", begins, ends)


def day_named(text: str, option: str, today: date) -> Period:
    """``2026-11-23``, ``today``, ``yesterday``.

    Raises:
        UsageProblem: it is neither.
    """
    ahead = {"today": 0, "yesterday": -1}.get(text)
    return a_day(a_date(text, option) if ahead is None else today + timedelta(days=ahead))


def week_named(text: str, today: date) -> Period:
    """``2026-W48``, a date in it, ``this`` or ``last``.

    Raises:
        UsageProblem: it is none of these.
    """
    if text in ("this", "last"):
        return a_week(today - timedelta(days=7 if text == "last" else 0))
    found = _WEEK.fullmatch(text)
    try:
        return a_week(date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else date.fromisoformat(text))
    except ValueError:
        raise UsageProblem(
            "bad_week", N_("--week must be a week, such as 2026-W48, a date in it, this or last.")
        ) from None


def month_named(text: str, today: date) -> Period:
    """``2026-11``, ``this`` or ``last``.

    Raises:
        UsageProblem: it is none of these.
    """
    if text in ("this", "last"):
        here = today.replace(day=1)
        return a_month(here - timedelta(days=1) if text == "last" else here)
    found = _MONTH.fullmatch(text)
    try:
        return a_month(date.fromisoformat(f"{int(found[1]):04}-{int(found[2]):02}-01" if found else text + "-"))
    except ValueError:
        raise UsageProblem("bad_month", N_("--month must be a month, such as 2026-11, this or last.")) from None


def a_date(text: str, option: str) -> date:
    """A local date as an option gives it.

    Raises:
        UsageProblem: it is not ``2026-11-23``.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(
            "bad_date", N_("{option} must be a date, such as 2026-11-23."), hint="", option=option
        ) from None


def before(period: Period) -> Period:
    """The one it is compared with: of a day the same weekday a week ago, else the one just before, as long."""
    if period.span == "day":
        return a_day(first(period) - timedelta(days=7))
    if period.span == "week":
        return a_week(first(period) - timedelta(days=7))
    if period.span == "month":
        return a_month(first(period) - timedelta(days=1))
    length = last(period) - first(period) + timedelta(days=1)
    return a_range(first(period) - length, last(period) - length)


def week_name(monday: int) -> str:
    """The ISO week that begins with a day number: ``2026-W48``."""
    return _named(date.fromordinal(monday + EPOCH), "week")


def step_of(period: Period) -> Step:
    """How finely a period is told over time."""
    length = days(period)
    return "day" if length <= DAILY else "week" if length <= WEEKLY else "month"


def buckets(period: Period, step: Step) -> tuple[Bucket, ...]:
    """The parts of a period, in order; the first and the last may be cut by its ends."""
    return tuple(Bucket(_named(day, step), day.toordinal() - EPOCH) for day in _begins(period, step))


def bucket_sql(day: str, parts: tuple[Bucket, ...]) -> str:
    """The place of a row's ``day`` among the parts, as SQL both engines read: a day, or a chain of comparisons."""
    if all(later.begins - earlier.begins == 1 for earlier, later in pairwise(parts)):
        return f"{day} - {parts[0].begins}"
    chain = "".join(f" WHEN {day} < {part.begins} THEN {place}" for place, part in enumerate(parts[1:]))
    return f"CASE{chain} ELSE {len(parts) - 1} END"


def _begins(period: Period, step: Step) -> Iterator[date]:
    day, ends = first(period), last(period)
    while day <= ends:
        yield day
        if step == "day":
            day += timedelta(days=1)
        elif step == "week":
            day += timedelta(days=7 - day.weekday())
        else:
            day = (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _named(day: date, step: Step) -> str:
    if step == "week":
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}" if step == "month" else day.isoformat()


def _period(span: Span, begins: date, ends: date) -> Period:
    return Period(span=span, first=begins.isoformat(), last=ends.isoformat())
