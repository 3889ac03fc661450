"""A report on the screen: what was counted, beside what it was before, as small charts and tables at 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.reports.figure import Chart, Day, Figure, Moment, Report, Row, Section, Table
from collectdesk.desk.reports.notes import is_nothing
from collectdesk.lang import _
from collectdesk.show.reports.charts import LONGEST, bars, lengths, spark
from collectdesk.show.reports.wording import PRACTICE, Change, called, change, named, said, scope, span, worded
from collectdesk.show.safe import safe
from collectdesk.show.terminal import WIDTH, ascii_only, marks, out, rule_line
from collectdesk.show.width import cells, wrap

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

MOST_ROWS = 50
"""Rows of a list a screen shows."""
GUTTER = 3
"""Cells between the columns of a table."""
LABEL = 16
"""Cells a row's label gets at least."""
TIMES = ("hour", "day", "week", "month")
YEAR = len("2026-")
SHORTEST = 8
"""Cells the longest bar beside a table needs."""


def show(report: Report, *, explain: bool) -> None:
    """Print the report; ``explain``: and what its figures mean."""
    console = out()
    for line in _head(report):
        console.print(line, soft_wrap=True)
    above = False
    for section in report.sections:
        tabled = any(not table.brief for table in section.tables)
        if tabled or above:
            console.print()
        _section(console, report, section)
        above = tabled
    for text in _foot(report, explain=explain):
        console.print(text, soft_wrap=True)


def _head(report: Report) -> Iterator[str]:
    if report.practice:
        yield f" {_(PRACTICE)}"
    left = f" {said(report.title)}   {span(report.period)}   {safe(scope(report))}"
    right = _("against {period}").format(period=span(report.compared)) if report.compared else ""
    gap = WIDTH - 1 - cells(left) - cells(right)
    if gap >= 2:
        yield (left + " " * gap + right).rstrip()
    else:
        yield from (f" {line}" for line in wrap(left.strip(), WIDTH - 2))
        if right:
            yield f" {right}"
    yield rule_line(WIDTH - 1)


def _section(console: Console, report: Report, section: Section) -> None:
    for line in _flow(report, section.figures):
        console.print(line, soft_wrap=True)
    for place, table in enumerate(section.tables):
        if place and not table.brief:
            console.print()
        if table.chart is not None and table.rows and (table.brief or _over_time(table)):
            for text in _chart(table, table.chart):
                console.print(text, soft_wrap=True)
        if not table.brief:
            _table(console, report, table)


def _flow(report: Report, figures: Sequence[Figure]) -> Iterator[Text]:
    """Figures one after the other, each whole, in lines of the screen's width."""
    from rich.text import Text

    line = Text(" ")
    for figure in figures:
        piece = _figure(report, figure)
        if line.cell_len > 1 and line.cell_len + piece.cell_len + 3 > WIDTH:
            yield line
            line = Text(" ")
        if line.cell_len > 1:
            line.append("   ")
        line.append_text(piece)
    if line.cell_len > 1:
        yield line


def _figure(report: Report, figure: Figure) -> Text:
    from rich.text import Text

    means = report.definition(figure.key)
    piece = Text(f"{said(means.short)} ", style="")
    piece.append(worded(figure.value), style="bold")
    if figure.alarm:
        piece.append(f" {marks().warn}", style="bold red")
    moved = change(figure.value, figure.before, means)
    if moved is not None and moved.way:
        piece.append(f" {moved_text(moved)}", style=_style(moved))
    return piece


def moved_text(moved: Change) -> str:
    """A change: ``▴ 2.1``, on plain terminals ``+2.1``."""
    if ascii_only():
        return f"{'+' if moved.way > 0 else '-'}{moved.size}" if moved.way else "="
    sign = {1: "\u25b4", 0: "=", -1: "\u25be"}[moved.way]
    return f"{sign}{moved.size}" if moved.way else sign


def _style(moved: Change) -> str:
    return {True: "green", False: "yellow", None: "dim"}[moved.good]


def _over_time(table: Table) -> bool:
    """Whether its chart is a line over time: one across people or kinds would say nothing."""
    return table.chart is not None and table.chart.shape != "bars" and table.by in TIMES


def _chart(table: Table, chart: Chart) -> Iterator[str]:
    columns = [table.column(key) for key in chart.columns]
    drawn = [place for place in columns if any(not is_nothing(row.values[place]) for row in table.rows)]
    labels = [called(row.label) for row in table.rows]
    for place in drawn[: 1 if chart.shape == "bars" else None]:  # of nothing there is nothing to draw
        values = [row.values[place] for row in table.rows]
        title = said(table.columns[place].title)
        if chart.shape == "bars":
            yield from (f" {line}" for line in bars(labels, values, WIDTH - 2))
        else:
            yield f" {spark(values)}  {labels[0]} .. {labels[-1]}  {title}"


