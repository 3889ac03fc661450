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

BEFORE, AFTER = 8 * 1440, 8 * 1440
"""How many minutes of a scene lie before and after its middle."""

World = Mapping[str, Any]
Minute = int

NOBODY_ANSWERED = [
    "no_answer",
    "rejected",
    "busy",
    "switched_off",
    "unreachable",
    "suspended",
    "void_number",
    "voicemail",
    "voicemail_full",
    "ringless",
    "carrier_blocked",
    "network_failed",
    "not_dialled",
]


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
    day = where.date[now]
    for hours in rule["open"]:
        if hours.get("weekdays") and day.isoweekday() not in hours["weekdays"]:
            continue
        start, end = where.narrow(day, hours["from"], hours["to"])
        if start <= now < end - rule.get("closing_minutes", 0):
            return True
    return _consented(rule.get("consent"), world, where, now)


def _closed_days(rule: World, world: World, where: Scene, now: Minute) -> bool:
    day = where.date[now]
    kind = world["days"].get(day) or ("workday" if day.isoweekday() <= 5 else "rest_day")
    closed = kind in rule.get("day_kinds", ()) or day.isoweekday() in rule.get("weekdays", ())
    return not closed or _consented(rule.get("consent"), world, where, now)


def _cap(rule: World, world: World, where: Scene, now: Minute) -> bool:
    counted = [
        each
        for each in world["events"]
        if _counts(each, rule["count"][0]["of"]) and _in_window(rule["window"], where, each["minute"], now)
    ]
    return len(counted) < rule["limit"] or _consented(rule.get("consent"), world, where, now)


def _counts(event: World, measure: str) -> bool:
    """Whether a call counts as one that dialled the debtor, that the debtor answered, or did not answer."""
    nobody, by = event["line"] in NOBODY_ANSWERED, event["answered_by"]
    if event["direction"] == "in":
        return False
    if event["person"] == "somebody-else":  # the debtor may have picked up all the same
        return measure == "answered" and not nobody and by == "debtor"
    if measure == "dial":
        return True
    if measure == "answered":
        return not nobody and by in (None, "debtor")
    return nobody or by != "debtor"


def _in_window(window: World, where: Scene, happened: Minute, now: Minute) -> bool:
    if "minutes" in window:
        return bool(now - happened < window["minutes"])
    then, today = where.date[happened], where.date[now]
    if "dates" in window:
        return bool((today - then).days < window["dates"])
    if window["calendar"] == "month":
        return (then.year, then.month) == (today.year, today.month)
    week = [today - timedelta(days=n) for n in range((today.isoweekday() - window["week_starts"]) % 7 + 1)]
    return then in week


def _pause(rule: World, world: World, where: Scene, now: Minute) -> bool:
    running = [
        each
        for each in world["events"]
        if _counts(each, rule["after"][0]["of"])
        and (
            now - each["minute"] < rule["minutes"]
            if "minutes" in rule
            else (where.date[now] - where.date[each["minute"]]).days < rule["dates"]
        )
    ]
    return not running or _consented(rule.get("consent"), world, where, now)


def _designation(_rule: World, world: World, where: Scene, now: Minute) -> bool:
    alive = [each for each in world["designations"] if _alive(each, now)]
    barred = [each for each in alive if each["kind"] == "barred" and _touches(each, world)]
    wanted = [each for each in alive if each["kind"] == "only"]
    if any(_speaks_now(each, where, now, where.wide) for each in barred):
        return False
    usable = [each for each in wanted if _touches(each, world)]
    return not wanted or any(_speaks_now(each, where, now, where.narrow) for each in usable)


def _alive(entry: World, now: Minute) -> bool:
    ends = [each for each in (entry.get("until"), entry.get("revoked_at")) if each is not None]
    return bool(entry.get("from", -1) <= now < min(ends, default=now + 1))


def _touches(entry: World, world: World) -> bool:
    return bool(entry.get("number") in (None, world["number"]))


Stretch = Callable[[date, str, str], tuple[Minute, Minute]]


def _speaks_now(entry: World, where: Scene, now: Minute, stretch: Stretch) -> bool:
    day = where.date[now]
    dates = entry.get("dates")
    if dates and not dates["from"] <= day <= dates["until"]:
        return False
    return not entry.get("weekly") or _weekly(entry["weekly"], day, now, stretch)


def _weekly(weekly: Sequence[World], day: date, now: Minute, stretch: Stretch) -> bool:
    for each in weekly:
        if each.get("days") and day.isoweekday() not in each["days"]:
            continue
        start, end = stretch(day, each["from"], each["to"])
        if start <= now < end:
            return True
    return False


def _needs_consent(rule: World, world: World, where: Scene, now: Minute) -> bool:
    return _consented(rule["terms"], world, where, now)


def _consented(terms: World | None, world: World, where: Scene, now: Minute) -> bool:
    return terms is not None and any(_holds(each, terms, where, now) for each in world["consents"])


def _holds(consent: World, terms: World, where: Scene, now: Minute) -> bool:
    if terms["opens"] not in consent["opens"] or consent["by"] != "debtor" or not consent.get("evidence"):
        return False
    began = max(consent["given_at"], consent.get("from", 0))
    if now < began or not _alive({key: consent.get(key) for key in ("until", "revoked_at")} | {"from": 0}, now):
        return False
    if "life_dates" in terms:
        named = min((each["from"] for each in consent.get("only", ())), default=began)
        if (where.date[now] - where.date[max(began, named)]).days >= terms["life_dates"]:
            return False
    if consent.get("only") and not any(each["from"] <= now < each["to"] for each in consent["only"]):
        return False
    return not consent.get("weekly") or _weekly(consent["weekly"], where.date[now], now, where.narrow)


def _hold(rule: World, world: World, _where: Scene, now: Minute) -> bool:
    for each in world["holds"]:
        allowed = [*rule["kinds"].get(each["kind"], ()), *each.get("allows", ())]
        ends = [end for end in (each.get("until"), each.get("lifted_at")) if end is not None]
        began = each.get("received_at", 0) <= now
        stops = each["kind"] in rule["kinds"] and world["purpose"] not in allowed
        if stops and began and (not ends or now < min(ends)):
            return False
    return True


JUDGES: Mapping[str, Callable[[World, World, Scene, Minute], bool]] = {
    "hours": _hours,
    "closed_days": _closed_days,
    "cap": _cap,
    "gap": _pause,
    "rest": _pause,
    "designation": _designation,
    "consent": _needs_consent,
    "hold": _hold,
}
