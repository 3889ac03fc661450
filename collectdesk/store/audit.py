"""Reading the journal against itself and against a seal: what was changed, removed, inserted or cut off.

The chain shows every alteration of what lies between two honest entries. A tail that was cut off leaves a chain that
is whole: only a seal kept elsewhere (head and count, printed and exported at shift close) shows it, or a verdict that
names a later entry than there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from collectdesk.store.faults import translated
from collectdesk.store.journal import EVERYTHING, GENESIS, entry_hash, head

FaultKind = Literal["changed", "removed", "inserted", "cut_off", "rewritten", "unlinked", "trigger_missing"]
Entry = Sequence[object]
BLOCK = 2_000  # entries between two words about how far the reading has come
SHIFTS = (1, -1, 2, -2, 3, -3)  # how far an editor's renumbering is looked for


@dataclass(frozen=True)
class Seal:
    """Head and count of the journal at an instant, to be kept outside the desk."""

    count: int
    head: str
    at: int


@dataclass(frozen=True)
class Fault:
    """One finding: the entry it is about, and for a range its last one.

    ``changed``: the entry is not as written. ``removed``: it is gone. ``inserted``: it was not appended in its turn.
    ``cut_off``: the tail from there on is gone. ``rewritten``: whole, but not the journal that was sealed.
    ``unlinked``: of an extract, the later entry does not follow the earlier one as it stands there.
    ``trigger_missing``: the database no longer refuses changes (entry 0).
    """

    kind: FaultKind
    seq: int
    until: int


@dataclass(frozen=True)
class Finding:
    """The outcome: how many entries were read, the head, and what is wrong (nothing, when all is well)."""

    count: int
    head: str
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass
class _Reading:
    """Where the reader stands: the last number, hash and what that followed; how far numbers were shifted."""

    seq: int = 0
    hash: str = GENESIS
    before: str = GENESIS
    shift: int = 0
    count: int = 0
    sealed: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def follow(self, row: Entry) -> None:
        """Go on behind an entry that is as it should be."""
        self.count += 1
        self.seq += 1
        self.before, self.hash = self.hash, str(row[8])

    def find(self, kind: FaultKind, seq: int, until: int | None = None) -> None:
        self.faults.append(Fault(kind, seq, seq if until is None else until))


def seal(where: Connection | Session, at: int) -> Seal:
    """The seal of the journal as it stands."""
    last = head(where)
    return Seal(last.seq, last.hash, at)


def verify(
    where: Connection | Session, against: Seal | None = None, *, advance: Callable[[int], object] | None = None
) -> Finding:
    """Read the whole journal, oldest first, and say precisely what does not hold.

    Args:
        where: an open connection or session.
        against: a seal kept elsewhere; without one a tail that was cut off may not show.
        advance: told of every further so many entries read.
    """
    connection = where.connection() if isinstance(where, Session) else where
    if not connection.in_transaction():
        connection.begin()  # one snapshot for all that follows
    reading = _Reading()
    for row in _told(entries(connection), advance) if advance else entries(connection):
        if row[0] == reading.seq + 1 and row[7] == reading.hash and not reading.shift and entry_hash(row) == row[8]:
            reading.follow(row)
        else:
            _take(reading, row)
        if against and reading.seq == against.count:
            reading.sealed = reading.hash
    _known_later(connection, reading)
    if against:
        _compare(reading, against)
    if not _triggers(connection):
        reading.find("trigger_missing", 0)
    return Finding(reading.count, reading.hash, tuple(reading.faults))


def _take(reading: _Reading, row: Entry) -> None:
    seq, prev, stored = int(str(row[0])), str(row[7]), str(row[8])
    reading.count += 1
    if not _in_turn(reading, seq, prev):
        return
    shift = _shift_of(row, reading)
    if shift is None:
        reading.find("changed", seq)
    elif shift != reading.shift:
        _renumbered(reading, seq, shift)
    elif prev != reading.hash:
        _unlinked(reading, seq)
    reading.seq, reading.hash, reading.before = seq, stored, prev


def _in_turn(reading: _Reading, seq: int, prev: str) -> bool:
    """Look at the number alone; whether the entry belongs to the chain at all."""
    expected = reading.seq + 1
    if seq < 1:
        reading.find("inserted", seq)
        return False
    if seq > expected:
        reading.find("removed", expected, seq - 1)
        reading.hash = prev  # the gap is named; what follows is judged on its own
    return True


def _unlinked(reading: _Reading, seq: int) -> None:
    """The entry is as it was written, but after another one than the one before it: that one was put there."""
    if not reading.faults or reading.faults[-1].seq != seq - 1:
        reading.find("changed" if seq > 1 else "inserted", max(seq - 1, 1))


def _renumbered(reading: _Reading, seq: int, shift: int) -> None:
    """From here on the entries bear other numbers than they were written with; the finding uses those as written."""
    written, moved = seq + reading.shift, shift - reading.shift
    reading.shift = shift
    if moved > 0:
        reading.find("removed", written, written + moved - 1)
        return
    first = seq + moved
    reading.faults = [fault for fault in reading.faults if fault.seq < first]  # the intruder explains them
    reading.find("inserted", first, seq - 1)


def _shift_of(row: Entry, reading: _Reading) -> int | None:
    """By how much the entry was renumbered since it was written; none when its content differs."""
    for shift in (reading.shift, 0, *SHIFTS):
        if _hash_under(row, shift) == row[8]:
            return shift
    # no two entries may follow the same one, so whoever inserts must also relink the entry that comes after
    pushed = reading.shift - 1
    return pushed if _hash_under([*row[:7], reading.before], pushed) == row[8] else None


def _hash_under(row: Entry, shift: int) -> str:
    return entry_hash([int(str(row[0])) + shift, *row[1:8]])


def _known_later(connection: Connection, reading: _Reading) -> None:
    known = connection.execute(text("SELECT max(journal_seq) FROM verdict")).scalar() or 0
    if known > reading.seq:
        reading.find("cut_off", reading.seq + 1, known)


def _compare(reading: _Reading, against: Seal) -> None:
    if reading.seq < against.count:
        if not any(fault.kind == "cut_off" for fault in reading.faults):
            reading.find("cut_off", reading.seq + 1, against.count)
    elif against.count and reading.sealed != against.head:
        reading.find("rewritten", against.count)


def _triggers(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        names = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_no_%'"
        return int(connection.execute(text(names)).scalar_one()) == len(("update", "delete"))
    enabled = "SELECT count(*) FROM pg_trigger WHERE tgname = 'journal_no_change' AND tgenabled <> 'D'"
    return int(connection.execute(text(enabled)).scalar_one()) == 1


def entries(connection: Connection) -> Iterator[Entry]:
    """All entries in order, as the driver's tuples: a journal of years is read in one go."""
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor("journal") if connection.dialect.name == "postgresql" else driver.cursor()
    with translated():
        yield from cursor.execute(EVERYTHING)
    cursor.close()


def _told(rows: Iterator[Entry], advance: Callable[[int], object]) -> Iterator[Entry]:
    for count, row in enumerate(rows, 1):
        yield row
        if not count % BLOCK:
            advance(BLOCK)
