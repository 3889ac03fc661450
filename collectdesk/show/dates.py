"""Dates, times and spans for people in two languages.

Instants are aware and shown in a zone that is handed in; weeks begin on Monday; hours count to 24.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from collectdesk.lang import current

_WEEKDAYS = {
    "zh_CN": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONES = {"Asia/Shanghai": {"zh_CN": "北京时间", "en": "Beijing time"}}
_UNITS = {"zh_CN": (" 天", " 小时", " 分", " 秒"), "en": (" d", " h", " min", " s")}


def weekday(day: date, lang: str | None = None) -> str:
    """``周一``, ``Mon``."""
    return _WEEKDAYS[lang or current()][day.weekday()]


def short_date(day: date, lang: str | None = None) -> str:
    """Without its year: ``11月24日``, ``24 Nov``."""
    if (lang or current()) == "en":
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日"


def long_date(day: date, lang: str | None = None) -> str:
    """With its year: ``2026年11月22日``, ``22 Nov 2026``."""
    if (lang or current()) == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def local(at: int, zone: tzinfo) -> datetime:
    """An instant of the desk (UTC seconds) on the clock of whoever looks."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def clock(at: datetime, zone: ZoneInfo | None = None) -> str:
    """The time of day: ``09:00``."""
    return at.astimezone(zone).strftime("%H:%M") if zone else at.strftime("%H:%M")


def stamp(at: datetime, zone: ZoneInfo | None = None, lang: str | None = None) -> str:
    """A whole moment: ``2026-11-23 周一 19:20``."""
    local = at.astimezone(zone) if zone else at
    return f"{local:%Y-%m-%d} {weekday(local, lang)} {local:%H:%M}"


def moment(at: datetime, zone: ZoneInfo | None = None, lang: str | None = None, *, now: datetime | None = None) -> str:
    """A moment near ``now``: ``11月24日 周二 09:00``, ``Tue 24 Nov 09:00``; with its year when that is another."""
    local = at.astimezone(zone) if zone else at
    near = now is None or now.astimezone(local.tzinfo).year == local.year
    return _on_day(local, short_date(local, lang) if near else long_date(local, lang), lang)


def dated_moment(at: datetime, lang: str | None = None) -> str:
    """The same with its year, whenever it is read: ``2026年11月24日 周二 09:00``, ``Tue 24 Nov 2026 09:00``."""
    return _on_day(at, long_date(at, lang), lang)


def _on_day(at: datetime, day: str, lang: str | None) -> str:
    words = (weekday(at, lang), day) if (lang or current()) == "en" else (day, weekday(at, lang))
    return f"{' '.join(words)} {at:%H:%M}"


def zone_name(key: str, at: datetime, lang: str | None = None) -> str:
    """``北京时间``; for zones without a name here the key and its offset then.

    ``Asia/Urumqi (UTC+06:00)``.
    """
    if key in _ZONES:
        return _ZONES[key][lang or current()]
    return f"{key} (UTC{at.astimezone(ZoneInfo(key)).isoformat()[-6:]})"


def zone_word(key: str, lang: str | None = None) -> str:
    """``北京时间``; the key of a zone without a name here."""
    return _ZONES[key][lang or current()] if key in _ZONES else key


def span(length: timedelta, lang: str | None = None, *, seconds: bool = False) -> str:
    """A length in its two largest units: ``13 小时 40 分``, ``2 d 3 h``.

    Begun minutes count as whole ones.
    """
    total = max(0, -(-int(length.total_seconds()) // (1 if seconds else 60)) * (1 if seconds else 60))
    days, rest = divmod(total, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    units = _UNITS[lang or current()]
    parts = list(zip((days, hours, minutes, secs), units, strict=True))
    first = next((index for index, (value, _) in enumerate(parts) if value), 2)
    shown = [f"{value}{unit}" for value, unit in parts[first : first + 2] if value]
    return " ".join(shown) or f"0{units[3 if seconds else 2]}"
