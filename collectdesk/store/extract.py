"""A stretch of the journal that proves itself elsewhere: some entries whole, the others as links, up to the head.

A link is what is needed to see that an entry follows the one before it, and no more: the state of SHA-256 before the
last blocks of the entry's text, and what those blocks say before the hash of the entry before. Nobody learns from it
who did what; yet no entry can be changed, taken out or put in without the last hash being another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from collectdesk.store import sha256
from collectdesk.store.audit import BLOCK, Fault, FaultKind, Seal, entries
from collectdesk.store.journal import GENESIS, entry_hash, entry_text

SCHEMA = "collectdesk.extract/1"
ENTRY, LINK = 9, 5
"""How many values an entry has, and a link: seq, whole blocks, the state after them, the text up to ``prev``, hash."""
END = '"]'
HASH = 64


class Unreadable(ValueError):
    """This is no extract."""


@dataclass(frozen=True)
class Extract:
    """Entries and links in order; ``before`` is the hash the first of them follows, ``count`` the head's number."""

    first: int
    before: str
    count: int
    head: str
    chain: tuple[tuple[object, ...], ...]

    def document(self) -> dict[str, object]:
        """As it is written."""
        of_file = {"first": self.first, "before": self.before, "count": self.count, "head": self.head}
        return {"schema": SCHEMA, **of_file, "chain": self.chain}

    @property
    def entries(self) -> list[tuple[object, ...]]:
        """The entries that are shown whole."""
        return [each for each in self.chain if len(each) == ENTRY]


def extract(
    connection: Connection, shown: Collection[str], *, advance: Callable[[int], object] | None = None
) -> Extract:
    """The journal from the first entry about one of ``shown`` (subjects) to its head.

    Args:
        connection: an open connection.
        shown: subjects, such as ``case_file:17``, whose entries are shown whole.
        advance: told of every further so many entries read.
    """
    if not connection.in_transaction():
        connection.begin()  # one snapshot for all that follows
    chain: list[tuple[object, ...]] = []
    before = last = GENESIS
    seq = 0
    for row in entries(connection):
        seq = int(str(row[0]))
        whole = row[4] in shown
        if whole and not chain:
            before = str(row[7])
        if whole or chain:
            chain.append(tuple(row) if whole else link(row))
        last = str(row[8])
        if advance and not seq % BLOCK:
            advance(BLOCK)
    if not chain:
        return Extract(seq + 1, last, seq, last, ())
    return Extract(int(str(chain[0][0])), before, seq, last, tuple(chain))


def link(row: Sequence[object]) -> tuple[object, ...]:
    """An entry as a link."""
    text = entry_text(row)
    ahead = text[: -HASH - len(END)]
    blocks = len(ahead) // sha256.BLOCK
    whole = blocks * sha256.BLOCK
    return row[0], blocks, sha256.spelled(sha256.state_after(ahead[:whole])), ahead[whole:].decode(), row[8]


def linked_hash(item: Sequence[object], prev: str) -> str:
    """The hash a link comes to behind an entry with the hash ``prev``."""
    rest = f"{item[3]}{prev}{END}".encode()
    return sha256.finished(sha256.read(str(item[2])), int(str(item[1])), rest)


def read(document: Mapping[str, Any]) -> Extract:
    """An extract from its document.

    Raises:
        Unreadable: it is none.
    """
    try:
        chain = tuple(tuple(each) for each in document["chain"])
        made = Extract(
            int(document["first"]), str(document["before"]), int(document["count"]), str(document["head"]), chain
        )
        fits = document["schema"] == SCHEMA and all(_fits(each) for each in chain)
    except (KeyError, TypeError, ValueError):
        raise Unreadable from None
    if not fits:
        raise Unreadable
    return made


def _fits(item: tuple[object, ...]) -> bool:
    if len(item) not in (ENTRY, LINK) or type(item[0]) is not int or not isinstance(item[-1], str):
        return False
    if len(item) == ENTRY:
        return True
    sha256.read(str(item[2]))
    return type(item[1]) is int and 0 <= item[1] < BLOCK and isinstance(item[3], str)


def faults(made: Extract, against: Seal | None = None) -> tuple[Fault, ...]:
    """What does not hold: entries changed, removed, inserted, cut off, or not the ones that were sealed.

    A change whose own hash was made to fit shows at the entry behind it, which no longer follows: ``unlinked``.
    """
    return tuple(_Walk(made).faults(against))


def sealed_within(made: Extract, against: Seal) -> bool:
    """Whether the extract reaches over the entry a seal names."""
    return made.first - 1 <= against.count <= made.count


class _Walk:
    """The walk along an extract: the number and hash of the last entry; no hash behind a gap."""

    def __init__(self, made: Extract) -> None:
        self.made = made
        self.seq = made.first - 1
        self.hash: str | None = made.before
        self.hashes = {self.seq: made.before}

    def faults(self, against: Seal | None) -> Iterator[Fault]:
        for item in self.made.chain:
            yield from self._step(item)
        yield from self._end()
        if against and self.hashes.get(against.count, against.head) != against.head:
            yield _fault("rewritten", against.count)

    def _step(self, item: tuple[object, ...]) -> Iterator[Fault]:
        seq = int(str(item[0]))
        if seq <= self.seq:
            yield _fault("inserted", seq)
            return
        if seq > self.seq + 1:
            yield _fault("removed", self.seq + 1, seq - 1)
            self.hash = None
        yield from self._entry(item, seq) if len(item) == ENTRY else self._link(item, seq)
        self.seq, self.hash = seq, str(item[-1])
        self.hashes[seq] = self.hash

    def _entry(self, item: tuple[object, ...], seq: int) -> Iterator[Fault]:
        if entry_hash(item) != item[8]:
            yield _fault("changed", seq)
        elif self.hash is not None and item[7] != self.hash:
            yield _fault("unlinked", max(seq - 1, 1), seq)

    def _link(self, item: tuple[object, ...], seq: int) -> Iterator[Fault]:
        if self.hash is not None and linked_hash(item, self.hash) != item[4]:
            yield _fault("unlinked", max(seq - 1, 1), seq)

    def _end(self) -> Iterator[Fault]:
        if self.seq < self.made.count:
            yield _fault("cut_off", self.seq + 1, self.made.count)
        elif self.seq > self.made.count:
            yield _fault("inserted", self.made.count + 1, self.seq)
        elif self.hash != self.made.head:
            yield _fault("rewritten", self.seq)


def _fault(kind: FaultKind, seq: int, until: int | None = None) -> Fault:
    return Fault(kind, seq, seq if until is None else until)
