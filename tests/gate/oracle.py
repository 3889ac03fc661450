"""A slow, obvious judge of small worlds, to hold the gate against. It shares no code with it.

Time is a row of minutes; for each the wall's date and time are looked up from the zone database once. Everything in a
world happens on a whole minute, named by its place in the row, and a question is answered by looking at one minute
after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.gate.oracle_consents import Stretch, alive, consented, weekly
from tests.gate.oracle_counts import cap, one_channel, pause
from tests.gate.oracle_hours import open_minutes

BEFORE, AFTER = 8 * 1440, 8 * 1440
"""How many minutes of a scene lie before and after its middle."""

World = Mapping[str, Any]
Minute = int


class Scene:
    """Sixteen days around a date in a zone, minute by minute."""

    def __init__(self, zone: str, middle: str) -> None:
        self.zone, self.middle = zone, middle
        self.first = datetime.fromisoformat(middle).replace(tzinfo=UTC) - timedelta(minutes=BEFORE)
        self.length = BEFORE + AFTER
        tz = ZoneInfo(zone)
        walls = [(self.first + timedelta(minutes=n)).astimezone(tz) for n in range(self.length)]
        self.date = [wall.date() for wall in walls]
        self.wall = [wall.hour * 60 + wall.minute for wall in walls]
        self.stretches: dict[tuple[date, str, str], tuple[tuple[Minute, Minute], tuple[Minute, Minute]]] = {}
        self.minutes_of: dict[date, list[Minute]] = {}
        for minute, day in enumerate(self.date):
            self.minutes_of.setdefault(day, []).append(minute)

    def seconds(self, minute: Minute) -> int:
        return int(self.first.timestamp()) + 60 * minute

    def iso(self, minute: Minute) -> str:
        return (self.first + timedelta(minutes=minute)).isoformat()

    def shown(self, day: date, wall: str) -> list[Minute]:
        """The minutes of ``day`` at which the wall shows ``wall``: none if it is skipped, two if it comes twice."""
        time = int(wall[:2]) * 60 + int(wall[3:])
        return [minute for minute in self.minutes_of[day] if self.wall[minute] == time]

    def after(self, day: date, wall: str) -> Minute:
        """The first minute of ``day`` later on the wall than ``wall``, else the first of the next date."""
        time = int(wall[:2]) * 60 + int(wall[3:])
        later = (minute for minute in self.minutes_of[day] if self.wall[minute] > time)
        return next(later, self.minutes_of[day][-1] + 1)

    def narrow(self, day: date, start: str, end: str) -> tuple[Minute, Minute]:
        """From the last time the wall shows ``start`` to the first time it shows ``end``."""
        return self._both(day, start, end)[0]

    def wide(self, day: date, start: str, end: str) -> tuple[Minute, Minute]:
        """From the first time the wall shows ``start`` to the last time it shows ``end``."""
        return self._both(day, start, end)[1]

    def _both(self, day: date, start: str, end: str) -> tuple[tuple[Minute, Minute], tuple[Minute, Minute]]:
        key = (day, start, end)
        if key not in self.stretches:
            begins = self.shown(day, start) or [self.after(day, start)]
            ends = self.shown(day, end) or [self.after(day, end)]
            self.stretches[key] = ((begins[-1], ends[0]), (begins[0], ends[-1]))
        return self.stretches[key]


@cache
def scene(zone: str, middle: str) -> Scene:
    return Scene(zone, middle)


def permitted(rule: World, world: World, where: Scene, now: Minute) -> bool:
    """Whether ``rule`` lets the contact of ``world`` through at ``now``."""
    return JUDGES[rule["kind"]](rule, world, where, now)


def first_permitted(rules: Sequence[tuple[World, Scene]], world: World, start: Minute, end: Minute) -> Minute | None:
    """The first minute from ``start`` at which all of ``rules`` do, or none before ``end``."""
    return next((n for n in range(start, end) if all(permitted(rule, world, at, n) for rule, at in rules)), None)


def first_refused(rules: Sequence[tuple[World, Scene]], world: World, start: Minute, end: Minute) -> Minute | None:
    """The first minute from ``start`` at which one of ``rules`` does not, or none before ``end``."""
    return next((n for n in range(start, end) if not all(permitted(rule, world, at, n) for rule, at in rules)), None)


def _hours(rule: World, world: World, where: Scene, now: Minute) -> bool:
    return open_minutes(rule, world["days"], where)[now] or consented(rule.get("consent"), world, where, now)


def _closed_days(rule: World, world: World, where: Scene, now: Minute) -> bool:
    day = where.date[now]
    kind = world["days"].get(day) or ("workday" if day.isoweekday() <= 5 else "rest_day")
    closed = kind in rule.get("day_kinds", ()) or day.isoweekday() in rule.get("weekdays", ())
    return not closed or consented(rule.get("consent"), world, where, now)


def _designation(_rule: World, world: World, where: Scene, now: Minute) -> bool:
    spoken = [each for each in world["designations"] if alive(each, now)]
    barred = [each for each in spoken if each["kind"] == "barred" and _touches(each, world)]
    wanted = [each for each in spoken if each["kind"] == "only"]
    if any(_speaks_now(each, where, now, where.wide) for each in barred):
        return False
    usable = [each for each in wanted if _touches(each, world)]
    return not wanted or any(_speaks_now(each, where, now, where.narrow) for each in usable)


def _touches(entry: World, world: World) -> bool:
    return bool(entry.get("number") in (None, world["number"]))


def _speaks_now(entry: World, where: Scene, now: Minute, stretch: Stretch) -> bool:
    day = where.date[now]
    dates = entry.get("dates")
    if dates and not dates["from"] <= day <= dates["until"]:
        return False
    return not entry.get("weekly") or weekly(entry["weekly"], day, now, stretch)


def _needs_consent(rule: World, world: World, where: Scene, now: Minute) -> bool:
    return consented(rule["terms"], world, where, now)


def _hold(rule: World, world: World, _where: Scene, now: Minute) -> bool:
    for each in world["holds"]:
        allowed = [*rule["kinds"].get(each["kind"], ()), *each.get("allows", ())]
        ends = [end for end in (each.get("until"), each.get("lifted_at")) if end is not None]
        began = each.get("received_at", 0) <= now
        stops = each["kind"] in rule["kinds"] and world["purpose"] not in allowed
        if stops and began and (not ends or now < min(ends)):
            return False
    return True


def _never(rule: World, world: World, _where: Scene, _now: Minute) -> bool:
    return world["purpose"] in rule.get("allows", ())


JUDGES: Mapping[str, Callable[[World, World, Scene, Minute], bool]] = {
    "hours": _hours,
    "closed_days": _closed_days,
    "cap": cap,
    "gap": pause,
    "rest": pause,
    "one_channel": one_channel,
    "never": _never,
    "designation": _designation,
    "consent": _needs_consent,
    "hold": _hold,
}
