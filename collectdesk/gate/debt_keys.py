"""Debts that have a count of their own: each is the key of one, those that nothing tells apart of one together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from collectdesk.gate.applies import When
from collectdesk.gate.facts import Facts
from collectdesk.gate.scopes import Scope

ALL_DEBTS: Sequence[str | None] = (None,)
"""The one count there is when it is not per debt."""
FEW = 4
"""So few debts are counted one by one: at four, to look for what tells them apart costs as much, with 5 events on file
as with 30; at twelve it costs half or less."""


def keys_of(per: tuple[Scope, ...], facts: Facts) -> Sequence[str | None]:
    """The debts each of which has a count of its own; ``ALL_DEBTS`` when the count is not per debt.

    Debts that no event and no consent names count alike, as far as their groups and types do: the first stands for all.
    """
    if "debt" in per or "group" in per:
        return facts.once("keys", lambda: _keys(facts))
    return ALL_DEBTS


def keys_meant(per: tuple[Scope, ...], facts: Facts, when: When) -> Sequence[str | None]:
    """The same without debts of types that ``when`` does not mean: what was done about these is for other rules."""
    keys = keys_of(per, facts)
    if keys == ALL_DEBTS or not when.debt_types:
        return keys

    def meant() -> Sequence[str | None]:
        known = facts.all_debts
        return [each for each in keys if each is None or each not in known or when.may_mean(known[each])] or keys

    return facts.once(("keys meant", when.debt_types), meant)


def many(facts: Facts) -> bool:
    """Whether the debts asked about are so many that what they share is worth finding once."""
    return len(facts.debt_ids) > FEW


def _keys(facts: Facts) -> Sequence[str | None]:
    ids = sorted(facts.debt_ids)
    if not many(facts):
        return ids or ALL_DEBTS
    named = {debt for event in facts.events for debt in (*(event.debts or ()), *(event.discussed or ()))}
    named.update(debt for consent in facts.dial.consents or () for debt in consent.debts or ())
    groups = {facts.all_debts[debt].group for debt in named if debt in facts.all_debts}
    first: dict[Hashable, str] = {}
    for debt in ids:
        first.setdefault(debt if debt in named else _like(debt, facts, groups), debt)
    return list(first.values())


def _like(debt: str, facts: Facts, groups: set[str | None]) -> Hashable:
    """What a debt that is not named shares with others of its like."""
    known = facts.all_debts.get(debt)
    if known is None:
        return None
    of_a_group = known.group is not None
    return (known.type, of_a_group, known.group if known.group in groups else None)
