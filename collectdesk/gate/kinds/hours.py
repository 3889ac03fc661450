"""Hours: at which local times of which days a contact may begin."""

from collections.abc import Sequence
from functools import partial

from collectdesk.gate.calendar import DayKind
from collectdesk.gate.clock import LocalClock, weekday
from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.decision import Releaser
from collectdesk.gate.dial import Designation, Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import NOTHING, Ground, LooksBack, Reason, Rule, State
from collectdesk.gate.kinds.calendar_day import day_evidence, day_of, unconfirmed
from collectdesk.gate.kinds.timetable import Timetable
from collectdesk.gate.reply import ReplyTerms, as_reply
from collectdesk.gate.spans import LOOK_AHEAD
from collectdesk.gate.spoken import Spoken, inside_wanted, surely_speaks_of, touches
from collectdesk.gate.vocabulary import Weekday


class AllowedHours(Timetable, frozen=True, kw_only=True, tag="hours"):
    """Contacts may begin only inside the timetable's hours.

    A consent of ``consent``'s terms opens the rest of the day; so, with ``wanted``, does a time the person called has
    named as wanted, and by ``reply`` an answer to what they began. A date that is closed for what it is opens only to
    a wish that names the date: who wants Mondays, be it until June, has not asked for a holiday. ``ends_unsettled``:
    what the text leaves ``undetermined`` is only whether the instant at which hours end is still open.
    """

    consent: ConsentTerms | None = None
    wanted: bool = False
    reply: ReplyTerms | None = None
    ends_unsettled: bool = False

    @property
    def looks_back(self) -> LooksBack:
        """A consent is personal; without one nothing of the past matters."""
        return NOTHING

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Inside the hours, or opened by what the person said."""
        state = self.by_the_clock(ground, at)
        if state.open:
            return state
        if self.reply is not None:
            state = as_reply(self.reply, facts, ground.clock, at, state, lambda then: self.by_the_clock(ground, then))
            if state.open:
                return state
        change = state.change
        for opened, until in self._opened_by_them(facts, ground, at):
            change = _earlier(change, until)
            if opened:
                return State(open=True, change=_earlier(until, state.change))
        return State(open=False, change=change)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The local time, the day's kind and the hours of that day."""
        clock = ground.clock
        day = clock.day(at)
        evidence = {
            "local_time": Instant(at),
            "zone": clock.name,
            "hours": [[Instant(start), Instant(end)] for start, end in self.spans(ground, day)],
            "closing_minutes": self.closing_minutes,
            "holidays": self.holidays,
            **day_evidence(ground, day),
        }
        if self.by_calendar and day_of(ground, day).kind == "unknown":
            return Reason("calendar_missing", "admin", evidence)
        return Reason("day_closed" if self.closed_date(ground, day) else "hours_closed", None, evidence)

    def leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        """Everywhere, or only where hours end."""
        if not self.ends_unsettled:
            return True
        ends = (end for _, end in self.spans(ground, ground.clock.day(at)))
        return any(at == end + 60 * self.closing_minutes for end in ends)

    @property
    def cautions(self) -> bool:
        """Where the hours depend on the day's kind."""
        return self.by_calendar

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """A day no notice has settled yet."""
        return unconfirmed(ground, at)

    def _opened_by_them(self, facts: Facts, ground: Ground, at: int) -> list[tuple[bool, int | None]]:
        """By consent, by a wanted time: whether it is open, and when that next changes."""
        found = []
        if self.consent is not None:
            allowed = partial(self._allows, ground)
            found.append(consent_at(self.consent, facts, ground.clock, at, allowed=allowed))
        return [*found, self._by_wish(facts, ground, at)] if self.wanted and facts.dial.designations else found

    def _by_wish(self, facts: Facts, ground: Ground, at: int) -> tuple[bool, int | None]:
        """By a wanted time; a date closed for what it is opens only to one that names it."""
        if self.holidays == "ignored":
            return _wanted_at(facts, ground.clock, at)
        day = ground.clock.day(at)
        opened, change = _wanted_at(facts, ground.clock, at, by_date=self.closed_date(ground, day))
        return opened, _earlier(change, ground.clock.start_of(day + 1))

    def _allows(self, ground: Ground, at: int, _contact: Event | None) -> bool:
        return self.by_the_clock(ground, at).open


