"""Complaints (投诉, policy article 10.2) through their whole life."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, local_date, pk, ref, table, text, word


class Complaint(Row, table=True):
    """A complaint (投诉): goes to a lead who is not the person complained of."""

    __table_args__ = table(Index("ix_complaint_status", "status", "received_at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    category: str = text()
    content: str = text()
    about: int | None = ref("staff", optional=True)
    assigned_to: int | None = ref("staff", optional=True)
    received_at: int = instant()
    due_on: str | None = local_date(optional=True)
    status: str = word("open", "in_hand", "closed", default="open")
    closed_at: int | None = instant(optional=True)
    by_staff: int = ref("staff")
    hold: int | None = ref("hold", optional=True)
