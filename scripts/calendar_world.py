"""The calendars of other places than China: the days off a rulebook's text speaks of, from the holidays library.

A region lists only what its rulebook needs. Where a law fixes the dates they are computed through 2036 and confirmed;
where a government moves or adds days each year, the file is confirmed as far as it has spoken. A *statutory* day is
one the law names; a day off in its place, or one proclaimed for that year alone, is an *announced* holiday; a weekend
day worked in exchange is a *make-up workday*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from holiday_names import OBSERVED, Names, named

Listed = tuple[date, str, Names]
"""A date, its kind, its name."""

STATUTORY, ANNOUNCED, MAKEUP = "statutory_holiday", "announced_holiday", "makeup_workday"
FIRST, LAST_BY_LAW, LAST_GUESSED = 2024, 2036, 2030
SEVERAL = "; "


@dataclass(frozen=True)
class Region:
    """A calendar: its days by year, the text that makes them days off, and through which year that is settled.

    ``cite`` is that text in few words, as each day names it; ``source`` in full, as the file does.
    """

    id: str
    days: Callable[[int], Iterator[Listed]]
    cite: str
    source: str
    url: str
    confidence: str
    confirmed_through: int
    last: int

    @property
    def years(self) -> range:
        """The years there are files for."""
        return range(FIRST, self.last + 1)


@cache
def library(country: str, year: int, subdivision: str = "", categories: tuple[str, ...] = ()) -> Mapping[date, str]:
    """What the library lists for one year, in English."""
    language = None if country == "AU" else "en_US"
    return holidays.country_holidays(
        country, subdiv=subdivision or None, years=year, language=language, categories=categories or None
    )


def in_order(days: Mapping[date, str]) -> Iterator[tuple[date, str]]:
    """The dates in order, one holiday a time; of two on one date the first named."""
    for day in sorted(days):
        yield day, days[day].split(SEVERAL)[0]


def as_listed(country: str, subdivision: str = "") -> Callable[[int], Iterator[Listed]]:
    """The public holidays as the library lists them, days off in their place included."""

    def days(year: int) -> Iterator[Listed]:
        for day, name in in_order(library(country, year, subdivision)):
            yield _observed_or_not(day, name)

    return days


def _observed_or_not(day: date, name: str) -> Listed:
    if name.endswith(OBSERVED):
        return day, ANNOUNCED, named(name.removesuffix(OBSERVED), observed=True)
    return day, STATUTORY, named(name)


QUEBEC = (
    "New Year's Day", "Good Friday", "Easter Monday", "National Patriots' Day", "Saint John the Baptist Day",
    "Canada Day", "Labor Day", "Thanksgiving Day", "Christmas Day",
)  # fmt: skip
"""The nine days on which no collection agent may call; the province's labour law has other ones."""


def quebec(year: int) -> Iterator[Listed]:
    """The nine days; 1 July gives way to 2 July where it is a Sunday, and no other day is moved."""
    listed = library("CA", year, "QC", ("public", "government", "optional"))
    for day, name in in_order(listed):
        if name == "Canada Day" and day.isoweekday() == 7:
            yield day + timedelta(days=1), STATUTORY, named(name)
        elif name in QUEBEC:
            yield day, STATUTORY, named(name)


ONTARIO_BESIDES = ("Easter Monday", "Remembrance Day")
"""Holidays of every Ontario Act and regulation that its labour law does not have."""


def ontario(year: int) -> Iterator[Listed]:
    """The public holidays with the days off in their place, and what the Legislation Act has besides."""
    public = library("CA", year, "ON")
    listed = dict(in_order(library("CA", year, "ON", ("public", "government", "optional"))))
    found = {
        day: _observed_or_not(day, name) for day, name in listed.items() if day in public or name in ONTARIO_BESIDES
    }
    for day, name in _moved_in_ontario(year):
        found.setdefault(day, (day, ANNOUNCED, named(name, observed=True)))
    for day in sorted(found):
        yield found[day]


def _moved_in_ontario(year: int) -> Iterator[tuple[date, str]]:
    """The days that section 88(3) to (5) adds where one falls on a weekend; the days themselves stay closed too."""
    new_year, canada_day, christmas = date(year, 1, 1), date(year, 7, 1), date(year, 12, 25)
    if new_year.isoweekday() == 7:
        yield new_year + timedelta(days=1), "New Year's Day"
    if canada_day.isoweekday() == 7:
        yield canada_day + timedelta(days=1), "Canada Day"
    if christmas.isoweekday() in (6, 7):
        yield christmas + timedelta(days=2), "Christmas Day"


STATES = ("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA")


