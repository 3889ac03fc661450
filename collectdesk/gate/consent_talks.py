"""Talks with a person: what ends a consent that lives until the next one; found once for each giver and debt."""

from __future__ import annotations

from bisect import bisect_right

from collectdesk.gate.begun import with_us
from collectdesk.gate.consent_given import spoke
from collectdesk.gate.consent_terms import ConsentTerms
from collectdesk.gate.counting import talked
from collectdesk.gate.dial import Consent, Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.scopes import ids_of
from collectdesk.gate.vocabulary import DebtType


class Talks:
    """Talks of ours with one person, oldest first."""

    __slots__ = ("events", "times")

    def __init__(self, events: list[Event]) -> None:
        """Keep ``events`` with their times."""
        self.events = events
        self.times = [event.at for event in events]

    def next_after(self, at: int, *but: str | None) -> int:
        """When the next was, those of the ids ``but`` aside; else ``FOREVER``."""
        for place in range(bisect_right(self.times, at), len(self.events)):
            if self.events[place].id not in but:
                return self.times[place]
        return FOREVER


def talks(consent: Consent, terms: ConsentTerms, facts: Facts, debt: str | None) -> Talks:
    """Those with whoever gave ``consent`` that end one of these terms: about ``debt``, or what is asked about."""
    about = (None, ()) if terms.ends_on_talk == "any" else (debt, terms.lumped)
    any_debt = terms.ends_on_talk == "any" or (debt is None and not facts.debt_ids)
    return facts.once(
        ("talks", consent.by, any_debt, about),
        lambda: Talks([each for each in _with(consent.by, facts) if any_debt or _about(each, facts, *about)]),
    )


def _with(person: str | None, facts: Facts) -> list[Event]:
    """Talks of ours in which they were on the line; an unknown result counts as one."""
    return facts.once(
        ("talks with", person),
        lambda: [
            event
            for event in facts.events
            if with_us(event, facts)
            and spoke(event) in (None, person)
            and talked(event)
            and not facts.misdialled(event)
        ],
    )


def _about(event: Event, facts: Facts, debt: str | None, lumped: tuple[DebtType, ...]) -> bool:
    """Whether it was about ``debt`` or what is asked about, one of its group, or what may be of its group."""
    ids = ids_of(event, allotted=False)
    if not ids:
        return True
    of_one = facts.once(("of one group", debt, lumped), lambda: _OfOneGroup(facts, debt, lumped))
    return any(of_one.has(each, facts) for each in ids)


class _OfOneGroup:
    """The debts that count as one with any of those asked about, as far as is known."""

    def __init__(self, facts: Facts, debt: str | None, lumped: tuple[DebtType, ...]) -> None:
        asked = facts.debt_ids if debt is None else (debt,)
        self._kin = frozenset(map(facts.kin, asked))
        known = [facts.all_debts[each] for each in asked if each in facts.all_debts] if lumped else []
        self._types = {each.type for each in known if each.type in lumped}
        self._groupless = {each.type for each in known if each.type in lumped and each.group is None}

    def has(self, debt: str, facts: Facts) -> bool:
        if facts.kin(debt) in self._kin:
            return True
        known = facts.all_debts.get(debt)
        return known is not None and known.type in (self._types if known.group is None else self._groupless)
