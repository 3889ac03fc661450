"""What is particular to the reports of promises, objections, complaints, plans and incidents."""

from __future__ import annotations

import pytest

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.beside import BESIDE, PEOPLE
from collectdesk.desk.reports.catalogue import REPORTS, module_of
from collectdesk.desk.reports.figure import Count, Money, Share
from collectdesk.desk.reports.making import listing, make
from collectdesk.errors import NotPermitted
from tests.desk.reports.book import TODAY
from tests.desk.reports.conftest import Shelf

MONTH = periods.a_month(TODAY)
RESULTS = ("promises", "promises_due", "plans", "plan_turns", "instalments")


@pytest.mark.parametrize("name", REPORTS)
def test_no_result_of_people_stands_without_what_it_may_have_cost(lite_shelf: Shelf, name: str) -> None:
    """Refusals, violations and complaints stand in every table of people that has promises or plans in it."""
    for by in (each for each in module_of(name).by if each in PEOPLE):
        for table in make(lite_shelf.window(), Asked(report=name, period=MONTH, by=by)).tables:
            keys = {column.key for column in table.columns}
            if table.by in PEOPLE and any(key.partition(".")[0] in RESULTS for key in keys):
                assert set(BESIDE) <= keys, (name, table.key)


def test_a_young_week_has_no_share_yet(lite_shelf: Shelf) -> None:
    made = make(lite_shelf.window(), Asked(report="promises", period=periods.a_week(TODAY)))
    weeks = next(table for table in made.tables if table.key == "cohorts")
    young = {row.key: row.values for row in weeks.rows if row.key in ("2026-W47", "2026-W48")}
    assert young["2026-W47"][0] != Count(0)
    assert all(values[1:] == (Share(0, 0),) * 3 for values in young.values())
    assert any(isinstance(value, Share) and value.whole for value in weeks.rows[0].values)
    assert len(weeks.rows) <= 13


def test_a_collector_sees_how_many_complain_and_not_how_they_are_handled(lite_shelf: Shelf) -> None:
    made = make(lite_shelf.window("8101"), Asked(report="promises", period=MONTH))
    table = next(each for each in made.tables if each.by == "collector")
    assert "complaints.received" in {column.key for column in table.columns}
    with pytest.raises(NotPermitted):
        listing(lite_shelf.window("8101"), Asked(report="promises", period=MONTH), "complaints.received", limit=0)
    with pytest.raises(NotPermitted):
        make(lite_shelf.window("8101"), Asked(report="complaints", period=MONTH))
    assert listing(lite_shelf.window("8001"), Asked(report="complaints", period=MONTH), "complaints.received", limit=0)


def test_rows_are_called_as_the_adopted_codes_call_them(shelf: Shelf) -> None:
    made = make(shelf.window(), Asked(report="incidents", period=MONTH))
    labels = {row.key: row.label for table in made.tables for row in table.rows if table.key == "emergencies"}
    assert isinstance(labels["self_harm"], Both)
    assert labels["self_harm"].zh_CN != labels["self_harm"].en


@pytest.mark.parametrize("key", ["promises.made", "promise_cohorts.kept_7", "plan_turns.signed", "instalments.due"])
def test_amounts_of_a_list_have_their_currency(lite_shelf: Shelf, key: str) -> None:
    name = "promises" if key.startswith("promise") else "plans"
    (table,) = listing(lite_shelf.window(), Asked(report=name, period=MONTH), key, limit=0)[0].tables
    found = [each for row in table.rows for value in row.values if isinstance(value, Money) for each in value.amounts]
    assert found
    assert {each.currency for each in found} <= {"CNY", "USD"}
