"""Designations: the times, places, numbers and channels a person made known as inconvenient or wanted (不方便)."""

from __future__ import annotations

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import DateRange, Designation
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import CLOSED, OPEN, Ground, Reason, Rule, State
from collectdesk.gate.spans import Span, inside, next_start, weekly_spans

FORTNIGHT = 14
VOICE = ("voice", "voice_notice")
SPEAKS_FOR_THE_DEBTOR = ("agent", "attorney", "guardian")


class Spoken(Struct, frozen=True):
    """A designation that touches this contact, with its life as a half-open stretch."""

    entry: Designation
    start: int
    end: int

    @property
    def timed(self) -> bool:
        """Whether it speaks of times at all; if not, it bars (or demands) a place, number or channel."""
        return bool(self.entry.weekly) or self.entry.dates is not None

    def shown_by(self, clock: LocalClock, at: int) -> int:
        """The local date by which its first stretch after ``at`` has begun, if it has one."""
        begins = clock.day(max(at, self.start))
        dates = self.entry.dates
        if dates is not None and dates.start is not None:
            begins = max(begins, dates.start.toordinal())
        return begins + FORTNIGHT

    def spans(self, day: int, clock: LocalClock) -> list[Span]:
        """Its times on a local date, within its life."""
        if not _within(self.entry.dates, day):
            return []
        whole = [(clock.start_of(day), clock.start_of(day + 1))]
        wanted = self.entry.kind == "only"
        times = weekly_spans(self.entry.weekly, day, clock, wanted=wanted) if self.entry.weekly else whole
        cut = [(max(start, self.start), min(end, self.end)) for start, end in times]
        return [(start, end) for start, end in cut if start < end]


class Designated(Rule, frozen=True, kw_only=True, tag="designation"):
    """The person's own times and places are kept; wanted times open nothing that another rule closes.

    What is barred is barred; where times are wanted, any of the wanted ones will do. A landline is tied to its
    place, a mobile to none.
    """

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Outside every barred time, and inside a wanted one if any is named."""
        spoken = _spoken(facts)
        if not spoken:
            return OPEN
        barred = [each for each in spoken if each.entry.kind != "only" and _touches(each.entry, facts)]
        wanted = [each for each in spoken if each.entry.kind == "only"]
        first = _clear_of(barred, ground.clock, at)
        second = _inside_wanted(wanted, facts, ground.clock, at)
        changes = [state.change for state in (first, second) if state.change is not None]
        if first.open and second.open:
            return State(open=True, change=min(changes, default=None))
        closed = [state for state in (first, second) if not state.open]
        if any(state.change is None for state in closed):
            return CLOSED
        return State(open=False, change=max(state.change or 0 for state in closed))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which designations stand in the way."""
        spoken = _spoken(facts)
        barred = [
            each.entry.id
            for each in spoken
            if each.entry.kind != "only"
            and _touches(each.entry, facts)
            and not _clear_of([each], ground.clock, at).open
        ]
        wanted = [each.entry.id for each in spoken if each.entry.kind == "only" and each.start <= at < each.end]
        evidence = {
            "local_time": Instant(at),
            "zone": ground.clock.name,
            "designations": barred or wanted,
        }
        return Reason("designation_barred" if barred else "designation_only", "debtor", evidence)


def _spoken(facts: Facts) -> list[Spoken]:
    found = []
    for entry in facts.dial.designations or ():
        if not _speaks_of(entry, facts) or not facts.overlaps_debts(entry.debts):
            continue
        end = min(entry.until or FOREVER, entry.revoked_at or FOREVER)
        found.append(Spoken(entry, entry.start or 0, end))
    return found


def _speaks_of(entry: Designation, facts: Facts) -> bool:
    """Whether the designation is the called person's own; whoever acts for the debtor speaks for the debtor too."""
    called, person = facts.attempt.person, facts.person
    if entry.by in (None, called) or called is None:
        return True
    speaker = facts.persons.get(entry.by or "")
    if speaker is None:
        return True
    return speaker.role in SPEAKS_FOR_THE_DEBTOR and person is not None and person.role in ("debtor", None)


def _touches(entry: Designation, facts: Facts) -> bool:
    """Whether the contact uses the place, number and channel the designation speaks of."""
    channels = {entry.channel, "voice_notice"} if entry.channel == "voice" else {entry.channel}
    if entry.channel is not None and facts.channel not in channels:
        return False
    if entry.number is not None and not _touches_number(entry, facts):
        return False
    place = facts.number.place if facts.number else None
    return entry.place is None or place in (None, "unknown", entry.place)


def _touches_number(entry: Designation, facts: Facts) -> bool:
    """Rules on numbers do not apply where there is none: a text is neither barred by a number nor bound to one."""
    if facts.channel not in VOICE:
        return entry.kind == "only"
    return facts.attempt.number in (None, entry.number)


def _within(dates: DateRange | None, day: int) -> bool:
    return dates is None or (
        (dates.start is None or day >= dates.start.toordinal()) and (dates.end is None or day <= dates.end.toordinal())
    )


def _last(spoken: list[Spoken], clock: LocalClock, at: int) -> int:
    """The last local date on which a first stretch can begin: in a fortnight every week has shown all it has."""
    return max((each.shown_by(clock, at) for each in spoken if each.end > at), default=0)


def _clear_of(barred: list[Spoken], clock: LocalClock, at: int) -> State:
    """Open outside all barred stretches; an untimed bar closes for its whole life."""

    def spans_of(day: int) -> list[Span]:
        return [
            span for each in barred for span in (each.spans(day, clock) if each.timed else [(each.start, each.end)])
        ]

    around = inside(spans_of(clock.day(at)), at)
    if around:
        return State(open=False, change=around[1] if around[1] < FOREVER else None)
    return State(open=True, change=next_start(spans_of, at, clock, _last(barred, clock, at)))


def _inside_wanted(wanted: list[Spoken], facts: Facts, clock: LocalClock, at: int) -> State:
    """Open inside any wanted time over the wanted place, number and channel, or while nothing is wanted."""
    running = [each for each in wanted if each.start <= at < each.end]
    begins = [each.start for each in wanted if each.start > at]
    if not running:
        return State(open=True, change=min(begins, default=None))
    usable = [each for each in running if _touches(each.entry, facts)]

    def spans_of(day: int) -> list[Span]:
        return [
            span for each in usable for span in (each.spans(day, clock) if each.timed else [(each.start, each.end)])
        ]

    edges = [edge for edge in (*begins, *(each.end for each in running)) if edge < FOREVER]
    around = inside(spans_of(clock.day(at)), at)
    if around:
        ends = [edge for edge in (around[1], *begins) if edge < FOREVER]
        return State(open=True, change=min(ends, default=None))
    following = next_start(spans_of, at, clock, _last(usable, clock, at))
    changes = [each for each in (following, *edges) if each is not None and each > at]
    return State(open=False, change=min(changes, default=None))
