"""What a driver's error means to a person: every one the desk can meet becomes a Problem, and none names data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from collectdesk.errors import N_, BadData, Busy, InternalProblem, NotFound, Problem

SQLITE = {
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_FULL": "full",
    "SQLITE_READONLY": "readonly",
    "SQLITE_PERM": "readonly",
    "SQLITE_AUTH": "readonly",
    "SQLITE_CANTOPEN": "unopenable",
    "SQLITE_CORRUPT": "corrupt",
    "SQLITE_NOTADB": "wrong_key",
    "SQLITE_IOERR": "io",
    "SQLITE_TOOBIG": "unstorable",
}
# PostgreSQL: SQLSTATE, or its first two characters for a whole class.
POSTGRES = {
    "55P03": "locked",
    "40P01": "locked",
    "40001": "locked",
    "57014": "locked",
    "25006": "readonly",
    "42501": "readonly",
    "53100": "full",
    "XX001": "corrupt",
    "XX002": "corrupt",
    "08": "unreachable",
    "28": "refused",
    "3D": "unopenable",
    "53": "unreachable",
    "57": "unreachable",
    "22": "unstorable",
}


def problem(kind: str) -> Problem:
    """The Problem for one of the kinds above."""
    make = {
        "locked": _locked,
        "full": _full,
        "readonly": _readonly,
        "unopenable": _unopenable,
        "corrupt": _corrupt,
        "wrong_key": _wrong_key,
        "io": _io,
        "no_directory": _no_directory,
        "unreachable": _unreachable,
        "refused": _refused,
        "unstorable": _unstorable,
    }
    return make[kind]()


def translate(error: BaseException) -> Problem | None:
    """The Problem behind a driver's error; none for a broken constraint or a fault of ours, which stay as they are."""
    kind = _kind(error)
    return problem(kind) if kind else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn driver errors into Problems inside the block; the driver's text is dropped, it may quote data."""
    try:
        yield
    except Exception as error:
        known = translate(error)
        if known is None:
            raise
        raise known from None


def _kind(error: BaseException) -> str | None:
    if isinstance(error, UnicodeEncodeError):
        return "unstorable"
    if name := getattr(error, "sqlite_errorname", None):
        return _by_prefix(str(name))
    if not hasattr(error, "sqlstate"):
        return None
    state = error.sqlstate
    if state is None:  # psycopg never reached a server, lost it, or could not encode a value
        return "unstorable" if type(error).__name__ == "DataError" else _unreached(error)
    return POSTGRES.get(state) or POSTGRES.get(state[:2])


def _unreached(error: BaseException) -> str | None:
    return "unreachable" if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None


def _by_prefix(name: str) -> str | None:
    """Extended codes (SQLITE_IOERR_WRITE) mean what their family means."""
    return SQLITE.get(name) or next((kind for family, kind in SQLITE.items() if name.startswith(f"{family}_")), None)


def _locked() -> Problem:
    return Busy(
        "database_locked",
        N_("Another process has held the database for more than ten seconds."),
        hint=N_("Try again in a moment; nothing was written."),
    )


def _full() -> Problem:
    return InternalProblem(
        "disk_full",
        N_("The disk is full; nothing was written."),
        hint=N_("Free some space, then repeat the command."),
    )


def _readonly() -> Problem:
    return InternalProblem(
        "database_read_only",
        N_("The database may not be written here."),
        hint=N_("Check the owner and the permissions of the desk's directory."),
    )


def _unopenable() -> Problem:
    return NotFound(
        "database_missing",
        N_("There is no database where the desk expects it, or it may not be read."),
        hint=N_("Check --desk; `collectdesk restore` brings a backup back."),
    )


def _corrupt() -> Problem:
    return BadData(
        "database_corrupt",
        N_("The database is damaged."),
        hint=N_("Leave the file as it is and restore the last backup with `collectdesk restore`."),
    )


def _wrong_key() -> Problem:
    return BadData(
        "database_wrong_key",
        N_("The database does not open with this key: it belongs to another desk, or it is damaged."),
        hint=N_("Check --desk; `collectdesk restore` brings a backup back."),
    )


def _io() -> Problem:
    return InternalProblem(
        "disk_error",
        N_("The disk could not be read or written."),
        hint=N_("Check the disk; the database must not lie on a network drive."),
    )


def _no_directory() -> Problem:
    return NotFound(
        "directory_missing",
        N_("There is no such directory, or a part of its path is a file."),
        hint=N_("Check the path; nothing was written."),
    )


def _unreachable() -> Problem:
    return Busy(
        "server_unreachable",
        N_("The database server does not answer."),
        hint=N_("Check the network and the address in the desk's settings; nothing was written."),
    )


def _refused() -> Problem:
    return BadData(
        "server_refused",
        N_("The database server refuses the desk's name or password."),
        hint=N_("Ask whoever runs the server; the address lies in a file of the desk's directory."),
    )


def _unstorable() -> Problem:
    return BadData(
        "text_unstorable",
        N_("A value cannot be stored: it holds a character that is no text, or it is too long."),
        hint=N_("Look for zero bytes or broken characters in the source."),
    )
