"""The refused lines of a file as they stood, with why: to be corrected and imported again.

The file is read a second time for them, so that an import need not keep what it refuses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collectdesk.desk.importing.casefile import ImportedFile
from collectdesk.desk.importing.cells import written
from collectdesk.desk.importing.finding import Finding, Kind
from collectdesk.desk.importing.source import digest_of
from collectdesk.errors import N_, BadData


@dataclass(frozen=True)
class Reject:
    """A refused line: its number, its cells as text, and the findings that refused it."""

    line: int
    cells: list[str]
    findings: tuple[Finding, ...]


def tables(file: ImportedFile, findings: Iterable[Finding]) -> list[Kind]:
    """Which tables of the file have refused lines."""
    found = {finding.table for finding in findings if finding.severity == "error"}
    return [layout.kind for layout in file.layouts if layout.kind in found]


def headings(file: ImportedFile, table: Kind) -> list[str]:
    """The heading row of a table, as the file spells it."""
    layout = next(layout for layout in file.layouts if layout.kind == table)
    row = next(cells for line, cells in layout.sheet.rows() if line == layout.heading_line)
    return [written(cell) for cell in row]


def refused(file: ImportedFile, findings: Iterable[Finding], table: Kind = "cases") -> Iterator[Reject]:
    """The refused lines of a table in the order of the file.

    Raises:
        BadData: the file has been changed since it was read.
    """
    by_line: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity == "error" and finding.table == table:
            by_line[finding.line].append(finding)
    if digest_of(file.source.path) != file.source.digest:
        raise BadData("file_changed", N_("The file has been changed meanwhile."), hint=N_("Import it again."))
    layout = next(layout for layout in file.layouts if layout.kind == table)
    for line, cells in layout.sheet.rows():
        if line in by_line:
            yield Reject(line, [written(cell) for cell in cells], tuple(by_line[line]))
