"""What the importer says about a line: where, what kind, and the remedy; never the value of a personal field."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from collectdesk.errors import Problem

Severity = Literal["error", "note"]


class Finding(Struct, frozen=True):
    """One remark on the file.

    ``line`` is the line of a text file or the row of a sheet, 0 for the file itself; ``column`` the heading as the
    file spells it, or a column letter. ``message`` and ``hint`` are English sentences with ``{placeholders}`` for
    ``params``. An ``error`` keeps its line out; a ``note`` does not. ``count`` lines share a note, ``line`` the first.
    """

    line: int
    column: str
    code: str
    message: str
    hint: str = ""
    params: dict[str, str | int] = {}
    severity: Severity = "error"
    count: int = 1


class Refusal(Exception):
    """A cell that cannot be read as what its column holds; the row adds line and column."""

    def __init__(self, code: str, message: str, hint: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.params = params

    def at(self, line: int, column: str) -> Finding:
        """The refusal as a finding on its line and column."""
        return Finding(line, column, self.code, self.message, self.hint, dict(self.params))


def of_problem(problem: Problem, line: int = 0) -> Finding:
    """A failure of the whole file as a finding, for reports that list everything."""
    return Finding(line, "", problem.code, problem.message, problem.hint, dict(problem.params))
