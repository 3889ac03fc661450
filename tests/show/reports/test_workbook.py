"""The workbook read back by two other programs' eyes: what is a number is one, and equal to the document's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from collectdesk import lang
from collectdesk.desk.reports.figure import Report, Row
from collectdesk.errors import UsageProblem
from collectdesk.show.reports import workbook as making
from collectdesk.show.reports.document import document
from collectdesk.show.reports.workbook import workbook
from collectdesk.show.safe import safe
from collectdesk.show.width import cells
from tests.desk.reports.sample import empty, sample
from tests.show.reports.hostile_report import TEXTS, hostile


def opened(report: Report) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook(report)))


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    before = lang.current()
    lang.use(request.param)
    yield request.param
    lang.use(before)


@pytest.fixture(scope="module")
def book(language: str) -> Any:
    """The sample's workbook, opened once in each language."""
    assert lang.current() == language
    return opened(sample())


def rows(sheet: Any) -> list[list[Any]]:
    """The values of a sheet below its heads, as wide as the heads are."""
    width = next(place for place, cell in enumerate(sheet[1]) if cell.value is None)
    return [[cell.value for cell in line[:width]] for line in sheet.iter_rows(min_row=2)]


def plain(value: Any) -> Any:
    """A cell as the document spells it: percents and seconds as numbers, dates as they are written."""
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def same(cell: Any, exact: Any) -> bool:
    """Whether a cell shows the document's value."""
    if isinstance(exact, dict) and "percent" in exact:
        percent = exact["percent"]
        shown = None if cell is None else Decimal(repr(cell * 100)).quantize(Decimal("0.1"), "ROUND_HALF_UP")
        return shown is None if percent is None else bool(shown == Decimal(percent))
    if isinstance(exact, dict):
        mean = exact["mean"]
        return plain(cell) is None if mean is None else bool(Decimal(str(plain(cell))) == Decimal(str(mean)))
    if isinstance(exact, datetime):
        return bool(cell == exact.replace(tzinfo=None))
    if isinstance(cell, datetime):
        return bool(cell.date() == date.fromisoformat(exact))
    return bool(cell == exact)


def test_every_figure_is_the_documents(book: Any, language: str) -> None:
    told: Any = document(sample())
    lines = rows(book.worksheets[0])
    place = 0
    for section in told["sections"]:
        for figure in section["figures"]:
            amounts = figure["value"] if isinstance(figure["value"], list) else None
            for each in amounts or [figure["value"]]:
                line = lines[place]
                place += 1
                if amounts:
                    assert (line[2], line[3]) == (float(each["amount"]), each["currency"])
                else:
                    assert same(line[2], each), figure["key"]
                if isinstance(each, dict) and "part" in each:
                    assert line[4:6] == [each["part"], each["whole"]]
    assert place == len(lines)
    assert lines[-1][-1] == {"en": "yes", "zh_CN": "是"}[language]


def test_every_row_is_the_documents(book: Any) -> None:
    told: Any = document(sample())
    tables = [table for section in told["sections"] for table in section["tables"]]
    for table, sheet in zip(tables, book.worksheets[1:], strict=False):
        found = rows(sheet)
        wanted = [*table["rows"], *([table["total"]] if table["total"] else [])]
        assert [line[0] for line in found] == [row["label"] for row in wanted]
        for line, row in zip(found, wanted, strict=True):
            place = 1
            for column in table["columns"]:
                exact = row["values"][column["key"]]
                if column["kind"] == "money":
                    sums = {each["currency"]: float(each["amount"]) for each in exact}
                    assert line[place : place + 2] == [sums.get("CNY", 0), sums.get("USD", 0)]
                    place += 2
                    continue
                if column["kind"] == "duration":
                    assert plain(line[place]) == (exact["mean"] if exact else None)
                elif column["kind"] != "words":
                    assert same(line[place], exact), (table["key"], column["key"])
                place += 1


def test_cells_have_the_formats_of_what_they_hold(book: Any) -> None:
    figures, hours, products, listed = book.worksheets[:4]
    assert [cell.number_format for cell in figures["C"][1:]] == [
        "#,##0", "#,##0", "0.0%", "[$¥-804]#,##0.00", "[$USD] #,##0.00", "[h]:mm:ss", "0.0", "#,##0",
    ]  # fmt: skip
    assert {type(cell.value) for cell in hours["B"][1:]} == {int}
    assert products["C2"].number_format == "[$¥-804]#,##0.00"
    assert listed["B2"].value == datetime(2026, 11, 23, 18, 30)  # noqa: DTZ001 - a sheet knows no zones
    assert listed["B2"].number_format == "yyyy-mm-dd hh:mm"
    assert (listed["F2"].value.date(), listed["F2"].number_format) == (date(2026, 11, 27), "yyyy-mm-dd")
    assert listed["E2"].value == timedelta(seconds=134)


