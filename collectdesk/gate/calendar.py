"""Calendars: what kind of day a local date is, by whose word, and whether that word has been given yet.

A calendar lists only the dates that differ from the week: statutory holidays, the rest of an announced break
(放假调休), make-up workdays (补班). In a year whose notice is not in, the days around a statutory holiday count as
holiday too (no announced holiday weekday of 2018–2026 lay farther than five days off), so that an unknown break
is never dialled into.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

import msgspec

from collectdesk.gate.clock import weekday

DayKind: TypeAlias = Literal[
    "workday", "rest_day", "announced_holiday", "statutory_holiday", "makeup_workday", "unknown"
]
NEAR_STATUTORY = 5
CALENDAR_SCHEMA = "collectdesk.calendar/1"


class DayEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One date of a calendar file."""

    date: date
    kind: Literal["announced_holiday", "statutory_holiday", "makeup_workday"]
    name: dict[str, str]
    source: str = ""


class CalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: a region's year."""

    schema: Literal["collectdesk.calendar/1"]
    region: str
    year: int
    version: str
    confirmed: bool
    confirmed_through: date | None
    source: dict[str, str]
    days: tuple[DayEntry, ...]


class Day(msgspec.Struct, frozen=True):
    """What a local date is. ``confirmed`` is false where no notice has settled it yet."""

    kind: DayKind
    name: Mapping[str, str]
    source: str
    confirmed: bool


ORDINARY: Mapping[str, str] = {}


class Calendar:
    """A region's days over the years there are files for."""

    def __init__(self, region: str, years: Iterable[CalendarYear]) -> None:
        """Join ``years`` of one region, in any order."""
        ordered = sorted(years, key=lambda year: year.year)
        self.region = region
        self.version = "+".join(dict.fromkeys(year.version for year in ordered))
        self.years = frozenset(year.year for year in ordered)
        confirmed = [year.confirmed_through for year in ordered if year.confirmed_through]
        self.confirmed_through = max(confirmed, default=None)
        self._confirmed = self.confirmed_through.toordinal() if self.confirmed_through else 0
        self._listed = {entry.date.toordinal(): entry for year in ordered for entry in year.days}
        self._statutory = sorted(day for day, entry in self._listed.items() if entry.kind == "statutory_holiday")
        self._known: dict[int, Day] = {}

    def day(self, ordinal: int) -> Day:
        """The kind of a local date, its name and source."""
        known = self._known.get(ordinal)
        if known is None:
            known = self._known[ordinal] = self._day(ordinal)
        return known

    def _day(self, ordinal: int) -> Day:
        confirmed = ordinal <= self._confirmed
        entry = self._listed.get(ordinal)
        if entry is not None:
            return Day(entry.kind, entry.name, entry.source, confirmed)
        if date.fromordinal(ordinal).year not in self.years:
            return Day("unknown", ORDINARY, "", confirmed=False)
        if not confirmed and self._near_statutory(ordinal):
            return Day("announced_holiday", ORDINARY, "", confirmed=False)
        return Day("workday" if weekday(ordinal) <= 5 else "rest_day", ORDINARY, "", confirmed)

    def _near_statutory(self, ordinal: int) -> bool:
        """Close enough to a statutory day, or to a year of which nothing is known, to lie in a break."""
        if date.fromordinal(ordinal + NEAR_STATUTORY).year not in self.years:
            return True
        return any(abs(ordinal - day) <= NEAR_STATUTORY for day in self._statutory)


def compile_calendar(years: Iterable[Mapping[str, Any]]) -> Calendar:
    """Build a calendar from the plain mappings of one region's files.

    Raises:
        msgspec.ValidationError: a file is not of the calendar shape.
        ValueError: no file, or files of several regions.
    """
    parsed = [msgspec.convert(year, CalendarYear) for year in years]
    regions = {year.region for year in parsed}
    if len(regions) != 1:
        raise ValueError("a calendar is made of one region's years")
    return Calendar(regions.pop(), parsed)
