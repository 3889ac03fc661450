"""Gaps and rests: how long to leave somebody alone after a contact."""

from __future__ import annotations

from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.counting import Count, Scope, weigh
from collectdesk.gate.decision import Evidence
from collectdesk.gate.dial import Event, Permit
from collectdesk.gate.facts import Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import Ground, Positive, Reason, Rule, State


class Pause(Rule, frozen=True, kw_only=True):
    """What gaps and rests share: no contact for a while after an event that counts by ``after``.

    The while is ``minutes`` from the event's own instant (its start: the one time every record has, and the one a
    verdict can show), or ``dates`` local dates of which the event's own is the first (so that 7 dates after a talk on
    the 14th end with the 20th).
    """

    after: tuple[Count, ...]
    per: tuple[Scope, ...]
    minutes: Positive | None = None
    dates: Positive | None = None
    consent: ConsentTerms | None = None

    def __post_init__(self) -> None:
        """A pause has exactly one length."""
        if (self.minutes is None) == (self.dates is None):
            raise ValueError("a pause has exactly one of minutes and dates")

    def needs_zone(self, facts: Facts) -> bool:
        """Where dates are counted, or hours that were agreed to."""
        return self.minutes is None or (self.consent is not None and bool(facts.dial.consents))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open once every event's pause is over."""
        ends = [end for _, end, _ in self._pauses(facts, ground, at)]
        if not ends:
            return State(open=True, change=None)
        change = max(ends)
        consented, until = consent_at(self.consent, facts, ground.clock, at)
        return State(open=consented, change=change if until is None else min(change, until))

    def _evidence(self, facts: Facts, ground: Ground, at: int) -> Evidence:
        pauses = self._pauses(facts, ground, at)
        latest = max(end for _, end, _ in pauses)
        return {
            "minutes": self.minutes,
            "dates": self.dates,
            "zone": ground.clock.name,
            "left_s": latest - at,
            "ends": Instant(latest),
            "counted": [{"event": event.id, "at": event.at, "why": why} for event, _, why in pauses],
            "not_counted": [],
        }

    def _pauses(self, facts: Facts, ground: Ground, at: int) -> list[tuple[Event, int, str]]:
        """The events whose pause is running at ``at``, when each ends, and why it counts."""
        debts: list[str | None] = [*sorted(facts.debt_ids)] if {"debt", "group"} & set(self.per) else [None]
        running = []
        for event in facts.events_since(self._begins(at, ground)):
            end = min(self._end(event, ground), facts.lapse(event))
            if at >= end:
                continue
            answers = (weigh(event, count, self.per, facts, debt) for count in self.after for debt in debts)
            counting = next((answer for answer in answers if answer.counts), None)
            if counting:
                running.append((event, end, counting.why))
        return running

    def _begins(self, at: int, ground: Ground) -> int:
        """The earliest instant whose events can still hold at ``at``."""
        if self.minutes is not None:
            return at - 60 * self.minutes + 1
        return ground.clock.start_of(ground.clock.day(at) - (self.dates or 0) + 1)

    def _end(self, event: Event, ground: Ground) -> int:
        if self.minutes is not None:
            return event.at + 60 * self.minutes
        return ground.clock.start_of(ground.clock.day(event.at) + (self.dates or 0))


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
