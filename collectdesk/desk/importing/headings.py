"""Which column holds what: the heading row found, each heading understood, the unknown ones named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from collectdesk.desk.importing.cells import Cell, tidy, written
from collectdesk.desk.importing.finding import Finding, Kind
from collectdesk.desk.importing.mapping import IGNORE, Mapping
from collectdesk.desk.importing.source import Row, Sheet
from collectdesk.desk.importing.vocabulary import normal, shipped
from collectdesk.errors import N_, BadData

SEARCHED_ROWS = 10
_ENOUGH = 3
_REQUIRED: dict[Kind, tuple[str, ...]] = {
    "cases": ("case.creditor", "case.contract_no", "debtor.name"),
    "calls": ("calls.at", "calls.org"),
    "payments": ("payments.paid_on", "payments.amount"),
    "records": ("records.at", "records.number"),
}
CASE_FILE: tuple[Kind, ...] = ("cases", "calls")
"""What a case file may hold; a file of payments or of an exchange's records is read by itself."""
_ALONE = ("calls", "payments", "records")
"""Groups of headings that belong to one kind of table; every other group is a case's."""
_OF_A_CASE = ("calls", "payments")
"""Kinds of which each line must name its case."""
_ORDINALS = "一二三四五六七八九"
_BRACKETED = re.compile(r"\s*[(（\[【]\s*([^()（）\[\]【】]*)\s*[)）\]】]\s*[*＊]?\s*$")
_UNITS = {"万元": 10_000, "万": 10_000, "千元": 1_000, "亿元": 100_000_000}
_PERSONAL = re.compile(r"\d{5,}")
_LONGEST_LABEL = 40


@dataclass(frozen=True)
class Column:
    """Where a field stands: its index, its heading for messages, and what its unit multiplies amounts by."""

    index: int
    label: str
    unit: int = 1


@dataclass(frozen=True)
class Layout:
    """A sheet understood: which kind, where the heading stands, which column holds which field."""

    kind: Kind
    sheet: Sheet
    heading_line: int
    columns: dict[str, Column]
    notes: list[Finding] = field(default_factory=list)


def lay_out(sheets: Iterable[Sheet], mapping: Mapping, kinds: tuple[Kind, ...] = CASE_FILE) -> list[Layout]:
    """Understand the sheets of these ``kinds``, whichever there are; cases come first.

    Raises:
        BadData: no sheet is one, several are the same, a required column is missing, or a field has two columns.
    """
    named = [sheet for sheet in sheets if mapping.file.sheet in (None, sheet.name)]
    layouts = [layout for sheet in named if (layout := _lay_out(sheet, mapping, kinds))]
    usable = [layout for layout in layouts if not _missing(layout, mapping)]
    if not layouts:
        raise BadData("no_headings", N_("No row of headings was found."), hint=_HEADINGS)
    if not usable:
        raise _lacking(_missing(layouts[0], mapping))
    if len({layout.kind for layout in usable}) < len(usable):
        raise BadData("several_sheets", N_("Several sheets hold the same kind of table."), hint=_ONE_SHEET)
    return sorted(usable, key=lambda layout: layout.kind == "calls")


def fields(kinds: tuple[Kind, ...] = CASE_FILE) -> dict[str, tuple[str, ...]]:
    """Every field of such a file with the headings it is known by, for help."""
    return {
        f"{group}.{name}": tuple(words)
        for group, listed in shipped("headings.toml").items()
        if _kind(group) in kinds
        for name, words in listed.items()
    }


def _kind(group: str) -> Kind:
    """The kind of table a group of headings belongs to."""
    return next((kind for kind in _REQUIRED if kind == group and kind in _ALONE), "cases")


def _lay_out(sheet: Sheet, mapping: Mapping, kinds: tuple[Kind, ...]) -> Layout | None:
    own = {normal(word): name for word, name in mapping.columns.items()}
    best: tuple[int, int, list[Cell], Kind] | None = None
    for line, cells in _candidates(sheet, mapping):
        for kind in kinds:
            score = sum(_meaning(cell, kind, own) is not None for cell in cells)
            if best is None or score > best[0]:
                best = score, line, cells, kind
    if best is None or best[0] < _ENOUGH:
        return None
    kind = _kind_of(best[2], own) if kinds == CASE_FILE else best[3]
    return _columns(sheet, best[1], best[2], kind, own)


def _candidates(sheet: Sheet, mapping: Mapping) -> list[Row]:
    rows = list(islice(sheet.rows(), mapping.file.heading_line or SEARCHED_ROWS))
    return rows[-1:] if mapping.file.heading_line else rows


