"""The lines an import refused, as they stood in the file, each with its reasons: to be corrected and imported again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from collectdesk.desk.importing.cells import written
from collectdesk.desk.importing.finding import Finding, Kind
from collectdesk.desk.importing.headings import Layout
from collectdesk.desk.importing.source import Source, digest_of
from collectdesk.errors import N_, BadData
from collectdesk.store import files

Where: TypeAlias = tuple[Kind, int]  # which table of the file, which line of it


class Readable(Protocol):
    """A file that was read: what it is made of, and how its sheets were understood."""

    @property
    def source(self) -> Source:
        """The opened file."""

    @property
    def layouts(self) -> Sequence[Layout]:
        """Its sheets."""


def by_line(findings: Iterable[Finding]) -> dict[Where, list[Finding]]:
    """The errors of each line."""
    found: dict[Where, list[Finding]] = {}
    for finding in findings:
        if finding.severity == "error" and finding.line:
            found.setdefault((finding.table, finding.line), []).append(finding)
    return found


def refused(file: Readable, reasons: Mapping[Where, str]) -> tuple[list[str], list[list[str]]]:
    """The headings of the file with one more at the end left to name, and the refused lines with their reason.

    Raises:
        BadData: the file has been changed since it was read.
    """
    if digest_of(file.source.path) != file.source.digest:
        raise BadData("file_changed", N_("The file has been changed meanwhile."), hint=N_("Import it again."))
    headings: list[str] = []
    lines: list[list[str]] = []
    for layout in file.layouts:
        for number, cells in layout.sheet.rows():
            if number == layout.heading_line and not headings:
                headings = [written(cell) for cell in cells]
            elif number > layout.heading_line and (layout.kind, number) in reasons:
                lines.append([*(written(cell) for cell in cells), reasons[layout.kind, number]])
    return headings, lines


def place_for(source: Path) -> Path:
    """``cases.csv`` → ``cases.rejects.csv`` beside it."""
    return source.with_name(f"{source.stem}.rejects.csv")


def leave(path: Path, text: str) -> None:
    """Write the file for its owner alone, with the mark spreadsheets know UTF-8 by."""
    with files.disk_problems():
        files.write_private(path, b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass"))


def padded(headings: Sequence[str], lines: Sequence[Sequence[str]], title: str) -> tuple[list[str], list[list[str]]]:
    """All lines as wide as the headings and one column, whose heading is ``title``."""
    width = max([len(headings), *(len(line) - 1 for line in lines)])
    wide = [[*line[:-1], *([""] * (width - len(line) + 1)), line[-1]] for line in lines]
    return [*headings, *([""] * (width - len(headings))), title], wide
