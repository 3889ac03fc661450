"""Promises to pay (承诺还款, policy article 7.3)."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, local_date, money, pk, ref, table, text, word


class Promise(Row, table=True):
    """A promise to pay (承诺还款): amount, local date, designated channel."""

    __table_args__ = table(Index("ix_promise_case", "case_id", "pay_on"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    by_person: int = ref("person")
    amount: int = money()
    currency: str = text()
    pay_on: str = local_date()
    channel: str = text()
    status: str = word("open", "kept", "broken", "withdrawn", default="open")
    at: int = instant()
    by_staff: int = ref("staff")
