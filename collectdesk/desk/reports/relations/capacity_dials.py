"""Calls the daily caps still leave today (今日剩余拨打), each by itself; every debtor's once, however many cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Measure, Relation
from collectdesk.desk.reports.relations.capacity import SEVERAL, of_cases

if TYPE_CHECKING:
    from collectdesk.desk.window import Window


def relation(window: Window) -> Relation:
    """A row a call that is left."""
    return of_cases(
        "capacity_dials", window, lambda each: {SEVERAL: [*range(each.dials)]}, {}, several=True,
        measures={"left": Measure()},
    )  # fmt: skip
