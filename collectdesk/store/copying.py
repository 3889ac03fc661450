"""All rows of one database into another, whichever engines they are: how a server is backed up and restored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from collectdesk.errors import N_, Busy
from collectdesk.store import tables as _tables  # defines every table
from collectdesk.store.engine import Store

BLOCK = 2_000
assert _tables


def copy_rows(source: Store, target: Store) -> None:
    """Copy every row of one snapshot of ``source`` into the empty tables of ``target``, in one transaction.

    Raises:
        Busy: ``target`` already holds a desk.
    """
    with source.reader.connect() as reading, target.writer.begin() as writing:
        copy_all(reading, writing)


def copy_all(reading: Connection, writing: Connection) -> None:
    """The same on open connections, in the transaction of ``writing``.

    Raises:
        Busy: see ``copy_rows``.
    """
    _defer(writing)
    for table in SQLModel.metadata.sorted_tables:
        if table.name != "migration":
            _copy(table, reading, writing)


def copy_as_is(reading: Connection, writing: Connection) -> None:
    """Copy an older desk's tables as they stand, rows and columns, without the checks this program would make anew.

    What comes of it is brought forward by the migrations before anything else reads it.
    """
    found = MetaData()
    found.reflect(reading)
    for table in found.sorted_tables:
        columns = (Column(each.name, _plain(each.type), primary_key=each.primary_key) for each in table.columns)
        bare = Table(table.name, MetaData(), *columns)
        bare.create(writing)
        for block in reading.execute(select(table).execution_options(yield_per=BLOCK)).mappings().partitions():
            writing.execute(insert(bare), [dict(row) for row in block])


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Every column of the desk is a whole number, a yes or no, or text."""
    return Integer() if isinstance(kind, (Integer, Boolean)) else Text()


def _copy(table: Table, reading: Connection, writing: Connection) -> None:
    if writing.execute(select(func.count()).select_from(table)).scalar_one():
        raise Busy(
            "database_not_empty",
            N_("The database already holds a desk."),
            hint=N_("Restore into an empty database."),
        )
    order = list(table.primary_key.columns)
    result = reading.execute(select(table).order_by(*order).execution_options(yield_per=BLOCK))
    for block in result.mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in block])
    _continue_ids(table, writing)


def _defer(connection: Connection) -> None:
    """Rows may name others that come later; the keys are checked at the commit."""
    server = connection.dialect.name == "postgresql"
    connection.execute(text("SET CONSTRAINTS ALL DEFERRED" if server else "PRAGMA defer_foreign_keys = ON"))


def _continue_ids(table: Table, connection: Connection) -> None:
    """Let a server's next id follow the copied ones."""
    if connection.dialect.name != "postgresql" or "id" not in table.c:
        return
    if isinstance(table.c.id.type, (BigInteger, Integer)):
        name = connection.dialect.identifier_preparer.quote(table.name)
        last = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), greatest(max(id), 1), count(id) > 0) FROM {name}"  # noqa: S608
        connection.execute(text(last))
