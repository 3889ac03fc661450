"""Calls by others: whether what lender, agencies and bots did on these debts is known."""

from __future__ import annotations

from collectdesk.gate.facts import Facts


def others_known(facts: Facts, since: int, at: int) -> bool:
    """Whether the events cover, from ``since`` to ``at``, our own calls and those of every other organisation named."""
    return own_known(facts, since, at) and not unknown_others(facts, at)


def own_known(facts: Facts, since: int, at: int) -> bool:
    """Whether the events cover, from ``since`` to ``at``, at least our own calls; unless both ends are told, no."""
    history = facts.dial.history
    if history is None or history.complete_from is None or history.complete_through is None:
        return False
    return history.complete_from <= since and at <= history.complete_through


def unknown_others(facts: Facts, at: int) -> list[str]:
    """The organisations whose calls are not known up to ``at``; empty when our own history is what is missing."""
    through = facts.told_through
    return sorted([org for org in facts.others if through.get(org, 0) < at])
