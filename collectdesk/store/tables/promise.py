"""Promises to pay (承诺还款, policy article 7.3)."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, json_list, local_date, money, pk, ref, table, text, word
from collectdesk.store.words import PROMISE_STATES


class Promise(Row, table=True):
    """A promise to pay (承诺还款): amount, local date, designated channel.

    ``last_on`` is the last local date that counts, the house's days of grace among them, and ``lapses_at`` the instant
    it ends. ``remind_at``: from when on a reminder may be made, if at all. ``holds`` keep the case at rest until then.
    A promise from before there were such terms has none of them.
    """

    __table_args__ = table(
        Index("ix_promise_case", "case_id", "pay_on"), Index("ix_promise_lapse", "status", "lapses_at")
    )
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    by_person: int = ref("person")
    amount: int = money()
    currency: str = text()
    pay_on: str = local_date()
    channel: str = text()
    status: str = word(*PROMISE_STATES, default="open")
    at: int = instant()
    by_staff: int = ref("staff")
    last_on: str | None = local_date(optional=True)
    lapses_at: int | None = instant(optional=True)
    remind_at: int | None = instant(optional=True)
    holds: list[int] = json_list()
