"""Objections (异议, policy article 10.1) through their whole life."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, count, flag, instant, local_date, pk, ref, table, text, word
from collectdesk.store.words import OBJECTION_FINDINGS, OBJECTION_STATES, OBJECTION_WAYS


class Objection(Row, table=True):
    """An objection to the debt (异议): answered at once or owed by ``due_on``.

    ``evidence`` is what was offered, ``via`` how it reached us; ``written``: a text asks for the answer in writing.
    ``annotated_at``: since when the account carries the mark that it is disputed (标注). ``finding`` is the outcome of
    the check, ``told_at`` and ``told_how`` when and how the debtor had the answer, ``told_call`` on which call.
    ``reopened`` counts how often. What was said before a reopening stands in the steps.
    """

    __table_args__ = table(Index("ix_objection_status", "status", "due_on"), Index("ix_objection_case", "case_id"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    category: str = text()
    content: str = text()
    evidence: str | None = text(optional=True)
    via: str = word(*OBJECTION_WAYS, default="call")
    by_person: int | None = ref("person", optional=True)
    received_at: int = instant()
    due_on: str | None = local_date(optional=True)
    written: bool = flag(default=False)
    annotated_at: int | None = instant(optional=True)
    finding: str | None = word(*OBJECTION_FINDINGS, optional=True)
    found: str | None = text(optional=True)
    found_at: int | None = instant(optional=True)
    answer: str | None = text(optional=True)
    answered_at: int | None = instant(optional=True)
    told_at: int | None = instant(optional=True)
    told_how: str | None = word(*OBJECTION_WAYS, optional=True)
    told_call: int | None = ref("call", optional=True)
    reopened: int = count(default=0)
    status: str = word(*OBJECTION_STATES, default="open")
    by_staff: int = ref("staff")
    hold: int | None = ref("hold", optional=True)
