"""Timetables: which hours of a local date are open, by weekday, kind of day and what becomes of holidays."""

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct, field

from collectdesk.gate.calendar import DayKind
from collectdesk.gate.clock import LocalClock, weekday
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.kinds.base import Ground, Natural, Rule, State
from collectdesk.gate.kinds.calendar_day import day_of
from collectdesk.gate.spans import Span, joined, minutes, next_start
from collectdesk.gate.vocabulary import WallTime, Weekday

Treatment: TypeAlias = Literal["ignored", "closed", "as_sunday", "own"]

HOLIDAYS: tuple[DayKind, ...] = ("statutory_holiday", "announced_holiday")
SUNDAY = 7
MIDNIGHT = "24:00"


class Hours(Struct, frozen=True, forbid_unknown_fields=True):
    """From–to on these weekdays and day kinds; an empty list means every one.

    Half-open: ``to`` itself lies outside, or, with ``through``, inside. A stretch that ends no later than it begins
    runs across midnight and is of the date on which it begins.
    """

    start: WallTime = field(name="from")
    end: WallTime = field(name="to")
    weekdays: tuple[Weekday, ...] = ()
    day_kinds: tuple[DayKind, ...] = ()
    through: bool = False

    def __post_init__(self) -> None:
        """A stretch has a length, and begins on the date it is of."""
        if self.start in (self.end, MIDNIGHT):
            raise ValueError("hours begin before 24:00, and do not end when they begin")

    @property
    def overnight(self) -> bool:
        """Whether it runs into the next date."""
        return self.end < self.start

    @property
    def within_date(self) -> bool:
        """Whether it ends before midnight, so that it cannot be one with hours of the next date."""
        return not self.overnight and self.end != MIDNIGHT

    def span(self, day: int, clock: LocalClock, *, wanted: bool) -> Span:
        """The stretch that begins on the local date ``day``.

        Where the clocks go back, a ``wanted`` one is as short as the wall allows and an unwanted one as long.
        """
        end = minutes(self.end) + (1440 if self.overnight else 0)
        return (
            clock.edge(day, minutes(self.start), opening=wanted),
            clock.edge(day, end, opening=not wanted and self.end != MIDNIGHT) + self.through,
        )


class DateHours:
    """The hours of a local date, which never change.

    ``spans``: its open stretches; ``turns``: what holds before which instant, from the date's beginning on. What
    holds after the last stretch is found out only when it is asked about, and told by ``ends_closed``.
    """

    __slots__ = ("spans", "turns")

    def __init__(self, spans: list[Span], turns: list[tuple[int, State]]) -> None:
        self.spans = spans
        self.turns = turns

    def ends_closed(self, until: int | None) -> State:
        """Remember, and answer, that after its last stretch it is closed until then."""
        state = State(open=False, change=until)
        self.turns.append((FOREVER, state))
        return state


