"""A report as a workbook (XLSX): what was counted as numbers a spreadsheet can add, beside what each means.

Text is written as text, never as a formula or a link, whoever wrote it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from collectdesk.desk.reports.figure import Column, Count, Definition, Figure, Money, Report, Row, Share, Table, Value
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.reports.sheet import Head, Sheet
from collectdesk.show.reports.sheetcells import Cell, Ink, cell, currencies, word
from collectdesk.show.reports.sheetcharts import Drawn, draw
from collectdesk.show.reports.wording import PRACTICE, called, named, said, scope, span

MOST_ROWS = 1_000_000
"""Rows of one table; Excel ends at 1,048,576 lines."""
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def workbook(report: Report) -> bytes:
    """The whole workbook, in the language spoken; the same report always gives the same bytes.

    Raises:
        UsageProblem: a list is longer than a sheet can be.
    """
    import xlsxwriter

    _require_room(report)
    place = io.BytesIO()
    book = xlsxwriter.Workbook(place, PLAIN)
    made = datetime.fromtimestamp(report.made_at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)).replace(tzinfo=None)
    book.set_properties({"title": f"{said(report.title)} {span(report.period)}", "created": made})
    ink = Ink(book)
    if any(section.figures for section in report.sections):
        _figures(report, book, ink)
    for table in report.tables:
        _table(report, table, book, ink)
    _meanings(report, book, ink)
    _about(report, made, book, ink)
    book.close()
    return place.getvalue()


def _require_room(report: Report) -> None:
    longest = max((len(table.rows) for table in report.tables), default=0)
    if longest > MOST_ROWS:
        raise UsageProblem(
            "sheet_full",
            N_("A sheet holds {most} rows and this list has {count}: narrow it, or take --csv."),
            most=f"{MOST_ROWS:,}",
            count=f"{longest:,}",
        )


def _figures(report: Report, book: Any, ink: Ink) -> None:  # noqa: ANN401 - xlsxwriter has no types
    """Each figure on a line of its own, of amounts one a currency."""
    heads = [Head(_("Section")), Head(_("Figure")), Head(_("Value"), right=True), Head(_("Currency"))]
    heads += [Head(_("Numerator"), right=True), Head(_("Denominator"), right=True)]
    if report.compared:
        heads.append(Head(span(report.compared), right=True, quiet=True))
    sheet = Sheet(report, book, ink, _("Figures"), [*heads, Head(_("To be seen to now"))])
    for section in report.sections:
        for figure in section.figures:
            for line in _lines(report, figure):
                sheet.line([word(said(section.title)), *line])
    sheet.close()


def _lines(report: Report, figure: Figure) -> Iterator[list[Cell]]:
    value, before = figure.value, figure.before
    share = value if isinstance(value, Share) else None
    parts = [cell(Count(share.part)), cell(Count(share.whole))] if share else [Cell(None), Cell(None)]
    for currency in currencies(value, before) or [""]:
        line = [word(said(report.definition(figure.key).title)), cell(value, currency), word(currency), *parts]
        if report.compared:
            line.append(cell(before, currency))
        yield [*line, word(_("yes") if figure.alarm else "")]


class Field(NamedTuple):
    """A column of a sheet: which of the table's it is, of which currency, and of which period."""

    column: Column
    place: int
    currency: str
    earlier: bool = False

    def of(self, row: Row) -> Cell:
        """What a row has in it."""
        values: Sequence[Value] = row.before if self.earlier else row.values
        return cell(values[self.place], self.currency) if values else Cell(None)

    def head(self, report: Report) -> Head:
        """Its head; a currency and the compared period are named."""
        title = said(self.column.title) + (f" ({self.currency})" if self.currency else "")
        if self.earlier and report.compared:
            title = f"{title} · {span(report.compared)}"
        return Head(title, right=self.column.kind not in ("words", "moment", "day"), quiet=self.earlier)


def _table(report: Report, table: Table, book: Any, ink: Ink) -> None:  # noqa: ANN401 - likewise
    """A table as it stands, its amounts a column a currency, beside it the compared period, below it its charts."""
    fields = list(_fields(table))
    heads = [Head(said(table.dimension)), *(each.head(report) for each in fields)]
    sheet = Sheet(report, book, ink, said(table.title), heads)
    for row in (*table.rows, *([table.total] if table.total else [])):
        sheet.line([word(called(row.label)), *(each.of(row) for each in fields)], total=row is table.total)
    if table.chart is not None and table.rows:
        keys = table.chart.columns
        drawn = [
            Drawn(place, each.column.kind, each.currency)
            for place, each in enumerate(fields, 1)
            if each.column.key in keys and not each.earlier
        ]
        draw(book, sheet, table.chart, drawn, len(table.rows))
    sheet.close(totals=1 if table.total else 0)


def _fields(table: Table) -> Iterator[Field]:
    """The columns, then the same of the compared period where there is one."""
    rows = (*table.rows, *([table.total] if table.total else []))
    for earlier in (False, True) if any(row.before for row in rows) else (False,):
        for place, column in enumerate(table.columns):
            values = [row.values[place] for row in rows] + [row.before[place] for row in rows if row.before]
            money = any(isinstance(value, Money) for value in values)
            for currency in (currencies(*values) or [""]) if money else [""]:
                yield Field(column, place, currency, earlier)


def _meanings(report: Report, book: Any, ink: Ink) -> None:  # noqa: ANN401 - likewise
    if not report.definitions:
        return
    heads = [Head(_("Figure")), Head(_("Meaning")), Head(_("Made of")), Head(_("Key"))]
    sheet = Sheet(report, book, ink, _("What the figures mean"), heads)
    for means in report.definitions:
        made = _parts(report, means)
        sheet.line([word(named(means)), word(said(means.meaning)), word(made), word(means.key)])
    sheet.close()


def _parts(report: Report, means: Definition) -> str:
    return " / ".join(said(report.definition(key).title) for key in (means.part, means.whole) if key)


def _about(report: Report, made: datetime, book: Any, ink: Ink) -> None:  # noqa: ANN401 - likewise
    """Whose work, of which days, made when and by whom, and every footnote."""
    sheet = Sheet(report, book, ink, _("Scope and notes"), [Head(_("What")), Head(_("Text"))])
    if report.practice:
        sheet.line([word(_("Caution")), word(_(PRACTICE))])
    told = [
        (_("Report"), said(report.title)),
        (_("Question"), said(report.about)),
        (_("Period"), span(report.period)),
        (_("Compared with"), span(report.compared) if report.compared else ""),
        (_("Scope"), scope(report).replace("   ", " · ")),
        (_("Made at"), f"{made:%Y-%m-%d %H:%M}"),
        (_("Made by"), report.made_by),
        (_("Names"), _("shown in full") if report.unmasked else _("masked")),
    ]
    told += [(_("Caution") if each.caution else _("Note"), said(each.text)) for each in report.notes]
    for name, text in told:
        if text:
            sheet.line([word(name), word(text)])
    sheet.close()
