"""Small groups: nobody is told apart where that singles a debtor out, and nothing is lost from the total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.house import HouseSettings
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.figure import Count
from collectdesk.desk.reports.making import listing, make
from collectdesk.desk.reports.small_groups import too_small
from collectdesk.desk.shipped import shipped
from collectdesk.errors import NotPermitted
from tests.desk.reports.book import TODAY, book
from tests.desk.reports.conftest import Filling, Shelf

LEAST = HouseSettings().reports.least_debtors
GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), max_size=8)


@given(GROUPS, st.integers(2, 12))
def test_no_group_told_apart_is_small_and_none_can_be_had_by_subtracting(debtors: dict[str, int], least: int) -> None:
    folded = too_small(debtors, least)
    apart = {key: number for key, number in debtors.items() if number and key not in folded}
    assert all(number >= least for number in apart.values())
    together = [debtors[key] for key in folded]
    if together and apart:
        assert sum(together) >= least
        assert len(together) > 1
    if all(number >= least for number in debtors.values() if number):
        assert folded == frozenset()


def test_debts_of_a_few_are_folded_into_the_others(shelf: Shelf) -> None:
    """Three debtors of the book have a student loan; whoever could be had back by subtracting is folded with them."""
    made = make(shelf.window(), Asked(report="contact", period=periods.a_month(TODAY), by="product"))
    table = next(each for each in made.tables if each.by == "product")
    debtors: dict[str, set[int]] = {}
    for row in shelf.book["case_file"]:
        debtors.setdefault(row["type"] or "none", set()).add(row["debtor"])
    for each in table.rows:
        assert each.folded or len(debtors[each.key]) >= LEAST
    assert "student" not in {row.key for row in table.rows}
    others = next(row for row in table.rows if row.folded)
    assert others.folded >= 2
    assert "small_groups" in {note.code for note in made.notes}
    assert table.total is not None
    for place, total in enumerate(table.total.values):
        if isinstance(total, Count):
            parts = [row.values[place] for row in table.rows]
            assert total.number == sum(each.number for each in parts if isinstance(each, Count))


def test_a_group_small_in_the_compared_period_is_folded_too(filling: Filling) -> None:
    """Else the one period would tell what the other hides."""
    made_up = book(11)
    for row in made_up["contact_event"]:
        if row["at"] < 1_795_276_800 and row["debts"][0] > 2:  # before 2026-11-22 only two debtors are left
            row["superseded_at"] = row["at"]
    shelf = filling(made_up)
    day, before = periods.a_week(TODAY), periods.a_range(TODAY.replace(day=1), TODAY.replace(day=15))
    asked = Asked(report="contact", period=day, compared=before, by="stage")
    table = next(each for each in make(shelf.window(), asked).tables if each.by == "stage")
    assert all(row.folded or _none_before(row.before) for row in table.rows)


def _none_before(before: tuple[object, ...]) -> bool:
    return all(each.number == 0 for each in before if isinstance(each, Count))


def test_narrowed_to_a_few_debtors_nothing_is_told(shelf: Shelf) -> None:
    """What would be folded into the others cannot be had by asking for it alone, nor by listing it."""
    month = periods.a_month(TODAY)
    made = make(shelf.window(), Asked(report="contact", period=month, product="student"))
    assert {figure.value for figure in made.figures} == {None}
    assert not any(table.rows for table in made.tables)
    assert "withheld" in {note.code for note in made.notes}
    with pytest.raises(NotPermitted, match="list_withheld"):
        listing(shelf.window(), Asked(report="contact", period=month, product="student"), "calls.dialled", limit=0)
    products = [row["type"] for row in shelf.book["case_file"] if row["type"]]
    largest = max(sorted(set(products)), key=products.count)
    told = make(shelf.window(), Asked(report="contact", period=month, product=largest))
    assert next(figure.value for figure in told.figures if figure.key == "calls.dialled") is not None


def test_the_house_says_how_few_are_too_few(filling: Filling) -> None:
    shelf = filling(book(11), house=shipped("rulebooks/house.toml").replace(b"least_debtors = 5", b"least_debtors = 2"))
    made = make(shelf.window(), Asked(report="contact", period=periods.a_month(TODAY), product="student"))
    assert None not in {figure.value for figure in made.figures}
