"""The shipped calendar files, held against the two libraries and against the State Council's notices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import chinese_calendar
import holidays
import pytest

import calendar_files

CONFIRMED_YEARS = range(2018, 2027)

# Breaks and make-up workdays as the notices print them, 与周末连休 written out as the weekend it means; the
# swap at the end of 2018 stands in the 2019 notice, the changes to May 2019 and February 2020 in amendments.
NOTICES: Mapping[int, tuple[str, str]] = {
    2018: (
        "01-01 02-15/02-21 04-05/04-07 04-29/05-01 06-16/06-18 09-22/09-24 10-01/10-07 12-30/12-31",
        "02-11 02-24 04-08 04-28 09-29 09-30 12-29",
    ),
    2019: (
        "01-01 02-04/02-10 04-05/04-07 05-01/05-04 06-07/06-09 09-13/09-15 10-01/10-07",
        "02-02 02-03 04-28 05-05 09-29 10-12",
    ),
    2020: (
        "01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
    ),
    2021: (
        "01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06 12-30/12-31",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-08/06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
STATUTORY_2027 = (
    "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"  # 春节 02-06, 除夕 02-05
)


@cache
def shipped(year: int) -> dict[str, Any]:
    path = calendar_files.FOLDER / f"CN-{year}.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def kinds(year: int) -> dict[date, str]:
    return {date.fromisoformat(day["date"]): day["kind"] for day in shipped(year)["days"]}


def dates_of(year: int, *wanted: str) -> list[date]:
    return [day for day, kind in kinds(year).items() if kind in wanted]


def every_date(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def written_out(year: int, spans: str) -> list[date]:
    """``"02-15/02-17 05-01"`` as dates."""
    found: list[date] = []
    for span in spans.split():
        first, last = (date.fromisoformat(f"{year}-{end}") for end in (span[:5], span[-5:]))
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


def works(year: int, day: date) -> bool:
    """Whether the file makes ``day`` a working day."""
    kind = kinds(year).get(day)
    return kind == "makeup_workday" if kind else day.weekday() < 5


@pytest.mark.parametrize("year", CONFIRMED_YEARS)
def test_each_date_agrees_with_the_holidays_library(year: int) -> None:
    library = holidays.country_holidays("CN", years=range(year - 1, year + 2), language="zh_CN")
    assert [day for day in every_date(year) if works(year, day) != library.is_working_day(day)] == []


@pytest.mark.parametrize("year", CONFIRMED_YEARS)
def test_each_date_agrees_with_chinesecalendar(year: int) -> None:
    assert [day for day in every_date(year) if works(year, day) != chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize("year", CONFIRMED_YEARS)
def test_breaks_and_makeup_workdays_are_those_of_the_notice(year: int) -> None:
    """Policy 8.2: the statutory holidays and the whole announced break, as the notice prints them."""
    breaks, makeups = NOTICES[year]
    assert dates_of(year, "statutory_holiday", "announced_holiday") == written_out(year, breaks)
    assert dates_of(year, "makeup_workday") == written_out(year, makeups)


@pytest.mark.parametrize(
    ("year", "number"),
    [(year, 10 if year == 2020 else 11 if year < 2025 else 13) for year in calendar_files.YEARS],
)
def test_number_of_statutory_days(year: int, number: int) -> None:
    """放假办法: eleven by the 2013 revision, thirteen from 2025; in 2020 two fell on 1 October."""
    assert len(dates_of(year, "statutory_holiday")) == number


@pytest.mark.parametrize("year", calendar_files.YEARS)
def test_fixed_statutory_days(year: int) -> None:
    expected = {date(year, 1, 1), date(year, 5, 1), *(date(year, 10, day) for day in (1, 2, 3))}
    statutory = set(dates_of(year, "statutory_holiday"))
    assert expected <= statutory
    assert (date(year, 5, 2) in statutory) == (year >= 2025)


@pytest.mark.parametrize("year", calendar_files.YEARS)
def test_new_years_eve_is_statutory_from_2025(year: int) -> None:
    """农历除夕: a day off by notice at most until 2024, a statutory day since the 2024 revision."""
    eve = [day for day in shipped(year)["days"] if day["name"]["zh_CN"] == "农历除夕"]
    assert [day["kind"] for day in eve] == (["statutory_holiday"] if year >= 2025 else [])


def test_a_day_off_in_lieu_is_announced_not_statutory() -> None:
    """清明节 2026 is Sunday 5 April; the Monday after is compensation by the notice, not a statutory day."""
    assert kinds(2026)[date(2026, 4, 5)] == "statutory_holiday"
    assert kinds(2026)[date(2026, 4, 6)] == "announced_holiday"


def test_two_holidays_on_one_day_keep_both_names() -> None:
    day = next(day for day in shipped(2020)["days"] if day["date"] == "2020-10-01")
    assert day["name"] == {"zh_CN": "中秋节、国庆节", "en": "Mid-Autumn Festival and National Day"}


def test_a_swap_across_the_years_end_cites_the_notice_of_the_next_year() -> None:
    swap = {day["date"]: day for day in shipped(2018)["days"] if day["date"] >= "2018-12"}
    assert {number: day["kind"] for number, day in swap.items()} == {
        "2018-12-29": "makeup_workday",
        "2018-12-30": "announced_holiday",
        "2018-12-31": "announced_holiday",
    }
    assert all("2019年部分节假日" in day["source"] for day in swap.values())


@pytest.mark.parametrize(
    ("day", "amendment"),
    [
        ("2019-05-02", "国办发明电〔2019〕3号"),
        ("2019-05-05", "国办发明电〔2019〕3号"),
        ("2020-01-31", "〔2020〕1号"),
    ],
)
def test_an_amended_day_cites_the_amendment(day: str, amendment: str) -> None:
    entry = next(entry for entry in shipped(int(day[:4]))["days"] if entry["date"] == day)
    assert amendment in entry["source"]


def test_2027_lists_the_statutory_days_only_and_says_so() -> None:
    """The 2027 notice is not in: nothing of the library's guess may pass for an announcement."""
    assert dates_of(2027, "statutory_holiday") == written_out(2027, STATUTORY_2027)
    assert len(kinds(2027)) == 13
    assert shipped(2027)["confirmed"] is False
    assert shipped(2027)["confirmed_through"] == "2026-12-31"


