"""Many rows into many tables: one SQL text a table, keys taken in blocks, nothing through ORM objects.

Keys are handed out here, because rows of one batch refer to each other. On SQLite the write lock makes the next free
key ours; on a server blocks come from each table's own sequence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import Connection, func, select, text

from collectdesk.store.schema import METADATA

BLOCK = 1000
ONE_AT_A_TIME = 20_261_124  # the advisory lock of imports on a server
# Parents before children: foreign keys are checked at once.
ORDER = (
    "org", "creditor", "person", "person_zone", "number", "case_file", "case_party", "statement", "contract_term",
    "case_consequence", "notice", "contact_event", "history_cover",
)  # fmt: skip


class Keys:
    """Free keys of each table, for one transaction."""

    def __init__(self, connection: Connection, *, real: bool) -> None:
        self._connection = connection
        self._real = real
        self._free: dict[str, Iterator[int]] = {}

    def take(self, table: str) -> int:
        """The next free key of a table."""
        try:
            return next(self._free[table])
        except (KeyError, StopIteration):
            self._free[table] = self._more(table)
            return next(self._free[table])

    def _more(self, table: str) -> Iterator[int]:
        if self._real and self._connection.dialect.name == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :block)"
            found = self._connection.execute(text(sequence), {"table": table, "block": BLOCK})
            return iter([int(key) for key in found.scalars()])
        rows = METADATA.tables[table]
        return count((self._connection.execute(select(func.max(rows.c.id))).scalar() or 0) + 1)


def hold_imports(connection: Connection) -> None:
    """Let no other import run beside this one: on SQLite the write lock says so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})


class Inserts:
    """Rows waiting for their tables; ``flush`` writes them in an order that foreign keys allow."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sql: dict[tuple[str, tuple[str, ...]], str] = {}
        self._rows: dict[tuple[str, tuple[str, ...]], list[tuple[object, ...]]] = {}
        self.written = 0

    @property
    def waiting(self) -> int:
        """How many rows wait or have been written."""
        return self.written + sum(map(len, self._rows.values()))

    def add(self, table: str, columns: tuple[str, ...], *values: object) -> None:
        """One row; ``values`` follow ``columns``."""
        self._rows.setdefault((table, columns), []).append(values)

    def flush(self, *, keep: bool) -> None:
        """Write everything that waits, or with ``keep`` false forget it."""
        for key in sorted(self._rows, key=lambda each: ORDER.index(each[0])):
            rows = self._rows[key]
            if rows and keep:
                self._connection.exec_driver_sql(self._statement(key), rows)
            self.written += len(rows)
            rows.clear()

    def _statement(self, key: tuple[str, tuple[str, ...]]) -> str:
        if key not in self._sql:
            table, columns = key
            known = METADATA.tables[table].columns
            assert all(column in known for column in columns)
            mark = "%s" if self._connection.dialect.name == "postgresql" else "?"
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join([mark] * len(columns))
            self._sql[key] = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of the schema
        return self._sql[key]
