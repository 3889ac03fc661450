"""Emergencies (突发情况, policy article 12)."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, free_text, instant, json_list, pk, ref, table, text, word


class Emergency(Row, table=True):
    """A person in danger (突发情况): kind, who was alerted, when it was acknowledged."""

    __table_args__ = table(Index("ix_emergency_status", "status", "at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    kind: str = text()
    at: int = instant()
    by_staff: int = ref("staff")
    alerted: list[int] = json_list()
    acknowledged_by: int | None = ref("staff", optional=True)
    acknowledged_at: int | None = instant(optional=True)
    status: str = word("open", "acknowledged", "closed", default="open")
    content: str = free_text()
    hold: int | None = ref("hold", optional=True)
