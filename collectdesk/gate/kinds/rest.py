"""Gaps and rests: how long to leave somebody alone after a contact."""

from collections.abc import Iterable
from typing import NamedTuple

from collectdesk.gate.consent import ConsentTerms, made_under, past_consents
from collectdesk.gate.counting import Count, Weigher, weighers_for
from collectdesk.gate.debt_keys import keys_meant
from collectdesk.gate.decision import Evidence
from collectdesk.gate.dial import Event, Permit
from collectdesk.gate.exclusion import Exclusion, left_out
from collectdesk.gate.facts import Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import DAY, NOTHING, OPEN, Ground, LooksBack, Positive, Reason, Rule, State
from collectdesk.gate.kinds.states import Rebuttable, consented, perhaps_left_out, together, unless_unbound
from collectdesk.gate.lazy import lazy
from collectdesk.gate.scopes import Scope
from collectdesk.gate.tally import times_counted, weighed


class Running(NamedTuple):
    """An event whose pause is running: when it ends, why it counts; ``mildly``: when it ends on the milder reading."""

    event: Event
    end: int
    why: str
    mildly: int


class Pause(Rebuttable, frozen=True, kw_only=True, dict=True):
    """What gaps and rests share: no contact for a while after an event that counts by ``after``.

    The while is ``minutes`` from the event's own instant (its start: the one time every record has, and the one a
    verdict can show), or ``dates`` local dates of which the event's own is the first (so that 7 dates after a talk on
    the 14th end with the 20th). Where a text does not say which date is the first, ``or_dates`` is the shorter
    reading. ``excluding``: events that start no pause, and contacts no pause binds.
    """

    after: tuple[Count, ...]
    per: tuple[Scope, ...]
    minutes: Positive | None = None
    dates: Positive | None = None
    or_dates: Positive | None = None
    excluding: tuple[Exclusion, ...] = ()
    consent: ConsentTerms | None = None

    def __post_init__(self) -> None:
        """A pause has exactly one length, and no event becomes one that starts none as time goes by."""
        if (self.minutes is None) == (self.dates is None):
            raise ValueError("a pause has exactly one of minutes and dates")
        if self.or_dates is not None and (self.dates is None or self.or_dates >= self.dates):
            raise ValueError("the shorter reading of a pause is fewer dates than the longer")
        if any(each.limited and each.speaks_of != "asked" for each in self.excluding):
            raise ValueError("a pause leaves past events out without a limit")

    @property
    def looks_back(self) -> LooksBack:
        """Any one event of the while; a local date is at most a day longer than so many days."""
        length = 60 * self.minutes if self.minutes is not None else DAY * ((self.dates or 0) + 1)
        return LooksBack(events=length, notices=0)

    def needs_zone(self, facts: Facts) -> bool:
        """Where dates are counted, or hours that were agreed to."""
        dated = self.minutes is None or bool(self.excluding)
        return dated or (self.consent is not None and bool(facts.dial.consents))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open once every event's pause is over."""
        times = facts.times
        if not times or times[-1] < self._begins(at, ground):
            return OPEN
        state = together([self._for_debt(facts, ground, at, key) for key in keys_meant(self.per, facts, self.when)])
        return unless_unbound(state, self.excluding, facts, ground.clock, at)

    def leaves_open(self, facts: Facts, ground: Ground, at: int) -> bool:
        """Whether a shorter reading, or leaving out what the text may leave out, would end it."""
        if self.or_dates is None and not perhaps_left_out(self.excluding, self.consent):
            return True
        return all(each.mildly <= at for each in self._closing(facts, ground, at))

    @lazy
    def _weighers(self) -> tuple[Weigher, ...]:
        return weighers_for(self.after, self.per)

    @lazy
    def _plain(self) -> bool:
        """Whether every event that counts by its measure makes wait, whatever else happened."""
        return not self.excluding and past_consents(self.consent) is None

    def _for_debt(self, facts: Facts, ground: Ground, at: int, key: str | None) -> State:
        counting = times_counted(facts, self._weighers, self._begins(at, ground), key)
        last = max([self._end(each, ground, self.dates) for each in counting], default=at)
        if last > at and not (self._plain and not facts.may_lapse):
            last = max([each.end for each in self._running(facts, ground, at, key)], default=at)
        if last <= at:
            return OPEN
        return consented(State(open=False, change=last), self.consent, facts, ground.clock, at, key)

    def _closing(self, facts: Facts, ground: Ground, at: int) -> list[Running]:
        """Every pause that is running for a debt no consent opens; one event is named once."""
        found: dict[str, Running] = {}
        for key in keys_meant(self.per, facts, self.when):
            if not self._for_debt(facts, ground, at, key).open:
                for each in self._running(facts, ground, at, key):
                    known = found.get(each.event.id)
                    mildly = each.mildly if known is None else max(known.mildly, each.mildly)
                    found[each.event.id] = each if known is None else known._replace(mildly=mildly)
        return sorted(found.values(), key=lambda each: each.event.at)

    def _evidence(self, facts: Facts, ground: Ground, at: int) -> Evidence:
        pauses = self._closing(facts, ground, at)
        latest = max([each.end for each in pauses])
        return {
            "minutes": self.minutes,
            "dates": self.dates,
            "zone": ground.clock.name,
            "left_s": latest - at,
            "ends": Instant(latest),
            "counted": [
                {"event": each.event.id, "at": each.event.at, "why": facts.why_counted(each.event, each.why)}
                for each in pauses
            ],
            "not_counted": [],
        }

    def _running(self, facts: Facts, ground: Ground, at: int, key: str | None) -> list[Running]:
        """The events whose pause is running at ``at`` for one debt."""
        running = list(self._counting(facts, ground, at, key))
        if self._plain or not running:
            return running
        out = left_out(self.excluding, [each.event for each in running], facts, ground.clock)
        kept = [
            each._replace(mildly=at) if each.event in out.perhaps else each
            for each in running
            if each.event not in out.surely
        ]
        return self._after_consents(kept, facts, ground, at, key)

    def _after_consents(
        self, running: list[Running], facts: Facts, ground: Ground, at: int, key: str | None
    ) -> list[Running]:
        terms = past_consents(self.consent)
        if terms is None or not facts.dial.consents:
            return running
        agreed = {each.event for each in running if made_under(terms, each.event, facts, ground.clock, key)}
        if terms.made_under == "left_out":
            return [each for each in running if each.event not in agreed]
        return [each._replace(mildly=at) if each.event in agreed else each for each in running]

    def _counting(self, facts: Facts, ground: Ground, at: int, key: str | None) -> Iterable[Running]:
        for event, answer in weighed(facts, self._weighers, self._begins(at, ground), key):
            if not answer.counts:
                continue
            lapse = facts.lapse(event)
            end = min(self._end(event.at, ground, self.dates), lapse)
            if at < end:
                mildly = end if self.or_dates is None else min(self._end(event.at, ground, self.or_dates), lapse)
                yield Running(event, end, answer.why, mildly)

    def _begins(self, at: int, ground: Ground) -> int:
        """The earliest instant whose events can still hold at ``at``."""
        if self.minutes is not None:
            return at - 60 * self.minutes + 1
        return ground.clock.start_of(ground.clock.day(at) - (self.dates or 0) + 1)

    def _end(self, began: int, ground: Ground, dates: int | None) -> int:
        if self.minutes is not None:
            return began + 60 * self.minutes
        return ground.clock.start_of(ground.clock.day(began) + (dates or 0))


