"""Tallies: which events of a question count for a rule, weighed once for all rules that count alike.

Windows end now, so what a rule asks about are always the latest events. The earlier ones are weighed when a longer
window asks about them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from collectdesk.gate.counting import Weighed, Weigher
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts


class Tally:
    """What the events of one question count by the first of some weighers that counts them, else by the first."""

    __slots__ = ("_answers", "_debt", "_facts", "_start", "_times", "_weighers")

    def __init__(self, facts: Facts, weighers: tuple[Weigher, ...], debt: str | None) -> None:
        """Begin with none weighed; ``debt`` is the one counted for, where each has a count of its own."""
        self._facts = facts
        self._weighers = weighers
        self._debt = debt
        self._start = len(facts.events)
        self._answers: list[Weighed] = []
        self._times: list[int] = []  # when those that count were, oldest first, as far back as was asked

    def counting(self, at: int) -> list[int]:
        """When those that count, at ``at`` or after, were, oldest first."""
        self._reach(at)
        return self._times[bisect_left(self._times, at) :]

    def answers(self, at: int) -> Iterable[tuple[Event, Weighed]]:
        """Each event at ``at`` or after, oldest first, with what it counts."""
        first = self._reach(at)
        return zip(self._facts.events[first:], self._answers[first - self._start :], strict=True)

    def _reach(self, at: int) -> int:
        """The place of the first event at ``at`` or after; from there on all are weighed."""
        first = bisect_left(self._facts.times, at)
        if first < self._start:
            self._weigh_from(first)
        return first

    def _weigh_from(self, first: int) -> None:
        facts, debt = self._facts, self._debt
        events = facts.events[first : self._start]
        weigh = self._weighers[0].weigh if len(self._weighers) == 1 else self._by_any
        answers = [weigh(event, facts, debt) for event in events]
        self._answers[:0] = answers
        self._times[:0] = [event.at for event, answer in zip(events, answers, strict=True) if answer.counts]
        self._start = first

    def _by_any(self, event: Event, facts: Facts, debt: str | None) -> Weighed:
        answers = [each.weigh(event, facts, debt) for each in self._weighers]
        return next((each for each in answers if each.counts), answers[0])


def tally_of(facts: Facts, weighers: tuple[Weigher, ...], debt: str | None = None) -> Tally:
    """The one of this question, made when it is first asked for."""
    key = (weighers, debt)
    known: Tally | None = facts.tallies.get(key)
    if known is None:
        known = facts.tallies[key] = Tally(facts, weighers, debt)
    return known
