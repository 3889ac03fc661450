"""Emergencies (突发情况, policy article 12), by the day they were raised; each is of whoever raised it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house
from collectdesk.desk.reports.relation import Measure, Relation, Shown

if TYPE_CHECKING:
    from collectdesk.desk.window import Window

TOOK = "g.acknowledged_at - g.at"


def relation(window: Window) -> Relation:
    """By the minutes the house in force gives to take one."""
    seconds = house.of(adoption.rulebooks(window.ask, window.at)).emergency.acknowledge_minutes * 60
    return Relation(
        name="emergencies",
        source="emergency g JOIN case_file c ON c.id = g.case_id",
        at="g.at",
        id="g.id",
        letter="g",
        collector="g.by_staff",
        case="g.case_id",
        debtor="c.debtor",
        cased=True,
        dimensions={"emergency": "g.kind"},
        debtors=("emergency",),
        shown=(
            Shown("emergency", "g.kind"),
            Shown("took", TOOK, "duration"),
            Shown("level", "g.level", "count"),
            Shown("status", "g.status"),
        ),
        measures={
            "raised": Measure(),
            "taken": Measure(where="g.acknowledged_at IS NOT NULL"),
            "mean_time": Measure(amount=TOOK, mean=True),
            "timed": Measure(where=f"g.acknowledged_at IS NOT NULL OR g.at + {seconds} < :now"),
            "in_time": Measure(where=f"{TOOK} <= {seconds}"),
            "late": Measure(where=f"{TOOK} > {seconds} OR (g.acknowledged_at IS NULL AND g.at + {seconds} < :now)"),
            "passed_on": Measure(where="g.level > 0"),
            "released": Measure(where="g.closed_at IS NOT NULL"),
        },
    )
