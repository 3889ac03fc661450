"""Every hour of today with each case that may be called as it begins (各时段可拨), if nobody calls until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.reports.relations.capacity import known, of_cases

if TYPE_CHECKING:
    from collectdesk.desk.window import Window

HOUR = "CAST(JSON_TEXT(y.value, hour) AS bigint)"


def relation(window: Window) -> Relation:
    """A row an hour and case."""
    rows = [{"case": each.case, "hour": hour} for each in known(window) for hour in each.hours]
    return of_cases(
        "capacity_hours", rows, dimensions={"hour": HOUR}, shown=(Shown("hour", HOUR, "count"),),
        measures={"open": Measure()},
    )  # fmt: skip
