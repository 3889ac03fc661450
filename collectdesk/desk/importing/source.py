"""A file as a sequence of numbered rows of cells, whatever it is really made of.

What a file is follows from its first bytes, not its name: a workbook, an old ``.xls``, text, a web page named
``.xlsx``, an encrypted workbook. Rows stream; a text file is never held whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from collectdesk.desk.importing import textfile, workbook
from collectdesk.desk.importing.cells import Cell
from collectdesk.desk.importing.finding import Finding
from collectdesk.errors import N_, BadData, NotFound

Row: TypeAlias = tuple[int, list[Cell]]

HEAD = 4096
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml", b"<workbook")


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or the one of a text file; ``rows`` may be asked for again and again."""

    name: str
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Source:
    """An opened file: its sheets, the SHA-256 of its bytes, and what is to be said about it."""

    path: Path
    digest: str
    sheets: tuple[Sheet, ...]
    notes: list[Finding] = field(default_factory=list)


def open_source(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """Open a case file.

    Args:
        path: the file.
        encoding: of a text file, if it is not UTF-8, GB18030 or UTF-16 with its mark.
        delimiter: of a text file, if it cannot be told.

    Raises:
        NotFound: no such file.
        BadData: empty, encrypted, damaged, a web page, too large once unpacked, or of no readable encoding.
    """
    head, digest = _digest(path)
    if not head.strip():
        raise BadData("file_empty", N_("The file is empty."), hint=N_("Export it again."))
    if head.startswith(_ZIP):
        return Source(path, digest, _sheets(workbook.open_zip(path)), [])
    if head.startswith(_OLE):
        return Source(path, digest, _sheets(workbook.open_old(path)), _named_otherwise(path, ".xls"))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise BadData(
            "markup_file",
            N_("This is a web page or XML named like a workbook."),
            hint=N_("Open it in a spreadsheet and save it as XLSX or as CSV (UTF-8)."),
        )
    text = textfile.open_text(path, encoding=encoding, delimiter=delimiter)
    return Source(path, digest, (Sheet("", text.rows),), _named_otherwise(path, ".csv", ".txt", ".tsv"))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        NotFound, BadData: it is not there, or cannot be read.
    """
    return _digest(path)[1]


def _sheets(book: workbook.Book) -> tuple[Sheet, ...]:
    return tuple(Sheet(name, rows) for name, rows in book)


def _digest(path: Path) -> tuple[bytes, str]:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(0)
            return head, hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise NotFound("file_missing", N_("There is no such file."), hint=N_("Check the path.")) from error
    except OSError as error:
        raise BadData("file_unreadable", N_("The file cannot be read."), hint=N_("Check its permissions.")) from error


def _named_otherwise(path: Path, *endings: str) -> list[Finding]:
    if path.suffix.lower() in endings:
        return []
    message = N_("the file is named {named}, but holds {really}; it is read as what it is.")
    params: dict[str, str | int] = {"named": path.suffix.lower() or "-", "really": endings[0]}
    return [Finding(0, "", "named_otherwise", message, "", params, "note")]