def test_another_reader_sees_the_same() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(sample())))
    listed = book.get_sheet_by_index(3).to_python()
    assert listed[1][0] == "e17"
    assert listed[1][1] == datetime(2026, 11, 23, 18, 30)  # noqa: DTZ001 - likewise
    assert listed[1][4] == timedelta(seconds=134)
    figures = book.get_sheet_by_index(0).to_python()
    assert figures[1][2] == 412
    assert figures[3][2] == pytest.approx(155 / 412)


def test_heads_stay_filter_and_print(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.paperSize == 9, "A4"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.oddHeader.left.text
        assert sheet.print_area


def test_the_filter_leaves_the_total_alone(book: Any) -> None:
    hours = book.worksheets[1]
    assert hours.auto_filter.ref.endswith("12")
    assert hours["A13"].font.b


def test_columns_are_as_wide_as_chinese_is(book: Any) -> None:
    for sheet in book.worksheets:
        for place, head in enumerate(sheet[1], 1):
            if head.value is None:
                break
            width = next(each.width for each in sheet.column_dimensions.values() if each.min <= place <= each.max)
            texts = [head.value, *(line[place - 1] for line in rows(sheet) if isinstance(line[place - 1], str))]
            assert width >= min(60, max(map(cells, texts))), (sheet.title, head.value)


def test_charts_are_drawn_from_the_cells(book: Any) -> None:
    charts = {sheet.title: sheet._charts for sheet in book.worksheets if sheet._charts}
    assert len(charts) == 2
    hours, products = charts.values()
    assert [len(chart.series) for chart in (*hours, *products)] == [2, 1]
    assert hours[0].series[0].val.numRef.f.endswith("!$B$2:$B$12")


def test_what_limits_trust_is_said_on_every_sheet(book: Any, language: str) -> None:
    for sheet in book.worksheets:
        told = [cell.value for cell in sheet[1] if cell.value is not None]
        assert {"en": "PRACTICE DESK", "zh_CN": "练习台"}[language] in " ".join(told)
    about = book.worksheets[-1]
    texts = [line[1] for line in rows(about)]
    assert {"en": "An import was cut short.", "zh_CN": "一批导入中断。"}[language] in texts


def test_definitions_are_all_there(book: Any) -> None:
    meanings = rows(book.worksheets[-2])
    assert [line[3] for line in meanings] == [means.key for means in sample().definitions]


def test_no_text_is_a_formula_or_a_link() -> None:
    book = opened(hostile())
    for sheet in book.worksheets:
        assert not sheet._hyperlinks
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", cell.value
                if cell.data_type == "s" and cell.row > 1:
                    assert cell.quotePrefix, "typing into it must not make it one either"
    found = {line[0] for line in rows(book.worksheets[2])}
    assert found == {safe(text)[:32_000] for text in TEXTS}


def test_an_empty_period_is_an_empty_table() -> None:
    book = opened(empty())
    assert rows(book.worksheets[1]) == []
    assert not any(sheet._charts for sheet in book.worksheets)


def test_names_of_sheets_are_ones_excel_takes() -> None:
    report = sample()
    table = next(iter(report.tables))
    twice = replace(report.sections[1], tables=(replace(table, title=replace(table.title, en="a/b [c]:*?'" * 9)),) * 3)
    names = opened(replace(report, sections=(twice,))).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert workbook(sample()) == workbook(sample())


def test_a_list_longer_than_a_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_ROWS", 10)
    with pytest.raises(UsageProblem, match="sheet_full"):
        workbook(sample())


def test_a_long_list_is_whole() -> None:
    report = sample()
    (table,) = report.sections[-1].tables
    many = tuple(Row(key=f"e{number}", label=f"e{number}", values=table.rows[0].values) for number in range(700))
    long = replace(report, sections=(replace(report.sections[-1], tables=(replace(table, rows=many),)),))
    assert [line[0] for line in rows(opened(long).worksheets[0])] == [row.key for row in many]
