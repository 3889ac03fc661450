"""What a migration may do, said once for both engines: new tables, tables made anew, new columns.

The shape is always taken from the models, so a desk that came forward and a fresh one are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, Table, inspect
from sqlalchemy.schema import CreateColumn

from collectdesk.store.schema import METADATA


def new_tables(connection: Connection, names: Iterable[str]) -> None:
    """Make the tables ``names``, with their indexes and checks, in the order they refer to each other."""
    wanted = set(names)
    for table in METADATA.sorted_tables:
        if table.name in wanted:
            table.create(connection, checkfirst=False)


def made_anew(connection: Connection, name: str, filled: Mapping[str, str] = MappingProxyType({})) -> None:
    """Give the table ``name``, to which no other refers, the models' columns and checks; its rows stay.

    A new column is empty in them, or what ``filled`` has for it, an SQL expression over the old columns.
    """
    table, aside, quoted = METADATA.tables[name], f"{name}_aside", _quoted(connection, name)
    there = {column["name"] for column in inspect(connection).get_columns(name)}
    values = {each.name: filled.get(each.name, _quoted(connection, each.name)) for each in table.columns}
    values = {column: value for column, value in values.items() if column in there or column in filled}
    columns = ", ".join(_quoted(connection, column) for column in values)
    run = connection.exec_driver_sql
    run(f"CREATE TABLE {aside} AS SELECT * FROM {quoted}")  # noqa: S608 - our own names, here and below
    run(f"DROP TABLE {quoted}")
    table.create(connection, checkfirst=False)
    run(f"INSERT INTO {quoted} ({columns}) SELECT {', '.join(values.values())} FROM {aside}")  # noqa: S608
    run(f"DROP TABLE {aside}")
    _count_on(connection, table)


def new_column(connection: Connection, name: str, column: str) -> None:
    """Add one column that may be empty to a table others refer to; such a column has no check of its own.

    A table that an earlier migration of the same run has just made from the models has it already.
    """
    if column in {each["name"] for each in inspect(connection).get_columns(name)}:
        return
    spelled = CreateColumn(METADATA.tables[name].columns[column]).compile(dialect=connection.dialect)
    connection.exec_driver_sql(f"ALTER TABLE {_quoted(connection, name)} ADD COLUMN {spelled}")


def new_index(connection: Connection, table: str, name: str) -> None:
    """Make one index of a table others refer to, unless an earlier migration of the same run made it."""
    index = next(each for each in METADATA.tables[table].indexes if each.name == name)
    index.create(connection, checkfirst=True)


def _count_on(connection: Connection, table: Table) -> None:
    """A server's table anew counts its keys from one; let it go on after the last."""
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        name = _quoted(connection, table.name)
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 - our own names
            f"(SELECT coalesce(max(id), 0) + 1 FROM {name}), false)"
        )


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
