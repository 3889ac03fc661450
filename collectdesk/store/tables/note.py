"""Notes (备注), as written."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, pk, ref, table, text


class Note(Row, table=True):
    """A note of the collector (备注), as written."""

    __table_args__ = table(Index("ix_note_case", "case_id", "at"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    by_staff: int = ref("staff")
    at: int = instant()
    content: str = text()
