# ruff: noqa: S608 - every text here is put together from constants
"""What the gate and the queue ask of the database: one SQL text a table, for one case or a whole book.

Read over the plain driver, so that a question starts without the ORM; the column names are the models' and a test
holds the two together. The same texts run inside the permit's write transaction, on both engines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from collectdesk.store.reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Connection

Ask = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""Runs one SQL text with ``:named`` parameters and returns its rows."""


class CaseRow(NamedTuple):
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


class StatementRow(NamedTuple):
    """The newest row of ``statement`` of a case."""

    case_id: int
    as_of: str
    total: int
    currency: str
    days_past_due: int | None
    stated_at: int | None
    imported_at: int
    import_batch: int | None


class PartyRow(NamedTuple):
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


class PersonRow(NamedTuple):
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


class NumberRow(NamedTuple):
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


class EventRow(NamedTuple):
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


class ConsentRow(NamedTuple):
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


class DesignationRow(NamedTuple):
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


class HoldRow(NamedTuple):
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


class NoticeRow(NamedTuple):
    """A row of ``notice``."""

    debtor: int
    kind: str
    debts: str
    person: int | None
    sent_at: int | None
    received_at: int | None
    returned_at: int | None


class PermitRow(NamedTuple):
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


class OrgRow(NamedTuple):
    """A row of ``org``."""

    id: int
    name: str
    kind: str | None
    licensed: bool | None
    own: bool


class AttestationRow(NamedTuple):
    """A lead's word for a file or a case; ``scope`` is JSON text."""

    kind: str
    batch: int | None
    case_id: int | None
    at: int
    scope: str | None


class CoverRow(NamedTuple):
    """How far an organisation's calls are known; no case means all, no organisation ourselves."""

    case_id: int | None
    org: int | None
    complete_from: int | None
    complete_through: int | None


class ZoneRow(NamedTuple):
    """A candidate zone of a person."""

    person: int
    zone: str
    source: str


class TwinRow(NamedTuple):
    """Another person's row for digits that somebody of the case has as well."""

    number: int
    twin: int


class QualificationRow(NamedTuple):
    """A qualification that was not revoked."""

    kind: str
    passed_on: str
    expires_on: str | None


class CollectorRow(NamedTuple):
    """The member of staff who would call."""

    id: int
    number: str
    name: str
    role: str
    team: int | None
    status: str


class Scope(NamedTuple):
    """Which cases: a condition on ``case_file c``, and its parameters."""

    condition: str
    params: Mapping[str, object]


def one_case(case: int) -> Scope:
    """The case with this key."""
    return Scope("c.id = :case_id", {"case_id": case})


def work_of(collector: int) -> Scope:
    """The open cases assigned to a collector."""
    return Scope("c.collector = :collector_id AND c.status = 'open'", {"collector_id": collector})


def work_of_team(team: int) -> Scope:
    """The open cases of a team, whoever has them."""
    return Scope("c.team = :team_id AND c.status = 'open'", {"team_id": team})


def all_open() -> Scope:
    """Every open case of the desk."""
    return Scope("c.status = 'open'", {})


WANTED = "WITH wanted AS (SELECT c.id, c.debtor FROM case_file c WHERE {scope})"
MINE = "(SELECT debtor FROM wanted)"
FILED = f"(SELECT id FROM case_file WHERE debtor IN {MINE})"
CONCERNED = f"(SELECT debtor FROM wanted UNION SELECT person FROM case_party WHERE case_id IN {FILED})"

