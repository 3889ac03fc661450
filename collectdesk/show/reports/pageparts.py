"""The parts of a page: values a program can read, words escaped, figures as cards, tables, links to what is meant."""

from __future__ import annotations

from html import escape

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.figure import (
    Column,
    Day,
    Definition,
    Figure,
    Label,
    Moment,
    Money,
    Report,
    Row,
    Section,
    Share,
    Table,
    Value,
    Words,
)
from collectdesk.lang import _
from collectdesk.show.reports.document import value as exact
from collectdesk.show.reports.pagecharts import drawing
from collectdesk.show.reports.plots import Plot, plots
from collectdesk.show.reports.wording import NOTHING, Change, change, said, worded
from collectdesk.show.safe import safe
from collectdesk.show.words import bracketed

SHORT = 24
"""Rows of a table that stays on one printed page."""
LONG, BROAD = 10, 16
"""Letters of a figure beyond which it is set smaller, and takes the room of two."""


def text(label: Label) -> str:
    """A wording of ours, or somebody's text: harmless, and turning nothing around it."""
    return escape(said(label)) if isinstance(label, Both) else f"<bdi>{escape(safe(label))}</bdi>"


def shown(value: Value) -> str:
    """A value in words, and beside them the form a program reads."""
    told = escape(safe(worded(value)))
    if isinstance(value, Money) and len(value.amounts) > 1:
        told = " + ".join(f'<span class="amount">{each}</span>' for each in told.split(" + "))
    if isinstance(value, (Moment, Day)):
        return f'<time datetime="{machine(value)}">{told}</time>'
    if isinstance(value, Words):
        return text(value.label if value.label is not None else value.text)
    return told if value is None or told == NOTHING else f'<data value="{machine(value)}">{told}</data>'


def machine(value: Value) -> str:
    """A value as JSON has it, on one line: a number, ``186400.50 CNY + 1200.00 USD``, an instant."""
    form = exact(value)
    if isinstance(form, list):
        return escape(" + ".join(f"{each['amount']} {each['currency']}" for each in form))
    if isinstance(form, dict):
        form = form.get("percent", form.get("mean"))
    return escape(form.isoformat() if hasattr(form, "isoformat") else str(form))


def term(report: Report, key: str, title: Both) -> str:
    """The name of a figure, linked to its definition."""
    number = [each.key for each in report.definitions].index(key) + 1
    return f'<a class="term" href="#d{number}">{text(title)}<sup>{number}</sup></a>'


def section(report: Report, told: Section) -> str:
    """A heading, the figures as cards, the tables with their charts."""
    cards = "".join(_card(report, each) for each in told.figures)
    blocks = "".join(_block(report, told, each) for each in told.tables)
    figures = f'<dl class="figures">{cards}</dl>\n' if cards else ""
    head = f'<h2 id="{told.key}">{text(told.title)}</h2>\n'
    return f'<section aria-labelledby="{told.key}">{head}{figures}{blocks}</section>\n'


def definition(report: Report, means: Definition) -> str:
    """What a figure means, as an entry of the list at the foot."""
    number = [each.key for each in report.definitions].index(means.key) + 1
    made = ""
    if means.part and means.whole:
        parts = [term(report, key, report.definition(key).title) for key in (means.part, means.whole)]
        made = bracketed(" / ".join(parts))
    return (
        f'<li id="d{number}"><b>{text(means.title)}</b> {text(means.meaning)}{made} '
        f"<code>{escape(means.key)}</code></li>\n"
    )


def _card(report: Report, figure: Figure) -> str:
    means = report.definition(figure.key)
    told = worded(figure.value)
    size = " long" if len(told) > LONG else ""
    marked = f"{' broad' if len(told) > BROAD else ''}{' alarm' if figure.alarm else ''}"
    return (
        f'<div class="figure{marked}" data-figure="{escape(figure.key)}">'
        f"<dt>{term(report, figure.key, means.title)}</dt>"
        f'<dd class="value{size}">{shown(figure.value)}</dd>'
        f"{_call(alarm=figure.alarm)}{_moved(figure, means)}</div>\n"
    )


def _call(*, alarm: bool) -> str:
    words = _("To be seen to now")
    return f'<dd class="call">! {escape(words)}</dd>' if alarm else ""


