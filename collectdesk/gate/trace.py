"""The way to an answer: which rule pushed the question to which instant, until none objected.

Nothing is decided here a second time. The solver walks as it always does, over standpoints that write down each
state they are asked for; the way is what they wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds.base import Reason, State
from collectdesk.gate.plan import Asked
from collectdesk.gate.solver import HORIZON, Standpoint, first_open_of_all, open_until


class Step(NamedTuple):
    """One push: from ``at`` the rule is closed and looks again at ``to``; ``None``: time alone never opens it.

    ``point`` is the place it was judged from, ``reason`` why it was closed at ``at``. Instants are UTC seconds.
    """

    asked: Asked
    point: Standpoint
    at: int
    to: int | None
    reason: Reason


class Way(NamedTuple):
    """How the next instant was found, and what ends it.

    ``steps``: the pushes in order. ``opens``: where they ended, as ``Decision.next_allowed_at``; ``beyond`` when the
    horizon was reached first. ``ends``: the rule that closes again, with the instant as its ``at``; ``None`` when
    nothing does within the horizon, or when nothing opened.
    """

    steps: tuple[Step, ...]
    opens: int | None
    beyond: bool
    ends: Step | None


def way(facts: Facts, asked: Sequence[Asked]) -> Way:
    """The way from the instant asked about to the first at which every rule that bars is open.

    ``facts`` and ``asked`` come from ``Gate.rules_for``. A rule that bars and is judged nowhere, for want of a time
    zone, opens never: then no step is taken.
    """
    bars = [each for each in asked if each.severity == "bar"]
    if any(not each.standpoints for each in bars):
        return Way((), None, beyond=False, ends=None)
    seen: list[_Seen] = []
    watched = [(each, _watch(point, seen)) for each in bars for point in each.standpoints]
    found = first_open_of_all([point for _, point in watched], facts, facts.at)
    owners = {id(point): each for each, point in watched}
    steps = tuple(_step(each, owners, facts) for each in _pushes(seen))
    ends = None if found.start is None else _end(watched, facts, found.start, seen)
    return Way(steps, found.start, found.beyond, ends)


class _Seen(NamedTuple):
    point: Standpoint
    at: int
    state: State


class _Watched(Standpoint):
    """A standpoint that keeps a record of what it answers."""

    record: list[_Seen]

    def state(self, facts: Facts, at: int) -> State:
        """The rule's state, written down."""
        state = super().state(facts, at)
        self.record.append(_Seen(self, at, state))
        return state


def _watch(point: Standpoint, record: list[_Seen]) -> _Watched:
    watched = _Watched(*point)
    watched.record = record
    return watched


def _pushes(seen: Sequence[_Seen]) -> list[_Seen]:
    """The closed answers in order, a rule's run of them as one: from its first instant to its last change."""
    pushes: list[_Seen] = []
    for each in seen:
        if each.state.open:
            continue
        last = pushes[-1] if pushes else None
        if last is not None and last.point is each.point and last.state.change == each.at:
            pushes[-1] = _Seen(last.point, last.at, each.state)
        else:
            pushes.append(each)
    return pushes


def _step(seen: _Seen, owners: dict[int, Asked], facts: Facts) -> Step:
    asked = owners[id(seen.point)]
    reason = asked.rule.why(facts, seen.point.ground, seen.at)
    return Step(asked, seen.point, seen.at, seen.state.change, reason)


def _end(watched: Sequence[tuple[Asked, _Watched]], facts: Facts, start: int, record: list[_Seen]) -> Step | None:
    """Which rule closes the permission that begins at ``start``, and when."""
    changes = [(point, point.state(facts, start).change) for _, point in watched]
    record.clear()
    standing = [(point, change) for point, change in changes if change is not None]
    if open_until(standing, facts, start + HORIZON) is None:
        return None
    return _step(record[-1], {id(point): each for each, point in watched}, facts)
