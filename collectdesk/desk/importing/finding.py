"""What the importer says about a line: where, what kind, and the remedy; never the value of a personal field."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "note"]
Kind = Literal["cases", "calls", "payments", "records"]


class Finding(Struct, frozen=True):
    """One remark on the file.

    ``line`` is the line of a text file or the row of a sheet, 0 for the file itself; ``column`` the heading as the
    file spells it, or a column letter. ``message`` and ``hint`` are English sentences with ``{placeholders}`` for
    ``params``. An ``error`` keeps its line out; a ``note`` does not. ``count`` lines share a note, ``line`` the first.
    ``table`` says which table of a workbook that holds both: the cases or the earlier calls.
    """

    line: int
    column: str
    code: str
    message: str
    hint: str = ""
    params: dict[str, str | int] = {}
    severity: Severity = "error"
    count: int = 1
    table: Kind = "cases"


class Refusal(Exception):
    """A cell that cannot be read as what its column holds; the row adds line and column."""

    def __init__(self, code: str, message: str, hint: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.params = params

    def at(self, line: int, column: str, table: Kind = "cases") -> Finding:
        """The refusal as a finding on its line and column."""
        return Finding(line, column, self.code, self.message, self.hint, dict(self.params), table=table)