def _moved(figure: Figure, means: Definition) -> str:
    """How it differs from the compared period, in words, with a sign, and whether that is wanted."""
    if figure.before is None:
        return ""
    moved = change(figure.value, figure.before, means)
    before = f'<span class="before">{shown(figure.before)}</span>'
    if moved is None:
        told = escape(_("before: {value}")).format(value=before)
        return f'<dd class="change">{told}</dd>'
    return f'<dd class="change">{in_words(moved, before, points=isinstance(figure.value, Share))}</dd>'


def in_words(moved: Change, before: str, *, points: bool) -> str:
    """A change as a sentence; ``before`` is HTML already."""
    size = escape(_("{size} points").format(size=moved.size) if points else moved.size)
    if not moved.way:
        return escape(_("= as before, {before}")).format(before=before)
    sentence = _("▲ {size} more than {before}") if moved.way > 0 else _("▼ {size} less than {before}")
    told = escape(sentence).format(size=size, before=before)
    if moved.good is None:
        return told
    word, tone = (_("better"), "good") if moved.good else (_("worse"), "bad")
    return f'{told} <span class="{tone}">{escape(word)}</span>'


def _block(report: Report, within: Section, table: Table) -> str:
    """A chart with its table behind it, or the table alone."""
    pictures = "".join(_picture(each) for each in plots(report, table))
    grid = _grid(report, table, f"{within.key}-{table.key}", same=table.title == within.title)
    if not pictures:
        return f'<div class="block">{grid}</div>\n'
    summary = f"<summary>{text(table.title)}</summary>"
    return f'<div class="block">{pictures}<details{"" if table.brief else " open"}>{summary}{grid}</details></div>\n'


def _picture(plot: Plot) -> str:
    told = _("The largest; the other {count} are in the table.").format(count=plot.left_out)
    more = f" <small>{escape(told)}</small>" if plot.left_out else ""
    return f"<figure><figcaption>{escape(plot.title)}{more}</figcaption>{drawing(plot)}</figure>\n"


def _grid(report: Report, table: Table, key: str, *, same: bool) -> str:
    heads = "".join(f'<th scope="col" class="{each.kind}">{_head(report, each)}</th>' for each in table.columns)
    rows = "".join(_row(report, table, each) for each in table.rows)
    if not rows:
        nothing = escape(_("Nothing."))
        rows = f'<tr><td class="nothing words" colspan="{len(table.columns) + 1}">{nothing}</td></tr>\n'
    foot = f"<tfoot>{_row(report, table, table.total)}</tfoot>" if table.total else ""
    tone = ' class="same"' if same else ""
    kept = " short" if len(table.rows) <= SHORT else ""
    return (
        f'<div class="scroll{kept}" tabindex="0" role="region" aria-labelledby="{key}">'
        f'<table data-table="{escape(table.key)}"><caption id="{key}"{tone}>{text(table.title)}</caption>'
        f'<thead><tr><th scope="col">{text(table.dimension)}</th>{heads}</tr></thead>\n'
        f"<tbody>{rows}</tbody>{foot}</table></div>"
    )


def _head(report: Report, column: Column) -> str:
    return term(report, column.figure, column.title) if column.figure else text(column.title)


def _row(report: Report, table: Table, row: Row) -> str:
    before = row.before or (None,) * len(row.values)
    cells = "".join(
        f'<td class="{column.kind}">{_cell(report, column, value, then)}</td>'
        for column, value, then in zip(table.columns, row.values, before, strict=True)
    )
    tone = ' class="folded"' if row.folded else ""
    return f'<tr data-row="{escape(safe(row.key))}"{tone}><th scope="row">{text(row.label)}</th>{cells}</tr>\n'


def _cell(report: Report, column: Column, value: Value, before: Value) -> str:
    """A value, and its change small and without praise: sign and size."""
    moved = change(value, before, report.definition(column.figure)) if column.figure else None
    if moved is None or not moved.way:
        return shown(value)
    words = _("more than before") if moved.way > 0 else _("less than before")
    sign = "+" if moved.way > 0 else "\N{MINUS SIGN}"
    told = f'<small>{sign}{escape(moved.size)}<span class="unseen"> {escape(words)}</span></small>'
    return f'<span class="cell">{shown(value)}{told}</span>'
