"""A fresh database: every table, index, CHECK and trigger of the newest schema."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from collectdesk.store import tables as _tables  # defines every table
from collectdesk.store.engine import Store

METADATA = SQLModel.metadata
assert _tables


def create(store: Store, at: int) -> None:
    """Create everything in one transaction; ``at`` is written beside the migrations it stands for."""
    from collectdesk.store import migrations

    with store.writer.begin() as connection:
        create_tables(connection)
        migrations.mark_all(connection, at)


def create_tables(connection: Connection) -> None:
    """Create the tables and triggers on an open writer connection."""
    METADATA.create_all(connection, checkfirst=False)


def drop_tables(connection: Connection) -> None:
    """Remove every table of a desk on a server, the journal's guard with it; what is not ours stays."""
    preparer = connection.dialect.identifier_preparer
    names = ", ".join(preparer.quote(table.name) for table in METADATA.sorted_tables)
    connection.execute(text(f"DROP TABLE IF EXISTS {names} CASCADE"))
    connection.execute(text("DROP FUNCTION IF EXISTS journal_append_only()"))


def table_names(connection: Connection) -> set[str]:
    """The tables that are there."""
    return set(inspect(connection).get_table_names())