def _kind_of(cells: list[Cell], own: dict[str, str]) -> Kind:
    """Cases if a debtor's name has a column, else calls."""
    named = any(_meaning(cell, "cases", own) == "debtor.name" for cell in cells)
    timed = any(_meaning(cell, "calls", own) == "calls.at" for cell in cells)
    return "calls" if timed and not named else "cases"


def _meaning(cell: Cell, kind: Kind, own: dict[str, str]) -> str | None:
    heading = tidy(cell)
    if not heading:
        return None
    words = _words(kind)
    for spelled in (heading, _BRACKETED.sub("", heading)):
        name = normal(spelled)
        if found := own.get(name) or words.get(name):
            return found
    return None


def _columns(sheet: Sheet, line: int, cells: list[Cell], kind: Kind, own: dict[str, str]) -> Layout:
    layout = Layout(kind, sheet, line, {})
    for index, cell in enumerate(cells):
        meaning, label = _meaning(cell, kind, own), _label(index, cell)
        if meaning is None and tidy(cell):
            layout.notes.append(_unknown(line, label, kind))
        elif meaning and meaning != IGNORE:
            name = _numbered(meaning)
            if name in layout.columns:
                raise _twice(line, layout.columns[name].label, label)
            layout.columns[name] = Column(index, label, _unit(cell))
    return layout


def _numbered(meaning: str) -> str:
    """Fields that come in numbers always carry theirs: ``contact.name`` is ``contact.name.1``."""
    group, name, *number = meaning.split(".")
    several = any("{n}" in word for word in shipped("headings.toml")[group][name])
    return f"{group}.{name}.{number[0] if number else 1}" if several else meaning


def _unit(cell: Cell) -> int:
    found = _BRACKETED.search(tidy(cell))
    return _UNITS.get(found.group(1), 1) if found else 1


def _label(index: int, cell: Cell) -> str:
    """The heading as the file spells it; a letter where a table without headings has put a person's number."""
    heading = written(cell).strip()
    if _PERSONAL.search(tidy(cell)) or not 0 < len(heading) <= _LONGEST_LABEL:
        return letter(index)
    return heading


def letter(index: int) -> str:
    """A spreadsheet's name for a column: 0 → A, 26 → AA."""
    name, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        name = chr(ord("A") + place) + name
    return name


@cache
def _words(kind: Kind) -> dict[str, str]:
    words: dict[str, str] = {}
    for group, listed in shipped("headings.toml").items():
        if _kind(group) == kind:
            for name, synonyms in listed.items():
                for synonym in synonyms:
                    _add(words, f"{group}.{name}", synonym)
    return words


def _add(words: dict[str, str], name: str, synonym: str) -> None:
    if "{n}" not in synonym:
        words.setdefault(normal(synonym), name)
        return
    words.setdefault(normal(synonym.replace("{n}", "")), f"{name}.1")
    for number, ordinal in enumerate(_ORDINALS, start=1):
        words.setdefault(normal(synonym.replace("{n}", str(number))), f"{name}.{number}")
        words.setdefault(normal(synonym.replace("{n}", ordinal)), f"{name}.{number}")


def _missing(layout: Layout, mapping: Mapping) -> list[str]:
    known = layout.columns.keys() | mapping.constants.keys()
    missing = [name for name in _REQUIRED[layout.kind] if name not in known]
    if layout.kind in _OF_A_CASE and not {f"{layout.kind}.ref", f"{layout.kind}.contract_no"} & known:
        missing.append(f"{layout.kind}.ref")
    return missing


def _lacking(missing: list[str]) -> BadData:
    names = "; ".join(_spelled(name) for name in missing)
    return BadData("columns_missing", N_("Columns are missing: {names}"), hint=_HEADINGS, names=names)


def _spelled(name: str) -> str:
    known = fields(tuple(_REQUIRED))[name]
    english = next((word for word in known if word.isascii()), name)
    return f"{known[0]} / {english}"


def _unknown(line: int, label: str, kind: Kind) -> Finding:
    message = N_("an unknown column; it is left out.")
    return Finding(line, label, "column_unknown", message, _HEADINGS, severity="note", table=kind)


def _twice(line: int, first: str, second: str) -> BadData:
    return BadData(
        "column_twice",
        N_("Line {line}: the columns {first} and {second} hold the same thing."),
        hint=N_('Delete one, or set it to "ignore" in a mapping file.'),
        line=line,
        first=first,
        second=second,
    )


_ONE_SHEET = N_("Name one of them in a mapping file (sheet = …), or import them one file each.")
_HEADINGS = N_("Name the columns as --fields lists them, or give a mapping file: collectdesk help mapping.")