SOURCES: dict[type[NamedTuple], tuple[str, str]] = {
    CaseRow: ("case_file", f"debtor IN {MINE} ORDER BY id"),
    StatementRow: ("statement", f"case_id IN {FILED} ORDER BY case_id, as_of, imported_at, id"),
    PartyRow: ("case_party", f"case_id IN {FILED} ORDER BY id"),
    PersonRow: ("person", f"id IN {CONCERNED}"),
    ZoneRow: ("person_zone", f"person IN {MINE} ORDER BY id"),
    NumberRow: ("number", f"person IN {CONCERNED} ORDER BY id"),
    ConsentRow: ("consent", f"debtor IN {MINE} ORDER BY id"),
    DesignationRow: ("designation", f"debtor IN {MINE} ORDER BY id"),
    HoldRow: ("hold", f"debtor IN {MINE} ORDER BY id"),
    NoticeRow: ("notice", f"debtor IN {MINE} ORDER BY id"),
    PermitRow: (
        "permit",
        f"state IN ('granted', 'shown') AND (debtor IN {MINE} OR person IN {CONCERNED}) ORDER BY id",
    ),
    AttestationRow: (
        "attestation",
        f"case_id IN {FILED} OR batch IN (SELECT import_batch FROM case_file WHERE debtor IN {MINE}"
        f" UNION SELECT import_batch FROM statement WHERE case_id IN {FILED}) ORDER BY id",
    ),
    CoverRow: ("history_cover", f"case_id IN {FILED} OR case_id IS NULL ORDER BY id"),
    EventRow: (
        "contact_event",
        "superseded_at IS NULL AND id IN ("
        f"SELECT id FROM contact_event WHERE debtor IN {MINE}"
        f" UNION SELECT id FROM contact_event WHERE person IN {CONCERNED}"
        " UNION SELECT happened.id FROM number held CROSS JOIN number twin CROSS JOIN contact_event happened"
        f" WHERE held.person IN {CONCERNED} AND twin.number = held.number AND happened.number = twin.id"
        ") ORDER BY at, id",
    ),
}
"""For each kind of row its table, and which of its rows bear on the cases wanted."""

TWINS = (
    f"{WANTED} SELECT held.id, twin.id FROM number held CROSS JOIN number twin"  # CROSS: SQLite keeps this order
    f" WHERE held.person IN {CONCERNED} AND twin.number = held.number AND twin.id <> held.id ORDER BY held.id, twin.id"
)
ORGS = "SELECT id, name, kind, licensed, own FROM org ORDER BY id"
COLLECTOR = "SELECT id, number, name, role, team, status FROM staff WHERE id = :id"
COLLECTOR_BY_NUMBER = "SELECT id, number, name, role, team, status FROM staff WHERE number = :number"
QUALIFICATIONS = (
    "SELECT kind, passed_on, expires_on FROM qualification WHERE staff = :id AND revoked_at IS NULL ORDER BY id"
)
CASE_BY_CODE = "SELECT id, debtor FROM case_file WHERE code = :code"


def read(ask: Ask, kind: type[NamedTuple], scope: Scope) -> list[Any]:
    """The rows of ``kind`` that bear on the cases of ``scope``."""
    return [kind._make(row) for row in ask(_text(kind, scope.condition), scope.params)]


def keys_of(ask: Ask, scope: Scope) -> list[int]:
    """The keys of the cases of ``scope``, in their order."""
    text = f"SELECT c.id FROM case_file c WHERE {scope.condition} ORDER BY c.id"
    return [int(row[0]) for row in ask(text, scope.params)]


def twins(ask: Ask, scope: Scope) -> list[TwinRow]:
    """Numbers that more than one person has."""
    return [TwinRow._make(row) for row in ask(TWINS.format(scope=scope.condition), scope.params)]


@lru_cache(maxsize=256)
def _text(kind: type[NamedTuple], condition: str) -> str:
    table, which = SOURCES[kind]
    columns = ", ".join(f'"{field.rstrip("_")}"' for field in kind._fields)
    return f"{WANTED.format(scope=condition)} SELECT {columns} FROM {table} WHERE {which}"


def driver_of(connection: Connection) -> Ask:
    """Ask over the driver under a SQLAlchemy connection, inside its transaction."""
    driver: Any = connection.connection.driver_connection
    reader = Reader(driver, on_server=connection.dialect.name == "postgresql")
    return reader.ask
