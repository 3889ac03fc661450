"""Workbooks: XLSX, XLSM, ODS and the old XLS, read by calamine after a look at what unpacking would cost."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from collectdesk.desk.importing.cells import Cell
from collectdesk.errors import N_, BadData

Rows: TypeAlias = Callable[[], Iterator[tuple[int, list[Cell]]]]
Book: TypeAlias = list[tuple[str, Rows]]

LARGEST_UNPACKED = 1 << 30  # bytes; 100,000 cases of 40 columns are about a quarter of it
MOST_CELLS = 40_000_000
OLD_ROWS = 65_536  # where a sheet of the old format ends
CHUNK = 1 << 20

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb'<row [^>]*?r="(\d{1,7})"')
_FAR_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_zip(path: Path) -> Book:
    """Open an XLSX or ODS workbook.

    Raises:
        BadData: not a workbook, damaged, encrypted, or too large once unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _weigh(archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError) as error:
        raise _damaged() from error
    return _open(path)


def open_old(path: Path) -> Book:
    """Open an XLS workbook, or say that what looks like one is an encrypted XLSX.

    Raises:
        BadData: encrypted, damaged, or full to its last row.
    """
    if _holds(path, _ENCRYPTED):
        raise _locked()
    return _open(path)


def _open(path: Path) -> Book:
    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise _locked() from error
    except (CalamineError, OSError) as error:
        raise _damaged() from error
    return [(name, _reader(book, name)) for name in book.sheet_names]


def _reader(book: CalamineWorkbook, name: str) -> Rows:
    def rows() -> Iterator[tuple[int, list[Cell]]]:
        sheet = _sheet(book, name)
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            yield line, cast("list[Cell]", cells)
        if sheet.total_height == OLD_ROWS:
            raise BadData(
                "sheet_full",
                N_("A sheet is full to its last row, {rows}: what came after it is lost."),
                hint=N_("Export the file as XLSX or CSV."),
                rows=OLD_ROWS,
            )

    return rows


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError) as error:
        raise _damaged() from error


def _weigh(archive: zipfile.ZipFile) -> None:
    """Unpack every member into nothing, counting: sizes written in an archive may lie."""
    total = 0
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise _locked()
    if sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise _bomb()
    for member in members:
        far_row = far_column = 1
        with archive.open(member) as file:
            while chunk := file.read(CHUNK):
                total += len(chunk)
                if total > LARGEST_UNPACKED:
                    raise _bomb()
                if _SHEET.fullmatch(member.filename):
                    far_row = max(far_row, *map(int, _ROW.findall(chunk)), 1)
                    far_column = max([far_column, *map(_column, set(_FAR_COLUMN.findall(chunk)))])
        if far_row * max(far_column, 26) > MOST_CELLS:
            raise _bomb()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _holds(path: Path, needle: bytes) -> bool:
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if needle in tail + chunk:
                return True
            tail = chunk[-len(needle) :]
    return False


def _bomb() -> BadData:
    return BadData(
        "workbook_too_large",
        N_("Unpacked, the workbook would be far larger than a case file is."),
        hint=N_("Delete stray cells far below or beside the table, or export it as CSV."),
    )


def _locked() -> BadData:
    return BadData(
        "workbook_encrypted",
        N_("The workbook is protected by a password."),
        hint=N_("Save a copy without a password, and delete it after the import."),
    )


def _damaged() -> BadData:
    return BadData(
        "workbook_damaged", N_("This is not a workbook, or it is damaged."), hint=N_("Export the file again.")
    )
