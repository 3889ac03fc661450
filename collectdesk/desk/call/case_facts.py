"""The facts of a case that consequences ask about; what is not known is absent and bears nothing out."""

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
    facts: dict[str, bool | int | str | date | None] = {
        "days_past_due": case.days_past_due(today),
        "debt_type": case.type,
        "debt_status": case.status,
        "signed_on": _date(case.signed_on),
        "due_on": _date(case.due_on),
    }
    facts |= {f"term_{code}": True for code in terms}
    for sent in case.notices:
        if sent.sent_at is not None and sent.returned_at is None:
            facts[f"notice_{sent.kind}"] = True
            facts[f"{sent.kind}_notice_on"] = datetime.fromtimestamp(sent.sent_at, ZoneInfo(case.zone)).date()
    facts |= {f"cost_table_{term.code}": True for term in case.terms if term.in_cost_table}
    held = {each.kind for each in case.holds}
    return facts | {  # these the desk itself knows, and so knows also that they are not so
        "term_guarantee": any(each.role == "guarantor" for each in case.parties),
        "open_objection": bool(held & {"objection", "dispute"}),
        "plan_in_force": "plan" in held,
    }


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
