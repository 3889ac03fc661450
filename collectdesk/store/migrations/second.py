"""Schema 2: objections, complaints, plans, payments, emergencies and conduct through their whole life."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from collectdesk.store.migrations import changes

NEW_TABLES: tuple[str, ...] = ("step",)
MADE_ANEW: Mapping[str, Mapping[str, str]] = {"promise": {}}
"""Tables, each with what its new columns hold in the rows that are there (SQL)."""
NEW_COLUMNS: tuple[tuple[str, str], ...] = ()
"""Table and column."""


def apply(connection: Connection) -> None:
    """Bring a desk of schema 1 forward."""
    changes.new_tables(connection, NEW_TABLES)
    for name, filled in MADE_ANEW.items():
        changes.made_anew(connection, name, filled)
    for table, column in NEW_COLUMNS:
        changes.new_column(connection, table, column)
