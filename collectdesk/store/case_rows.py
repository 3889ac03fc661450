# ruff: noqa: S608 - every text here is put together from constants
"""What the gate and the queue ask of the database: one SQL text a table, for one case or a whole book.

Read over the plain driver, so that a question starts without the ORM; the column names are the models' and a test
holds the two together. The same texts run inside the permit's write transaction, on both engines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from collectdesk.store.case_row_kinds import (
    AttestationRow,
    CaseRow,
    CollectorRow,
    ConsentRow,
    CoverRow,
    DesignationRow,
    EventRow,
    HoldRow,
    NoticeRow,
    NumberRow,
    OrgRow,
    PartyRow,
    PermitRow,
    PersonRow,
    QualificationRow,
    StatementRow,
    TwinRow,
    ZoneRow,
)
from collectdesk.store.reader import Reader

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "CASE_BY_CODE",
    "COLLECTOR",
    "COLLECTOR_BY_NUMBER",
    "CONCERNED",
    "FILED",
    "MINE",
    "ORGS",
    "QUALIFICATIONS",
    "SOURCES",
    "TWINS",
    "WANTED",
    "Ask",
    "AttestationRow",
    "CaseRow",
    "CollectorRow",
    "ConsentRow",
    "CoverRow",
    "DesignationRow",
    "EventRow",
    "HoldRow",
    "NoticeRow",
    "NumberRow",
    "OrgRow",
    "PartyRow",
    "PermitRow",
    "PersonRow",
    "QualificationRow",
    "Scope",
    "StatementRow",
    "TwinRow",
    "ZoneRow",
    "all_open",
    "cases_of",
    "driver_of",
    "listed",
    "one_case",
    "orgs",
    "read",
    "twins",
    "work_of",
    "work_of_team",
]

Ask = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""Runs one SQL text with ``:named`` parameters and returns its rows."""


class Scope(Struct, frozen=True):
    """Which cases: a condition on ``case_file c``, and its parameters."""

    condition: str
    params: Mapping[str, object]


def one_case(case: int) -> Scope:
    """The case with this key."""
    return Scope("c.id = :case_id", {"case_id": case})


def cases_of(keys: Iterable[int]) -> Scope:
    """The cases with these keys."""
    return Scope(f"c.id IN ({listed(keys)})", {})


def listed(keys: Iterable[int]) -> str:
    """Keys as a list in SQL: whole numbers of our own, never text that was typed; a server takes no empty one."""
    return ", ".join(str(int(key)) for key in keys) or "NULL"


def work_of(collector: int) -> Scope:
    """The open cases assigned to a collector."""
    return Scope("c.collector = :collector_id AND c.status = 'open'", {"collector_id": collector})


def work_of_team(team: int) -> Scope:
    """The open cases of a team, whoever has them; a case without a team is its collector's team's."""
    of_members = "c.team IS NULL AND c.collector IN (SELECT id FROM staff WHERE team = :team_id)"
    return Scope(f"(c.team = :team_id OR {of_members}) AND c.status = 'open'", {"team_id": team})


def all_open() -> Scope:
    """Every open case of the desk."""
    return Scope("c.status = 'open'", {})


WANTED = "WITH wanted AS (SELECT c.id, c.debtor FROM case_file c WHERE {scope})"
MINE = "(SELECT debtor FROM wanted)"
FILED = f"(SELECT id FROM case_file WHERE debtor IN {MINE})"
CONCERNED = f"(SELECT debtor FROM wanted UNION SELECT person FROM case_party WHERE case_id IN {FILED})"

SOURCES: dict[type[Struct], tuple[str, str]] = {
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


def read(ask: Ask, kind: type[Struct], scope: Scope) -> list[Any]:
    """The rows of ``kind`` that bear on the cases of ``scope``."""
    return [kind(*row) for row in ask(_text(kind, scope.condition), scope.params)]


def twins(ask: Ask, scope: Scope) -> list[TwinRow]:
    """Numbers that more than one person has."""
    return [TwinRow(*row) for row in ask(_twins(scope.condition), scope.params)]


def orgs(ask: Ask) -> list[OrgRow]:
    """Every organisation the desk knows, its own company among them."""
    return [OrgRow(*row) for row in ask(ORGS, {})]


@lru_cache(maxsize=256)
def _twins(condition: str) -> str:
    return TWINS.format(scope=condition)


@lru_cache(maxsize=256)
def _text(kind: type[Struct], condition: str) -> str:
    table, which = SOURCES[kind]
    columns = ", ".join(f'"{field.rstrip("_")}"' for field in kind.__struct_fields__)
    return f"{WANTED.format(scope=condition)} SELECT {columns} FROM {table} WHERE {which}"


def driver_of(connection: Connection) -> Ask:
    """Ask over the driver under a SQLAlchemy connection, inside its transaction; it is begun if it is not yet.

    Without one each text would see a database of its own moment.
    """
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    reader = Reader(driver, on_server=connection.dialect.name == "postgresql")
    return reader.ask
