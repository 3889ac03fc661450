"""One line of a file under reading: cells asked for by field, refusals gathered with line and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from collectdesk.desk.importing import dates
from collectdesk.desk.importing.amounts import in_units
from collectdesk.desk.importing.cells import SPACES, Cell, exact, hides, refuse_scientific, tidy
from collectdesk.desk.importing.finding import Finding, Refusal
from collectdesk.desk.importing.headings import Column, Layout
from collectdesk.desk.importing.mapping import Mapping as FileMapping
from collectdesk.desk.importing.vocabulary import Vocabulary
from collectdesk.errors import N_

T = TypeVar("T")

_date = lru_cache(maxsize=4096)(dates.read_date)
_instant = lru_cache(maxsize=4096)(dates.read_instant)
_is_serial = lru_cache(maxsize=4096)(dates.is_serial)
NUMBERED = "123456789"
_SERIALS = N_("dates stand there as a spreadsheet's day count; they are read as dates.")
_UNITS = N_("amounts stand there in 万, 千 or 亿; they are multiplied out, so the cents may be lost: compare them.")
_HIDDEN = N_("characters nobody sees; they are kept as they are.")


class Table:
    """What is the same for every line of a sheet: columns, constants, words, the zone, today's date."""

    def __init__(self, layout: Layout, mapping: FileMapping, vocabulary: Vocabulary, today: date) -> None:
        self.kind = layout.kind
        self.columns: Mapping[str, Column] = layout.columns
        self.places = [(name, column.index) for name, column in layout.columns.items()]
        self.constants = mapping.constants
        self.vocabulary = vocabulary
        self.given = self.columns.keys() | self.constants.keys()
        self.zone: ZoneInfo = mapping.zone
        self.today = today
        self._numbered: dict[str, tuple[str, ...]] = {}

    def filled(self, cells: list[Cell]) -> dict[str, Cell]:
        """The fields a line gives: its cells that are not blank, constants where they are."""
        found: dict[str, Cell] = dict(self.constants)
        width = len(cells)
        for name, place in self.places:
            if place < width:
                cell = cells[place]
                if cell.strip(SPACES) if isinstance(cell, str) else cell is not None:
                    found[name] = cell
        return found

    def numbered(self, name: str) -> tuple[str, ...]:
        """The numbers with which a field has a column: ``numbers.mobile`` stands in ``numbers.mobile.1`` and ``.2``."""
        if name not in self._numbered:
            self._numbered[name] = tuple(each for each in NUMBERED if self.has(f"{name}.{each}"))
        return self._numbered[name]

    def has(self, name: str) -> bool:
        """Whether a column or a constant gives this field."""
        return name in self.given


class Line:
    """One line: ask it for fields; what cannot be read becomes a finding and reads as unknown."""

    def __init__(self, table: Table, number: int, cells: list[Cell]) -> None:
        self.table = table
        self.number = number
        self._filled = table.filled(cells)
        self.findings: list[Finding] = []

    @property
    def broken(self) -> bool:
        """Whether anything on this line could not be read."""
        return any(finding.severity == "error" for finding in self.findings)

    def cell(self, name: str) -> Cell:
        """The raw cell of a field, the constant where the cell is blank, or None."""
        return self._filled.get(name)

    def read(self, name: str, reader: Callable[[Cell], T]) -> T | None:
        """The field by ``reader``, none when it is blank or refused."""
        cell = self._filled.get(name)
        if cell is None:
            return None
        try:
            return reader(cell)
        except Refusal as refusal:
            self.findings.append(refusal.at(self.number, self.label(name), self.table.kind))
            return None

    def label(self, name: str) -> str:
        """The heading of a field, for messages."""
        column = self.table.columns.get(name)
        return column.label if column else name

    def text(self, name: str) -> str | None:
        """Free text, exactly, but for spaces around it."""
        found = self.read(name, exact)
        if found and hides(found):
            self.note(name, "invisible_characters", _HIDDEN)
        return found

    def mark(self, name: str) -> str | None:
        """A mark such as a contract number, in plain characters."""
        return self.read(name, tidy) or None

    def serial(self, name: str) -> str | None:
        """A mark by which things are told apart; one whose last digits a spreadsheet dropped is refused."""

        def whole(cell: Cell) -> str:
            text = tidy(cell)
            refuse_scientific(cell, text)
            return text

        return self.read(name, whole) or None

    def code(self, name: str, group: str) -> str | None:
        """A word of ``group`` as its code."""
        return self.read(name, lambda cell: self.table.vocabulary.code(group, cell))

    def flag(self, name: str) -> bool | None:
        """Yes, no or unknown."""
        found = self.code(name, "yes_no")
        return None if found is None else found == "yes"

    def date(self, name: str, *, past: bool = False) -> date | None:
        """A local date, with ``past`` not after today."""
        found = self.read(name, _date)
        if found:
            self._remark_serial(name)
        if found and past and found > self.table.today:
            self.refuse(name, "date_in_future", N_("a date in the future."), _COMPARE)
            return None
        return found

    def day(self, name: str, *, past: bool = False) -> str | None:
        """The same as ISO text."""
        found = self.date(name, past=past)
        return found.isoformat() if found else None

    def instant(self, name: str) -> int | None:
        """An instant in UTC seconds; a bare date is its first."""
        found = self.read(name, lambda cell: _instant(cell, self.table.zone))
        if found is not None:
            self._remark_serial(name)
        return found

    def refuse(self, name: str, code: str, message: str, hint: str, **params: str | int) -> None:
        """Add an error on this line."""
        self.findings.append(Finding(self.number, self.label(name), code, message, hint, params, table=self.table.kind))

    def note(self, name: str, code: str, message: str, hint: str = "", **params: str | int) -> None:
        """Add a note on this line."""
        self.findings.append(
            Finding(self.number, self.label(name), code, message, hint, params, severity="note", table=self.table.kind)
        )

    def require(self, name: str, value: object) -> None:
        """Refuse the line when a field without which it means nothing is blank, or holds nothing anybody can see."""
        if value or tidy(self.cell(name)):
            return
        if self.label(name) not in {finding.column for finding in self.findings if finding.severity == "error"}:
            self.refuse(name, "missing", N_("is empty."), N_("Fill it in; without it the line means nothing."))

    def amount(self, name: str, reader: Callable[[Cell], int], unit: int = 1) -> int | None:
        """An amount by ``reader``; one in ten thousands or the like is multiplied out, and named."""
        found = self.read(name, reader)
        if found is not None and in_units(self.cell(name), unit):
            self.note(name, "amount_units", _UNITS)
        return found

    def _remark_serial(self, name: str) -> None:
        cell = self.cell(name)
        if isinstance(cell, str | int | float) and _is_serial(cell):
            self.note(name, "serial_date", _SERIALS)


_COMPARE = N_("Compare it with the source.")
