"""Lists and fact sheets: amounts, dates and ids never wrap, labels never clip, prose wraps where a reader
would.

Columns are measured in cells. When what must not wrap does not fit side by side, the rows are shown one below
the other as facts instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from collectdesk.show.safe import safe, safe_lines
from collectdesk.show.terminal import boxes
from collectdesk.show.width import cells, clip, pad, wrap

Kind = Literal["text", "id", "date", "money", "number"]

_RIGHT = ("money", "number")
_LEAST_PROSE = 12
_GUTTER = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title as shown, what it holds, and the style of its cells."""

    title: str
    kind: Kind = "text"
    style: str = ""


def table(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> RenderableType:
    """``rows`` as a table as wide as ``console``, or as facts when it is too narrow for that."""
    shown = [[safe(value) for value in row] for row in rows]
    widths = _widths(columns, shown, console.width)
    if widths is None:
        titles = [column.title for column in columns]
        blocks = [facts(console, list(zip(titles, row, strict=True))) for row in shown]
        return Group(*(part for block in blocks for part in (block, Text(""))))
    grid = Table(box=boxes(), padding=(0, 1), pad_edge=False, show_edge=False, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        justify: Literal["right", "left"] = "right" if column.kind in _RIGHT else "left"
        title = Text("\n".join(wrap(safe(column.title), width)))
        grid.add_column(title, justify=justify, width=width, no_wrap=True, style=column.style)
    for row in shown:
        grid.add_row(*(Text("\n".join(wrap(value, width))) for value, width in zip(row, widths, strict=True)))
    return grid


def facts(console: Console, pairs: Sequence[tuple[str, str]], *, indent: int = 1) -> RenderableType:
    """Labels and values in two columns; a label is never cut, a value wraps beside it, no line ends in blanks."""
    label_width = max((cells(label) for label, _ in pairs), default=0)
    room = max(_LEAST_PROSE, console.width - indent - label_width - _GUTTER)
    rows = []
    for label, value in pairs:
        head = safe(label)
        for line in [line for part in safe_lines(value).split("\n") for line in wrap(part, room)] or [""]:
            row = Text(" " * indent + pad(head, label_width), style="dim", no_wrap=True, overflow="ignore")
            row.append(f"{' ' * _GUTTER}{line}", style="not dim")
            row.rstrip()
            rows.append(row)
            head = ""
    return Group(*rows)


def short(value: str, width: int) -> str:
    """``value`` made harmless and cut to ``width`` cells, for names and other text of any length."""
    return clip(safe(value), width)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Cells for each column, or None when what must not wrap cannot stand in ``room``."""
    natural = [max([cells(column.title), *(cells(row[index]) for row in rows)]) for index, column in enumerate(columns)]
    room -= (_GUTTER + 1) * (len(columns) - 1)
    prose = [index for index, column in enumerate(columns) if column.kind == "text"]
    fixed = sum(natural[index] for index in range(len(columns)) if index not in prose)
    least = {index: min(natural[index], max(_LEAST_PROSE, cells(columns[index].title))) for index in prose}
    if fixed + sum(least.values()) > room:
        return None
    return _share(natural, prose, least, room - fixed)


def _share(natural: list[int], prose: list[int], least: dict[int, int], room: int) -> list[int]:
    """Give the prose columns ``room`` cells.

    The narrow ones all they want, the wide ones equal parts of the rest.
    """
    widths = list(natural)
    left = room
    for position, index in enumerate(sorted(prose, key=lambda index: natural[index])):
        later = len(prose) - position - 1
        rest = sum(sorted(least.values())[-later:]) if later else 0
        widths[index] = min(natural[index], max(least[index], min(left // (later + 1), left - rest)))
        left -= widths[index]
    return widths