class Timetable(Rule, frozen=True, kw_only=True):
    """Hours as a text gives them: those that are ``open``, those that are ``barred``, or both (open less barred).

    With ``barred`` alone every other hour is open. ``holidays`` says what becomes of a date whose kind is among
    ``holiday_kinds``: *ignored*, no different from its weekday; *closed*; *as_sunday*, the hours of a Sunday; *own*,
    open in ``holiday_hours`` instead. Unless they are ignored, a date no calendar knows is closed. A night that began
    the evening before is of the evening's date. No contact begins in the last ``closing_minutes`` of open hours.
    """

    open: tuple[Hours, ...] = ()
    barred: tuple[Hours, ...] = ()
    holidays: Treatment = "ignored"
    holiday_kinds: tuple[DayKind, ...] = HOLIDAYS
    holiday_hours: tuple[Hours, ...] = ()
    closing_minutes: Natural = 0

    def __post_init__(self) -> None:
        """Some hours are named; holidays have hours of their own exactly where it says so."""
        if not self.open and not self.barred:
            raise ValueError("hours name what is open or what is barred")
        if (self.holidays == "own") != bool(self.holiday_hours):
            raise ValueError("holiday_hours go with holidays = own")

    @property
    def by_calendar(self) -> bool:
        """Whether the hours depend on the kind of day."""
        named = (*self.open, *self.barred, *self.holiday_hours)
        return self.holidays != "ignored" or any(hours.day_kinds for hours in named)

    def by_the_clock(self, ground: Ground, at: int) -> State:
        """Open inside the hours until they end, else closed until the next begin."""
        day = ground.clock.day(at)
        hours = self._date(ground, day)
        for before, state in hours.turns:
            if at < before:
                return state
        return hours.ends_closed(next_start(lambda date: self.spans(ground, date), at, ground.clock))

    def spans(self, ground: Ground, day: int) -> list[Span]:
        """The open stretches of a local date; one that runs across midnight is told whole."""
        return self._date(ground, day).spans

    def _date(self, ground: Ground, day: int) -> DateHours:
        known: DateHours | None = ground.memo.get(day)
        if known is None:
            known = ground.remember(day, _in_turn(self._closing(self._spans(ground, day))))
        return known

    def closed_date(self, ground: Ground, day: int) -> bool:
        """Whether the whole date is closed for what it is, whatever the hour."""
        if self.holidays == "ignored":
            return False
        kind = day_of(ground, day).kind
        return kind == "unknown" or (self.holidays == "closed" and kind in self.holiday_kinds)

    def _closing(self, spans: Iterable[Span]) -> list[Span]:
        return [(start, end - 60 * self.closing_minutes) for start, end in spans]

    def _spans(self, ground: Ground, day: int) -> list[Span]:
        if not self.barred and all(hours.within_date for hours in (*self.open, *self.holiday_hours)):
            return joined(self._opened(ground, day))
        near = (day - 1, day, day + 1)
        spans = joined(span for each in near for span in self._opened(ground, each))
        holes = [span for each in (day - 2, *near) for span in self._barred(ground, each)]
        holes += [_whole(ground.clock, each) for each in near if self.closed_date(ground, each)]
        start, end = _whole(ground.clock, day)
        return [span for span in _less(spans, holes) if span[0] < end and start < span[1]]

    def _opened(self, ground: Ground, day: int) -> list[Span]:
        """What opens on a local date, before anything is barred."""
        if self.closed_date(ground, day):
            return []
        own = self.holidays == "own" and day_of(ground, day).kind in self.holiday_kinds
        if not own and not self.open:
            return [_whole(ground.clock, day)]
        return self._of_the_date(self.holiday_hours if own else self.open, ground, day, wanted=True)

    def _barred(self, ground: Ground, day: int) -> list[Span]:
        return self._of_the_date(self.barred, ground, day, wanted=False)

    def _of_the_date(self, entries: Sequence[Hours], ground: Ground, day: int, *, wanted: bool) -> list[Span]:
        return [
            hours.span(day, ground.clock, wanted=wanted)
            for hours in entries
            if (not hours.weekdays or self._weekday(ground, day) in hours.weekdays)
            and (not hours.day_kinds or day_of(ground, day).kind in hours.day_kinds)
        ]

    def _weekday(self, ground: Ground, day: int) -> int:
        """The weekday whose hours the date has."""
        if self.holidays == "as_sunday" and day_of(ground, day).kind in self.holiday_kinds:
            return SUNDAY
        return weekday(day)


def _in_turn(spans: list[Span]) -> DateHours:
    """The stretches, in order and apart from each other, with the states between; after the last none is told."""
    turns = []
    for start, end in spans:
        if start < end:
            turns += [(start, State(open=False, change=start)), (end, State(open=True, change=end))]
    return DateHours(spans, turns)


def _whole(clock: LocalClock, day: int) -> Span:
    return clock.start_of(day), clock.start_of(day + 1)


def _less(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What of ``spans`` lies outside every hole."""
    left = list(spans)
    for low, high in holes:
        cut = [piece for start, end in left for piece in ((start, min(end, low)), (max(start, high), end))]
        left = [(start, end) for start, end in cut if start < end] if low < high else left
    return left
