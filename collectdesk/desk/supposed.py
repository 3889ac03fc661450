"""A rulebook supposed to be in force (假设采用): what the desk would then answer, nothing written.

The proposal takes the place of the rulebook of its id, or stands beside the others where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from collectdesk.desk import adoption
from collectdesk.desk.checking import DIGESTS_IN_FORCE
from collectdesk.desk.window import Window
from collectdesk.gate import Rulebook
from collectdesk.store.reader import Reader

BEGUN = "begun"


class Proposal(msgspec.Struct, frozen=True):
    """A rulebook to be tried: as it is asked, and the date from which its own text would bind, where that is ahead.

    A text that begins on a later date is tried as if it bound already, else it would have nothing to say of what was.
    """

    book: Rulebook
    begins: date | None = None


def proposed(book: Rulebook, today: date) -> Proposal:
    """``book`` as it is tried on ``today``."""
    begins = book.in_force.start
    if begins is None or begins <= today:
        return Proposal(book)
    digest = f"{book.digest}+{BEGUN}"  # compiled texts are kept by digest, and this one says something else
    return Proposal(replace(book, in_force=replace(book.in_force, start=None), digest=digest), begins)


def put_in(books: list[Rulebook], book: Rulebook) -> list[Rulebook]:
    """``books`` with ``book`` in the place of the one of its id, or added; by id."""
    return sorted([*(each for each in books if each.id != book.id), book], key=lambda each: each.id)


def supposing(window: Window, book: Rulebook) -> Window:
    """The same window, through which ``book`` is seen to be in force."""
    return replace(window, reader=_Supposing(window.reader, book))


class _Supposing(Reader):
    """Reads as the one it is made of, but for what is asked about rulebooks in force."""

    def __init__(self, reader: Reader, book: Rulebook) -> None:
        super().__init__(reader.driver, on_server=reader.on_server)
        self._row = (book.id, book.version, book.digest, msgspec.json.encode(book).decode())

    def ask(self, sql: str, params: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        rows = super().ask(sql, params)
        if sql not in (adoption.IN_FORCE, DIGESTS_IN_FORCE) or (params or {}).get("kind") != "rulebook":
            return rows
        name, _version, digest, _compiled = self._row
        own = self._row if sql == adoption.IN_FORCE else (name, digest)
        return sorted([*(row for row in rows if row[0] != name), own], key=lambda row: str(row[0]))
