"""One sheet of a workbook: frozen heads, columns as wide as what is in them, a filter, and how it prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from collectdesk.desk.reports.figure import Report
from collectdesk.lang import _
from collectdesk.show.reports.sheetcells import TEXT, Cell, Ink
from collectdesk.show.reports.wording import PRACTICE, said, span
from collectdesk.show.safe import safe
from collectdesk.show.width import cells

WIDEST, NARROWEST = 60, 6
"""Characters of a column; longer text is wrapped."""
FILTER = 3
"""Characters the sign of the filter takes in a head."""
PORTRAIT = 90
"""Characters of a sheet that is printed upright."""
MOST_NAME = 31
"""Letters of a sheet's name."""
RED, GREY = "#98301F", "#5E594F"


class Head(NamedTuple):
    """The head of a column; ``right``: what stands below it are numbers; ``quiet``: of the compared period."""

    title: str
    right: bool = False
    quiet: bool = False


class Sheet:
    """A sheet being written, line by line."""

    def __init__(self, report: Report, book: Any, ink: Ink, name: str, heads: Sequence[Head]) -> None:  # noqa: ANN401
        self.heads = heads
        self.lines = 0
        self._under = 0
        self.page = book.add_worksheet(_free(name, book))
        self._ink = ink
        self._wide = [cells(each.title) + FILTER for each in heads]
        for place, head in enumerate(heads):
            look = {"bold": True, "bottom": 1, "text_wrap": True, "align": "right" if head.right else "left"}
            self.page.write_string(0, place, safe(head.title), ink.of("General", **look, **_quiet(head)))
        self._mark(report)
        self._print(report)

    def line(self, found: Sequence[Cell], *, total: bool = False) -> None:
        """Write the next line; a total is set apart."""
        self.lines += 1
        for place, each in enumerate(found):
            look: dict[str, object] = {"bold": True, "top": 1} if total else {}
            if each.form == TEXT:
                look["text_wrap"] = True
            self._put(place, each, self._ink.of(each.form, **look, **_quiet(self.heads[place])))
            self._wide[place] = max(self._wide[place], each.wide + 1)

    def below(self, chart: Any, rows: int) -> None:  # noqa: ANN401 - xlsxwriter has no types
        """Put a chart that covers so many rows below the lines, and below the charts that are there."""
        self.page.insert_chart(self.lines + 2 + self._under, 0, chart)
        self._under += rows + 1

    def close(self, *, totals: int = 0) -> None:
        """Set what needs all lines: widths, the filter (which leaves totals alone), what stays in sight."""
        for place, wide in enumerate(self._wide):
            self.page.set_column(place, place, min(WIDEST, max(NARROWEST, wide)))
        self.page.freeze_panes(1, 1)
        if self.lines - totals > 0:
            self.page.autofilter(0, 0, self.lines - totals, len(self.heads) - 1)
        self.page.print_area(0, 0, self.lines + (self._under and self._under + 1), len(self.heads) - 1)
        if sum(self._wide) > PORTRAIT:
            self.page.set_landscape()

    def _put(self, place: int, found: Cell, form: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        held = found.held
        if held is None:
            self.page.write_blank(self.lines, place, None, form)
        elif isinstance(held, str):
            self.page.write_string(self.lines, place, held, form)
        elif isinstance(held, (date, datetime)):
            self.page.write_datetime(self.lines, place, held, form)
        else:
            self.page.write_number(self.lines, place, held, form)

    def _mark(self, report: Report) -> None:
        """Beside the heads, outside of the filter: what must be known before a number is trusted."""
        told = [_(PRACTICE)] if report.practice else []
        if any(each.caution for each in report.notes):
            told.append(_("Caution: see the sheet {name}.").format(name=_("Scope and notes")))
        for place, text in enumerate(told, len(self.heads) + 1):
            self.page.write_string(0, place, text, self._ink.of("General", bold=True, font_color=RED))
        if told:
            self.page.set_tab_color(RED)

    def _print(self, report: Report) -> None:
        page = self.page
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        title = f"{said(report.title)}   {span(report.period)}".replace("&", "&&")
        marked = _(PRACTICE).replace("&", "&&") if report.practice else ""
        page.set_header(f"&L&B{title}&B&R{marked}")
        page.set_footer("&L&A&R&P / &N")


def _quiet(head: Head) -> dict[str, object]:
    return {"font_color": GREY} if head.quiet else {}


def _free(name: str, book: Any) -> str:  # noqa: ANN401 - xlsxwriter has no types
    """A name Excel takes and no other sheet of the book has."""
    taken = {each.get_name().casefold() for each in book.worksheets()}
    plain = re.sub(r"[\[\]:*?/\\']+", " ", safe(name)).strip()[:MOST_NAME].strip() or "-"
    number, found = 2, plain
    while found.casefold() in taken:
        suffix = f" {number}"
        found, number = plain[: MOST_NAME - len(suffix)] + suffix, number + 1
    return found
