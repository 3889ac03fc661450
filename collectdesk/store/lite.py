"""Opening the encrypted file with the plain driver: no SQLAlchemy, so a read starts fast.

``sqlcipher3`` is the only SQLite of this program; a second build on one file in one process could damage it.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from collectdesk.errors import InternalProblem, NotFound, Problem
from collectdesk.store.faults import problem, translated

KEY_BYTES = 32
BUSY_MS = 10_000
INDEX_BYTES = 65_536  # a little more than the index of a write-ahead log, which every connection needs
CACHE_KIB = 65_536  # decrypted pages kept; reads of an encrypted file cost three times as much with 2 MiB


def connect(path: Path, key: bytes | None, *, readonly: bool = False, create: bool = False) -> dbapi2.Connection:
    """Open the desk's file with every setting the desk relies on.

    Args:
        path: the database file; made owner-only when ``create`` and absent.
        key: 32 raw bytes; ``None`` opens an unencrypted file (benchmarks only).
        readonly: refuse every write on this connection.
        create: allow the file to be made.
    Raises:
        Problem: missing, unreadable, locked, damaged, or another key's file.
    """
    if create:
        _make_private(path)
    elif not path.is_file():
        raise problem("unopenable")
    try:
        with translated():
            connection = dbapi2.connect(_uri(path, readonly), uri=True, isolation_level=None, check_same_thread=False)
            try:
                prepare(connection, key, readonly=readonly)
            except BaseException:
                connection.close()
                raise
    except InternalProblem as refused:
        raise (_no_room(path) if refused.code == "disk_error" else None) or refused from None
    except NotFound as refused:
        raise (problem("readonly") if _is_read_only(path) else refused) from None
    return connection


def prepare(connection: dbapi2.Connection, key: bytes | None, *, readonly: bool = False) -> None:
    """Unlock a fresh connection and set what every connection of the desk has."""
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key writes to stderr
    if key is not None:
        connection.execute(f'PRAGMA key = "{raw_key(key)}"')
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the first read proves the key
    pragmas = ["foreign_keys = ON", "recursive_triggers = ON", "synchronous = FULL"]
    pragmas += ["query_only = ON"] if readonly else ["journal_mode = WAL"]
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def raw_key(key: bytes) -> str:
    """The key as SQLCipher takes it without deriving: ``x'…'``."""
    if len(key) != KEY_BYTES:
        raise problem("wrong_key")
    return f"x'{key.hex()}'"


def rekey(path: Path, old: bytes, new: bytes, *, busy_ms: int = BUSY_MS) -> None:
    """Rewrite the whole file under another key, in one transaction of SQLite's.

    Raises:
        Problem: another process has the file open for writing, or the disk refuses.
    """
    connection = connect(path, old)
    with translated():
        try:
            connection.execute(f"PRAGMA busy_timeout = {busy_ms}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")  # refuses while others are connected
            connection.execute(f'PRAGMA rekey = "{raw_key(new)}"')
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
    connect(path, new, readonly=True).close()


def copy(source: Path, target: Path, key: bytes | None) -> None:
    """Copy the file page by page under the same key, while others go on writing.

    The pages are read through once before: copying alone takes a damaged one along without a word.

    Raises:
        Problem: the disk is full or refuses; the file is damaged.
    """
    reading = connect(source, key, readonly=True)
    try:
        with translated():
            reading.execute("BEGIN")  # what is looked at is what is copied
            if reading.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise problem("corrupt")
        writing = connect(target, key, create=True)
        try:
            with translated():
                reading.backup(writing)
        except dbapi2.OperationalError as error:  # this call alone does not say which error it met
            raise problem("full" if "full" in str(error) else "io") from None
        finally:
            writing.close()
    finally:
        reading.close()


def _no_room(path: Path) -> Problem | None:
    """Readers too make the index of the write-ahead log; that it found no room SQLite calls an input/output error."""
    import shutil  # only a refusal has a use for it

    return problem("full") if shutil.disk_usage(path.parent).free < INDEX_BYTES else None


def _is_read_only(path: Path) -> bool:
    """Whether the file may be read but nothing be made beside it, as a write-ahead log needs even for reading."""
    return os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK)


def _uri(path: Path, readonly: bool) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={'ro' if readonly else 'rw'}"


def _make_private(path: Path) -> None:
    """Make the file owner-only before SQLite sees it; -wal and -shm inherit its permissions."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise problem("full" if error.errno == 28 else "readonly") from None
