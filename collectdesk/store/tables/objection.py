"""Objections (异议, policy article 10.1) through their whole life."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, local_date, pk, ref, table, text, word


class Objection(Row, table=True):
    """An objection to the debt (异议): answered at once or owed by ``due_on``."""

    __table_args__ = table(Index("ix_objection_status", "status", "due_on"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    category: str = text()
    content: str = text()
    by_person: int | None = ref("person", optional=True)
    received_at: int = instant()
    due_on: str | None = local_date(optional=True)
    answer: str | None = text(optional=True)
    answered_at: int | None = instant(optional=True)
    status: str = word("open", "answered", "closed", default="open")
    by_staff: int = ref("staff")
    hold: int | None = ref("hold", optional=True)
