"""The charts of a page, drawn by pygal as bare SVG, with no script, style or link in it; the page's style colours it.

Each is drawn twice, for a wide and for a narrow page, since letters that shrink with a picture cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from collectdesk.desk.reports.notes import is_nothing
from collectdesk.lang import _
from collectdesk.show.reports.charts import size
from collectdesk.show.reports.plots import Plot, Series, marked, marks
from collectdesk.show.reports.wording import NOTHING, worded
from collectdesk.show.width import cells, clip

LETTER = 12
"""Size of the letters, in the units of the drawing."""
ROW = 26
"""Height of one bar and the room around it."""
_GEOMETRY = frozenset(("x", "y", "width", "height", "cx", "cy", "d", "transform"))
_DROPPED = ("defs", "script", "style", "desc")
_NOISE = frozenset(("reactive", "tooltip-trigger", "always_show", "nofill"))
_FINE = re.compile(r"(\d+)\.(\d)\d+")


class Sheet(NamedTuple):
    """What a picture is drawn on: its name in the style, its width, and the cells a label may take."""

    name: str
    width: int
    label: int


SHEETS = (Sheet("wide", 720, 32), Sheet("narrow", 350, 16))


def drawing(plot: Plot) -> str:
    """A picture as HTML: the drawing for each width of page, and below it what its colours mean."""
    drawn = "".join(_svg(plot, sheet) for sheet in SHEETS)
    compared = " compared" if any(each.quiet for each in plot.series) else ""
    return f'<div class="chart{compared}">{drawn}{_legend(plot)}</div>\n'


def _svg(plot: Plot, sheet: Sheet) -> str:
    lying = plot.shape == "bars" and bool(plot.labels)
    chart = (_lying if lying else _upright)(plot, sheet)
    turn = -1 if lying else 1  # what lies is drawn from below
    for series in plot.series:
        chart.add(series.name, [_point(plot, series, place) for place in range(len(plot.labels))][::turn])
    chart.x_labels = [clip(each, sheet.label) for each in plot.labels][::turn]
    root = chart.render_tree()
    _strip(root)
    root.attrib |= {"class": sheet.name, "role": "img", "aria-label": plot.title}
    if all(is_nothing(value) for series in plot.series for value in series.values):
        note = SubElement(root, "text", {"class": "nothing", "x": str(sheet.width // 2), "y": "56"})
        note.text = _("Nothing in this period.")
    return tostring(root, encoding="unicode")


def _chart(name: str, sheet: Sheet, height: int, **more: object) -> Any:  # noqa: ANN401 - pygal has no types
    import pygal
    from pygal.style import Style

    letters = dict.fromkeys(("label_font_size", "major_label_font_size", "value_font_size"), LETTER)
    return getattr(pygal, name)(
        js=[],
        style=Style(**letters),
        width=sheet.width,
        height=height,
        show_legend=False,
        truncate_label=-1,
        no_data_text="",
        no_prefix=True,
        **more,
    )


def _lying(plot: Plot, sheet: Sheet) -> Any:  # noqa: ANN401 - likewise
    """A bar a row, its value at its end."""
    labels = [clip(each, sheet.label) for each in plot.labels]
    values = [worded(value) for series in plot.series for value in series.values]
    height = ROW * len(labels) * (2 + len(plot.series)) / 3 + 12
    return _chart(
        "HorizontalBar",
        sheet,
        round(height),
        show_x_labels=False,
        print_values=True,
        print_values_position="top",
        margin=4,
        margin_left=4 + _lacking(labels),
        margin_right=12 + _wide(values),
    )


def _upright(plot: Plot, sheet: Sheet) -> Any:  # noqa: ANN401 - likewise
    """Columns or lines over time, the axis of values marked in round numbers."""
    names = {"spark": "Bar", "bars": "Bar", "stacked": "StackedBar", "lines": "Line"}
    at = marks(plot)
    heads = [marked(each, plot) for each in at]
    labels = plot.labels or ("",)
    room = sheet.width - 40 - _wide(heads)
    every = max(1, -(-len(labels) * (_wide(labels) + 8) // room))
    return _chart(
        names[plot.shape],
        sheet,
        (190 if plot.shape == "spark" else 230) if at[1:] else 110,
        range=(0, max(1, at[-1])),
        y_labels=at,
        y_labels_major=[0],
        value_formatter=partial(_said, plot),
        x_labels_major_every=every,
        show_minor_x_labels=every == 1,
        margin=4,
        margin_left=4 + _lacking(heads),
        margin_right=max(8, _wide(labels) // 2),
        dots_size=3,
    )


def _point(plot: Plot, series: Series, place: int) -> dict[str, object] | None:
    """A value at its height, and what a reader is told who points at it; a share or mean of nothing has no height."""
    value = series.values[place]
    shown = worded(value)
    if shown == NOTHING:
        return None
    name = f"{plot.labels[place]}  {series.name} {shown}"
    return {"value": size(value), "formatter": lambda _size: shown, "tooltip": name}


def _said(plot: Plot, mark: float) -> str:
    return marked(round(mark), plot)


def _wide(texts: Sequence[str]) -> int:
    """How wide the widest text is drawn."""
    return round(max(map(cells, texts), default=0) * LETTER * 0.56)


def _lacking(texts: Sequence[str]) -> int:
    """What pygal, which counts letters, misses of a text with Chinese in it."""
    return max(0, _wide(texts) - round(max(map(len, texts), default=0) * LETTER * 0.6))


def _strip(root: Element) -> None:
    """Leave the shapes, their classes and their names, to a tenth of a unit."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag in _DROPPED or _is_spare(parent, child):
                parent.remove(child)
    for node in root.iter():
        _plain(node)


def _is_spare(parent: Element, child: Element) -> bool:
    """Titles of the picture and of its marks, which are read already, and what only a script would use."""
    classes = (child.get("class") or "").split()
    if child.tag == "text":
        return not child.text
    if child.tag == "title":
        return parent.get("class") not in ("bar", "dots")
    return "tooltip-overlay" in classes or "background" in classes or classes == ["titles"]


def _plain(node: Element) -> None:
    for name in ("style", "id", "rx", "ry"):
        node.attrib.pop(name, None)
    for name in _GEOMETRY & set(node.attrib):
        node.set(name, _FINE.sub(r"\1.\2", node.get(name, "")))
    kept = [each for each in (node.get("class") or "").split() if each not in _NOISE]
    node.attrib.pop("class", None)
    if kept:
        node.set("class", " ".join(kept))


def _legend(plot: Plot) -> str:
    if len(plot.series) < 2:
        return ""
    items = "".join(
        f'<li><svg class="key" viewBox="0 0 14 10" aria-hidden="true"><g class="series serie-{place}">'
        f'<rect class="rect" width="14" height="10"/></g></svg>{escape(series.name)}</li>'
        for place, series in enumerate(plot.series)
    )
    return f'<ul class="legend">{items}</ul>'
