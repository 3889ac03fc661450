"""Calls by others: whether what lender, agencies and bots did on these debts is known."""

from __future__ import annotations

from collectdesk.gate.facts import Facts


def others_known(facts: Facts, since: int, at: int) -> bool:
    """Whether the events cover, from ``since`` to ``at``, our own calls and those of every other organisation named."""
    history = facts.dial.history
    if history is None or history.complete_through is None or history.complete_through < at:
        return False
    if history.complete_from is not None and history.complete_from > since:
        return False
    known = {each.org: each.complete_through or 0 for each in history.by_org or ()}
    return all(known.get(org, 0) >= at for org in facts.others)


def unknown_others(facts: Facts, at: int) -> list[str]:
    """The organisations whose calls are not known up to ``at``; empty when our own history is what is missing."""
    history = facts.dial.history
    known = {each.org: each.complete_through or 0 for each in (history.by_org if history else None) or ()}
    return sorted(org for org in facts.others if known.get(org, 0) < at)
