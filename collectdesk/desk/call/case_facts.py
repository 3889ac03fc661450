"""The facts of a case that the conditions of consequences ask about; what is not known is absent and bears nothing out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from collectdesk.desk.call.casefile import CaseFile

Facts: TypeAlias = Mapping[str, bool | int | str | date | None]


def facts_of(case: CaseFile, now: int) -> dict[str, bool | int | str | date | None]:
    """Everything that is known, by the names the adopted consequences use."""
    today = case.today(now)
    terms = {term.code for term in case.terms}
    stated = case.statement
    facts: dict[str, bool | int | str | date | None] = {
        "today": today,
        "days_past_due": case.days_past_due(today),
        "debt_type": case.type,
        "company_kind": case.company_kind,
        "currency": stated.currency if stated else None,
        "total": stated.total if stated else None,
        "signed_on": _date(case.signed_on),
        "due_on": _date(case.due_on),
    }
    facts |= {f"term_{code}": True for code in terms}
    for sent in case.notices:
        if sent.sent_at is not None and sent.returned_at is None:
            facts[f"notice_{sent.kind}"] = True
            facts[f"{sent.kind}_notice_on"] = datetime.fromtimestamp(sent.sent_at, ZoneInfo(case.zone)).date()
    facts |= {f"has_{each.role}": True for each in case.parties}
    return facts


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
