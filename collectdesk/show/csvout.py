"""Lists as CSV that a spreadsheet reads as data, never as formulas."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from collectdesk.show.jsonout import plain, write
from collectdesk.show.safe import safe_lines

# What spreadsheets take for the start of a formula, in ASCII and full width; leading spaces do not protect.
_FORMULA = re.compile(r"^[\s'\u200b\ufeff]*[=+\-@＝＋－＠|%\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def cell(value: object) -> str:
    """``value`` as one CSV field: empty for None, and an apostrophe before what a spreadsheet would compute.

    >>> cell("=1+1"), cell("-12.50"), cell(None)
    ("'=1+1", '-12.50', '')
    """
    exact = plain(value)
    if exact is None:
        return ""
    if isinstance(exact, bool):
        return "true" if exact else "false"
    text = str(exact).replace("\x00", "")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A heading line of ``columns`` (English keys, as in JSON) and a line per row."""
    return csv_lines([columns]) + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """A line per row, for lists that are written as they come."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def emit_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], *, stream: TextIO | None = None) -> None:
    """Write the list as UTF-8 CSV (RFC 4180) to stdout unless told otherwise; on a screen controls are shown."""
    text = csv_text(columns, rows)
    at_screen = (stream or sys.stdout).isatty()
    write(f"{safe_lines(text)}\n" if at_screen else text, stream)
