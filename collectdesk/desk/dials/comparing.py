"""One comparison: the lines of a file with what the desk knows of each, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

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


@dataclass(frozen=True)
class Work:
    """What is to be written: ``new`` are places of lines; ``compared`` what became of each of those."""

    lines: Sequence[Line]
    new: Collection[int]
    permits: Sequence[Permitted]
    ahead: Ahead
    compared: Compared

    @property
    def anything(self) -> bool:
        """Whether anything changes."""
        return bool(self.new) or bool(self.silent)

    @property
    def by_key(self) -> Mapping[int, Permitted]:
        """The permits by key."""
        return {each.shown.permit: each for each in self.permits}

    @property
    def silent(self) -> tuple[int, ...]:
        """Permits without a dial of which nothing has been found before."""
        known = self.by_key
        return tuple(permit for permit in self.compared.without_dial if not known[permit].told)

    def different(self) -> Iterator[tuple[int, Permitted, str]]:
        """The matched dials that tell something else than the desk: place, permit, and how."""
        known = self.by_key
        for place, permit in self.compared.matched:
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
        for place, line in enumerate(self.lines):
            if place not in self.new:
                yield line, "same"
            elif place in matched:
                yield line, hows.get(place, "matched")
            elif place in other:
                yield line, "other_number"
            else:
                yield line, "no_permit" if line.held else "unknown"

    def counts(self) -> dict[str, int]:
        """How many of what."""
        became = list(self.became())
        strange = {line.digits for line, what in became if what != "same" and line.held is None}
        known = self.by_key
        settled = sum(known[permit].silent is not None for _place, permit in self.compared.matched)
        return {
            **Counter(what for _line, what in became),
            "no_dial": len(self.silent),
            "unknown_numbers": len(strange),
            "settled": settled,
            "corrected": len(self.corrected()),
        }


def lines_of(connection: Connection, records: Sequence[Record], held: Mapping[str, Held], seats: Seats) -> list[Line]:
    """The records of dials to outside numbers, each with what the desk knows of it."""
    return [_line(connection, each, each.number, held, seats) for each in records if each.number is not None]


def _line(connection: Connection, record: Record, number: str, held: Mapping[str, Held], seats: Seats) -> Line:
    digits = canonical(number)
    mark = journal.value_digest(connection, {"mark": record.mark}) or ""
    known = held.get(digits)
    digest = None if known else journal.value_digest(connection, {"number": digits})
    return Line(record, digits, mark, known, digest, seats.staff(record.agent, record.extension, record.at))


def marked(connection: Connection, source: int | None, marks: Sequence[str]) -> set[str]:
    """Those of ``marks`` that a file of this source brought before."""
    if source is None:
        return set()
    rows, found = T["dial_record"], set[str]()
    for some in batched(marks, CHUNK):
        asked = select(rows.c.mark).where(rows.c.source == source, rows.c.mark.in_(some))
        found.update(connection.execute(asked).scalars())
    return found
