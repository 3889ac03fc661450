"""A file of the phone's own records read and judged without a database (话单): the rooms of the import do it.

Times stand by the exchange's clock: with their own offset, in the zone a column names, or in the mapping file's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from collectdesk.desk.dials.matching import ANSWERED
from collectdesk.desk.dials.numbers import read_dialled, read_extension
from collectdesk.desk.importing.callfields import read_seconds
from collectdesk.desk.importing.casefile import Notes, lines_of
from collectdesk.desk.importing.dates import midnight, read_time
from collectdesk.desk.importing.finding import Finding, Refusal
from collectdesk.desk.importing.headings import Layout, lay_out
from collectdesk.desk.importing.line import Line, Table
from collectdesk.desk.importing.mapping import Mapping
from collectdesk.desk.importing.source import Source, open_source
from collectdesk.desk.importing.vocabulary import Vocabulary
from collectdesk.desk.importing.zones import read_zone
from collectdesk.errors import N_, BadData

KIND: Literal["records"] = "records"
TWO_DAYS = 2 * 86_400
"""An exchange's clock may be ahead, and its date another; not by more than this."""


class Record(Struct, frozen=True):
    """One line: ``at`` by the exchange's clock in UTC seconds; ``number`` none for a call inside the house.

    ``number`` is the other party's: who was dialled, or who called. ``line`` is a word of the contract, ``unknown``
    where the record does not say; ``duration_s`` the time talked. ``mark`` tells it from every other line of its
    source; it may hold a number and is never kept as it is.
    """

    line_number: int
    mark: str
    at: int
    number: str | None
    line: str
    duration_s: int | None
    extension: str | None
    agent: str | None
    direction: Literal["out", "in"] = "out"


@dataclass
class RecordFile:
    """A file as read: what can be used, what cannot, and why.

    ``answers``: whether it holds incoming calls at all. ``incoming``: how many of those cannot be compared, because
    nobody answered or no number of the caller is told.
    """

    source: Source
    layouts: list[Layout]
    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0
    answers: bool = False
    incoming: int = 0

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep a line out."""
        return [finding for finding in self.findings if finding.severity == "error"]


def read_records(path: Path, *, today: date, mapping: Mapping | None = None) -> RecordFile:
    """Read a file of an exchange's or a carrier's records.

    Args:
        path: the file.
        today: the desk's local date; nothing was dialled long after it.
        mapping: for odd headings, words and the clock's zone.
    Raises:
        NotFound, BadData: the file as a whole cannot be used (``source.open_source``, ``headings.lay_out``).
    """
    mapping = mapping or Mapping()
    source = open_source(path, encoding=mapping.file.encoding, delimiter=mapping.file.delimiter)
    file = RecordFile(source, lay_out(source.sheets, mapping, (KIND,)))
    layout, notes = file.layouts[0], Notes()
    notes.take([*source.notes, *layout.notes])
    table = Table(layout, mapping, Vocabulary(mapping.values), today)
    seen: dict[str, int] = {}
    for number, cells in lines_of(layout):
        file.lines += 1
        line = Line(table, number, cells)
        incoming = line.code("records.direction", "direction") == "in"
        record = _answered(line) if incoming else _read(line)
        if incoming:
            file.answers = True
            file.incoming += record is None and not line.broken
        if record is not None and seen.setdefault(record.mark, number) != number:
            line.note("records.at", "record_twice", N_("the same record as on an earlier line; it counts once."))
        elif record is not None:
            file.records.append(record)
        notes.take(finding for finding in line.findings if finding.severity == "note")
        file.findings += [finding for finding in line.findings if finding.severity == "error"]
    file.findings = notes.listed() + file.findings
    if not file.lines:
        raise BadData("no_lines", N_("There are headings and nothing below them."), hint=N_("Export it again."))
    return file


def _answered(line: Line) -> Record | None:
    """An incoming call that was answered, by the caller's number; none where there is nothing to compare."""
    talked, result = _talked(line)
    caller = _caller(line)
    if line.broken or result not in ANSWERED or caller is None:
        return None
    return _made(line, "in", caller, talked, result)


def _caller(line: Line) -> str | None:
    """Who called, from outside: where a record names no caller, the other party it names; none where it is hidden."""
    for name in ("records.caller", "records.number"):
        try:
            found = read_dialled(line.cell(name), area_code=line.mark("records.area_code"))
        except Refusal:
            found = None
        if found is not None:
            return found
    return None


def _read(line: Line) -> Record | None:
    """The record of a dial, or none when the line has an error."""
    number = line.read("records.number", partial(read_dialled, area_code=line.mark("records.area_code")))
    line.require("records.number", line.mark("records.number"))
    talked, result = _talked(line)
    return _made(line, "out", number, talked, result)


def _made(
    line: Line, direction: Literal["out", "in"], number: str | None, talked: int | None, result: str
) -> Record | None:
    """The record with what every line has: when, whose extension, and what tells it from others."""
    at = line.read("records.at", partial(read_time, zone=_zone(line)))
    line.require("records.at", at)
    if at and at > midnight(line.table.today, line.table.zone) + TWO_DAYS:
        line.refuse("records.at", "date_in_future", N_("a date in the future."), _COMPARE)
    extension, agent = line.read("records.extension", read_extension) or None, line.mark("records.agent")
    external = line.serial("records.external_id")
    if line.broken or at is None:
        return None
    mark = f"id:{external}" if external else repr((at, number, extension, agent, talked, result))
    return Record(line.number, mark, at, number, result, talked, extension, agent, direction)


def _zone(line: Line) -> ZoneInfo:
    named = line.read("records.zone", read_zone)
    return ZoneInfo(named) if named else line.table.zone


def _talked(line: Line) -> tuple[int | None, str]:
    """Seconds talked, and how the line ended; talk time outweighs every other word."""
    stated, answered = line.code("records.line", "line"), line.flag("records.answered")
    talked = line.read("records.duration_s", read_seconds)
    line.read("records.total_s", read_seconds)  # ringing and all: it says nothing of a talk, but must be readable
    if talked:
        return talked, "dropped" if stated == "dropped" else "answered"
    if stated and stated != "unknown":
        return talked, stated
    if answered is None:
        return talked, "unknown"
    return talked, "answered" if answered else "no_answer"


_COMPARE = N_("Compare it with the source; the clock's zone can be named in a column or in a mapping file.")
