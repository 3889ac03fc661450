"""The solver: the first permitted instant of a rule, of many rules together, and how long a permission lasts.

Rules only say when their answer may next change; stepping from change to change gives exact instants without
scanning. Over several rules the latest answer is taken and everything asked again, until none objects: a cap that
frees at midnight and lands in closed hours goes on to the morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds.base import OPEN, Ground, Rule, State

HORIZON = 400 * 86400
"""How far ahead, in seconds, an opening is looked for."""
MAX_STEPS = 4096


class Standpoint(NamedTuple):
    """One rule judged from one place, its text in force from ``begins`` until before ``ends`` (instants)."""

    rule: Rule
    ground: Ground
    begins: int = -FOREVER
    ends: int = FOREVER

    def in_force(self, at: int) -> bool:
        """Whether the text is in force at ``at``."""
        return self.begins <= at < self.ends

    def state(self, facts: Facts, at: int) -> State:
        """The rule's state; open while its text is not in force."""
        rule, ground, begins, ends = self
        if at < begins:
            return State(open=True, change=begins)
        if at >= ends:
            return OPEN
        state = rule.state(facts, ground, at)
        if ends == FOREVER:
            return state
        return State(state.open, ends if state.change is None else min(state.change, ends))


class Opening(NamedTuple):
    """When a rule first lets the contact through, and until when that lasts.

    ``start`` is ``None`` when only a person's act can open it, or, with ``beyond``, when nothing did within the
    horizon. ``until`` is ``None`` when nothing ends it within the horizon. ``last``, over many rules, is the one that
    time does not open, and the instant at which it stands closed.
    """

    start: int | None
    until: int | None = None
    beyond: bool = False
    last: tuple[Standpoint, int] | None = None


class Walker:
    """One rule on its way ahead in time, its last answer kept: it is asked again only once that may have changed.

    ``state`` is what it answered at ``since``, before which, from where it set out, it opens not.
    """

    __slots__ = ("facts", "since", "standpoint", "state")

    def __init__(self, standpoint: Standpoint, facts: Facts, since: int, state: State | None = None) -> None:
        """Set out at ``since``, with the answer given there if it has been."""
        self.standpoint = standpoint
        self.facts = facts
        self.since = since
        self.state = state

    def again(self) -> Walker:
        """Another one where this one is."""
        return Walker(self.standpoint, self.facts, self.since, self.state)

    def opens(self, at: int, limit: int) -> int | None:
        """The first instant from ``at`` at which the rule is open; ``None`` if time alone never opens it.

        An instant past ``limit`` stands for any past it. ``at`` is not before where it set out.
        """
        now = at if at > self.since else self.since
        state = self.state
        if state is None or (state.change is not None and state.change <= now):
            state = self.standpoint.state(self.facts, now)
        elif state.open:
            self.since = now
            return now
        for _ in range(MAX_STEPS):
            self.since, self.state = now, state
            if state.open or state.change is None:
                return now if state.open else None
            if state.change > limit:
                return state.change
            now = state.change
            state = self.standpoint.state(self.facts, now)
        return FOREVER


def opens(standpoint: Standpoint, facts: Facts, at: int, limit: int | None = None) -> Opening:
    """When one rule first lets the contact through from ``at`` on, and how long that lasts."""
    bound = at + HORIZON if limit is None else limit
    walker = Walker(standpoint, facts, at)
    start = walker.opens(at, bound)
    if start is None or start > bound:
        return Opening(None, beyond=start is not None)
    change = walker.state.change if walker.state else None
    return Opening(start, None if change is None else open_until(((standpoint, change),), facts, bound))


def first_open_of_all(standpoints: Sequence[Standpoint], facts: Facts, at: int) -> Opening:
    """The first instant from ``at`` at which all rules are open together."""
    return all_open([Walker(standpoint, facts, at) for standpoint in standpoints], at)


def all_open(walkers: Sequence[Walker], at: int) -> Opening:
    """The first instant from ``at`` at which all ``walkers``, which set out there, are open together."""
    limit = at + HORIZON
    now, mover = at, None
    for _ in range(MAX_STEPS):
        latest = now
        for walker in walkers:
            if walker is mover:
                return Opening(now)  # all the others were asked after it
            start = walker.opens(latest, limit)
            if start is None:
                return Opening(None, last=(walker.standpoint, latest))
            if start > limit:
                return Opening(None, beyond=True)
            if start != latest:
                latest, mover = start, walker
        if latest == now:
            return Opening(now)
        now = latest
    return Opening(None, beyond=True)


def open_until(standing: Sequence[tuple[Standpoint, int]], facts: Facts, limit: int) -> int | None:
    """Until when all rules, open now, stay open together; ``None`` when past ``limit``.

    ``standing`` gives the rules' standpoints with the next instant at which each answer may change (rules that time
    does not change are left out); only those whose instant has come are asked again.
    """
    waiting = [(change, index) for index, (_, change) in enumerate(standing)]
    for _ in range(MAX_STEPS):
        soonest = min(waiting, default=(FOREVER, 0))
        now, index = soonest
        if now > limit:
            return None
        state = standing[index][0].state(facts, now)
        if not state.open:
            return now
        waiting.remove(soonest)
        if state.change is not None:
            waiting.append((state.change, index))
    return min(waiting)[0]
