"""Dates and times as collectors type them while somebody is on the line."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.call.question import Question
from collectdesk.desk.call.typed_dates import day_of, moment_of
from collectdesk.desk.call.values import read
from collectdesk.errors import BadData

MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 11, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-05", "2026-12-05"),
        ("2026-12-5", "2026-12-05"),
        ("2026/12/5", "2026-12-05"),
        ("2026.12.5", "2026-12-05"),
        ("20261205", "2026-12-05"),
        ("2026年12月5日", "2026-12-05"),
        ("12月5日", "2026-12-05"),
        ("12月5号", "2026-12-05"),
        ("12月5", "2026-12-05"),
        ("12-5", "2026-12-05"),
        (" 12-05 ", "2026-12-05"),
        ("5 Dec", "2026-12-05"),
        ("5 december 2027", "2027-12-05"),
        ("Dec 5", "2026-12-05"),
        ("Dec 5, 2027", "2027-12-05"),
        ("11-30", "2026-11-30"),
        ("11-29", "2027-11-29"),
        ("2-29", "2028-02-29"),
        ("30号", "2026-11-30"),
        ("5日", "2026-12-05"),
        ("31号", "2026-12-31"),
        ("今天", "2026-11-30"),
        ("明天", "2026-12-01"),
        ("后天", "2026-12-02"),
        ("Today", "2026-11-30"),
        ("tomorrow", "2026-12-01"),
    ],
)
def test_a_date_is_read_as_the_next_such_one(typed: str, day: str) -> None:
    assert day_of(typed, MONDAY).isoformat() == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12/5",
        "12.5",
        "5",
        "13-1",
        "2-30",
        "32号",
        "0号",
        "2026-13-01",
        "2026-2-29",
        "5 De",
        "5 Foo",
        "soon",
        "12-5-6",
    ],
)
def test_what_is_no_date_or_two_is_not_read(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_of(typed, MONDAY)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-12-05T15:00", "2026-12-05T15:00:00+08:00"),
        ("2026-12-05 15:00", "2026-12-05T15:00:00+08:00"),
        ("2026-12-05T15:00:30", "2026-12-05T15:00:30+08:00"),
        ("2026-12-05T15:00+09:00", "2026-12-05T15:00:00+09:00"),
        ("12-5 15:00", "2026-12-05T15:00:00+08:00"),
        ("12-5 9:05", "2026-12-05T09:05:00+08:00"),
        ("12月5日15:00", "2026-12-05T15:00:00+08:00"),
        ("12月5日 15点", "2026-12-05T15:00:00+08:00"),
        ("5 Dec 15:00", "2026-12-05T15:00:00+08:00"),
        ("明天下午3点半", "2026-12-01T15:30:00+08:00"),
        ("明天 上午9点10分", "2026-12-01T09:10:00+08:00"),
        ("后天晚上7点", "2026-12-02T19:00:00+08:00"),
        ("下午12点半", "2026-11-30T12:30:00+08:00"),
        ("下午15:00", "2026-11-30T15:00:00+08:00"),
        ("15:00", "2026-11-30T15:00:00+08:00"),
        ("下午3点", "2026-11-30T15:00:00+08:00"),
        ("11:00", "2026-12-01T11:00:00+08:00"),
        ("9:30", "2026-12-01T09:30:00+08:00"),
        ("今天 9:30", "2026-11-30T09:30:00+08:00"),
    ],
)
def test_a_time_is_read_by_the_debtors_clock_as_the_next_such_one(typed: str, moment: str) -> None:
    assert moment_of(typed, NOW).isoformat() == moment


@pytest.mark.parametrize(
    "typed", ["", "15", "25:00", "9:5", "12/5 15:00", "12-515:00", "12-5", "9:60", "3点61", "noon", "13-1 10:00"]
)
def test_what_is_no_time_is_not_read(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment_of(typed, NOW)


@pytest.mark.parametrize("typed", ["晚上12点", "今天晚上1点", "上午12点", "上午15点", "下午0点"])
def test_an_hour_its_half_of_the_day_has_not_is_not_read(typed: str) -> None:
    """Midnight may be of today or of tomorrow, and is not noon."""
    with pytest.raises(ValueError, match="half of the day"):
        moment_of(typed, NOW)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_however_a_date_is_written_it_is_that_date(day: date, today: date) -> None:
    full = (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日")
    assert {day_of(each, today) for each in full} == {day}
    near = day_of(f"{day.month}-{day.day}", today)
    assert near >= today
    assert (near.month, near.day) == (day.month, day.day)
    assert near == day_of(f"{day.month}月{day.day}号", today)
    assert (near - today).days < 366 or (day.month, day.day) == (2, 29)


@pytest.mark.parametrize("typed", ["9999-12-31 10:00", "1899-12-31 10:00", "0001-01-01T00:00", "noon"])
def test_an_instant_no_gate_decides_on_is_refused_as_it_is_typed(typed: str) -> None:
    asked = Question(step="result", field="callback_at", kind="instant")
    with pytest.raises(BadData, match="not_an_instant"):
        read(asked, typed, NOW)
    assert read(asked, "12-5 15:00", NOW) == int(moment_of("12-5 15:00", NOW).timestamp())
