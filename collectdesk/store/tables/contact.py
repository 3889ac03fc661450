"""Contacts that happened, by any organisation (contract ``events[]``), and how far they are known."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as condition

from collectdesk.store.columns import Row, count, flag, instant, json_list, pk, ref, table, text, word
from collectdesk.store.words import (
    CHANNELS,
    DIRECTIONS,
    ENDED_BY,
    EVENT_KINDS,
    IDENTITIES,
    LINES,
    MESSAGES,
    PURPOSES,
    TALKS,
)

DEAD = condition("line IN ('void_number', 'suspended')")
"""A number found dead matters for ever: found without reading every call there was."""


class ContactEvent(Row, table=True):
    """A call, message or visit. ``debts``/``discussed`` hold keys of ``case_file``; ``debtor`` is whose file it is.

    ``corrects`` names the event this one replaces: a correction is a new row, the old one gets ``superseded_at``.
    """

    __table_args__ = table(
        Index("ix_contact_event_person", "person", "at"),
        Index("ix_contact_event_number", "number", "at"),
        Index("ix_contact_event_debtor", "debtor", "at"),
        Index("ix_contact_event_at", "at"),
        Index("ix_contact_event_dead", "number", sqlite_where=DEAD, postgresql_where=DEAD),
        Index("ux_contact_event_external", "org", "external_id", unique=True),
    )
    id: int | None = pk()
    at: int = instant()
    recorded_at: int = instant()
    kind: str = word(*EVENT_KINDS)
    org: int | None = ref("org", optional=True)
    direction: str = word(*DIRECTIONS)
    debtor: int = ref("person")
    person: int | None = ref("person", optional=True)
    answered_by: int | None = ref("person", optional=True)
    number: int | None = ref("number", optional=True)
    channel: str = word(*CHANNELS)
    automated: bool | None = flag(optional=True)
    line: str | None = word(*LINES, optional=True)
    talk: str | None = word(*TALKS, optional=True)
    identity: str | None = word(*IDENTITIES, optional=True)
    ended_by: str | None = word(*ENDED_BY, optional=True)
    duration_s: int | None = count(optional=True)
    message: str | None = word(*MESSAGES, optional=True)
    debts: list[int] = json_list()
    discussed: list[int] = json_list()
    purpose: str | None = word(*PURPOSES, optional=True)
    reply_to: int | None = ref("contact_event", optional=True)
    by_staff: int | None = ref("staff", optional=True)
    external_id: str | None = text(optional=True)
    import_batch: int | None = ref("import_batch", optional=True)
    corrects: int | None = ref("contact_event", optional=True)
    superseded_at: int | None = instant(optional=True)


class HistoryCover(Row, table=True):
    """How far an organisation's calls are known (contract ``history``): for one case, or for all when it is null."""

    __table_args__ = table(Index("ix_history_cover_case", "case_id", "org"))
    id: int | None = pk()
    case_id: int | None = ref("case_file", optional=True)
    org: int | None = ref("org", optional=True)
    complete_from: int | None = instant(optional=True)
    complete_through: int | None = instant(optional=True)
    attestation: int | None = ref("attestation", optional=True)
    import_batch: int | None = ref("import_batch", optional=True)
