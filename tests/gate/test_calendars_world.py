"""The calendars of other places than China: against the library, and against what each text says of its days."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays
import pytest

import calendar_files
import calendar_world
from tests.gate import shipped_rules as shipped

REGIONS = {region.id: region for region in calendar_world.REGIONS}
EVERY = [(region.id, year) for region in calendar_world.REGIONS for year in region.years]
AS_THE_LIBRARY = [("CA-BC", "CA", "BC"), ("IE", "IE", None), ("KR", "KR", None)]
FEW_DAYS = 16


@cache
def file(region: str, year: int) -> dict[str, Any]:
    path = calendar_files.FOLDER / f"{region}-{year}.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def off(region: str, year: int) -> dict[date, str]:
    """The days off of a year, with their kinds."""
    kinds = {date.fromisoformat(day["date"]): str(day["kind"]) for day in file(region, year)["days"]}
    return {day: kind for day, kind in kinds.items() if kind != "makeup_workday"}


def easter(year: int) -> date:
    """Easter Sunday by the rule of Meeus, Jones and Butcher: a second source beside the library."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114
    return date(year, n // 31, n % 31 + 1)


def weekday_of_month(year: int, month: int, weekday: int, number: int) -> date:
    """The ``number``-th weekday (1 = Monday) of a month; of a negative one the last."""
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    fitting = [day for day in days if day.month == month and day.isoweekday() == weekday]
    return fitting[number - 1 if number > 0 else number]


@pytest.mark.parametrize(("region", "country", "subdivision"), AS_THE_LIBRARY, ids=[each[0] for each in AS_THE_LIBRARY])
def test_the_days_off_are_those_of_the_library(region: str, country: str, subdivision: str | None) -> None:
    for year in REGIONS[region].years:
        assert set(off(region, year)) == set(holidays.country_holidays(country, subdiv=subdivision, years=year))


@pytest.mark.parametrize("year", REGIONS["RU"].years)
def test_russias_days_are_working_or_not_as_the_library_says(year: int) -> None:
    library = holidays.country_holidays("RU", years=range(year - 1, year + 2))
    calendar = shipped.calendars()["RU"]
    for number in range(365):
        day = date(year, 1, 1) + timedelta(days=number)
        works = calendar.day(day.toordinal()).kind in ("workday", "makeup_workday")
        if calendar.day(day.toordinal()).confirmed:
            assert works == library.is_working_day(day), day


@pytest.mark.parametrize("year", REGIONS["CA-QC"].years)
def test_quebecs_nine_days_are_those_of_the_list(year: int) -> None:
    """The Office's page: 1 July, or 2 July when the 1st falls on a Sunday; nothing else is moved."""
    before_25_may = next(
        day for day in (date(year, 5, 24) - timedelta(days=n) for n in range(7)) if day.isoweekday() == 1
    )
    first_july = date(year, 7, 1)
    assert set(off("CA-QC", year)) == {
        date(year, 1, 1),
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        before_25_may,
        date(year, 6, 24),
        first_july if first_july.isoweekday() != 7 else date(year, 7, 2),
        weekday_of_month(year, 9, 1, 1),
        weekday_of_month(year, 10, 1, 2),
        date(year, 12, 25),
    }


@pytest.mark.parametrize("year", REGIONS["CA-ON"].years)
def test_ontarios_days_are_those_of_the_legislation_act(year: int) -> None:
    """Sections 87 and 88 name eleven besides Sundays, neither the civic holiday of August nor 30 September."""
    statutory = {day for day, kind in off("CA-ON", year).items() if kind == "statutory_holiday"}
    before_25_may = next(
        day for day in (date(year, 5, 24) - timedelta(days=n) for n in range(7)) if day.isoweekday() == 1
    )
    assert statutory == {
        date(year, 1, 1),
        weekday_of_month(year, 2, 1, 3),
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        before_25_may,
        date(year, 7, 1),
        weekday_of_month(year, 9, 1, 1),
        weekday_of_month(year, 10, 1, 2),
        date(year, 11, 11),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    assert set(holidays.country_holidays("CA", subdiv="ON", years=year)) <= set(off("CA-ON", year))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2027-12-27", "Christmas Day on a Saturday: the following Monday"),
        ("2029-07-02", "July 1 on a Sunday: Canada Day falls on July 2"),
        ("2033-12-27", "Christmas Day on a Sunday: the following Tuesday"),
        ("2034-01-02", "New Year's Day on a Sunday: the following Monday"),
        ("2035-07-02", "July 1 on a Sunday: Canada Day falls on July 2"),
    ],
)
def test_what_ontario_moves_from_a_weekend(day: str, why: str) -> None:
    """Section 88(3) to (5) of the Legislation Act, 2006."""
    assert off("CA-ON", int(day[:4]))[date.fromisoformat(day)] == "announced_holiday", why


