"""What opens or bars a call: notices, holds, consents, designations (the contract's lists of those names).

Each row belongs to a ``debtor``'s file. Lists hold keys: ``debts`` of ``case_file``, ``persons`` of ``person``,
``numbers`` of ``number``; an empty list means all. The contract's ``from`` is ``from_at`` here, ``by`` is
``by_person``, ``to`` is ``to_org`` and ``only`` is ``only_in``: SQL has those words for itself.
"""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, flag, instant, json_list, local_date, pk, ref, table, text, word
from collectdesk.store.words import (
    CHANNELS,
    CONSENT_WAYS,
    DESIGNATION_KINDS,
    DESIGNATION_WAYS,
    HOLD_KINDS,
    NOTICE_KINDS,
    PLACES,
)


class Notice(Row, table=True):
    """A written notice that was sent (告知)."""

    __table_args__ = table(Index("ix_notice_debtor", "debtor"))
    id: int | None = pk()
    debtor: int = ref("person")
    kind: str = word(*NOTICE_KINDS)
    debts: list[int] = json_list()
    person: int | None = ref("person", optional=True)
    sent_at: int | None = instant(optional=True)
    received_at: int | None = instant(optional=True)
    returned_at: int | None = instant(optional=True)
    attestation: int | None = ref("attestation", optional=True)


class Hold(Row, table=True):
    """A reason to leave somebody or a debt alone (停催)."""

    __table_args__ = table(Index("ix_hold_debtor", "debtor", "lifted_at"))
    id: int | None = pk()
    debtor: int = ref("person")
    kind: str = word(*HOLD_KINDS)
    cause: str | None = text(optional=True)
    debts: list[int] = json_list()
    persons: list[int] = json_list()
    received_at: int = instant()
    until: int | None = instant(optional=True)
    lifted_at: int | None = instant(optional=True)
    lifted_by: int | None = ref("staff", optional=True)
    allows: list[str] = json_list()
    counsel_known: bool | None = flag(optional=True)
    by_staff: int | None = ref("staff", optional=True)


class Consent(Row, table=True):
    """What somebody agreed to, with its proof (同意). ``only_in``: ``[{"from","to"}]`` in UTC seconds."""

    __table_args__ = table(Index("ix_consent_debtor", "debtor"))
    id: int | None = pk()
    debtor: int = ref("person")
    opens: list[str] = json_list()
    by_person: int = ref("person")
    to_org: int | None = ref("org", optional=True)
    debts: list[int] = json_list()
    numbers: list[int] = json_list()
    channels: list[str] = json_list()
    given_at: int = instant()
    from_at: int | None = instant(optional=True)
    until: int | None = instant(optional=True)
    only_in: list[dict[str, int]] = json_list()
    weekly: list[dict[str, object]] = json_list()
    via: str = word(*CONSENT_WAYS)
    in_event: int | None = ref("contact_event", optional=True)
    evidence: str | None = text(optional=True)
    confirmed_by: int | None = ref("staff", optional=True)
    revoked_at: int | None = instant(optional=True)


class Designation(Row, table=True):
    """Inconvenient or wanted times, places, numbers, channels (不方便 / 指定)."""

    __table_args__ = table(Index("ix_designation_debtor", "debtor"))
    id: int | None = pk()
    debtor: int = ref("person")
    by_person: int | None = ref("person", optional=True)
    via: str = word(*DESIGNATION_WAYS)
    kind: str = word(*DESIGNATION_KINDS)
    weekly: list[dict[str, object]] = json_list()
    dates_from: str | None = local_date(optional=True)
    dates_until: str | None = local_date(optional=True)
    place: str | None = word(*PLACES, optional=True)
    number: int | None = ref("number", optional=True)
    channel: str | None = word(*CHANNELS, optional=True)
    debts: list[int] = json_list()
    from_at: int | None = instant(optional=True)
    until: int | None = instant(optional=True)
    revoked_at: int | None = instant(optional=True)
    in_event: int | None = ref("contact_event", optional=True)
