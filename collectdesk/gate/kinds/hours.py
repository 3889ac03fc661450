"""Hours: at which local times of which days a contact may begin."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from collectdesk.gate.calendar import Day, DayKind
from collectdesk.gate.clock import weekday
from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.decision import Releaser
from collectdesk.gate.dial import WallTime, Weekday
from collectdesk.gate.facts import Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import Ground, Natural, Reason, Rule, State
from collectdesk.gate.spans import LOOK_AHEAD, Span, inside, minutes, next_start


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """Open from–to (half-open) on these weekdays and day kinds; an empty list means every one."""

    start: WallTime = field(name="from")
    end: WallTime = field(name="to")
    weekdays: tuple[Weekday, ...] = ()
    day_kinds: tuple[DayKind, ...] = ()

    def __post_init__(self) -> None:
        """Hours across midnight are written as two stretches."""
        if self.start >= self.end:
            raise ValueError("hours open before they close, within one day")


class AllowedHours(Rule, frozen=True, tag="hours"):
    """Contacts may begin only inside ``open``, and not in the last ``closing_minutes`` of a stretch.

    A consent of ``consent``'s terms opens the rest of the day.
    """

    open: tuple[Hours, ...]
    closing_minutes: Natural = 0
    consent: ConsentTerms | None = None

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Inside the hours, or opened by consent."""
        clock = ground.clock
        around = inside(self._spans(ground, clock.day(at)), at)
        if around:
            return State(open=True, change=around[1])
        following = next_start(lambda day: self._spans(ground, day), at, clock)
        consented, change = consent_at(self.consent, facts, clock, at)
        if consented:
            return State(open=True, change=_earlier(change, following))
        return State(open=False, change=_earlier(change, following))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The local time, the day's kind and the hours of that day."""
        clock = ground.clock
        day = clock.day(at)
        evidence = {
            "local_time": Instant(at),
            "zone": clock.name,
            "hours": [[Instant(start), Instant(end)] for start, end in self._spans(ground, day)],
            "closing_minutes": self.closing_minutes,
            **day_evidence(ground, day),
        }
        return Reason("hours_closed", None, evidence)

    @property
    def cautions(self) -> bool:
        """Where the hours depend on the day's kind."""
        return any(hours.day_kinds for hours in self.open)

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """A day no notice has settled yet."""
        return unconfirmed(ground, at)

    def _spans(self, ground: Ground, day: int) -> list[Span]:
        known: list[Span] | None = ground.memo.get(day)
        if known is None:
            known = ground.memo[day] = self._spans_on(ground, day)
        return known

    def _spans_on(self, ground: Ground, day: int) -> list[Span]:
        return [
            (
                ground.clock.edge(day, minutes(hours.start), opening=True),
                ground.clock.edge(day, minutes(hours.end), opening=False) - 60 * self.closing_minutes,
            )
            for hours in self.open
            if (not hours.weekdays or weekday(day) in hours.weekdays)
            and (not hours.day_kinds or _day_of(ground, day).kind in hours.day_kinds)
        ]


class ClosedDays(Rule, frozen=True, tag="closed_days"):
    """No contact on days of these kinds or weekdays (local dates); an unknown day is closed.

    ``calendar`` days come from the rulebook's calendar region.
    """

    day_kinds: tuple[DayKind, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    consent: ConsentTerms | None = None

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open on every other date."""
        clock = ground.clock
        today = clock.day(at)
        closed = self._closed(ground, today)
        day = self._other_day(ground, today, closed=closed)
        change = None if day is None else clock.start_of(day)
        if not closed:
            return State(open=True, change=change)
        consented, until = consent_at(self.consent, facts, clock, at)
        return State(open=consented, change=_earlier(until, change))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The day's kind, its name and source; past the last calendar only an admin's next one opens a day."""
        day = ground.clock.day(at)
        unknown = _day_of(ground, day).kind == "unknown"
        released: Releaser | None = "admin" if unknown or self._other_day(ground, day, closed=True) is None else None
        evidence = {
            "local_time": Instant(at),
            "zone": ground.clock.name,
            **day_evidence(ground, day),
        }
        return Reason("calendar_missing" if unknown else "day_closed", released, evidence)

    @property
    def cautions(self) -> bool:
        """Where the calendar decides."""
        return bool(self.day_kinds)

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """A day no notice has settled yet."""
        return unconfirmed(ground, at)

    def _other_day(self, ground: Ground, today: int, *, closed: bool) -> int | None:
        """The first later date that is not ``closed`` as ``today`` is."""
        if today not in ground.memo:
            days = range(today + 1, today + LOOK_AHEAD)
            ground.memo[today] = next((day for day in days if self._closed(ground, day) != closed), None)
        known: int | None = ground.memo[today]
        return known

    def _closed(self, ground: Ground, day: int) -> bool:
        if weekday(day) in self.weekdays:
            return True
        if not self.day_kinds:
            return False
        kind = _day_of(ground, day).kind
        return kind == "unknown" or kind in self.day_kinds


def day_evidence(ground: Ground, day: int) -> dict[str, object]:
    """What the calendar says of a local date."""
    if ground.calendar is None:
        return {"weekday": weekday(day)}
    known = ground.calendar.day(day)
    return {
        "weekday": weekday(day),
        "day_kind": known.kind,
        "day_name": dict(known.name),
        "day_source": known.source,
        "day_confirmed": known.confirmed,
    }


def unconfirmed(ground: Ground, at: int) -> Reason | None:
    """The warning that the calendar of this date rests on no notice."""
    day = ground.clock.day(at)
    if ground.calendar is None or ground.calendar.day(day).confirmed:
        return None
    through = ground.calendar.confirmed_through
    evidence = {
        "region": ground.calendar.region,
        "date": date.fromordinal(day),
        "confirmed_through": through,
        **day_evidence(ground, day),
    }
    return Reason("calendar_unconfirmed", "admin", evidence)


UNKNOWN_DAY = Day("unknown", {}, "", confirmed=False)


def _day_of(ground: Ground, day: int) -> Day:
    return ground.calendar.day(day) if ground.calendar else UNKNOWN_DAY


def _earlier(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else min(one, other)
