"""Exams that count still and are to be passed again soon (复训), as they stand, by the days the house sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectdesk.desk import house
from collectdesk.desk.reports.relation import Measure, Relation
from collectdesk.desk.reports.relations import certificates

if TYPE_CHECKING:
    from collectdesk.desk.window import Window


def relation(window: Window) -> Relation:
    """The exam certificates that end within those days."""
    ahead = house.in_force(window.ask, window.at).training.refresh_days
    near = f"q.expires_on >= :today AND EPOCH_DAY(q.expires_on) - :day <= {ahead}"
    return replace(
        certificates.RELATION,
        name="refreshers",
        where=f"({certificates.RELATION.where}) AND q.kind = 'exam'",
        measures={"due": Measure(where=near)},
    )
