"""What a case still lacks before anybody may call on it, and who can supply it (政策第四条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from collectdesk.errors import N_

STATEMENT_DAYS = 3
ASKED = 2  # identity items on a call
OUTSIDE = ("agency", "law_firm")

LACKS: dict[str, tuple[str, str]] = {
    "number": (N_("a telephone number of the debtor."), N_("Ask the creditor for one.")),
    "number_source": (
        N_("a lawful source of the number."),
        N_("Add a column for the source, or have a lead attest it for the file."),
    ),
    "identity_items": (
        N_("the two identity items the creditor asks for."),
        N_("Ask the creditor for the document number, birth date or contract number."),
    ),
    "creditor_items": (
        N_("the creditor's choice of identity items."),
        N_("Set the two for each creditor, see below."),
    ),
    "statement": (N_("a statement of principal, interest and fees."), N_("Import one with its date.")),
    "statement_old": (N_("a statement recent enough."), N_("Import a newer statement.")),
    "outsourcing_notice": (
        N_("the notice that an outside agency collects."),
        N_("Add the date of the notice, or have a lead attest it for the file."),
    ),
    "assignment_notice": (
        N_("the notice that the debt was assigned."),
        N_("Notify the debtor, and add the date of the notice."),
    ),
    "zone": (N_("a place or time zone of the debtor."), N_("Add province, city or time zone.")),
    "debt_type": (N_("the kind of debt."), N_("Add a column for the type of debt.")),
}
"""Code → what lacks, and the remedy."""

CLOSED = "closed"
"""Nothing lacks: the debt is settled, recalled or assigned, and nobody calls on it."""

ITEMS = ("id_last4", "birth_date", "mobile_last4", "name", "contract_last4")
"""Identity items a creditor may choose two of."""


@dataclass
class CaseFacts:
    """What is known of a case once the file is in: the file's word joined with the desk's."""

    status: str
    numbers: int
    sourced: int
    items: frozenset[str]
    asked: tuple[str, ...]
    statement: str | None
    notices: frozenset[str]
    assigned: bool
    zoned: bool
    typed: bool


def lacks(
    facts: CaseFacts, *, today: date, org_kind: str | None, statement_days: int = STATEMENT_DAYS
) -> tuple[str, ...]:
    """Codes of ``LACKS`` for one case, or ``CLOSED`` alone; none means callable as far as the file goes."""
    if facts.status != "open":
        return (CLOSED,)
    return tuple(_lacks(facts, today, org_kind, statement_days))


def _lacks(facts: CaseFacts, today: date, org_kind: str | None, statement_days: int) -> Iterable[str]:
    yield from _of_the_person(facts)
    if facts.statement is None:
        yield "statement"
    elif (today - date.fromisoformat(facts.statement)).days > statement_days:
        yield "statement_old"
    if org_kind in OUTSIDE and "outsourcing" not in facts.notices:
        yield "outsourcing_notice"
    if (facts.assigned or org_kind == "buyer") and "assignment" not in facts.notices:
        yield "assignment_notice"
    if not facts.typed:
        yield "debt_type"


def _of_the_person(facts: CaseFacts) -> Iterable[str]:
    if not facts.numbers:
        yield "number"
    elif not facts.sourced:
        yield "number_source"
    if len(facts.asked) < ASKED:
        yield "creditor_items"
    elif not facts.items.issuperset(facts.asked):
        yield "identity_items"
    if not facts.zoned:
        yield "zone"
