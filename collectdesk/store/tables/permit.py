"""Verdicts and permits: what the gate was asked, what it said, who may dial."""

from __future__ import annotations

from sqlalchemy import Index, text

from collectdesk.store import columns as c
from collectdesk.store.columns import Row, instant, json_value, pk, ref, table, word
from collectdesk.store.words import PERMIT_STATES

OPEN = text("state IN ('granted', 'shown')")


class Verdict(Row, table=True):
    """One decision that was recorded, with all it rests on; ``journal_seq`` is the journal's head at that moment."""

    __table_args__ = table(Index("ix_verdict_case", "case_id", "at"))
    id: int | None = pk()
    at: int = instant()
    case_id: int = ref("case_file")
    allowed: bool = c.flag()
    dial: dict[str, object] = json_value()
    decision: dict[str, object] = json_value()
    digests: dict[str, object] = json_value()
    journal_seq: int = c.count()


class Permit(Row, table=True):
    """The right to dial one number once. One open permit (granted or shown) a collector, by the database.

    ``reason``: why a permit was refused other than by the gate, or a number that was shown not dialled.
    """

    __table_args__ = table(
        Index("ix_permit_debtor", "debtor", "state"),
        Index("ix_permit_person", "person", "state"),
        Index("ix_permit_granted_at", "granted_at"),
        Index("ix_permit_event", "event"),
        Index("ux_permit_open", "collector", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: int | None = pk()
    debtor: int = ref("person")
    case_id: int = ref("case_file")
    person: int = ref("person")
    number: int | None = ref("number", optional=True)
    collector: int = ref("staff")
    debts: list[int] = c.json_list()
    purpose: str = c.text()
    state: str = word(*PERMIT_STATES)
    granted_at: int = instant()
    shown_at: int | None = instant(optional=True)
    resolved_at: int | None = instant(optional=True)
    expires_at: int = instant()
    allowed_until: int | None = instant(optional=True)
    reason: str | None = c.text(optional=True)
    idempotency_key: str = c.text(unique=True)
    verdict: int | None = ref("verdict", optional=True)
    event: int | None = ref("contact_event", optional=True)
