"""What tests do again and again from the same desk, done once: the file it left is kept and put in place of doing it.

A desk of the tests is a copy of one file. As long as nothing but what goes through ``Way.do`` wrote to a copy, what it
leads to is known: the same deeds at the same times lead to the same desk. Through another store than that of the copy,
as another process would have it, everything is done; so it is on a server (``Each``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from collectdesk.desk.office import Office
from collectdesk.store.engine import Store

PAGE = 4096
T = TypeVar("T")


class Clock(Protocol):
    """The clock of a test."""

    at: int
    behind: int

    def __call__(self) -> datetime:
        """The wall clock, as an office has it."""
        ...


class Deeds(Protocol):
    """What is done on a desk."""

    def do(self, office: Office, what: Hashable, really: Callable[[], T]) -> T:
        """Do ``really``; ``what`` names all it depends on but the office, the desk as it stands, and the time."""
        ...


class Each:
    """Every deed is done, however often it was done on another desk."""

    def do(self, office: Office, what: Hashable, really: Callable[[], T]) -> T:  # noqa: ARG002 - as ``Deeds`` has it
        """Do it."""
        return really()


@dataclass
class Place:
    """A desk as some deeds left it: what differs from the one before, the time then, and what the last one answered."""

    before: Place | None
    size: int
    pages: dict[int, bytes]
    at: int
    answer: Any = None
    next: dict[Hashable, Place] = field(default_factory=dict)

    def content(self) -> bytes:
        """The whole file."""
        pages: dict[int, bytes] = {}
        here: Place | None = self
        while here is not None:
            pages = {**here.pages, **pages}
            here = here.before
        return b"".join(pages[number] for number in range(0, self.size, PAGE))


def start(template: Path, at: int) -> Place:
    """The desk that copies are made of."""
    content = template.read_bytes()
    return Place(None, len(content), _pages(content), at)


def _pages(content: bytes) -> dict[int, bytes]:
    return {number: content[number : number + PAGE] for number in range(0, len(content), PAGE)}


def _of(office: Office) -> Hashable:
    """Everything of an office but its desk and clock: who sits there, and where."""
    others = (each.name for each in fields(office) if each.name not in ("store", "clock"))
    return tuple(getattr(office, name) for name in others)


class Way:
    """The deeds on one copy so far."""

    def __init__(self, start: Place, store: Store, clock: Clock) -> None:
        assert store.path is not None
        self._store, self._file, self._clock = store, store.path, clock
        self._here: Place | None = start
        self._content = start.content()

    def do(self, office: Office, what: Hashable, really: Callable[[], T]) -> T:
        """Do ``really``, or put what it led to in its place."""
        here = self._stand() if office.store is self._store and office.clock is self._clock else None
        if here is None:
            return really()
        deed = what, _of(office), self._clock.at, self._clock.behind
        known = here.next.get(deed)
        if known is None:
            answer = really()
            self._keep(here, deed, answer)
            return answer
        self._here, self._content, self._clock.at = known, known.content(), known.at
        self._file.write_bytes(self._content)
        found: T = known.answer
        return found

    def _stand(self) -> Place | None:
        """Where the copy is; ``None`` from the moment on when something else wrote to it, or has it open."""
        if self._here is not None and self._closed() != self._content:
            self._here = None
        return self._here

    def _closed(self) -> bytes | None:
        """The file once nobody has it open; ``None`` when somebody still has."""
        self._store.close()
        return None if self._file.with_name(f"{self._file.name}-wal").exists() else self._file.read_bytes()

    def _keep(self, here: Place, deed: Hashable, answer: object) -> None:
        content = self._closed()
        if content is None:
            self._here = None
            return
        old = _pages(self._content)
        pages = {number: page for number, page in _pages(content).items() if old.get(number) != page}
        self._here = here.next[deed] = Place(here, len(content), pages, self._clock.at, answer)
        self._content = content
