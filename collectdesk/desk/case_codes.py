"""Case numbers for completion: the only thing about a case that may be offered unasked (never a name)."""

from __future__ import annotations

from collectdesk.store import home, sessions
from collectdesk.store.home import Home
from collectdesk.store.reader import open_reader

_SQL = "SELECT code FROM case_file WHERE code >= :first AND code < :after ORDER BY code LIMIT :most"


def codes_beginning(desk: Home, prefix: str, at: int, *, most: int = 100) -> list[str]:
    """At most ``most`` case numbers of the desk that begin with ``prefix``.

    Args:
        desk: the desk's directory.
        prefix: what was typed.
        at: UTC seconds.
        most: the longest list.
    Raises:
        Problem: there is no desk, nobody is signed in, or the database cannot be read.
    """
    signed_in = sessions.current(home.read(desk).desk, at)
    with open_reader(desk, signed_in.key) as reader:
        rows = reader.ask(_SQL, {"first": prefix, "after": f"{prefix}\U0010ffff", "most": most})
    return [str(code) for (code,) in rows]
