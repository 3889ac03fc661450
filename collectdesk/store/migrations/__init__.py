"""Numbered changes of the schema, what has been applied, and the refusal of a newer one.

A fresh database is made by ``store.schema`` and marked as having them all; an older one is brought forward one
migration a transaction. ``PRAGMA user_version`` mirrors the number, so that a fast read can compare it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, insert

from collectdesk.store.tables.desk import Migration


@dataclass(frozen=True)
class Step:
    """One migration: its number, a name, and what it does to an open writer connection."""

    number: int
    name: str
    apply: Callable[[Connection], None]


def _first(_connection: Connection) -> None:
    """The first schema is made by ``store.schema``."""


STEPS: tuple[Step, ...] = (Step(1, "first", _first),)
NEWEST = STEPS[-1].number


def mark_all(connection: Connection, at: int) -> None:
    """Write down that a fresh database stands at the newest schema."""
    rows = [{"number": step.number, "name": step.name, "applied_at": at} for step in STEPS]
    connection.execute(insert(Migration), rows)
    mirror(connection, NEWEST)


def mirror(connection: Connection, number: int) -> None:
    """Keep SQLite's own version number in step."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {int(number)}")
