"""Callbacks (回电), only at instants the gate allows."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, pk, ref, table, text, word


class Callback(Row, table=True):
    """A callback booked at an instant the gate allows (回电)."""

    __table_args__ = table(Index("ix_callback_due", "collector", "status", "due_at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    person: int = ref("person")
    number: int | None = ref("number", optional=True)
    due_at: int = instant()
    purpose: str = text()
    status: str = word("open", "done", "missed", "withdrawn", default="open")
    collector: int = ref("staff")
    at: int = instant()
