"""Every figure, row and list of every report against the same counted in Python over the same book, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.catalogue import REPORTS, module_of
from collectdesk.desk.reports.definitions import definition, figures_of
from collectdesk.desk.reports.figure import (
    Amount,
    Count,
    Definition,
    Duration,
    Money,
    Period,
    Report,
    Row,
    Score,
    Share,
    Table,
    Value,
)
from collectdesk.desk.reports.making import listing, make
from collectdesk.desk.reports.relations import relation
from collectdesk.desk.shipped import directory
from tests.desk.reports import oracle
from tests.desk.reports.book import NOW, TODAY, Book
from tests.desk.reports.book import Row as BookRow
from tests.desk.reports.conftest import Shelf
from tests.desk.reports.oracle import AMOUNTS, FIGURES

WEEK = periods.a_week(TODAY)
LAST = periods.a_week(TODAY - timedelta(days=7))
MONTH = periods.a_month(TODAY)
PERIODS = [
    periods.a_day(TODAY - timedelta(days=1)),
    LAST,
    MONTH,
    periods.a_range(TODAY - timedelta(days=90), TODAY),
]
RELATIONS = sorted(path.stem for path in (directory() / "figures").glob("*.toml"))
TEAM_ONE = frozenset((2, 4, 6, 8))
"""Who the lead of the first team sees: herself, those she is the superior of, those of her team."""


def expected(book: Book, key: str, asked: oracle.Asked, by: str = "", group: str = "") -> Value:
    """A figure by the oracle, of one group if told which."""
    means = definition(key)
    if means.kind == "share":
        parts = (expected(book, str(part), asked, by, group) for part in (means.part, means.whole))
        part, whole = (each.number if isinstance(each, Count) else -1 for each in parts)
        return Share(part, whole)
    return _value(means, _grouped(book, key, asked, by).get(group if by else "", []))


def _grouped(book: Book, key: str, asked: oracle.Asked, by: str) -> dict[str, list[BookRow]]:
    """The rows a figure counts, by group; asked of the oracle once for all groups of a book nobody writes to."""
    known = id(book), key, asked, by
    if known not in _known:
        groups: dict[str, list[BookRow]] = {}
        for row in oracle.rows(book, key, asked):
            groups.setdefault(oracle.group(book, key, by, row) if by else "", []).append(row)
        _known[known] = book, groups
    return _known[known][1]


_known: dict[tuple[int, str, oracle.Asked, str], tuple[Book, dict[str, list[BookRow]]]] = {}


def _value(means: Definition, found: list[BookRow]) -> Value:
    if means.kind == "count":
        return Count(len(found))
    field, currency = AMOUNTS[means.key]
    if means.kind == "money":
        sums: dict[str, int] = {}
        for row in found:
            sums[row[currency]] = sums.get(row[currency], 0) + row[field]
        return Money(tuple(Amount(minor, code) for code, minor in sorted(sums.items())))
    per = len(found) if means.key.rpartition(".")[2].startswith("mean") else 1
    total = sum(row[field] for row in found)
    return Score(total, per) if means.kind == "score" else Duration(total, per, means.hours)


def cells(report: Report) -> Iterator[tuple[Table, Row, str, Value]]:
    """Every cell with a figure of every table, totals left out."""
    for table in report.tables:
        for row in table.rows:
            for column, value in zip(table.columns, row.values, strict=True):
                if column.figure:
                    yield table, row, column.key, value


def bound(period: Period, **more: object) -> oracle.Asked:
    return oracle.Asked(periods.first(period), periods.last(period), **more)  # type: ignore[arg-type]


def spanned(key: str, period: Period, name: str) -> Period:
    """What a figure is counted over, where the report says how many days that end with the period."""
    days, ends = module_of(name).spans.get(key.partition(".")[0], 0), periods.last(period)
    return periods.a_range(ends - timedelta(days=days - 1), ends) if days else period


def test_caps_are_told_of_the_last_quarter_only(lite_shelf: Shelf) -> None:
    """They are those in force now, so a year is not judged by them; the report says so."""
    year = periods.a_range(TODAY - timedelta(days=4), TODAY + timedelta(days=300))
    made = make(lite_shelf.window(), Asked(report="gate", period=year))
    assert "caps_recent" in {note.code for note in made.notes}
    counted = {figure.key: figure.value for figure in made.figures}
    assert counted["caps.over"] == Count(0)
    assert counted["permits.near_closing"] == expected(lite_shelf.book, "permits.near_closing", bound(year))


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.span)
@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_is_what_is_counted_by_hand(shelf: Shelf, name: str, period: Period) -> None:
    made = make(shelf.window(), Asked(report=name, period=period))
    assert list(made.figures)
    for figure in made.figures:
        assert figure.value == expected(shelf.book, figure.key, bound(spanned(figure.key, period, name))), figure.key


@pytest.mark.parametrize(("name", "by"), [(name, by) for name in REPORTS for by in (*module_of(name).by, "")])
def test_every_row_is_what_is_counted_by_hand(shelf: Shelf, name: str, by: str) -> None:
    period = LAST
    made = make(shelf.window(), Asked(report=name, period=period, by=by))
    checked = 0
    for table, row, key, value in cells(made):
        if not row.folded:
            group = "" if row.key == "none" else row.key
            asked = bound(spanned(key, period, name))
            assert value == expected(shelf.book, key, asked, table.by, group), (table.key, row.key, key)
            checked += 1
    assert checked


@pytest.mark.parametrize("name", REPORTS)
def test_rows_add_up_to_their_total(shelf: Shelf, name: str) -> None:
    made = make(shelf.window(), Asked(report=name, period=LAST))
    for table in made.tables:
        if table.total is not None:
            for place, value in enumerate(table.total.values):
                if isinstance(value, Count):
                    parts = [row.values[place] for row in table.rows]
                    assert value.number == sum(each.number for each in parts if isinstance(each, Count)), table.key


@pytest.mark.parametrize("name", REPORTS)
def test_a_figure_is_as_large_as_its_list_is_long(shelf: Shelf, name: str) -> None:
    made = make(shelf.window(), Asked(report=name, period=LAST))
    for key in {each for means in made.definitions for each in (means.key,) if means.kind != "share"}:
        listed, _cases = listing(shelf.window(), Asked(report=name, period=LAST), key, limit=0)
        (figure,) = listed.figures
        (table,) = listed.tables
        if isinstance(figure.value, Count):
            assert figure.value.number == len(table.rows), key
        assert figure.value == expected(shelf.book, key, bound(spanned(key, LAST, name))), key
        assert next((each.value for each in made.figures if each.key == key), figure.value) == figure.value, key


def test_a_list_names_the_rows_the_oracle_names(shelf: Shelf) -> None:
    listed, cases = listing(shelf.window(), Asked(report="contact", period=LAST), "calls.answered", limit=0)
    found = oracle.rows(shelf.book, "calls.answered", bound(LAST))
    (table,) = listed.tables
    assert [row.key for row in table.rows] == [f"e{row['id']}" for row in sorted(found, key=lambda row: row["id"])]
    assert cases == {row["debts"][0] for row in found}


@pytest.mark.parametrize(
    "narrowed",
    [
        {"product": "credit_card"},
        {"stage": "M1"},
        {"stage": "M6+", "product": "consumer_loan"},
        {"collector": "8101"},
        {"team": "Team Two"},
    ],
    ids=str,
)
def test_what_is_narrowed_is_counted_by_hand(shelf: Shelf, narrowed: dict[str, str]) -> None:
    keys = {"8101": frozenset((5,)), "Team Two": frozenset((3, 5, 7, 9))}
    whose = keys.get(narrowed.get("collector") or narrowed.get("team") or "")
    of_case = {name: word for name, word in narrowed.items() if name in ("product", "stage")}
    made = make(shelf.window(), Asked(report="contact", period=MONTH, **narrowed))  # type: ignore[arg-type]
    assert any(figure.value is not None for figure in made.figures) or len(of_case) > 1
    for figure in made.figures:
        if figure.value is not None:  # withheld, where it would tell of a few debtors only
            assert figure.value == expected(shelf.book, figure.key, bound(MONTH, keys=whose, **of_case)), figure.key


@pytest.mark.parametrize("name", REPORTS)
def test_a_lead_sees_the_team(shelf: Shelf, name: str) -> None:
    made = make(shelf.window("8001"), Asked(report=name, period=LAST))
    assert made.scope.whose == "team"
    for figure in made.figures:
        asked = bound(spanned(figure.key, LAST, name), keys=TEAM_ONE)
        assert figure.value == expected(shelf.book, figure.key, asked), figure.key


@pytest.mark.parametrize("name", REPORTS)
def test_what_it_is_compared_with_is_the_other_period(shelf: Shelf, name: str) -> None:
    """A week that is over beside the one before it, and one that is not beside as much of the one before."""
    for period, until in ((LAST, NOW + 1), (WEEK, NOW + 1 - 7 * 86_400)):
        other = periods.before(period)
        made = make(shelf.window(), Asked(report=name, period=period, compared=other))
        for figure in made.figures:
            counted = relation(figure.key.partition(".")[0], shelf.window())
            if not (counted.at or counted.on):
                assert figure.before is None
                continue
            cut = until if counted.at else NOW + 1
            asked = bound(spanned(figure.key, other, name), until=cut)
            assert figure.before == expected(shelf.book, figure.key, asked), figure.key


@pytest.mark.parametrize("name", RELATIONS)
def test_definitions_and_measures_go_together(lite_shelf: Shelf, name: str) -> None:
    found = figures_of(name)
    counted = {key.partition(".")[2] for key, means in found.items() if means.kind != "share"}
    assert counted == set(relation(name, lite_shelf.window()).measures)
    for means in found.values():
        if means.kind == "share":
            assert {found[str(means.part)].kind, found[str(means.whole)].kind} == {"count"}
    assert {key for key, means in found.items() if means.kind != "share"} <= set(FIGURES), "the oracle counts it too"


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_defines_what_it_shows(lite_shelf: Shelf, name: str) -> None:
    made = make(lite_shelf.window(), Asked(report=name, period=LAST))
    shown = {figure.key for figure in made.figures}
    shown |= {column.figure for table in made.tables for column in table.columns if column.figure}
    assert shown == set(module_of(name).figures)
    assert shown <= {means.key for means in made.definitions}
    assert len(made.definitions) == len({means.key for means in made.definitions})
    for table in made.tables:
        keys = {column.key for column in table.columns}
        assert table.chart is None or set(table.chart.columns) <= keys
        assert all(len(row.values) == len(table.columns) for row in table.rows)


def test_the_stages_and_hours_of_a_day_have_no_gap(lite_shelf: Shelf) -> None:
    made = make(lite_shelf.window(), Asked(report="contact", period=periods.a_day(date(2026, 11, 20))))
    hours = next(table for table in made.tables if table.by == "hour")
    assert {f"{hour:02}" for hour in range(9, 20)} <= {row.key for row in hours.rows}
    assert [row.key for row in hours.rows] == sorted(row.key for row in hours.rows)


def test_every_report_is_a_module_with_its_words() -> None:
    for name in REPORTS:
        assert (directory() / "reports" / f"{name}.toml").is_file()
        assert Path(module_of(name).sections.__code__.co_filename).stem == name
