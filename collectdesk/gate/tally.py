"""Tallies: which events of a question count for a rule, weighed once for all rules that count alike.

Windows end now, so what a rule asks about are always the latest events. The earlier ones are weighed when a longer
window asks about them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from collectdesk.gate.counting import Weighed, Weigher, first_counting
from collectdesk.gate.debt_keys import many
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.tally_by_debt import ByDebt


class Tally:
    """What the events from the ``start``-th on count; ``times`` are those of the ones that do, oldest first.

    It is kept in the facts and knows nothing of them, so that both go as soon as the question is answered.
    """

    __slots__ = ("answers", "start", "times")

    def __init__(self, start: int) -> None:
        """Begin with none weighed."""
        self.start = start
        self.answers: list[Weighed] = []
        self.times: list[int] = []


def times_counted(facts: Facts, weighers: tuple[Weigher, ...], at: int, debt: str | None = None) -> list[int]:
    """When the events that count, at ``at`` or after, were, oldest first.

    An event counts by the first of ``weighers`` that counts it, else by the first; ``debt`` is the one counted for,
    where each has a count of its own.
    """
    times = _reached(facts, weighers, debt, bisect_left(facts.times, at)).times
    return times[bisect_left(times, at) :]


def weighed(
    facts: Facts, weighers: tuple[Weigher, ...], at: int, debt: str | None = None
) -> Iterable[tuple[Event, Weighed]]:
    """Each event at ``at`` or after, oldest first, with what it counts, likewise."""
    first = bisect_left(facts.times, at)
    tally = _reached(facts, weighers, debt, first)
    return zip(facts.events[first:], tally.answers[first - tally.start :], strict=True)


def _reached(facts: Facts, weighers: tuple[Weigher, ...], debt: str | None, first: int) -> Tally:
    """The tally of this question, made when it is first asked for, with all from the ``first`` event on weighed."""
    key = (weighers, debt)
    tally: Tally | None = facts.tallies.get(key)
    if tally is None:
        among_many = debt is not None and many(facts)
        tally = _among_many(facts, weighers, debt or "") if among_many else Tally(len(facts.events))
        facts.tallies[key] = tally
    if first < tally.start:
        _weigh_from(first, tally, facts, weighers, debt)
    return tally


def _among_many(facts: Facts, weighers: tuple[Weigher, ...], debt: str) -> Tally:
    """The tally of one debt among many, with every event weighed: what the debts share is found out for all of them."""
    tally = Tally(0)
    tally.answers, tally.times = facts.once(("by debt", weighers), lambda: ByDebt(weighers, facts)).of(debt, facts)
    return tally


def _weigh_from(first: int, tally: Tally, facts: Facts, weighers: tuple[Weigher, ...], debt: str | None) -> None:
    events = facts.events[first : tally.start]
    if len(weighers) == 1:
        weigh = weighers[0].weigh
        answers = [weigh(event, facts, debt) for event in events]
    else:
        answers = [_by_any(weighers, event, facts, debt) for event in events]
    tally.answers[:0] = answers
    tally.times[:0] = [event.at for event, answer in zip(events, answers, strict=True) if answer.counts]
    tally.start = first


def _by_any(weighers: tuple[Weigher, ...], event: Event, facts: Facts, debt: str | None) -> Weighed:
    return first_counting([each.weigh(event, facts, debt) for each in weighers])
