"""What is particular to the reports of the staff: what changed is told as the training room tells it."""

from __future__ import annotations

from collectdesk.desk.house import HouseSettings
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.figure import Count
from collectdesk.desk.reports.making import listing, make
from collectdesk.desk.shipped import shipped
from tests.desk.reports.book import DAY, NOW, TODAY, book
from tests.desk.reports.conftest import Filling

WEEK = Asked(report="training", period=periods.a_week(TODAY))
HOUSE = shipped("rulebooks/house.toml").replace(b"least_debtors = 5", b"least_debtors = 6")
HOUSE = HOUSE.replace(b'version = "1"', b'version = "2"', 1)


def test_a_changed_rulebook_is_to_be_read_by_everybody_who_was_examined_before(filling: Filling) -> None:
    """Each person counts once; past the days of grace it is overdue, and bars them by name."""
    made = book(3)
    late = NOW - (HouseSettings().training.grace_days + 1) * DAY
    shelf = filling(made, later=(late, HOUSE))
    told = {figure.key: figure.value for figure in make(shelf.window(), WEEK).figures}
    examined = {row["staff"] for row in made["qualification"] if row["kind"] == "exam" and row["recorded_at"] < late}
    assert told["readings.unread"] == told["readings.retests"] == told["readings.overdue"] == Count(len(examined))
    listed, _cases = listing(shelf.window(), WEEK, "readings.unread", limit=0)
    (table,) = listed.tables
    assert {row.key for row in table.rows} == {f"{made.get('staff', key)['number']}/rulebook/house" for key in examined}
    alone = make(shelf.window("8101"), WEEK)
    assert next(figure.value for figure in alone.figures if figure.key == "readings.unread") == Count(1)
