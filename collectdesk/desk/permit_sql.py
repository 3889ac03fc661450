"""The permit's SQL texts and locks: plain statements, because they run while every other writer waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, text

from collectdesk.desk.clock import Clocks, require_sound
from collectdesk.errors import N_, NotFound
from collectdesk.store import engine, journal

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

LOCK_COLLECTOR = text("SELECT id FROM staff WHERE id = :collector FOR NO KEY UPDATE")
LOCK_PEOPLE = text("SELECT id FROM person WHERE id IN (:debtor, :person) ORDER BY id FOR NO KEY UPDATE")
LOCK_LINE = text(
    "SELECT id FROM number WHERE number = (SELECT number FROM number WHERE id = :number) ORDER BY id FOR NO KEY UPDATE"
)
DEBTOR = text("SELECT debtor FROM case_file WHERE id = :case_id")
COLUMNS = (
    "id, debtor, case_id, person, number, collector, purpose, state, granted_at, shown_at, resolved_at, expires_at, "
    "allowed_until, reason, verdict, event"
)
BY_KEY = text(f"SELECT {COLUMNS} FROM permit WHERE idempotency_key = :key")  # noqa: S608 - constants
BY_ID = text(f"SELECT {COLUMNS} FROM permit WHERE id = :id")  # noqa: S608 - constants
OPEN_OF = text(
    "SELECT id, expires_at, state FROM permit WHERE collector = :collector AND state IN ('granted', 'shown')"
)
LAPSE = text(
    "UPDATE permit SET state = 'lapsed', resolved_at = expires_at WHERE state = 'granted' AND expires_at <= :at "
    "AND (debtor = :debtor OR person = :person OR collector = :collector) RETURNING id"
)
LAPSE_ALL = text(
    "UPDATE permit SET state = 'lapsed', resolved_at = expires_at "
    "WHERE state = 'granted' AND expires_at <= :at RETURNING id"
)
ADD_VERDICT = text(
    "INSERT INTO verdict (at, case_id, allowed, dial, decision, digests, journal_seq) "
    "VALUES (:at, :case_id, :allowed, :dial, :decision, :digests, :journal_seq) RETURNING id"
)
VERDICT = text("SELECT decision FROM verdict WHERE id = :id")
ADD_PERMIT = text(
    "INSERT INTO permit (debtor, case_id, person, number, collector, debts, purpose, state, granted_at, resolved_at, "
    "expires_at, allowed_until, reason, idempotency_key, verdict) VALUES (:debtor, :case_id, :person, :number, "
    ":collector, :debts, :purpose, :state, :granted_at, :resolved_at, :expires_at, :allowed_until, :reason, :key, "
    ":verdict) RETURNING id"
)
SHOW = text(
    "UPDATE permit SET state = 'shown', shown_at = :at, event = :event, verdict = :verdict, "
    "allowed_until = :allowed_until WHERE id = :id"
)
END = text("UPDATE permit SET state = :state, resolved_at = :at, reason = :reason, verdict = :verdict WHERE id = :id")
ADD_EVENT = text(
    "INSERT INTO contact_event (at, recorded_at, kind, org, direction, debtor, person, number, channel, automated, "
    "line, talk, debts, discussed, purpose, by_staff) VALUES (:at, :at, 'call', :org, 'out', :debtor, :person, "
    ":number, 'voice', :automated, 'unknown', 'unknown', :debts, '[]', :purpose, :by_staff) RETURNING id"
)
SET_EVENT = text(
    "UPDATE contact_event SET line = :line, talk = :talk, identity = :identity, answered_by = :answered_by, "
    "ended_by = :ended_by, duration_s = :duration_s, message = :message, discussed = :discussed WHERE id = :id"
)
WHO = text("SELECT p.name, n.number FROM person p LEFT JOIN number n ON n.id = :number WHERE p.id = :person")


class PermitRow(NamedTuple):
    """A row of ``permit`` as ``COLUMNS`` lists it."""

    id: int
    debtor: int
    case_id: int
    person: int
    number: int | None
    collector: int
    purpose: str
    state: str
    granted_at: int
    shown_at: int | None
    resolved_at: int | None
    expires_at: int
    allowed_until: int | None
    reason: str | None
    verdict: int | None
    event: int | None


def enter(
    office: Office,
    connection: Connection,
    *,
    debtor: int,
    person: int,
    number: int | None,
    collector: int,
    clocks: Clocks,
) -> int:
    """Hold what the race is about, then read the clock: the instant everything in this transaction is judged at.

    On SQLite the writer holds the database already. On a server the collector, the people and the telephone line are
    held, always in this order, before the journal's chain.

    Raises:
        Busy: the clock cannot be trusted.
    """
    if office.store.on_server:
        connection.execute(LOCK_COLLECTOR, {"collector": collector}).all()
        connection.execute(LOCK_PEOPLE, {"debtor": debtor, "person": person}).all()
        connection.execute(LOCK_LINE, {"number": number}).all()
    if office.store.on_server and not office.practice:
        return engine.now(connection, 0)
    at = office.now()
    require_sound(connection, clocks(int(office.clock().timestamp())), at, office.staff.number)
    return at


def by_key(connection: Connection, key: str) -> PermitRow | None:
    """The permit an idempotency key has led to."""
    row = connection.execute(BY_KEY, {"key": key}).first()
    return PermitRow._make(row) if row else None


def by_id(connection: Connection, permit: int) -> PermitRow:
    """A permit.

    Raises:
        NotFound: there is none with this key.
    """
    row = connection.execute(BY_ID, {"id": permit}).first()
    if row is None:
        raise NotFound("no_such_permit", N_("There is no such permit."))
    return PermitRow._make(row)


def debtor_of(connection: Connection, case: int) -> int:
    """The debtor of a case.

    Raises:
        NotFound: there is no such case.
    """
    found = connection.execute(DEBTOR, {"case_id": case}).scalar()
    if found is None:
        raise NotFound("no_such_case", N_("There is no such case on this desk."))
    return int(found)


def insert(connection: Connection, statement: Any, values: Mapping[str, object]) -> int:  # noqa: ANN401 - a text
    """Insert one row; its key."""
    return int(connection.execute(statement, dict(values)).scalar_one())


def log(connection: Connection, office: Office, at: int, action: str, permit: int, after: Mapping[str, object]) -> None:
    """One journal entry about a permit."""
    journal.append(connection, at=at, actor=office.staff.number, action=action, subject=f"permit:{permit}", after=after)
