"""One comparison: the lines of a file with what the desk knows of each, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collectdesk.desk.dials.incoming import Answered, Rang, Taken
from collectdesk.desk.dials.matching import Compared, Dialled, differs, stricter
from collectdesk.desk.payments.closure import batched
from collectdesk.desk.recordings.naming import canonical
from collectdesk.store import journal
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.dials.clockwork import Ahead
    from collectdesk.desk.dials.known import Held, Permitted, Seats
    from collectdesk.desk.dials.reading import Record

T = METADATA.tables
CHUNK = 500


@dataclass(frozen=True)
class Line:
    """A record with what the desk knows of it: the number held here, or its keyed digest; whose dial it was."""

    record: Record
    digits: str
    mark: str
    held: Held | None
    digest: str | None
    staff: int | None

    def dial(self, key: int) -> Dialled:
        """As the comparison takes it."""
        return Dialled(key, self.digits, self.record.at, self.staff, self.record.line, self.record.duration_s)

    def rang(self, key: int) -> Rang:
        """An incoming call, as that comparison takes it."""
        return Rang(key, self.held.debtor if self.held else None, self.record.at, self.record.duration_s, self.staff)


@dataclass(frozen=True)
class Work:
    """What is to be written: ``new`` are places of lines; ``compared`` and ``answered`` what became of each of those.

    An incoming call of somebody nobody here knows is not among them: it is no business of the desk, and is not kept.
    """

    lines: Sequence[Line]
    new: Collection[int]
    permits: Sequence[Permitted]
    ahead: Ahead
    compared: Compared
    taken: Sequence[Taken]
    answered: Answered

    @property
    def anything(self) -> bool:
        """Whether anything changes."""
        return bool(self.new) or bool(self.silent) or bool(self.unrung)

    @property
    def by_key(self) -> Mapping[int, Permitted]:
        """The permits by key."""
        return {each.shown.permit: each for each in self.permits}

    @property
    def silent(self) -> tuple[int, ...]:
        """Permits without a dial of which nothing has been found before."""
        known = self.by_key
        return tuple(permit for permit in self.compared.without_dial if not known[permit].told)

    @property
    def calls(self) -> Mapping[int, Taken]:
        """The desk's incoming calls by key."""
        return {each.call: each for each in self.taken}

    @property
    def unrung(self) -> tuple[Taken, ...]:
        """Incoming calls of the desk that no record has, and of which that has not been found before."""
        known = self.calls
        return tuple(known[call] for call in self.answered.without_record if not known[call].told)

    def different(self) -> Iterator[tuple[int, Permitted, str]]:
        """The matched dials that tell something else than the desk: place, permit, and how."""
        known = self.by_key
        for place, permit in self.compared.matched:
            if known[permit].shown.erased:
                continue
            how = differs(self.lines[place].dial(place), known[permit].shown)
            if how is not None:
                yield place, known[permit], how

    def corrected(self) -> dict[int, Permitted]:
        """Of those the ones of which the desk counts too little, by place."""
        return {
            place: permit
            for place, permit, how in self.different()
            if how == "result" and permit.event and stricter(self.lines[place].dial(place), permit.shown)
        }

    def became(self) -> Iterator[tuple[Line, str]]:
        """Every line in order, with what became of it."""
        hows = {place: how for place, _permit, how in self.different()}
        matched, other = dict(self.compared.matched), dict(self.compared.other_number)
        inbound, strange = dict(self.answered.matched), set(self.answered.strange)
        for place, line in enumerate(self.lines):
            if place in strange:
                yield line, "incoming"
            elif place not in self.new:
                yield line, "same"
            elif line.record.direction == "in":
                yield line, "inbound" if place in inbound else "no_inbound"
            elif place in matched:
                yield line, hows.get(place, "matched")
            elif place in other:
                yield line, "other_number"
            else:
                yield line, "no_permit" if line.held else "unknown"

    def counts(self) -> dict[str, int]:
        """How many of what."""
        became = list(self.became())
        strange = {line.digits for line, what in became if what in ("unknown", "other_number") and line.held is None}
        known, calls = self.by_key, self.calls
        settled = sum(known[permit].silent is not None for _place, permit in self.compared.matched)
        settled += sum(calls[call].silent is not None for _place, call in self.answered.matched)
        return {
            **Counter(what for _line, what in became),
            "no_dial": len(self.silent),
            "no_incoming": len(self.unrung),
            "unknown_numbers": len(strange),
            "settled": settled,
            "corrected": len(self.corrected()),
        }


def lines_of(connection: Connection, records: Sequence[Record], held: Mapping[str, Held], seats: Seats) -> list[Line]:
    """The records of calls to and from outside numbers, each with what the desk knows of it."""
    return [_line(connection, each, each.number, held, seats) for each in records if each.number is not None]


def _line(connection: Connection, record: Record, number: str, held: Mapping[str, Held], seats: Seats) -> Line:
    digits = canonical(number)
    mark = journal.value_digest(connection, {"mark": record.mark}) or ""
    known = held.get(digits)
    digest = None if known else digest_of(connection, digits)
    return Line(record, digits, mark, known, digest, seats.staff(record.agent, record.extension, record.at))


def digest_of(connection: Connection, digits: str) -> str:
    """The keyed digest by which a number nobody here knows is told from others, of its ``canonical`` digits."""
    return journal.value_digest(connection, {"number": digits}) or ""


def marked(connection: Connection, source: int | None, marks: Sequence[str]) -> set[str]:
    """Those of ``marks`` that a file of this source brought before."""
    if source is None:
        return set()
    rows, found = T["dial_record"], set[str]()
    for some in batched(marks, CHUNK):
        asked = select(rows.c.mark).where(rows.c.source == source, rows.c.mark.in_(some))
        found.update(connection.execute(asked).scalars())
    return found
