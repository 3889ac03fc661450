"""Dates and times as they are typed while somebody is on the line: in full, or without what goes without saying.

What a call asks for lies ahead (a promise, a callback), so what is left out is read as the next such date, today among
them, and the next such time. A month and a day without a year are read only as nobody reads them the other way round:
``12-5``, ``12月5日`` and ``5 Dec`` are dates, ``12/5`` is none.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from collectdesk.gate.instant import FIRST_YEAR, LAST_YEAR

_DATES = (
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"),
    re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[日号]"),
    re.compile(r"(?P<day>\d{1,2}) ?(?P<name>[a-z]+)(?: (?P<year>\d{4}))?"),
    re.compile(r"(?P<name>[a-z]+) ?(?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?"),
)
_DAYS_AHEAD = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "后天": 2}
_TIME = re.compile(
    r"(?P<date>.*?)(?:^|\s+|(?<=[日号天]))(?P<half>上午|下午|晚上)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)|[点时](?:(?P<minutes>\d{1,2})分?|(?P<thirty>半))?)"
)
_HOURS = {"上午": range(12), "下午": range(12, 24), "晚上": range(17, 24)}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORTEST_NAME = 3
DAYS_AHEAD = 366 * 8
"""From one 29 February to the next there may be eight years."""


def day_of(text: str, today: date) -> date:
    """The date that was typed.

    >>> [str(day_of(each, date(2026, 11, 30))) for each in ("2026-12-5", "12-5", "1月5日", "5 Jan", "30号", "明天")]
    ['2026-12-05', '2026-12-05', '2027-01-05', '2027-01-05', '2026-11-30', '2026-12-01']

    Raises:
        ValueError: no date, or one that may be read in two ways.
    """
    text = text.strip().casefold()
    if text in _DAYS_AHEAD:
        return today + timedelta(days=_DAYS_AHEAD[text])
    found = next((match for form in _DATES if (match := form.fullmatch(text))), None)
    if found is None:
        return date.fromisoformat(text)
    parts = found.groupdict()
    day, month = int(parts["day"]), _month(parts)
    if parts.get("year"):
        return date(int(parts["year"]), month or 0, day)
    ahead = (today + timedelta(days=each) for each in range(DAYS_AHEAD))
    later = next((each for each in ahead if each.day == day and month in (None, each.month)), None)
    if later is None:
        raise ValueError("no month has that date")
    return later


def _month(parts: dict[str, str | None]) -> int | None:
    """The month that was typed, if one was."""
    name, number = parts.get("name"), parts.get("month")
    if name is None:
        return None if number is None else int(number)
    fitting = [month for month, full in enumerate(_MONTHS, 1) if full.startswith(name)]
    if len(name) < SHORTEST_NAME or not fitting:
        raise ValueError("no month")
    return fitting[0]


def moment_of(text: str, now: datetime) -> datetime:
    """The time that was typed, by the clock ``now`` is told by unless it names an offset.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 30, 11, tzinfo=UTC)
    >>> [str(moment_of(each, now))[:16] for each in ("12-5 15:00", "明天下午3点半", "9:30", "2026-12-05T15:00")]
    ['2026-12-05 15:00', '2026-12-01 15:30', '2026-12-01 09:30', '2026-12-05 15:00']

    Raises:
        ValueError: no time, one that may be read in two ways, or one of a year on which no gate decides.
    """
    moment = _moment(text, now)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("a year on which no gate decides")
    return moment


def _moment(text: str, now: datetime) -> datetime:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        moment = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    wall = _wall(found)
    if found["date"]:
        return datetime.combine(day_of(found["date"], now.date()), wall, now.tzinfo)
    today = datetime.combine(now.date(), wall, now.tzinfo)
    return today if today > now else datetime.combine(now.date() + timedelta(days=1), wall, now.tzinfo)


def _wall(found: re.Match[str]) -> time:
    """What the wall shows: after noon hours may be counted anew; at night twelve or one is of no date in particular."""
    hour, hours = int(found["hour"]), _HOURS.get(found["half"], range(24))
    named = next((each for each in (hour, hour + 12) if each in hours), None)
    if named is None or (hour == 0 and named != 0):
        raise ValueError("no such hour of that half of the day")
    return time(named, 30 if found["thirty"] else int(found["minute"] or found["minutes"] or 0))
