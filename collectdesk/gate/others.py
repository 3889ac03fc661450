"""Calls by others: whether what lender, agencies and bots did on these debts is known."""

from __future__ import annotations

from collectdesk.gate.facts import Facts


def others_known(facts: Facts, at: int) -> bool:
    """Whether the events cover, up to ``at``, our own calls and those of every other organisation named."""
    history = facts.dial.history
    if history is None or history.complete_through is None or history.complete_through < at:
        return False
    known = {each.org: each.complete_through for each in history.by_org or ()}
    others = [org.id for org in facts.dial.orgs or () if org.id != facts.own_org]
    others += [each for each in sorted(filter(None, facts.creditors)) if each not in (*others, facts.own_org)]
    return all((known.get(org) or 0) >= at for org in others)


def unknown_others(facts: Facts, at: int) -> list[str]:
    """The organisations whose calls are not known up to ``at``; empty when our own history is what is missing."""
    history = facts.dial.history
    known = {each.org: each.complete_through or 0 for each in (history.by_org if history else None) or ()}
    others = {org.id for org in facts.dial.orgs or ()} | {each for each in facts.creditors if each}
    return sorted(org for org in others - {facts.own_org} if known.get(org, 0) < at)
