"""Caps: how many contacts of a kind may happen within a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.counting import OTHER_PERSON, Count, Scope, weigh
from collectdesk.gate.decision import Evidence
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import OPEN, Ground, Natural, Reason, Rule, State
from collectdesk.gate.others import others_known
from collectdesk.gate.window import Window


class Cap(Rule, frozen=True, kw_only=True, tag="cap"):
    """At most ``limit`` events of any of ``count`` in ``window``, counted per ``per``.

    "Not more than n" permits the nth and refuses the next. ``unknown_others_cost`` is taken off the limit while the
    calls of other organisations on these debts are not known (unknown is not zero). A consent opens the cap where
    the text allows an agreement.
    """

    limit: Natural
    window: Window
    count: tuple[Count, ...]
    per: tuple[Scope, ...]
    unknown_others_cost: Natural = 0
    consent: ConsentTerms | None = None

    def needs_zone(self, facts: Facts) -> bool:
        """Where dates are counted, or hours that were agreed to."""
        return self.window.minutes is None or (self.consent is not None and bool(facts.dial.consents))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open while fewer than the limit count; each that leaves the window makes room."""
        since = self.window.begins(at, ground.clock)
        events = facts.events_since(since)
        limit = self._limit(facts, since, at)
        if len(events) < limit:
            return OPEN
        frees = [self._frees(events, facts, ground, at, debt, limit) for debt in self._keys(facts)]
        closed = [room for room in frees if room is not True]
        if not closed:
            return OPEN
        known = [time for time in closed if time is not None]
        change = max(known) if len(known) == len(closed) else None
        consented, until = consent_at(self.consent, facts, ground.clock, at)
        if until is not None and (change is None or until < change):
            change = until
        return State(open=consented, change=change)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The limit, the window, which events counted and which not."""
        since = self.window.begins(at, ground.clock)
        limit = self._limit(facts, since, at)
        events = facts.events_since(since)
        keys = (key for key in self._keys(facts) if self._frees(events, facts, ground, at, key, limit) is not True)
        full = next(keys, None)
        start, end = self.window.bounds(at, ground.clock)
        counted: list[Evidence] = []
        passed_over: list[Evidence] = []
        for event, why, counts in self._weighed(events, facts, at, full):
            (counted if counts else passed_over).append({"event": event.id, "at": event.at, "why": why})
        evidence = {
            "limit": limit,
            "window": {"from": Instant(start), "to": Instant(end)},
            "zone": ground.clock.name,
            "measures": [count.of for count in self.count],
            "per": list(self.per),
            "counted": counted,
            "not_counted": passed_over,
        }
        if full is not None:
            evidence["debt"] = full
        if limit < self.limit:
            evidence["unknown_others_cost"] = self.limit - limit
        return Reason("cap_full", None, evidence)

    def _limit(self, facts: Facts, since: int, at: int) -> int:
        if not self.unknown_others_cost or others_known(facts, since, at):
            return self.limit
        return max(0, self.limit - self.unknown_others_cost)

    def _keys(self, facts: Facts) -> list[str | None]:
        """The debts each of which has a count of its own; ``[None]`` when the count is not per debt."""
        if "debt" in self.per or "group" in self.per:
            return [*sorted(facts.debt_ids)] or [None]
        return [None]

    def _frees(
        self, events: Sequence[Event], facts: Facts, ground: Ground, at: int, debt: str | None, limit: int
    ) -> int | bool | None:
        """``True`` while there is room; else when there will be (``None``: never)."""
        counted = [event for event, _, counts in self._weighed(events, facts, at, debt) if counts]
        if len(counted) < limit:
            return True
        if limit <= 0:
            return None
        ends = sorted(min(self.window.leaves(event.at, ground.clock), facts.lapse(event)) for event in counted)
        return ends[len(ends) - limit]

    def _weighed(
        self, events: Sequence[Event], facts: Facts, at: int, debt: str | None
    ) -> Iterator[tuple[Event, str, bool]]:
        """The events of the window that concern this scope, with their reason."""
        for event in events:
            if at >= facts.lapse(event):
                continue
            answers = [weigh(event, count, self.per, facts, debt) for count in self.count]
            answer = next((each for each in answers if each.counts), answers[0])
            if answer is not OTHER_PERSON:
                yield event, answer.why, answer.counts
