"""A file of the phone's records compared and written down: all or nothing, in one transaction, or rehearsed.

What has no permit counts in the gate from then on; the same file twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectdesk.desk.dials import clockwork, incoming, known
from collectdesk.desk.dials.comparing import Work, lines_of, marked
from collectdesk.desk.dials.matching import compare
from collectdesk.desk.importing.batches import batch_of
from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.inserting import hold_imports

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.dials.clockwork import Ahead
    from collectdesk.desk.dials.reading import Record, RecordFile
    from collectdesk.desk.office import Office

IMPORTING = ("lead", "admin", "officer", "script")
"""Whose act it is: not of those whose calls are compared."""


@dataclass(frozen=True)
class Order:
    """How to compare: whose records they are, and the instants they are complete between (UTC seconds).

    Without ``first`` and ``last`` a file is complete from its first dial to its last. ``number_for``: what replaces a
    number, on a practice desk an undialable one.
    """

    source: str
    first: int | None = None
    last: int | None = None
    skip_bad: bool = False
    number_for: Callable[[str], str] = str


@dataclass
class Loaded:
    """What comparing a file did, or a rehearsal would do.

    ``counts``: ``matched``, ``no_permit``, ``other_number``, ``no_dial``, ``result``, ``duration``, ``unknown`` (dials
    of numbers nobody here knows), ``unknown_numbers`` (how many different ones), ``inbound`` (answered calls the desk
    took), ``no_inbound``, ``no_incoming``, ``incoming`` (not compared), ``inside``, ``same``, ``settled``,
    ``corrected``, ``refused``. ``rows``: of each line its line, what became of it, and the case.
    ``ahead``: the exchange's clock. ``made``: the findings, by public id.
    """

    written: bool
    findings: list[Finding]
    counts: dict[str, int]
    rows: list[tuple[int, str, str | None]]
    ahead: Ahead
    batch: int | None = None
    made: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """The findings that kept a line out."""
        return [finding for finding in self.findings if finding.severity == "error"]


def rehearse(office: Office, file: RecordFile, order: Order) -> Loaded:
    """What ``load`` would do, read from one snapshot; nothing is written.

    Raises:
        NotPermitted: a collector's sign-in.
    """
    office.require_role(*IMPORTING)
    with office.reader.connect() as connection, connection.begin():
        return _told(connection, file, _compared(connection, file, order))


def load(office: Office, file: RecordFile, order: Order) -> Loaded:
    """Compare a file and write what it shows; without ``skip_bad`` any error leaves the desk untouched.

    Raises:
        NotPermitted: a collector's sign-in.
        Problem: what the store says of itself.
    """
    from collectdesk.desk.dials import writing

    office.require_role(*IMPORTING)
    if file.errors and not order.skip_bad:
        return rehearse(office, file, order)
    with office.writing() as session:
        connection = session.connection()
        hold_imports(connection)
        work = _compared(connection, file, order)
        told = _told(connection, file, work)
        if not work.anything:
            return told
        now = office.now()
        writing.lock(connection, work)
        told.batch = batch_of(connection, office, file.source.digest, told.counts, "calls.file", now)
        told.made = writing.write(connection, office, order.source, work, told.batch, now)
        told.written = True
    return told


def _compared(connection: Connection, file: RecordFile, order: Order) -> Work:
    """Everything that is new of a file beside what the desk has."""

    records = [_stood_for(each, order) for each in file.records]
    held = known.numbers(connection, {each.number for each in records if each.number})
    lines = lines_of(connection, records, held, known.Seats(connection))
    source = clockwork.source_of(connection, order.source)
    seen = marked(connection, source.id if source else None, [each.mark for each in lines])
    times = [each.record.at for each in lines]
    first, last = (min(times), max(times)) if times else (0, 0)
    permits = known.permits(connection, first - clockwork.SPAN, last + clockwork.SPAN)
    fresh = [at for at, each in enumerate(lines) if each.mark not in seen]
    new = [lines[at].dial(at) for at in fresh if lines[at].record.direction == "out"]
    ahead = clockwork.ahead(connection, source, new, permits)
    free = [each.shown for each in permits if not each.dialled]
    covered = (
        order.first if order.first is not None else first - ahead.seconds,
        order.last if order.last is not None else last - ahead.seconds,
    )
    rang = [lines[at].rang(at) for at in fresh if lines[at].record.direction == "in"]
    taken = known.taken(connection, first - clockwork.SPAN, last + clockwork.SPAN)
    answered = incoming.compare(
        rang, [each for each in taken if not each.rang], ahead.seconds, covered if file.answers else None
    )
    kept = set(fresh) - set(answered.strange)
    return Work(lines, kept, permits, ahead, compare(new, free, ahead.seconds, covered), taken, answered)


def _stood_for(record: Record, order: Order) -> Record:
    return replace(record, number=order.number_for(record.number)) if record.number else record


def _told(connection: Connection, file: RecordFile, work: Work) -> Loaded:
    counts = work.counts()
    counts["inside"] = sum(each.number is None for each in file.records)
    counts["incoming"] = counts.get("incoming", 0) + file.incoming
    counts["refused"] = len({finding.line for finding in file.findings if finding.severity == "error"})
    codes = known.codes(connection, {each.held.case for each in work.lines if each.held})
    rows = [
        (line.record.line_number, what, codes.get(line.held.case) if line.held else None)
        for line, what in work.became()
    ]
    kept = {name: count for name, count in counts.items() if count}
    return Loaded(written=False, findings=list(file.findings), counts=kept, rows=rows, ahead=work.ahead)
