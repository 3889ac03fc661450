"""The journal (日志): every change appends one entry, in the transaction that makes it, in one hash chain.

An entry says who, when, what and about which row; ``before`` and ``after`` are keyed digests, so that a value can be
shown to be the one that was recorded, and nobody can guess it from the journal. The hash covers the whole entry and
the hash before it. Rows elsewhere may be destroyed when the law asks: the chain holds no personal data and stays.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from collectdesk.store.columns import dump_json
from collectdesk.store.engine import JOURNAL_KEY
from collectdesk.store.faults import translated
from collectdesk.store.sqltext import as_pyformat

GENESIS = "0" * 64
CHAIN_LOCK = 20_261_123  # the advisory lock every appender on a server takes
COLUMNS = ("seq", "at", "actor", "action", "subject", "before", "after", "prev", "hash")
HEAD = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
LOCK = f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})"
INSERT = (
    'INSERT INTO journal (seq, at, actor, action, subject, "before", "after", prev, hash) '
    "VALUES (:seq, :at, :actor, :action, :subject, :before, :after, :prev, :hash)"
)
EVERYTHING = 'SELECT seq, at, actor, action, subject, "before", "after", prev, hash FROM journal ORDER BY seq'
READ = text(EVERYTHING.replace("ORDER BY", "WHERE seq > :seq ORDER BY"))
_spell = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode  # made once: the chain is long


@dataclass(frozen=True)
class Change:
    """What happened. ``subject`` names a row (``case_file:17``), ``actor`` a staff number or ``system``.

    ``before``/``after`` are the values that changed; only their digests are kept.
    """

    at: int
    actor: str
    action: str
    subject: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Head:
    """The last entry: its number (0 when there is none), instant and hash."""

    seq: int
    at: int
    hash: str


def append(
    where: Connection | Session,
    *,
    at: int,
    actor: str,
    action: str,
    subject: str,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> int:
    """Append one entry inside the caller's transaction and return its number."""
    return append_many(where, [Change(at, actor, action, subject, before, after)])


def append_many(where: Connection | Session, changes: Iterable[Change]) -> int:
    """Append several entries at once; returns the number of the last, or of the head when there are none."""
    connection = where.connection() if isinstance(where, Session) else where
    on_server = connection.dialect.name == "postgresql"
    with translated():
        driver = _driver(connection)
        if on_server:  # one appender at a time; on SQLite the writer's lock says so already
            driver.execute(LOCK)
        last = _head(driver)
        rows = list(_chained(last, changes, _key(connection)))
        if rows:
            driver.cursor().executemany(as_pyformat(INSERT) if on_server else INSERT, rows)
    return last.seq + len(rows)


def head(where: Connection | Session) -> Head:
    """The last entry."""
    connection = where.connection() if isinstance(where, Session) else where
    with translated():
        return _head(_driver(connection))


def digest(key: bytes, value: Mapping[str, object] | None) -> str | None:
    """The keyed digest of a value: HMAC-SHA256 over its canonical JSON."""
    if value is None:
        return None
    return hmac.new(key, dump_json(value).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def value_digest(where: Connection | Session, value: Mapping[str, object]) -> str | None:
    """The digest this desk's journal would hold for ``value``: proof that a kept row is the recorded one."""
    connection = where.connection() if isinstance(where, Session) else where
    return digest(_key(connection), value)


def entry_hash(row: Sequence[object]) -> str:
    """SHA-256 over an entry's first eight columns, ``prev`` last."""
    return hashlib.sha256(entry_text(row)).hexdigest()


def entry_text(row: Sequence[object]) -> bytes:
    """What an entry's hash is taken over: a JSON list that ends with ``prev``."""
    return _spell(row[:8]).encode()


def _key(connection: Connection) -> bytes:
    key = connection.get_execution_options()[JOURNAL_KEY]
    assert isinstance(key, bytes)
    return key


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - a connection of either driver
    """The driver inside the caller's transaction: through SQLAlchemy the entry would cost as much again."""
    if not connection.in_transaction():
        connection.begin()
    return connection.connection.driver_connection


def _head(driver: Any) -> Head:  # noqa: ANN401 - a connection of either driver
    row = driver.execute(HEAD).fetchone()
    return Head(*row) if row else Head(0, 0, GENESIS)


def _chained(last: Head, changes: Iterable[Change], key: bytes) -> Iterator[dict[str, object]]:
    prev = last.hash
    for seq, change in enumerate(changes, last.seq + 1):
        before, after = digest(key, change.before), digest(key, change.after)
        row = [seq, change.at, change.actor, change.action, change.subject, before, after, prev]
        prev = entry_hash(row)
        yield dict(zip(COLUMNS, [*row, prev], strict=True))
