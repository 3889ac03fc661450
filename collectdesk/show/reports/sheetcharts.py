"""The charts of a workbook, drawn by the spreadsheet itself from the cells above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from collectdesk.desk.reports.figure import Chart
from collectdesk.show.reports.sheet import Sheet

KINDS = {"spark": "column", "bars": "bar", "stacked": "column", "lines": "line"}
COLOURS = ("#1F4E6B", "#A3621C", "#53692F", "#74476F", "#5E594F")
HIGH, ROW = 280, 20
"""Height of a chart, and of a row of the sheet below it, in pixels."""


class Drawn(NamedTuple):
    """A column of the sheet that is drawn: its place, its kind of value and its currency."""

    place: int
    kind: str
    currency: str


def draw(book: Any, sheet: Sheet, chart: Chart, columns: Sequence[Drawn], rows: int) -> None:  # noqa: ANN401
    """Put the charts below a table of ``rows`` rows; values of different kinds or currencies share no axis."""
    for alike in _alike(columns):
        options = {"type": KINDS[chart.shape], **({"subtype": "stacked"} if chart.shape == "stacked" else {})}
        drawn = book.add_chart(options)
        for column, colour in zip(alike, COLOURS * len(alike), strict=False):
            drawn.add_series(_series(sheet.page.get_name(), column.place, rows, chart, colour))
        drawn.set_title(
            {"name": " / ".join(sheet.heads[each.place].title for each in alike), "name_font": {"size": 11}}
        )
        drawn.set_legend({"position": "bottom"} if len(alike) > 1 else {"none": True})
        drawn.set_x_axis({"num_font": {"size": 9}, **({"reverse": True} if chart.shape == "bars" else {})})
        drawn.set_y_axis(
            {"min": 0, "num_font": {"size": 9}, "major_gridlines": {"visible": True, "line": {"color": "#D9D2C4"}}}
        )
        high = max(HIGH, 60 + 22 * rows) if chart.shape == "bars" else HIGH
        drawn.set_size({"width": 640, "height": high})
        sheet.below(drawn, -(-high // ROW))


def _alike(columns: Sequence[Drawn]) -> Iterator[list[Drawn]]:
    found: dict[tuple[str, str], list[Drawn]] = {}
    for each in columns:
        found.setdefault((each.kind, each.currency), []).append(each)
    yield from found.values()


def _series(name: str, place: int, rows: int, chart: Chart, colour: str) -> dict[str, object]:
    drawn = {"line": {"color": colour, "width": 2}} if chart.shape == "lines" else {"fill": {"color": colour}}
    return {
        "name": [name, 0, place],
        "categories": [name, 1, 0, rows, 0],
        "values": [name, 1, place, rows, place],
        "gap": 60,
        **drawn,
    }
