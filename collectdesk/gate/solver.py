"""The solver: the first permitted instant of a rule, of many rules together, and how long a permission lasts.

Rules only say when their answer may next change; stepping from change to change gives exact instants without
scanning. Over several rules the latest answer is taken and everything asked again, until none objects: a cap that
frees at midnight and lands in closed hours goes on to the morning.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
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
        if at < self.begins:
            return State(open=True, change=self.begins)
        if at >= self.ends:
            return OPEN
        state = self.rule.state(facts, self.ground, at)
        if self.ends == FOREVER:
            return state
        return State(state.open, self.ends if state.change is None else min(state.change, self.ends))


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


def first_open(standpoint: Standpoint, facts: Facts, at: int, limit: int) -> Opening:
    """The first instant from ``at`` at which one rule is open; ``until`` is left out."""
    now = at
    for _ in range(MAX_STEPS):
        if now > limit:
            return Opening(None, beyond=True)
        state = standpoint.state(facts, now)
        if state.open:
            return Opening(now)
        if state.change is None:
            return Opening(None)
        now = state.change
    return Opening(None, beyond=True)


def opens(standpoint: Standpoint, facts: Facts, at: int, limit: int | None = None) -> Opening:
    """When one rule first lets the contact through from ``at`` on, and how long that lasts."""
    bound = at + HORIZON if limit is None else limit
    found = first_open(standpoint, facts, at, bound)
    if found.start is None:
        return found
    change = standpoint.state(facts, found.start).change
    return Opening(found.start, None if change is None else open_until(((standpoint, change),), facts, bound))


def first_open_of_all(standpoints: Sequence[Standpoint], facts: Facts, at: int) -> Opening:
    """The first instant from ``at`` at which all rules are open together."""
    limit = at + HORIZON
    now = at
    for _ in range(MAX_STEPS):
        latest = now
        for standpoint in standpoints:
            found = first_open(standpoint, facts, latest, limit)
            if found.start is None:
                return found if found.beyond else found._replace(last=(standpoint, latest))
            latest = found.start
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
    heapify(waiting)
    for _ in range(MAX_STEPS):
        if not waiting or waiting[0][0] > limit:
            return None
        now, index = heappop(waiting)
        state = standing[index][0].state(facts, now)
        if not state.open:
            return now
        if state.change is not None:
            heappush(waiting, (state.change, index))
    return waiting[0][0]