def australia(year: int) -> Iterator[Listed]:
    """The days the whole country keeps: the national ones, and every other that all states and territories have."""
    national = dict(in_order(library("AU", year)))
    states = [library("AU", year, state) for state in STATES]
    shared = {day: name for day, name in in_order(states[1]) if all(day in state for state in states)}
    for day, name in sorted((shared | national).items()):
        yield _observed_or_not(day, name)


SUBSTITUTE = "Alternative holiday for "
PROCLAIMED = ("Election Day", "Temporary Public Holiday", "Armed Forces Day")


def korea(year: int) -> Iterator[Listed]:
    """관공서의 공휴일: those the decree names, their substitutes, and the days of elections or proclaimed ones."""
    for day, name in in_order(library("KR", year)):
        if name.startswith(SUBSTITUTE):
            yield day, ANNOUNCED, named(name.removeprefix(SUBSTITUTE), observed=True)
        else:
            yield day, ANNOUNCED if name.endswith(PROCLAIMED) else STATUTORY, named(name)


TRANSFERRED = "Day off (substituted from "


def russia(year: int) -> Iterator[Listed]:
    """The days of article 112 of the Labour Code, the days off moved by the yearly decree, the weekend days worked."""
    found = [*_russian_days_off(year)]
    calendar = holidays.country_holidays("RU", years=year, language="en_US")
    names = {"zh_CN": "调休上班", "en": "Working day moved from elsewhere"}
    found += [(day, MAKEUP, names) for day in calendar.weekend_workdays if day.year == year]
    yield from sorted(found, key=lambda each: each[0])


def _russian_days_off(year: int) -> Iterator[Listed]:
    for day, name in in_order(library("RU", year)):
        if name.startswith(TRANSFERRED):
            yield day, ANNOUNCED, {"zh_CN": "调休放假", "en": "Day off moved from elsewhere"}
        else:
            yield _observed_or_not(day, "Orthodox Christmas Day" if name == "Christmas Day" else name)


REGIONS: tuple[Region, ...] = (
    Region(
        "CA-QC",
        quebec,
        "CQLR c. R-2.2, s. 34",
        "Office de la protection du consommateur: Times when an agent may contact you (Act respecting the collection "
        "of certain debts, CQLR c. R-2.2, s. 34)",
        "https://www.opc.gouv.qc.ca/en/consumer/good-service/credit-collection-of-debts-and-personal-finances/"
        "collection-agency/communication/times/",
        "V",
        LAST_BY_LAW,
        LAST_BY_LAW,
    ),
    Region(
        "CA-ON",
        ontario,
        "Legislation Act, 2006 (Ontario), ss. 87 and 88",
        "What every Ontario Act and regulation means by a holiday (Legislation Act, 2006, ss. 87 and 88, as quoted), "
        "with the days off the Employment Standards Act, 2000 gives in place of one",
        "https://ottawaemploymentlaw.com/2018/07/holidays-on-sunday.html",
        "Q",
        LAST_BY_LAW,
        LAST_BY_LAW,
    ),
    Region(
        "CA-BC",
        as_listed("CA", "BC"),
        "Employment Standards Act (British Columbia)",
        "British Columbia's statutory holidays (Employment Standards Act)",
        "https://www2.gov.bc.ca/gov/content/employment-business/employment-standards-advice/employment-standards/"
        "statutory-holidays",
        "S",
        LAST_BY_LAW,
        LAST_BY_LAW,
    ),
    Region(
        "AU",
        australia,
        "Public holidays of all states and territories",
        "Public holidays of all states and territories of Australia",
        "https://www.fairwork.gov.au/employment-conditions/public-holidays",
        "S",
        LAST_BY_LAW,
        LAST_BY_LAW,
    ),
    Region(
        "IE",
        as_listed("IE"),
        "Organisation of Working Time Act 1997, Second Schedule",
        "Organisation of Working Time Act 1997, Second Schedule",
        "https://revisedacts.lawreform.ie/eli/1997/act/20/revised/en/html",
        "S",
        LAST_BY_LAW,
        LAST_BY_LAW,
    ),
    Region(
        "KR",
        korea,
        "관공서의 공휴일에 관한 규정",
        "관공서의 공휴일에 관한 규정",
        "https://www.law.go.kr/법령/관공서의공휴일에관한규정",
        "S",
        2026,
        LAST_GUESSED,
    ),
    Region(
        "RU",
        russia,
        "ТК РФ, статья 112",
        "Трудовой кодекс Российской Федерации, статья 112; постановление Правительства о переносе выходных дней",
        "http://www.consultant.ru/document/cons_doc_LAW_34683/",
        "S",
        2027,
        LAST_GUESSED,
    ),
)
