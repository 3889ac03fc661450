"""Tallies of many debts: what no debt makes a difference to is weighed once for all of them.

An event counts for the debts it was about; of most questions' events that is none in particular, or one of many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from collectdesk.gate.counting import OTHER_DEBT, Weighed, Weigher, first_counting
from collectdesk.gate.facts import Facts
from collectdesk.gate.scopes import ids_of
from collectdesk.gate.vocabulary import DebtType

T = TypeVar("T", bound=Hashable)


class ByDebt:
    """What each event counts by the first of several weighers that counts it, for one debt after another.

    It is kept in the facts, and knows nothing of them.
    """

    def __init__(self, weighers: Sequence[Weigher], facts: Facts) -> None:
        """Weigh every event, whatever debt it was about."""
        self._times = facts.times
        self._each = [_ByOne(weigher, facts) for weigher in weighers]
        self._unnamed = [first_counting(answers) for answers in zip(*(one.unnamed for one in self._each), strict=True)]
        pairs = zip(facts.times, self._unnamed, strict=True)
        self._counted = [at for at, answer in pairs if answer.counts]

    def of(self, debt: str, facts: Facts) -> tuple[list[Weighed], list[int]]:
        """Each event's answer for ``debt``, oldest first, and when those that count were."""
        answers, added = self._unnamed.copy(), []
        for place in {place for one in self._each for place in one.about(debt, facts)}:
            answers[place] = first_counting([one.answer(place, debt, facts) for one in self._each])
            if answers[place].counts:
                added.append(self._times[place])
        return answers, sorted(self._counted + added)


class _ByOne:
    """The same by one weigher; ``unnamed``: for a debt that no event names."""

    def __init__(self, weigher: Weigher, facts: Facts) -> None:
        self._grouped = "group" in weigher.per
        self._lumped = weigher.count.lumped if self._grouped else ()
        self._answers = [weigher.weigh(event, facts, None) for event in facts.events]
        ids = [ids_of(event, allotted=weigher.count.about == "allotted") for event in facts.events]
        places = [place for place, named in enumerate(ids) if named and self._answers[place].in_scope]
        self.unnamed = self._answers.copy()
        for place in places:
            self.unnamed[place] = OTHER_DEBT
        self._named = _places((place, debt) for place in places for debt in ids[place])
        self._by_kin = _places((place, facts.kin(debt)) for place in places for debt in ids[place])
        self._by_type = _places(
            (place, key) for place in places for debt in ids[place] for key in self._types(debt, facts)
        )
        self._last: tuple[str | None, set[int]] = (None, set())

    def about(self, debt: str, facts: Facts) -> set[int]:
        """The places of the events that were about this debt and not about any."""
        if self._last[0] != debt:
            self._last = (debt, self._about(debt, facts))
        return self._last[1]

    def answer(self, place: int, debt: str, facts: Facts) -> Weighed:
        """What the event there counts for the debt."""
        return self._answers[place] if place in self.about(debt, facts) else self.unnamed[place]

    def _about(self, debt: str, facts: Facts) -> set[int]:
        if not self._grouped:
            return self._named.get(debt, set())
        found = self._by_kin.get(facts.kin(debt), set())
        known = facts.all_debts.get(debt)
        if known is None or known.type not in self._lumped:
            return found
        return found | self._by_type.get((known.type, "any" if known.group is None else "groupless"), set())

    def _types(self, debt: str, facts: Facts) -> list[tuple[DebtType | None, str]]:
        """Of what types of debts of unknown group it may be one group with."""
        known = facts.all_debts.get(debt)
        if known is None or known.type not in self._lumped:
            return []
        return [(known.type, "any"), *([(known.type, "groupless")] if known.group is None else [])]


def _places(pairs: Iterable[tuple[int, T]]) -> dict[T, set[int]]:
    found: dict[T, set[int]] = defaultdict(set)
    for place, key in pairs:
        found[key].add(place)
    return dict(found)
