"""Local time at its edges: skipped and repeated hours, midnights that move, a date that never was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate.clock import LocalClock, clock_for, weekday

ZONES = [
    "Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "America/Santiago",
    "Asia/Beirut", "Asia/Kathmandu", "America/Havana", "Africa/Casablanca", "Antarctica/Troll", "Pacific/Chatham",
]  # fmt: skip


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("zone", "on", "hours"),
    [
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("America/Santiago", "2026-09-06", 23),
        ("America/Santiago", "2026-04-04", 25),
        ("Asia/Beirut", "2026-03-29", 23),
        ("America/Havana", "2025-11-02", 25),
        ("Pacific/Apia", "2011-12-30", 0),
        ("Asia/Shanghai", "1991-09-15", 25),
        ("Asia/Shanghai", "2026-03-08", 24),
    ],
)
def test_a_day_has_as_many_hours_as_it_has(zone: str, on: str, hours: float) -> None:
    clock = clock_for(zone)
    assert clock.start_of(day(on) + 1) - clock.start_of(day(on)) == hours * 3600


@pytest.mark.parametrize(
    ("zone", "on", "wall", "opening", "closing"),
    [
        # an ordinary hour comes once
        ("America/New_York", "2026-03-07", "02:30", "2026-03-07T02:30-05:00", "2026-03-07T02:30-05:00"),
        # a skipped hour begins and ends where the clock jumps
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T03:00-04:00", "2026-03-08T03:00-04:00"),
        # a repeated one opens late and closes early
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30-05:00", "2026-11-01T01:30-04:00"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-05T01:45+10:30", "2026-04-05T01:45+11:00"),
        ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T01:00-03:00", "2026-09-06T01:00-03:00"),
        ("America/Santiago", "2026-04-04", "23:30", "2026-04-04T23:30-04:00", "2026-04-04T23:30-03:00"),
        ("America/Santiago", "2026-04-04", "24:00", "2026-04-05T00:00-04:00", "2026-04-05T00:00-04:00"),
        ("America/Havana", "2025-11-02", "00:00", "2025-11-02T00:00-05:00", "2025-11-02T00:00-04:00"),
        ("Pacific/Apia", "2011-12-30", "10:00", "2011-12-31T00:00+14:00", "2011-12-31T00:00+14:00"),
    ],
)
def test_a_wall_time_that_is_skipped_or_comes_twice(zone: str, on: str, wall: str, opening: str, closing: str) -> None:
    clock = clock_for(zone)
    minute = int(wall[:2]) * 60 + int(wall[3:])
    assert clock.edge(day(on), minute, opening=True) == utc(opening)
    assert clock.edge(day(on), minute, opening=False) == utc(closing)


@given(st.sampled_from(ZONES), st.integers(946684800, 2145916800))
def test_the_date_is_the_one_on_the_wall(zone: str, at: int) -> None:
    clock = clock_for(zone)
    wall = datetime.fromtimestamp(at, ZoneInfo(zone))
    assert clock.day(at) == wall.date().toordinal()
    assert clock.offset(at) == (wall.utcoffset() or timedelta()).total_seconds()
    assert clock.start_of(clock.day(at)) <= at < clock.start_of(clock.day(at) + 1)
    assert clock.day(clock.start_of(clock.day(at)) - 1) < clock.day(at)
    assert datetime.fromisoformat(clock.iso(at)).timestamp() == at


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Olympus",
        "Asia",
        "../../etc/passwd",
        "/etc/localtime",
        "Asia/Shanghai\0",
        "\ud800",
        "Factory",
        "localtime",
        "posixrules",
        "right/Asia/Shanghai",
        "posix/Asia/Shanghai",
    ],
)
def test_a_zone_without_data_is_a_lookup_error(name: str) -> None:
    with pytest.raises(LookupError):
        LocalClock(name)


@given(st.dates())
def test_weekdays_are_iso(on: date) -> None:
    assert weekday(on.toordinal()) == on.isoweekday()


def test_time_beyond_the_calendars_is_taken_for_their_end() -> None:
    clock = clock_for("Asia/Shanghai")
    assert clock.start_of(date.min.toordinal()) == clock.start_of(day("1900-01-02"))
    assert clock.start_of(date.max.toordinal()) == clock.start_of(day("9000-01-01"))