class Gap(Pause, frozen=True, kw_only=True, tag="gap"):
    """A minimum gap between two dials (拨打间隔)."""

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which dial is too near, and when the gap is over."""
        return Reason("gap_short", None, self._evidence(facts, ground, at))


class Rest(Pause, frozen=True, kw_only=True, tag="rest"):
    """A rest after a talk (通话后间隔)."""

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which talk is too near, and when the rest is over."""
        return Reason("rest_short", None, self._evidence(facts, ground, at))


class OneAtATime(Rule, frozen=True, kw_only=True, tag="one_permit"):
    """One open permit per debtor: somebody else may be dialling them, or somebody about their debts, right now."""

    @property
    def looks_back(self) -> LooksBack:
        """An open permit is personal; events do not matter."""
        return NOTHING

    def needs_zone(self, facts: Facts) -> bool:
        """Never."""
        return False

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open when no permit is."""
        ends = [lapse for _, lapse in self._open(facts, at)]
        known = [end for end in ends if end is not None]
        change = max(known) if ends and len(known) == len(ends) else None
        return State(open=not ends, change=change)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which permits are open, and until when."""
        permits = [
            {"permit": name, "until": None if end is None else Instant(end)} for name, end in self._open(facts, at)
        ]
        return Reason("permit_live", None, {"permits": permits})

    def _open(self, facts: Facts, at: int) -> list[tuple[str, int | None]]:
        return [
            (permit.id, permit.until)
            for permit in facts.dial.permits or ()
            if (permit.until is None or permit.until > at) and self._same(permit, facts)
        ]

    def _same(self, permit: Permit, facts: Facts) -> bool:
        """Whether the permit is for this person or about these debts."""
        called = facts.attempt.person
        return permit.person is None or called in (None, permit.person) or facts.overlaps_debts(permit.debts)
