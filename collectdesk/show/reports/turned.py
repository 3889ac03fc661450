"""A table turned (转置): its rows side by side as columns, where its figures are too many to stand beside each other.

What belongs together stays together: every figure of a row is in one column, and the total closes the last block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.reports.figure import Row, Table
from collectdesk.show.reports.wording import called, said, worded
from collectdesk.show.tables import Column
from collectdesk.show.tables import table as grid
from collectdesk.show.width import cells

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

GUTTER = 3


def turned(
    console: Console, table: Table, rows: Sequence[Row], moved: Sequence[Sequence[str]]
) -> Iterator[RenderableType]:
    """The table in blocks, each as many rows wide as the screen holds.

    Args:
        console: where it will stand.
        table: whose rows they are.
        rows: the rows, the total among them.
        moved: of each row, how its values changed; empty texts where they did not.
    """
    titles = [said(column.title) for column in table.columns]
    stands = [[called(row.label), *map(worded, row.values)] for row in rows]
    first = max(map(cells, [said(table.dimension), *titles]))
    for block in _blocks(stands, moved, console.width - first):
        columns = [Column(said(table.dimension), "id"), *(Column(stands[place][0], "number") for place in block)]
        lines: list[list[str]] = []
        for figure, title in enumerate(titles):
            lines.append([title, *(stands[place][figure + 1] for place in block)])
            changes = [moved[place][figure] for place in block]
            lines += [["", *changes]] if any(changes) else []
        yield grid(console, columns, lines)


def _blocks(stands: Sequence[Sequence[str]], moved: Sequence[Sequence[str]], room: int) -> Iterator[list[int]]:
    """Which rows stand together."""
    block: list[int] = []
    used = 0
    for place, (row, changes) in enumerate(zip(stands, moved, strict=True)):
        wide = max(map(cells, [*row, *changes])) + GUTTER
        if block and used + wide > room:
            yield block
            block, used = [], 0
        block.append(place)
        used += wide
    if block:
        yield block
