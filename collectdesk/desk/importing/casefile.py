"""A whole file, read and judged without a database: records in packed batches, findings, what it is made of.

Every line is read once. Its records wait in compressed batches (about 200 bytes a case), so that memory stays flat
and the write, when it comes, holds the database's lock for the inserts alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from collectdesk.desk.importing.callfields import read_call
from collectdesk.desk.importing.casefields import read_case
from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.crosscheck import CrossCheck
from collectdesk.desk.importing.finding import Finding
from collectdesk.desk.importing.headings import Layout, lay_out
from collectdesk.desk.importing.line import Line, Table
from collectdesk.desk.importing.mapping import Mapping
from collectdesk.desk.importing.records import CallRecord, CaseRecord
from collectdesk.desk.importing.source import Source, open_source
from collectdesk.desk.importing.vocabulary import Vocabulary
from collectdesk.errors import N_, BadData

T = TypeVar("T", CaseRecord, CallRecord)

BATCH = 500
LONGEST_REF = 10  # digits of a case number such as A-1007
Progress = Callable[[int, int | None], None]
_TOTALS = ("合计", "总计", "小计", "total", "sum", "grand total")


class Packed(Generic[T]):
    """Records in the order of the file, kept compressed, a batch at a time."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]
        self._encoder = msgspec.msgpack.Encoder()
        self._full: list[bytes] = []
        self._open: list[T] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, record: T) -> None:
        """Append one record."""
        self._open.append(record)
        self._count += 1
        if len(self._open) >= BATCH:
            self._full.append(zlib.compress(self._encoder.encode(self._open), 1))
            self._open = []

    def batches(self) -> Iterator[list[T]]:
        """The records again, up to ``BATCH`` at a time."""
        for packed in self._full:
            yield self._decoder.decode(zlib.decompress(packed))
        if self._open:
            yield self._open


@dataclass
class ImportedFile:
    """A file as read: what can be used, what cannot, and why."""

    source: Source
    layouts: list[Layout]
    cases: Packed[CaseRecord] = field(default_factory=lambda: Packed(CaseRecord))
    calls: Packed[CallRecord] = field(default_factory=lambda: Packed(CallRecord))
    findings: list[Finding] = field(default_factory=list)
    lines: int = 0
    bad_cases: set[int] = field(default_factory=set)
    bad_calls: set[int] = field(default_factory=set)
    highest_ref: int = 0

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep a line out."""
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def usable(self) -> int:
        """How many lines can be used."""
        return len(self.cases) + len(self.calls)

    @property
    def refused(self) -> int:
        """How many lines have an error."""
        return len(self.bad_cases) + len(self.bad_calls)


def read_file(
    path: Path, *, today: date, mapping: Mapping | None = None, progress: Progress | None = None
) -> ImportedFile:
    """Read a case file or a file of earlier calls, whichever it is; a workbook may hold both.

    Args:
        path: the file.
        today: the desk's local date; nothing is stated, born or called after it.
        mapping: for odd headings and words.
        progress: told lines done, and of how many where that is known.

    Raises:
        NotFound, BadData: the file as a whole cannot be used (``source.open_source``, ``headings.lay_out``).
    """
    mapping = mapping or Mapping()
    source = open_source(path, encoding=mapping.file.encoding, delimiter=mapping.file.delimiter)
    file = ImportedFile(source, lay_out(source.sheets, mapping))
    vocabulary = Vocabulary(mapping.values)
    notes = Notes()
    notes.take(source.notes)
    for layout in file.layouts:
        notes.take(layout.notes)
        _read_sheet(file, layout, Table(layout, mapping, vocabulary, today), notes, progress)
    _drop_conflicting(file)
    file.findings = notes.listed() + sorted(file.findings, key=lambda finding: finding.line)
    if not file.lines:
        raise BadData("no_lines", N_("There are headings and nothing below them."), hint=N_("Export it again."))
    return file


def _read_sheet(file: ImportedFile, layout: Layout, table: Table, notes: Notes, progress: Progress | None) -> None:
    check = CrossCheck({name: column.label for name, column in layout.columns.items()}, layout.kind)
    take = _take_case if layout.kind == "cases" else _take_call
    for number, cells in lines_of(layout):
        file.lines += 1
        line = Line(table, number, cells)
        if twice := check.same_row(number, list(cells)):
            notes.take([twice])
        else:
            take(file, line, check)
            notes.take(finding for finding in line.findings if finding.severity == "note")
            file.findings += [finding for finding in line.findings if finding.severity == "error"]
        if progress and file.lines % BATCH == 0:
            progress(file.lines, None)
    if progress:
        progress(file.lines, file.lines)


def _take_case(file: ImportedFile, line: Line, check: CrossCheck) -> None:
    record = read_case(line)
    if record is None:
        file.bad_cases.add(line.number)
        return
    conflicts = check.conflicts(record)
    if conflicts:
        file.findings += conflicts
        file.bad_cases.update(finding.line for finding in conflicts)
    file.cases.add(record)
    if record.ref and (number := record.ref.removeprefix("A-")).isdecimal() and len(number) < LONGEST_REF:
        file.highest_ref = max(file.highest_ref, int(number))


def _take_call(file: ImportedFile, line: Line, _check: CrossCheck) -> None:
    record = read_call(line)
    if record is None:
        file.bad_calls.add(line.number)
    else:
        file.calls.add(record)


def lines_of(layout: Layout) -> Iterator[tuple[int, list[Cell]]]:
    """The lines below the headings, without blank ones and without a line of totals at the end."""
    for number, cells in layout.sheet.rows():
        if number <= layout.heading_line:
            continue
        first = next((cell for cell in cells if cell is not None and cell != "" and str(cell).strip()), None)
        if first is not None and not (isinstance(first, str) and tidy(first).lower().strip(":") in _TOTALS):
            yield number, cells


def _drop_conflicting(file: ImportedFile) -> None:
    """Take out lines that only a later line showed to be in conflict."""
    if not file.bad_cases:
        return
    kept: Packed[CaseRecord] = Packed(CaseRecord)
    for batch in file.cases.batches():
        for record in batch:
            if record.line not in file.bad_cases:
                kept.add(record)
    file.cases = kept


class Notes:
    """Notes of one kind in one column, counted instead of repeated."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, ...], Finding] = {}
        self._counts: dict[tuple[str, ...], int] = {}

    def take(self, findings: Iterable[Finding]) -> None:
        """Count these."""
        for finding in findings:
            key = finding.table, finding.column, finding.code
            self._first.setdefault(key, finding)
            self._counts[key] = self._counts.get(key, 0) + 1

    def listed(self) -> list[Finding]:
        """Each kind once, with how many lines have it."""
        return [msgspec.structs.replace(finding, count=self._counts[key]) for key, finding in self._first.items()]