@pytest.mark.parametrize("year", calendar_files.YEARS)
def test_every_entry_is_named_in_both_languages_sourced_sorted_and_of_its_year(year: int) -> None:
    days = shipped(year)["days"]
    numbers = [day["date"] for day in days]
    assert numbers == sorted(set(numbers))
    assert all(date.fromisoformat(number).year == year for number in numbers)
    assert all(day["name"]["zh_CN"] and day["name"]["en"].isascii() and day["source"] for day in days)


@pytest.mark.parametrize("year", calendar_files.YEARS)
def test_makeup_workdays_lie_on_weekends(year: int) -> None:
    assert all(day.weekday() >= 5 for day in dates_of(year, "makeup_workday"))


def test_no_announced_weekday_lies_farther_than_five_days_from_a_statutory_day() -> None:
    """What the gate's reading of an unconfirmed year rests on."""
    statutory = [day for year in CONFIRMED_YEARS for day in dates_of(year, "statutory_holiday")]
    announced = [day for year in CONFIRMED_YEARS for day in dates_of(year, "announced_holiday")]
    weekdays = [day for day in announced if day.weekday() < 5]
    assert max(min(abs((day - near).days) for near in statutory) for day in weekdays) <= 5


def test_files_are_what_the_installed_library_yields() -> None:
    assert calendar_files.differing() == []
    assert {shipped(year)["source"]["library"] for year in calendar_files.YEARS} == {f"holidays {version('holidays')}"}


def test_a_changed_missing_or_extra_file_is_named(tmp_path: Path) -> None:
    calendar_files.write(tmp_path)
    assert calendar_files.differing(tmp_path) == []
    (tmp_path / "CN-2026.json").write_text((tmp_path / "CN-2025.json").read_text("utf-8"), "utf-8")
    (tmp_path / "CN-2019.json").unlink()
    (tmp_path / "CN-2030.json").write_text("{}", "utf-8")
    assert calendar_files.differing(tmp_path) == ["CN-2019.json", "CN-2026.json", "CN-2030.json"]


@pytest.mark.parametrize(
    ("on", "missing"),
    [
        ("2025-12-31", []),
        ("2026-11-23", []),
        ("2026-12-14", []),
        ("2026-12-15", [2027]),
        ("2027-01-01", [2027]),
    ],
)
def test_next_years_notice_is_due_from_15_december(on: str, missing: list[int]) -> None:
    assert calendar_files.due(calendar_files.shipped(), date.fromisoformat(on)) == missing


def test_an_absent_next_year_is_due_too() -> None:
    known = [{"region": "CN", "year": 2026, "confirmed": True}]
    assert calendar_files.due(known, date(2026, 12, 14)) == []
    assert calendar_files.due(known, date(2026, 12, 15)) == [2027]


def test_the_gate_reads_every_file() -> None:
    from collectdesk.gate.calendar import compile_calendar

    calendar = compile_calendar([shipped(year) for year in calendar_files.YEARS])
    assert calendar.day(date(2026, 2, 14).toordinal()).kind == "makeup_workday"
    assert calendar.day(date(2026, 2, 16).toordinal()).kind == "statutory_holiday"
    assert calendar.day(date(2027, 2, 10).toordinal()).confirmed is False
