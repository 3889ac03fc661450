"""The fast way to read: the plain driver, one read-only snapshot, no ORM in sight.

For what is asked over and over: checks, the queue, reports, a call's every answer. Their SQL is in ``store.case_rows``
and beside it as constants with ``:named`` parameters; tests hold the columns to the models'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from collectdesk.store import lite, version
from collectdesk.store.faults import translated
from collectdesk.store.home import Home, location
from collectdesk.store.sqltext import as_pyformat

SQLITE_PREFIX = "sqlite:///"
ROWS = 1_000
"""Rows of a stream fetched at a time."""
READ_ONLY = "-c default_transaction_read_only=on"
SERVER_VERSION = "SELECT coalesce(max(number), 0) FROM migration"


class Driver(Protocol):
    """What both drivers' connections offer."""

    def execute(self, sql: str, params: Mapping[str, object] = ..., /) -> Any:  # noqa: ANN401 - a cursor of either driver
        """Run one statement."""

    def close(self) -> None:
        """Close the connection, ending the snapshot."""


class Reader:
    """One snapshot of the database; ``ask`` is what the SQL texts are given to."""

    def __init__(self, driver: Driver, *, on_server: bool) -> None:
        self.driver = driver
        self.on_server = on_server

    def ask(self, sql: str, params: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of one SQL text with ``:named`` parameters.

        Raises:
            Problem: what ``store.faults`` knows.
        """
        with translated():
            return list(self.driver.execute(as_pyformat(sql) if self.on_server else sql, params or {}).fetchall())

    def stream(self, sql: str, params: Mapping[str, object] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of one SQL text as they come: many pass through, few are held."""
        with translated():
            cursor = self.driver.execute(as_pyformat(sql) if self.on_server else sql, params or {})
            while rows := cursor.fetchmany(ROWS):
                yield from rows

    def close(self) -> None:
        """End the snapshot; a long one keeps the write-ahead log from shrinking."""
        self.driver.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reader(home: Home, key: bytes | None) -> Reader:
    """Read the desk in ``home`` with the key of whoever is signed in.

    Raises:
        Problem: what ``store.faults`` knows; another schema than this program's.
    """
    return open_url(*location(home, key))


def open_url(url: str, key: bytes | None) -> Reader:
    """Read the database at ``url`` (``sqlite:///PATH`` or ``postgresql://…``)."""
    if url.startswith(SQLITE_PREFIX):
        return _file(Path(url.removeprefix(SQLITE_PREFIX)), key[: lite.KEY_BYTES] if key else None)
    return _server(url.replace("postgresql+psycopg://", "postgresql://", 1))


def _file(path: Path, key: bytes | None) -> Reader:
    connection = lite.connect(path, key, readonly=True)
    try:
        with translated():
            connection.execute("BEGIN")
            version.require(connection.execute("PRAGMA user_version").fetchone()[0])
    except BaseException:
        connection.close()
        raise
    return Reader(connection, on_server=False)


def _server(url: str) -> Reader:
    import psycopg

    from collectdesk.store import server

    url = server.secured(url)
    with translated():
        connection = psycopg.connect(
            url, options=f"{server.OPTIONS} {READ_ONLY}", connect_timeout=server.CONNECT_SECONDS
        )
        try:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            version.require(_server_version(connection))
        except BaseException:
            connection.close()
            raise
    return Reader(connection, on_server=True)


def _server_version(connection: Any) -> int:  # noqa: ANN401 - psycopg's own type would import it
    there = connection.execute("SELECT to_regclass('migration') IS NOT NULL").fetchone()[0]
    return int(connection.execute(SERVER_VERSION).fetchone()[0]) if there else 0
