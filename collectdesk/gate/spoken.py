"""What a person made known: which designations speak of a contact, and at which times they bar or want it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import Designation
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds.base import State
from collectdesk.gate.quota import Minutes, within
from collectdesk.gate.spans import Span, inside, next_start, weekly_spans

FORTNIGHT = 14
VOICE = ("voice", "voice_notice")
SPEAKS_FOR_THE_DEBTOR = ("agent", "attorney", "guardian")


class Spoken(Struct, frozen=True):
    """A designation that touches this contact, with its life as a half-open stretch.

    ``kept`` gives, where a quota cuts it short, the minutes of a local date that bind.
    """

    entry: Designation
    start: int
    end: int
    kept: Callable[[int], Sequence[Minutes]] | None = None

    @property
    def timed(self) -> bool:
        """Whether it speaks of times at all; if not, it bars (or demands) a place, number or channel."""
        return bool(self.entry.weekly) or self.entry.dates is not None

    @property
    def about(self) -> str:
        """What it speaks of: a *time*, a *place*, or a *medium* (a channel or number)."""
        return "time" if self.timed else "place" if self.entry.place is not None else "medium"

    @property
    def named(self) -> tuple[str, ...]:
        """Everything it names, for the evidence."""
        entry = self.entry
        named = {"time": self.timed, "place": entry.place, "number": entry.number, "channel": entry.channel}
        return tuple(what for what, value in named.items() if value)

    def shown_by(self, clock: LocalClock, at: int) -> int:
        """The local date by which its first stretch after ``at`` has begun, if it has one."""
        begins = clock.day(max(at, self.start))
        dates = self.entry.dates
        if dates is not None and dates.start is not None:
            begins = max(begins, dates.start.toordinal())
        return begins + FORTNIGHT

    def spans(self, day: int, clock: LocalClock) -> list[Span]:
        """Its times on a local date, within its life."""
        if not within(self.entry.dates, day):
            return []
        cut = [(max(start, self.start), min(end, self.end)) for start, end in self._times(day, clock)]
        return [(start, end) for start, end in cut if start < end]

    def _times(self, day: int, clock: LocalClock) -> list[Span]:
        if self.kept is not None:
            return [
                (clock.edge(day, start, opening=False), clock.edge(day, end, opening=end < 1440))
                for start, end in self.kept(day)
            ]
        if self.entry.weekly:
            return weekly_spans(self.entry.weekly, day, clock, wanted=self.entry.kind == "only")
        return [(clock.start_of(day), clock.start_of(day + 1))]


def speaks_of(entry: Designation, facts: Facts) -> bool:
    """Whether the designation is the called person's own, or of who speaks for them; of somebody unknown, it may be.

    Whoever acts for the debtor speaks for the debtor too, and an employer of the place of work.
    """
    called, person = facts.attempt.person, facts.person
    if entry.by in (None, called) or called is None:
        return True
    speaker = facts.persons.get(entry.by or "")
    if speaker is None or speaker.role is None:
        return True
    if person is None or person.role not in ("debtor", None):
        return False
    return speaker.role in SPEAKS_FOR_THE_DEBTOR or (speaker.role == "employer" and entry.place == "work")


def surely_speaks_of(entry: Designation, facts: Facts) -> bool:
    """Whether it is known to be the called person's own, or of who speaks for them: nobody unknown opens anything.

    What came from the debtor is the debtor's, also where nobody is named.
    """
    if entry.by is None or facts.attempt.person is None:
        return entry.by is None and entry.via == "debtor" and _the_debtor_is_called(facts)
    two = (facts.persons.get(entry.by or ""), facts.person)
    known = all(each is not None and each.role is not None for each in two)
    return entry.by == facts.attempt.person or (known and speaks_of(entry, facts))


def _the_debtor_is_called(facts: Facts) -> bool:
    debtors = [each for each in facts.persons.values() if each.role in (None, "debtor")]
    return facts.person is not None and facts.person.role == "debtor" and debtors == [facts.person]


def touches(entry: Designation, facts: Facts) -> bool:
    """Whether the contact uses the place, number and channel the designation speaks of."""
    channels = {entry.channel, "voice_notice"} if entry.channel == "voice" else {entry.channel}
    if entry.channel is not None and facts.channel not in channels:
        return False
    if entry.number is not None and not _touches_number(entry, facts):
        return False
    return entry.place is None or _touches_place(entry, facts)


def serves(entry: Designation, facts: Facts) -> bool:
    """Whether the contact is known to use the place and number that are wanted, not only not known to use another.

    A text, tied to neither, is bound to neither.
    """
    if not touches(entry, facts):
        return False
    if facts.channel not in VOICE:
        return True
    known_number = entry.number is None or facts.attempt.number is not None
    return known_number and (entry.place is None or place_called(facts) is not None)


def place_called(facts: Facts) -> str | None:
    """The place the number called is tied to; ``None`` where that is not known. A mobile is tied to none."""
    place = facts.number.tied_to if facts.number and facts.channel in VOICE else None
    return None if place == "unknown" else place


def _touches_place(entry: Designation, facts: Facts) -> bool:
    """Where it is not known which place is barred, it may be any to which a number is tied."""
    called = place_called(facts)
    if entry.place == "unknown" and entry.kind != "only":
        return called != "none"
    return called in (None, entry.place)


def _touches_number(entry: Designation, facts: Facts) -> bool:
    """Rules on numbers do not apply where there is none: a text is neither barred by a number nor bound to one.

    But where no texts to a number are wanted, the next may go to that very one.
    """
    if facts.channel not in VOICE:
        return entry.kind == "only" or entry.channel is not None
    return facts.attempt.number in (None, entry.number)


def clear_of(barred: Sequence[Spoken], clock: LocalClock, at: int) -> State:
    """Open outside all barred stretches; an untimed bar closes for its whole life."""
    around = inside(_all_spans(barred, clock, clock.day(at)), at)
    if around:
        return State(open=False, change=around[1] if around[1] < FOREVER else None)
    following = next_start(lambda day: _all_spans(barred, clock, day), at, clock, _last(barred, clock, at))
    return State(open=True, change=following)


def inside_wanted(wanted: Sequence[Spoken], facts: Facts, clock: LocalClock, at: int) -> State:
    """Open inside any wanted time over the wanted place, number and channel, or while nothing is wanted.

    What was wanted of one debt widens nothing for another, and what may be somebody else's wish none that is theirs.
    """
    states = [_inside_any(wishes, facts, clock, at) for wishes in _for_each_debt(wanted, facts)]
    closed = [state.change for state in states if not state.open]
    if not closed:
        return State(open=True, change=min((each.change for each in states if each.change is not None), default=None))
    return State(open=False, change=None if None in closed else max(each for each in closed if each is not None))


def _for_each_debt(wanted: Sequence[Spoken], facts: Facts) -> list[Sequence[Spoken]]:
    """The wishes for each debt the contact is about; those heard that are about none of these are for all."""
    if len(facts.debt_ids) < 2 or not any(each.entry.debts for each in wanted):
        return [wanted]
    about = [(each, facts.with_their_groups(each.entry.debts or ()) & facts.debt_ids) for each in wanted]
    return [[each for each, named in about if not named or debt in named] for debt in sorted(facts.debt_ids)]


def _inside_any(wanted: Sequence[Spoken], facts: Facts, clock: LocalClock, at: int) -> State:
    running = [each for each in wanted if each.start <= at < each.end]
    begins = [each.start for each in wanted if each.start > at]
    if not running:
        return State(open=True, change=min(begins, default=None))
    theirs = [each for each in running if surely_speaks_of(each.entry, facts)] or running
    usable = [each for each in theirs if serves(each.entry, facts)]
    edges = [edge for edge in (*begins, *(each.end for each in running)) if edge < FOREVER]
    around = inside(_all_spans(usable, clock, clock.day(at)), at)
    if around:
        ends = [edge for edge in (around[1], *begins) if edge < FOREVER]
        return State(open=True, change=min(ends, default=None))
    following = next_start(lambda day: _all_spans(usable, clock, day), at, clock, _last(usable, clock, at))
    changes = [each for each in (following, *edges) if each is not None and each > at]
    return State(open=False, change=min(changes, default=None))


def _all_spans(spoken: Sequence[Spoken], clock: LocalClock, day: int) -> list[Span]:
    return [span for each in spoken for span in (each.spans(day, clock) if each.timed else [(each.start, each.end)])]


def _last(spoken: Sequence[Spoken], clock: LocalClock, at: int) -> int:
    """The last local date on which a first stretch can begin: in a fortnight every week has shown all it has."""
    return max((each.shown_by(clock, at) for each in spoken if each.end > at), default=0)
