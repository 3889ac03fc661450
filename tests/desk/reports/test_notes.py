"""Footnotes: an empty period, a half-imported day, a clock that jumped, a year nobody confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.figure import Note, Period
from collectdesk.desk.reports.making import make
from tests.desk.reports.book import NOW, TODAY, Book, book
from tests.desk.reports.conftest import Filling, Shelf

DAY = periods.a_day(TODAY - timedelta(days=3))
NOON = periods.starts(TODAY - timedelta(days=3)) + 12 * 3600


def notes(shelf: Shelf, period: Period, at: int = NOW) -> dict[str, Note]:
    """What is said below the report, by code."""
    return {note.code: note for note in make(shelf.window(at=at), Asked(report="contact", period=period)).notes}


def covered(*through: int) -> Book:
    """A book in which another organisation's calls are known so far."""
    made = book(3, calls=24)
    for each in through:
        made.add("history_cover", case_id=None, org=2, complete_from=None, complete_through=each)
    return made


@pytest.mark.parametrize(
    ("through", "cut"),
    [
        ((NOON,), True),
        ((NOON - 86_400,), False),
        ((NOON, NOON + 86_400), False),
        ((), False),
        ((NOON - 12 * 3600,), True),
    ],
)
def test_a_half_imported_day_is_marked(through: tuple[int, ...], cut: bool, filling: Filling) -> None:
    """Known into the day and not through it; a later file makes it whole."""
    found = notes(filling(covered(*through)), DAY)
    assert ("history_cut" in found) is cut
    if cut:
        assert found["history_cut"].caution
        assert "示例银行" in found["history_cut"].text.en


def test_the_day_that_is_compared_with_is_marked_too(filling: Filling) -> None:
    shelf = filling(covered(NOON))
    week = periods.a_day(TODAY - timedelta(days=2))
    made = make(shelf.window(), Asked(report="contact", period=week, compared=DAY))
    assert "history_cut" in {note.code for note in made.notes}


def test_a_clock_that_jumped_is_flagged(filling: Filling) -> None:
    made = book(3, calls=24)
    made["journal"].clear()
    shelf = filling(made)
    assert "clock_jump" not in notes(shelf, DAY)
    made.add("journal", at=NOON, action="clock.jump", subject="desk:clock:+90000")
    assert notes(filling(made), DAY)["clock_jump"].caution


def test_a_period_that_is_not_over_says_until_when(lite_shelf: Shelf) -> None:
    assert "2026-11-23 17:00" in notes(lite_shelf, periods.a_day(TODAY))["not_over"].text.en
    assert "not_over" not in notes(lite_shelf, DAY)
    assert notes(lite_shelf, periods.a_day(TODAY + timedelta(days=1)))["ahead"].caution


def test_an_empty_period_says_so(lite_shelf: Shelf) -> None:
    assert "empty" in notes(lite_shelf, periods.a_day(TODAY - timedelta(days=200)))
    assert "empty" not in notes(lite_shelf, periods.a_month(TODAY))


def test_a_year_without_a_confirmed_calendar_is_named(lite_shelf: Shelf) -> None:
    """The desk has that of 2026 only."""
    assert "calendar" not in notes(lite_shelf, DAY)
    assert "2025" in notes(lite_shelf, periods.a_range(TODAY - timedelta(days=400), TODAY))["calendar"].text.en
