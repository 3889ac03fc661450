"""Emergencies (突发情况, policy article 12): what happened, who was told of it, and whom the desk tells besides."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, count, free_text, instant, json_list, pk, ref, table, text, word
from collectdesk.store.words import EMERGENCY_STATES, HOOK_STATES


class Emergency(Row, table=True):
    """A person in danger (突发情况): kind, who was alerted, who took it, who asked for the freeze to be lifted.

    ``alerted`` holds staff keys in the order they were alerted; ``level`` is how often it has been passed on, and
    ``next_alert_at`` when it will be again, empty once somebody took it.
    """

    __table_args__ = table(
        Index("ix_emergency_status", "status", "at"), Index("ix_emergency_next", "status", "next_alert_at")
    )
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    kind: str = text()
    at: int = instant()
    by_staff: int = ref("staff")
    alerted: list[int] = json_list()
    level: int = count(default=0)
    next_alert_at: int | None = instant(optional=True)
    acknowledged_by: int | None = ref("staff", optional=True)
    acknowledged_at: int | None = instant(optional=True)
    release_asked_by: int | None = ref("staff", optional=True)
    release_asked_at: int | None = instant(optional=True)
    closed_by: int | None = ref("staff", optional=True)
    closed_at: int | None = instant(optional=True)
    safe: str | None = text(optional=True)
    status: str = word(*EMERGENCY_STATES, default="open")
    content: str = free_text()
    hold: int | None = ref("hold", optional=True)


class EmergencyContact(Row, table=True):
    """Another department (协同部门) told of emergencies of one kind, or of ``all``; never a debtor."""

    __table_args__ = table(Index("ix_emergency_contact_kind", "kind", "removed_at"))
    id: int | None = pk()
    kind: str = text()
    name: str = text()
    email: str | None = text(optional=True)
    phone: str | None = text(optional=True)
    set_by: int = ref("staff")
    set_at: int = instant()
    removed_at: int | None = instant(optional=True)


class EmergencyAlert(Row, table=True):
    """One person or department alerted (通知): the ``level`` it was passed on to, and how the word left the desk.

    Written with what it is about, delivered after that is committed: an alert without ``delivered_at`` is still owed.
    """

    __table_args__ = table(
        Index("ix_emergency_alert_of", "emergency"), Index("ix_emergency_alert_owed", "delivered_at")
    )
    id: int | None = pk()
    emergency: int = ref("emergency")
    level: int = count()
    staff: int | None = ref("staff", optional=True)
    contact: int | None = ref("emergency_contact", optional=True)
    at: int = instant()
    delivered_at: int | None = instant(optional=True)
    hook: str | None = word(*HOOK_STATES, optional=True)
    mail: str | None = text(optional=True)
