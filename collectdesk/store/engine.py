"""The database behind one object: a file under SQLCipher or a PostgreSQL server, the same code on both.

``reader`` reads one snapshot and holds no write lock; ``writer`` holds the write lock from its first statement on
SQLite (BEGIN IMMEDIATE) and runs READ COMMITTED on PostgreSQL, where ``lock_row`` takes the row the race is about.
The drivers' own transaction handling over-allocates under a race, therefore it is switched off.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from collectdesk.errors import N_, UsageProblem
from collectdesk.store import lite, server
from collectdesk.store.faults import translate

JOURNAL_KEY = "journal_key"  # execution option: what the journal's digests are keyed with
WORD_AFTER = 1.0
"""Seconds a writer waits before it says so."""
ASK_AGAIN = 0.002
"""Seconds between two tries for the write lock."""


@dataclass(frozen=True)
class Store:
    """An open database. ``Session(store.reader)`` and ``Session(store.writer)`` share one pool."""

    reader: Engine
    writer: Engine
    url: URL

    @property
    def on_server(self) -> bool:
        """Whether this is PostgreSQL."""
        return self.writer.dialect.name == "postgresql"

    @property
    def path(self) -> Path | None:
        """The database's file; none on a server."""
        return None if self.on_server or not self.url.database else Path(self.url.database)

    def close(self) -> None:
        """Give back every connection."""
        self.writer.dispose()


def open_engine(
    url: str, key: bytes | None = None, *, create: bool = False, on_wait: Callable[[], None] | None = None
) -> Store:
    """Open the database of a desk.

    Args:
        url: ``sqlite:///PATH`` or ``postgresql+psycopg://…``.
        key: the desk's key; on a server only the journal's digests need it.
        create: allow a missing file to be made.
        on_wait: called once when a writer has waited a second for another.
    Raises:
        Problem: on first use, what ``store.faults`` knows; the driver's own error never shows.
    """
    place = make_url(server.secured(url) if url.startswith("postgresql") else url)
    keyed = {JOURNAL_KEY: journal_key(key)}
    if place.get_backend_name() == "postgresql":
        engine = _server(place).execution_options(**keyed)
        snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return Store(snapshot, engine, place)
    if place.get_backend_name() == "sqlite" and place.database:
        engine = _file(Path(place.database), database_key(key), create, on_wait).execution_options(**keyed)
        return Store(engine, engine.execution_options(write=True), place)
    raise UsageProblem("database_url", N_("The database address is neither sqlite:///PATH nor postgresql://…"))


def database_key(key: bytes | None) -> bytes | None:
    """The half of the desk's key that opens the file; re-keying replaces it."""
    return key[: lite.KEY_BYTES] if key else None


def journal_key(key: bytes | None) -> bytes:
    """What the journal's digests are keyed with: made of the half of the desk's key that never changes."""
    lasting = (key or b"")[lite.KEY_BYTES :] or key or b""
    return hmac.new(lasting, b"collectdesk journal digests", hashlib.sha256).digest()


def now(connection: Connection, at: int) -> int:
    """The instant that counts, in UTC seconds: the server's clock on a server, else ``at`` as handed in.

    Ask after the lock is held, or a midnight may fall between.
    """
    if connection.dialect.name != "postgresql":
        return at
    clock = "SELECT floor(extract(epoch FROM clock_timestamp()))::bigint"
    return int(connection.execute(text(clock)).scalar_one())


def lock_row(connection: Connection, table: str, key: int) -> None:
    """Hold one row until the transaction ends. On SQLite the writer already holds the database.

    The row's key is not meant to change: whoever only refers to it (a foreign key's check) need not wait. Take rows
    before the first journal entry, or two transactions may wait for each other.
    """
    if connection.dialect.name == "postgresql":
        name = connection.dialect.identifier_preparer.quote(table)
        held = f"SELECT id FROM {name} WHERE id = :key FOR NO KEY UPDATE"  # noqa: S608 - quoted just above
        connection.execute(text(held), {"key": key})


def _file(path: Path, key: bytes | None, create: bool, on_wait: Callable[[], None] | None) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: lite.connect(path, key, create=create),
        poolclass=QueuePool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = bool(connection.get_execution_options().get("write"))
        connection.exec_driver_sql(f"PRAGMA query_only = {int(not write)}")  # the pool is shared
        _begin_immediate(connection, on_wait) if write else connection.exec_driver_sql("BEGIN")

    event.listen(engine, "handle_error", _as_problem)
    return engine


def _begin_immediate(connection: Connection, on_wait: Callable[[], None] | None) -> None:
    """Take the write lock; after a second of waiting say so once, after ten give up.

    SQLite waits by sleeping ever longer, up to a tenth of a second beside a lock long free; among many writers that
    is most of the time. Asking again every two milliseconds takes the lock as soon as it is given back.
    """
    driver = connection.connection.dbapi_connection
    assert driver is not None
    cursor = driver.cursor()
    began = time.monotonic()
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        while not _taken(cursor):
            waited = time.monotonic() - began
            if waited >= lite.BUSY_MS / 1000:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # once more, so that the refusal is worded as any other
                return
            if on_wait is not None and waited >= WORD_AFTER:
                on_wait()
                on_wait = None
            time.sleep(ASK_AGAIN)
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {lite.BUSY_MS}")


def _taken(cursor: DBAPICursor) -> bool:
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except dbapi2.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            return False
        raise
    return True


def _server(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={"options": server.OPTIONS, "connect_timeout": server.CONNECT_SECONDS},
        poolclass=QueuePool,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    event.listen(engine, "handle_error", _as_problem)
    return engine


def _as_problem(context: ExceptionContext) -> None:
    """Replace a driver's error by the desk's; a broken constraint stays an IntegrityError, without the row's values."""
    error = context.original_exception
    known = translate(error)
    diagnosis = getattr(error, "diag", None)
    if diagnosis is not None:  # PostgreSQL quotes the whole row in its detail, and SQLAlchemy chains this error
        error.args = (diagnosis.message_primary,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = error.args
    if known is not None:
        raise known from None