def _table(console: Console, report: Report, table: Table) -> None:
    from collectdesk.show.tables import Column as Head
    from collectdesk.show.tables import table as grid

    console.print(f" {said(table.title)}", style="bold", soft_wrap=True)
    if not table.rows:
        console.print(" " + _("Nothing."))
        return
    kinds = {"count": "number", "share": "number", "duration": "number", "score": "number", "money": "money"}
    kinds |= {"moment": "date", "day": "date", "words": "text"}
    longest = max(cells(called(row.label)) for row in table.rows)
    columns = [Head(said(table.dimension), "text" if longest > LABEL else "id")]
    columns += [Head(said(each.title), kinds[each.kind]) for each in table.columns]  # type: ignore[arg-type]
    shown = table.rows[:MOST_ROWS] if table.key == "list" else table.rows
    every = (*shown, *([table.total] if table.total else []))
    rows = [_cells(report, table, row) for row in every]
    used = _used(table, _undated(every)) - GUTTER - max(0, longest - LABEL)  # a long label may wrap
    if all(column.figure for column in table.columns) and used > console.width:
        _turned(console, report, table, every)
        return
    if _used(table, rows) - GUTTER > console.width and any(row.before for row in every):
        rows = [line for row in every for line in _below(report, table, row)]
    elif _used(table, rows) - GUTTER > console.width:
        rows = _undated(every)
    elif drawn := _beside(table, rows, console.width):
        columns.append(Head(_heading(table), "id"))
        rows = [[*row, bar] for row, bar in zip(rows, drawn, strict=True)]
    console.print(grid(console, columns, rows))
    if len(shown) < len(table.rows):
        more = len(table.rows) - len(shown)
        console.print(" " + _("{count} more; --csv or --json has them all.").format(count=more))


def _turned(console: Console, report: Report, table: Table, rows: Sequence[Row]) -> None:
    from collectdesk.show.reports.turned import turned

    for place, block in enumerate(turned(console, table, rows, [_moved(report, table, row) for row in rows])):
        if place:
            console.print()
        console.print(block)


def _cells(report: Report, table: Table, row: Row) -> list[str]:
    """A row's label and values, each with its change where it is compared."""
    pairs = zip(map(worded, row.values), _moved(report, table, row), strict=True)
    return [called(row.label), *(f"{value} {moved}".rstrip() for value, moved in pairs)]


def _undated(rows: Sequence[Row]) -> list[list[str]]:
    """The same without the year of dates, where all of them are of one: the period above says which."""
    dates = [worded(value)[:YEAR] for row in rows for value in row.values if isinstance(value, Moment | Day)]
    cut = YEAR if len(set(dates)) == 1 else 0
    return [
        [called(row.label), *(worded(each)[cut if isinstance(each, Moment | Day) else 0 :] for each in row.values)]
        for row in rows
    ]


def _below(report: Report, table: Table, row: Row) -> Iterator[list[str]]:
    """The same where there is less room: the changes in a line of their own."""
    yield [called(row.label), *map(worded, row.values)]
    moved = _moved(report, table, row)
    if any(moved):
        yield ["", *moved]


def _moved(report: Report, table: Table, row: Row) -> list[str]:
    """How each value of a row changed; nothing where it did not, or cannot be compared."""
    before = row.before or (None,) * len(row.values)
    found = []
    for column, value, then in zip(table.columns, row.values, before, strict=True):
        moved = change(value, then, report.definition(column.figure)) if column.figure else None
        found.append(moved_text(moved) if moved is not None and moved.way else "")
    return found


def _used(table: Table, rows: Sequence[Sequence[str]]) -> int:
    """Cells a table takes, a gutter after each column."""
    titles = [said(table.dimension), *(said(column.title) for column in table.columns)]
    return sum(max(map(cells, column)) + GUTTER for column in zip(titles, *rows, strict=True))


def _beside(table: Table, rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The bars of a table beside its rows, where there is room for them; none below its total."""
    if table.chart is None or table.chart.shape != "bars":
        return []
    room = min(LONGEST, width - _used(table, rows) - 1)
    if room < max(SHORTEST, cells(_heading(table))):
        return []
    values = [row.values[_drawn(table)] for row in table.rows]
    if all(map(is_nothing, values)):
        return []
    return [*lengths(values, room), *[""] * (len(rows) - len(values))]


def _heading(table: Table) -> str:
    """What the bars beside a table are of; needless where they stand beside it."""
    place = _drawn(table)
    return "" if place == len(table.columns) - 1 else said(table.columns[place].title)


def _drawn(table: Table) -> int:
    """The place of the column the bars beside a table are of."""
    assert table.chart is not None
    return table.column(table.chart.columns[0])


def _foot(report: Report, *, explain: bool) -> Iterator[Text]:
    from rich.text import Text

    for note in report.notes:
        mark = marks().warn if note.caution else marks().todo
        for place, line in enumerate(wrap(said(note.text), WIDTH - 4)):
            yield Text(f" {mark if not place else ' '} {line}", style="yellow" if note.caution else "dim")
    if not explain:
        said_where = _("What the figures mean: {command}").format(command=f"collectdesk report {report.name} --help")
        yield Text(f" {said_where}", style="dim")
        return
    yield Text("")
    for means in report.definitions:
        meant = _("{figure}: {meaning}").format(figure=named(means), meaning=said(means.meaning))
        for place, line in enumerate(wrap(meant, WIDTH - 4)):
            yield Text(f" {' ' if place else ''}{line}", style="dim")
