"""The slow judge's timetable: every minute of a scene painted open or closed, one stretch after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol

Json = Mapping[str, Any]
Minute = int
DAY = timedelta(days=1)


class Minutes(Protocol):
    """What is asked of a scene."""

    length: int
    minutes_of: dict[date, list[Minute]]
    zone: str
    middle: str

    def shown(self, day: date, wall: str) -> list[Minute]: ...
    def after(self, day: date, wall: str) -> Minute: ...


_painted: dict[str, list[bool]] = {}
_asked: dict[tuple[int, int, int], tuple[Json, Mapping[date, str], Minutes, Sequence[bool]]] = {}


def open_minutes(rule: Json, days: Mapping[date, str], where: Minutes) -> Sequence[bool]:
    """For each minute of the scene, whether the rule's hours let a contact begin."""
    same = id(rule), id(days), id(where)  # asked for every minute of a world; what is kept here keeps its id
    if same not in _asked:
        if len(_asked) > 64:
            _asked.clear()
        _asked[same] = rule, days, where, _open_minutes(rule, days, where)
    return _asked[same][-1]


def _open_minutes(rule: Json, days: Mapping[date, str], where: Minutes) -> Sequence[bool]:
    key = json.dumps([rule, {str(day): kind for day, kind in days.items()}, where.zone, where.middle], sort_keys=True)
    if key not in _painted:
        if len(_painted) > 64:
            _painted.clear()
        _painted[key] = _without_ends(_paint(rule, days, where), rule.get("closing_minutes", 0))
    return _painted[key]


def _paint(rule: Json, days: Mapping[date, str], where: Minutes) -> list[bool]:
    paint = [False] * where.length
    dates = list(_dates(where))
    for day in dates:
        if not _shut(rule, days, day):
            for start, end in _openings(rule, days, where, day):
                paint[max(start, 0) : end] = [True] * (min(end, where.length) - max(start, 0))
    for day in dates:
        for hours in _of_the_date(rule.get("barred", ()), rule, days, day):
            start, end = _stretch(where, day, hours, wide=True)
            paint[start:end] = [False] * (min(end, where.length) - start)
        if _shut(rule, days, day):
            for minute in where.minutes_of.get(day, ()):
                paint[minute] = False
    return paint


def _dates(where: Minutes) -> Iterator[date]:
    """From the first to the last, those that the clocks skipped among them."""
    day, last = min(where.minutes_of), max(where.minutes_of)
    while day <= last:
        yield day
        day += DAY


def _without_ends(paint: list[bool], minutes: int) -> list[bool]:
    """Less the last minutes before every closing."""
    result = list(paint)
    for minute in range(1, len(paint)):
        if paint[minute - 1] and not paint[minute]:
            for last in range(max(0, minute - minutes), minute):
                result[last] = False
    return result


def _kind(days: Mapping[date, str], day: date) -> str:
    return days.get(day) or ("workday" if day.isoweekday() <= 5 else "rest_day")


def _holiday(rule: Json, days: Mapping[date, str], day: date) -> bool:
    kinds = rule.get("holiday_kinds", ["statutory_holiday", "announced_holiday"])
    return rule.get("holidays", "ignored") != "ignored" and _kind(days, day) in kinds


def _shut(rule: Json, days: Mapping[date, str], day: date) -> bool:
    return rule.get("holidays") == "closed" and _holiday(rule, days, day)


def _openings(rule: Json, days: Mapping[date, str], where: Minutes, day: date) -> Iterator[tuple[Minute, Minute]]:
    own = rule.get("holidays") == "own" and _holiday(rule, days, day)
    if not own and not rule.get("open"):
        minutes = where.minutes_of.get(day)
        if minutes:
            yield minutes[0], minutes[-1] + 1
        return
    for hours in _of_the_date(rule["holiday_hours"] if own else rule["open"], rule, days, day):
        yield _stretch(where, day, hours, wide=False)


def _of_the_date(entries: Sequence[Json], rule: Json, days: Mapping[date, str], day: date) -> list[Json]:
    sunday = rule.get("holidays") == "as_sunday" and _holiday(rule, days, day)
    weekday = 7 if sunday else day.isoweekday()
    return [
        hours
        for hours in entries
        if (not hours.get("weekdays") or weekday in hours["weekdays"])
        and (not hours.get("day_kinds") or _kind(days, day) in hours["day_kinds"])
    ]


def _stretch(where: Minutes, day: date, hours: Json, *, wide: bool) -> tuple[Minute, Minute]:
    """From its beginning on ``day`` to its end on that date or the next: as long as the wall allows, or as short."""
    begins = _at(where, day, hours["from"])
    ends = _at(where, day if hours["to"] > hours["from"] else day + DAY, hours["to"])
    return (begins[0], ends[-1]) if wide else (begins[-1], ends[0])


def _at(where: Minutes, day: date, wall: str) -> list[Minute]:
    """When the wall shows that time of that date; where it never does, when it is first past it."""
    if day in where.minutes_of:
        return where.shown(day, wall) or [where.after(day, wall)]
    later = [minutes[0] for each, minutes in where.minutes_of.items() if each > day]
    return [min(later, default=where.length)]
