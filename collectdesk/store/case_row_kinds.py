"""The rows the gate's facts are made of: each the columns of a table that a question needs, in one order."""

from msgspec import Struct


class CaseRow(Struct, frozen=True):
    """A row of ``case_file``."""

    id: int
    code: str
    creditor: int
    debtor: int
    product: str | None
    type: str | None
    debt_group: str | None
    signed_on: str | None
    due_on: str | None
    status: str
    placed_at: int | None
    assigned_at: int | None
    team: int | None
    collector: int | None
    frozen_at: int | None
    import_batch: int | None


class StatementRow(Struct, frozen=True):
    """The newest row of ``statement`` of a case."""

    case_id: int
    as_of: str
    total: int
    currency: str
    days_past_due: int | None
    stated_at: int | None
    imported_at: int
    import_batch: int | None


class PartyRow(Struct, frozen=True):
    """A row of ``case_party``."""

    case_id: int
    person: int
    role: str
    reserved: bool | None
    agreed: bool | None
    authority_from: int | None
    authority_until: int | None
    authority_evidence: str | None
    treated_as_debtor: bool | None


class PersonRow(Struct, frozen=True):
    """A row of ``person``, without the identity document."""

    id: int
    name: str
    born_on: str | None
    died_on: str | None
    capacity: str | None
    language: str | None
    country: str | None
    region: str | None
    city: str | None


class NumberRow(Struct, frozen=True):
    """A row of ``number``."""

    id: int
    person: int
    number: str
    class_: str
    place: str
    source: str
    status: str
    status_at: int | None
    confirmed_at: int | None


class EventRow(Struct, frozen=True):
    """A row of ``contact_event`` that no correction replaced; ``debts`` and ``discussed`` are JSON text."""

    id: int
    at: int
    recorded_at: int
    kind: str
    org: int | None
    direction: str
    debtor: int
    person: int | None
    answered_by: int | None
    number: int | None
    channel: str
    automated: bool | None
    line: str | None
    talk: str | None
    identity: str | None
    ended_by: str | None
    duration_s: int | None
    message: str | None
    debts: str
    discussed: str
    purpose: str | None
    reply_to: int | None


class ConsentRow(Struct, frozen=True):
    """A row of ``consent``; lists are JSON text."""

    id: int
    debtor: int
    opens: str
    by_person: int
    to_org: int | None
    debts: str
    numbers: str
    channels: str
    given_at: int
    from_at: int | None
    until: int | None
    only_in: str
    weekly: str
    via: str
    in_event: int | None
    evidence: str | None
    revoked_at: int | None


class DesignationRow(Struct, frozen=True):
    """A row of ``designation``; lists are JSON text."""

    id: int
    debtor: int
    by_person: int | None
    via: str
    kind: str
    weekly: str
    dates_from: str | None
    dates_until: str | None
    place: str | None
    number: int | None
    channel: str | None
    debts: str
    from_at: int | None
    until: int | None
    revoked_at: int | None


class HoldRow(Struct, frozen=True):
    """A row of ``hold``; lists are JSON text."""

    id: int
    debtor: int
    kind: str
    cause: str | None
    debts: str
    persons: str
    received_at: int
    until: int | None
    lifted_at: int | None
    allows: str
    counsel_known: bool | None


class NoticeRow(Struct, frozen=True):
    """A row of ``notice``."""

    debtor: int
    kind: str
    debts: str
    person: int | None
    sent_at: int | None
    received_at: int | None
    returned_at: int | None


class PermitRow(Struct, frozen=True):
    """An open row of ``permit``."""

    id: int
    debtor: int
    person: int
    number: int | None
    collector: int
    debts: str
    state: str
    granted_at: int
    shown_at: int | None
    expires_at: int
    event: int | None


class OrgRow(Struct, frozen=True):
    """A row of ``org``."""

    id: int
    name: str
    kind: str | None
    licensed: bool | None
    own: bool


class AttestationRow(Struct, frozen=True):
    """A lead's word for a file or a case; ``scope`` is JSON text."""

    kind: str
    batch: int | None
    case_id: int | None
    at: int
    scope: str | None


class CoverRow(Struct, frozen=True):
    """How far an organisation's calls are known; no case means all, no organisation ourselves."""

    case_id: int | None
    org: int | None
    complete_from: int | None
    complete_through: int | None


class ZoneRow(Struct, frozen=True):
    """A candidate zone of a person."""

    person: int
    zone: str
    source: str


class TwinRow(Struct, frozen=True):
    """Another person's row for digits that somebody of the case has as well."""

    number: int
    twin: int


class QualificationRow(Struct, frozen=True):
    """A qualification that was not revoked."""

    kind: str
    passed_on: str
    expires_on: str | None


class CollectorRow(Struct, frozen=True):
    """The member of staff who would call."""

    id: int
    number: str
    name: str
    role: str
    team: int | None
    status: str
