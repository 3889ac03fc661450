"""Numbered changes of the schema, what has been applied, and the refusal of a newer one.

A fresh database is made by ``store.schema`` and marked as having them all; an older one is brought forward one
migration a transaction, so an interrupted one leaves the schema before it. ``PRAGMA user_version`` mirrors the
number, so that a fast read can compare it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, inspect, text

from collectdesk.store import version
from collectdesk.store.engine import Store
from collectdesk.store.tables.desk import Migration


@dataclass(frozen=True)
class Step:
    """One migration: its number, a name, and what it does to an open writer connection."""

    number: int
    name: str
    apply: Callable[[Connection], None]


def _first(_connection: Connection) -> None:
    """The first schema is made whole by ``store.schema``."""


def _second(connection: Connection) -> None:
    from collectdesk.store.migrations import second  # the models are loaded only where a desk is brought forward

    second.apply(connection)


def _third(connection: Connection) -> None:
    from collectdesk.store.migrations import third

    third.apply(connection)


def _fourth(connection: Connection) -> None:
    from collectdesk.store.migrations import fourth

    fourth.apply(connection)


STEPS: tuple[Step, ...] = (
    Step(1, "first", _first),
    Step(2, "situations", _second),
    Step(3, "supervision", _third),
    Step(4, "quick_reading", _fourth),
)


def mark_all(connection: Connection, at: int) -> None:
    """Write down that a fresh database stands at the newest schema."""
    for step in STEPS:
        _mark(connection, step, at)


def applied(store: Store) -> int:
    """The number of the schema that is there; 0 when there is none."""
    with store.reader.connect() as connection:
        return _applied(connection)


def require_newest(store: Store) -> None:
    """Refuse to work on any other schema than this program's (see ``store.version``)."""
    version.require(applied(store))


def upgrade(store: Store, at: int, *, before: Callable[[], object], steps: Sequence[Step] = STEPS) -> Sequence[Step]:
    """Bring the database forward.

    Args:
        store: the open database.
        at: UTC seconds, written beside each migration.
        before: makes the backup; called once, only when there is something to do.
        steps: all migrations in order.
    Returns:
        The migrations that ran.
    Raises:
        BadData: the schema is newer than this program.
    """
    there = applied(store)
    newest = steps[-1].number
    if there == 0 or there > newest:
        version.require(there)
    pending = [step for step in steps if step.number > there]
    if pending:
        before()
    for step in pending:
        with store.writer.begin() as connection:
            if _applied(connection) < step.number:  # another process may have been first
                step.apply(connection)
                _mark(connection, step, at)
    return pending


def _applied(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if not inspect(connection).has_table("migration"):
        return 0
    return int(connection.execute(text("SELECT coalesce(max(number), 0) FROM migration")).scalar_one())


def _mark(connection: Connection, step: Step, at: int) -> None:
    connection.execute(insert(Migration), {"number": step.number, "name": step.name, "applied_at": at})
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {int(step.number)}")