@pytest.mark.parametrize("year", REGIONS["IE"].years)
def test_irelands_days_are_those_of_the_second_schedule(year: int) -> None:
    """Organisation of Working Time Act 1997: ten days, none of them moved; 1 February where it is a Friday."""
    brigid = date(year, 2, 1)
    assert set(off("IE", year)) == {
        date(year, 1, 1),
        brigid if brigid.isoweekday() == 5 else weekday_of_month(year, 2, 1, 1),
        date(year, 3, 17),
        easter(year) + timedelta(days=1),
        weekday_of_month(year, 5, 1, 1),
        weekday_of_month(year, 6, 1, 1),
        weekday_of_month(year, 8, 1, 1),
        weekday_of_month(year, 10, 1, -1),
        date(year, 12, 25),
        date(year, 12, 26),
    }


@pytest.mark.parametrize("year", REGIONS["AU"].years)
def test_australias_days_are_the_national_ones_and_what_every_state_keeps(year: int) -> None:
    days = off("AU", year)
    assert {
        date(year, 1, 1),
        date(year, 1, 26),
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        date(year, 4, 25),
        date(year, 12, 25),
        date(year, 12, 26),
    } <= set(days)
    kept = [set(holidays.country_holidays("AU", subdiv=state, years=year)) for state in calendar_world.STATES]
    assert set.intersection(*kept) <= set(days)
    assert set(days) <= set.union(*kept, set(holidays.country_holidays("AU", years=year)))


@pytest.mark.parametrize("year", REGIONS["CA-BC"].years)
def test_british_columbia_lists_its_eleven_statutory_holidays(year: int) -> None:
    statutory = {day for day, kind in off("CA-BC", year).items() if kind == "statutory_holiday"}
    assert len(statutory) == 11
    assert {date(year, 11, 11), date(year, 9, 30), weekday_of_month(year, 2, 1, 3)} <= statutory
    assert date(year, 12, 26) not in statutory


@pytest.mark.parametrize(
    ("region", "day", "kind"),
    [
        ("KR", "2026-02-17", "statutory_holiday"),
        ("KR", "2026-05-25", "announced_holiday"),  # in the place of 24 May, a Sunday
        ("KR", "2026-06-03", "announced_holiday"),  # local elections
        ("RU", "2025-11-01", "makeup_workday"),
        ("RU", "2025-11-03", "announced_holiday"),
        ("RU", "2026-01-09", "announced_holiday"),
        ("RU", "2026-06-12", "statutory_holiday"),
        ("CA-ON", "2026-12-28", "announced_holiday"),
        ("AU", "2026-12-28", "announced_holiday"),
    ],
)
def test_days_of_their_kind(region: str, day: str, kind: str) -> None:
    assert shipped.calendars()[region].day(date.fromisoformat(day).toordinal()).kind == kind


@pytest.mark.parametrize(("region", "year"), EVERY)
def test_each_file_is_named_in_both_languages_sourced_sorted_small_and_of_its_year(region: str, year: int) -> None:
    document = file(region, year)
    numbers = [day["date"] for day in document["days"]]
    assert numbers == sorted(set(numbers))
    assert 7 <= len(numbers) <= FEW_DAYS + 8 * (region in ("KR", "RU"))
    assert all(date.fromisoformat(number).year == year for number in numbers)
    assert all(day["name"]["zh_CN"] and day["name"]["en"].isascii() and day["source"] for day in document["days"])
    assert document["source"]["title"]
    assert document["source"]["url"].startswith("http")


@pytest.mark.parametrize("region", REGIONS)
def test_a_year_is_confirmed_only_as_far_as_its_law_or_government_has_spoken(region: str) -> None:
    through = {"KR": 2026, "RU": 2027}.get(region, 2036)
    calendar = shipped.calendars()[region]
    assert calendar.confirmed_through == date(through, 12, 31)
    assert max(calendar.years) == (2030 if region in ("KR", "RU") else 2036)
    assert [file(region, year)["confirmed"] for year in REGIONS[region].years] == [
        year <= through for year in REGIONS[region].years
    ]


@pytest.mark.parametrize(
    ("region", "on", "missing"),
    [
        ("RU", "2026-12-15", []),
        ("RU", "2027-12-15", [2028]),
        ("KR", "2026-12-14", []),
        ("KR", "2026-12-15", [2027]),
    ],
)
def test_a_yearly_notice_is_due_where_there_is_one(region: str, on: str, missing: list[int]) -> None:
    every: list[Mapping[str, Any]] = list(calendar_files.shipped())
    assert calendar_files.due(every, date.fromisoformat(on), region) == missing
