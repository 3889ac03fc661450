"""Conduct (行为规范, policy article 9): what the wording check met."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, flag, instant, pk, ref, table, text


class ConductWarning(Row, table=True):
    """A hit of the wording check (用语): which entry, where; blocked, or kept as the debtor's own words."""

    __table_args__ = table(Index("ix_conduct_warning_staff", "staff", "at"))
    id: int | None = pk()
    staff: int = ref("staff")
    call: int | None = ref("call", optional=True)
    case_id: int | None = ref("case_file", optional=True)
    entry: str = text()
    place: str = text()
    blocked: bool = flag()
    debtors_words: bool = flag(default=False)
    at: int = instant()
