"""Every hour of today with each case that may be called as it begins (各时段可拨), if nobody calls until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.reports.relations.capacity import ONE, SEVERAL, of_cases

if TYPE_CHECKING:
    from collectdesk.desk.window import Window


def relation(window: Window) -> Relation:
    """A row an hour and case."""
    return of_cases(
        "capacity_hours", window, lambda each: {SEVERAL: each.hours}, {}, several=True,
        dimensions={"hour": ONE}, shown=(Shown("hour", ONE, "count"),), measures={"open": Measure()},
    )  # fmt: skip
