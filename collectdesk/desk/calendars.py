"""Calendars as a house reads them (日历): the years adopted, and whether a year's notice is in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import parse
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import N_, NotFound
from collectdesk.gate.calendar import CalendarYear

if TYPE_CHECKING:
    from collectdesk.desk.office import Office


def held(office: Office) -> list[CalendarYear]:
    """The years in force on the desk, by region and year."""
    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "calendar", office.now())
    return sorted((each.value for each in found), key=lambda year: (year.region, year.year))


def as_shipped() -> list[CalendarYear]:
    """The years the program ships."""
    found = [msgspec.convert(parse(shipped(path), path), CalendarYear) for path in listed("calendars/*.json")]
    return sorted(found, key=lambda year: (year.region, year.year))


def one(years: Sequence[CalendarYear], region: str, year: int) -> CalendarYear:
    """One year of a region.

    Raises:
        NotFound: there is no calendar for it.
    """
    for each in years:
        if each.region == region.upper() and each.year == year:
            return each
    raise NotFound(
        "no_such_year",
        N_("There is no calendar for that year; every call in it is refused."),
        hint=N_("`collectdesk calendar list` shows the years; `calendar adopt FILE` takes another."),
    )