def _wanted_at(facts: Facts, clock: LocalClock, at: int, *, by_date: bool = False) -> tuple[bool, int | None]:
    """Whether ``at`` lies in a time the person has named as wanted (by its date?), over this number and channel.

    For everything the contact is about: what was asked for on one debt opens no hour for another.
    """
    named = [
        Spoken(entry, entry.start or 0, min(entry.until or FOREVER, entry.revoked_at or FOREVER))
        for entry in facts.dial.designations or ()
        if entry.kind == "only" and surely_speaks_of(entry, facts) and touches(entry, facts)
    ]
    wanted = [each for each in named if each.timed and (not by_date or _names_dates(each.entry))]
    states = [_inside_one(wishes, facts, clock, at) for wishes in _for_each_debt(wanted, facts)]
    closed = [change for opened, change in states if not opened]
    if not closed:
        return True, min((change for _, change in states if change is not None), default=None)
    return False, None if None in closed else max(change for change in closed if change is not None)


def _for_each_debt(wanted: Sequence[Spoken], facts: Facts) -> list[Sequence[Spoken]]:
    """The wishes for each debt the contact is about; where nobody says which, those for all."""
    if len(facts.debt_ids) < 2:
        return [[each for each in wanted if facts.within_debts(each.entry.debts)]]
    return [
        [each for each in wanted if not each.entry.debts or facts.speaks_of_debt(each.entry.debts, debt)]
        for debt in sorted(facts.debt_ids)
    ]


def _inside_one(wanted: Sequence[Spoken], facts: Facts, clock: LocalClock, at: int) -> tuple[bool, int | None]:
    if any(each.start <= at < each.end for each in wanted):
        state = inside_wanted(wanted, facts, clock, at)
        return state.open, state.change
    return False, min((each.start for each in wanted if each.start > at), default=None)


def _names_dates(entry: Designation) -> bool:
    """Whether it speaks of one date or of every date of a stretch, not of weekdays that only fall into one."""
    dates = entry.dates
    if dates is None or dates.start is None or dates.end is None:
        return False
    return dates.start == dates.end or not any(each.days for each in entry.weekly or ())


class ClosedDays(Rule, frozen=True, kw_only=True, tag="closed_days"):
    """No contact on days of these kinds or weekdays (local dates); an unknown day is closed.

    ``calendar`` days come from the rulebook's calendar region.
    """

    day_kinds: tuple[DayKind, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    consent: ConsentTerms | None = None

    @property
    def looks_back(self) -> LooksBack:
        """A consent is personal; without one nothing of the past matters."""
        return NOTHING

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open on every other date."""
        state = self.by_the_clock(ground, at)
        if state.open or self.consent is None:
            return state
        consented, until = consent_at(self.consent, facts, ground.clock, at)
        return State(open=consented, change=_earlier(until, state.change))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The day's kind, its name and source; past the last calendar only an admin's next one opens a day."""
        day = ground.clock.day(at)
        unknown = weekday(day) not in self.weekdays and day_of(ground, day).kind == "unknown"
        released: Releaser | None = "admin" if unknown or self._by_the_date(ground, day).change is None else None
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

    def by_the_clock(self, ground: Ground, at: int) -> State:
        """The state by the date alone, whatever was agreed to."""
        return self._by_the_date(ground, ground.clock.day(at))

    def _by_the_date(self, ground: Ground, today: int) -> State:
        """The state on the local date ``today``, until the first later date that is of the other sort."""
        known: State | None = ground.memo.get(today)
        if known is None:
            closed = self._closed(ground, today)
            days = range(today + 1, today + LOOK_AHEAD)
            other = next((day for day in days if self._closed(ground, day) != closed), None)
            change = None if other is None else ground.clock.start_of(other)
            known = ground.remember(today, State(open=not closed, change=change))
        return known

    def _closed(self, ground: Ground, day: int) -> bool:
        if weekday(day) in self.weekdays:
            return True
        if not self.day_kinds:
            return False
        kind = day_of(ground, day).kind
        return kind == "unknown" or kind in self.day_kinds


def _earlier(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else min(one, other)
