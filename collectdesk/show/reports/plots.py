"""What a chart draws: its table's columns as series of one kind and one currency, with the marks of their axis.

Two kinds never share an axis, nor do two currencies: each gets a picture of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from collectdesk.desk.reports.figure import Amount, Duration, Money, Report, Row, Shape, Table, Value
from collectdesk.show.reports.charts import size
from collectdesk.show.reports.wording import called, said, span, worded
from collectdesk.show.safe import safe

MOST_BARS = 30
"""Bars one picture shows; the table below it has every row."""
MOST_MARKS = 4
"""Marks of an axis above nothing."""
_ROUND = (1, 2, 5)
_LENGTHS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000)
_UNIT = {"share": 10, "score": 10, "money": 100}
"""What one of a kind is drawn as: a per cent is ten tenths, an amount counts its minor units."""


class Series(NamedTuple):
    """Values along the axis, under one name; ``quiet`` are those of the compared period."""

    name: str
    values: tuple[Value, ...]
    quiet: bool = False


class Plot(NamedTuple):
    """One picture: its title, the names along its axis, its series, and how many rows found no room."""

    title: str
    shape: Shape
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    left_out: int = 0


def plots(report: Report, table: Table) -> Iterator[Plot]:
    """The pictures a table's chart asks for; one without rows is drawn empty."""
    if table.chart is None:
        return
    rows = _rows(table)
    labels = tuple(safe(called(row.label)) for row in rows)
    for columns in _alike(table):
        for currency in _currencies(table, columns):
            series = tuple(_series(report, table, rows, columns, currency))
            title = _title(report, table, columns) + (f" ({currency})" if currency else "")
            yield Plot(title, table.chart.shape, labels, series, len(table.rows) - len(rows))


def marks(plot: Plot) -> list[int]:
    """Where the axis of values is marked: from nothing to above the largest, in round steps; of nothing only there."""
    columns = zip(*(each.values for each in plot.series), strict=True)
    together = sum if plot.shape == "stacked" else max
    most = max((together(map(size, values)) for values in columns), default=0)
    step = _step(most, kind_of(plot))
    return list(range(0, step * -(-most // step) + 1, step))


def marked(mark: int, plot: Plot) -> str:
    """A mark in words, as its kind of value is told."""
    kind = kind_of(plot)
    if kind == "share":
        return f"{mark // 10}%"
    if kind == "score":
        return str(mark // 10)
    if kind == "duration":
        return worded(Duration(mark))
    return f"{mark // _UNIT.get(kind, 1):,}"


def kind_of(plot: Plot) -> str:
    """What kind of value a picture shows."""
    found = (value for series in plot.series for value in series.values if value is not None)
    return next((str(type(value).__struct_config__.tag) for value in found), "count")


def _rows(table: Table) -> list[Row]:
    """All of them, or where there is a bar a row and too many of them, the largest."""
    assert table.chart is not None
    if table.chart.shape != "bars" or len(table.rows) <= MOST_BARS:
        return list(table.rows)
    place = table.column(table.chart.columns[0])
    largest = sorted(table.rows, key=lambda row: -size(row.values[place]))[:MOST_BARS]
    return [row for row in table.rows if row in largest]


def _alike(table: Table) -> list[list[int]]:
    """The places of the columns drawn, those of one kind together, in their order."""
    assert table.chart is not None
    found: dict[str, list[int]] = {}
    for key in table.chart.columns:
        place = table.column(key)
        found.setdefault(table.columns[place].kind, []).append(place)
    return list(found.values())


def _currencies(table: Table, columns: list[int]) -> list[str]:
    """The currencies among amounts; one that is none where there are no amounts."""
    values = [row.values[place] for row in table.rows for place in columns]
    return sorted({each.currency for value in values if isinstance(value, Money) for each in value.amounts}) or [""]


def _series(report: Report, table: Table, rows: list[Row], columns: list[int], currency: str) -> Iterator[Series]:
    for place in columns:
        name = said(table.columns[place].title)
        yield Series(name, tuple(_only(row.values[place], currency) for row in rows))
    if len(columns) == 1 and report.compared is not None and any(row.before for row in rows):
        before = tuple(_only(row.before[columns[0]], currency) if row.before else None for row in rows)
        if any(value is not None for value in before):
            yield Series(span(report.compared), before, quiet=True)


def _title(report: Report, table: Table, columns: list[int]) -> str:
    """The names of the figures drawn, in full."""
    found = [table.columns[place] for place in columns]
    return " / ".join(said(report.definition(each.figure).title if each.figure else each.title) for each in found)


def _only(value: Value, currency: str) -> Value:
    """Of amounts those in one currency; nothing of it is an amount of nothing."""
    if not isinstance(value, Money) or not currency:
        return value
    return Money(tuple(each for each in value.amounts if each.currency == currency) or (Amount(0, currency),))


def _step(most: int, kind: str) -> int:
    """The smallest round step that needs no more marks than there is room for."""
    unit = _UNIT.get(kind, 1)
    if kind == "duration":
        found = next((each for each in _LENGTHS if most <= each * MOST_MARKS), None)
        return found or _step(-(-most // 36_000), "count") * 36_000
    power = 1
    while True:
        for each in _ROUND:
            if most <= each * power * unit * MOST_MARKS:
                return each * power * unit
        power *= 10
