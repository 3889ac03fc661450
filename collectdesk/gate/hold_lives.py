"""Holds with their lives: which of them stop a contact, and which an earlier one of the same cause has used up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeAlias

from collectdesk.gate.dial import Hold
from collectdesk.gate.facts import Facts
from collectdesk.gate.lazy import lazy
from collectdesk.gate.span_index import Stretches
from collectdesk.gate.vocabulary import HoldKind

Life: TypeAlias = tuple[Hold, int, int]
"""A hold with the half-open stretch for which it binds."""
Cause: TypeAlias = tuple[HoldKind, str]


class Held:
    """The lives of all holds on file, those of the ``stopping`` ones, and the stretches these make together.

    ``rule``, whose answer it is, is kept as long as this.
    """

    def __init__(self, rule: object, lives: list[Life], stops: Callable[[Hold, Facts], bool], facts: Facts) -> None:
        """Find those that stop the contact of ``facts``."""
        self.rule = rule
        self.lives = lives
        self.stopping = [each for each in lives if each[1] < each[2] and stops(each[0], facts)]

    @lazy
    def spans(self) -> Stretches:
        """The stretches in which any of them stops it."""
        return Stretches((start, end) for _, start, end in self.stopping)


class Causes:
    """Holds by kind and cause, of the kinds of which each cause binds once."""

    def __init__(self, lives: Iterable[Life], kinds: Sequence[HoldKind]) -> None:
        """Put ``lives`` in order; of holds in all alike the first stands for each."""
        self._alike: dict[Cause, list[tuple[int, Life]]] = {}
        self._places: dict[Hold, int] = {}
        for place, life in enumerate(lives):
            hold = life[0]
            if hold.kind is not None and hold.kind in kinds and hold.cause is not None:
                place = self._places.setdefault(hold, place)
                self._alike.setdefault((hold.kind, hold.cause), []).append((place, life))

    def earlier(self, life: Life) -> list[Life]:
        """The first holds of the cause that began before it, on any of the same debts and persons; two at most."""
        hold, start, _ = life
        if hold not in self._places or hold.kind is None or hold.cause is None:
            return []
        place = self._places[hold]
        before = (
            each
            for other, each in self._alike[hold.kind, hold.cause]
            if (each[1], other) < (start, place)
            and _meet(each[0].debts, hold.debts)
            and _meet(each[0].persons, hold.persons)
        )
        return list(islice(before, 2))


def _meet(ones: Sequence[str] | None, others: Sequence[str] | None) -> bool:
    """Whether two lists, of which an empty one means all, have anything in common."""
    return not ones or not others or not set(ones).isdisjoint(others)
