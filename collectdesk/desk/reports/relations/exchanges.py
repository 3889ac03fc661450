"""Sessions in which experience was exchanged (经验交流), by the day they were held; they are everybody's."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

NONE = "CAST(NULL AS bigint)"

RELATION = Relation(
    name="exchanges",
    source="exchange h",
    on="h.held_on",
    id="h.id",
    collector="h.by_staff",
    case=NONE,
    debtor=NONE,
    shared=True,
    shown=(Shown("topic", "h.topic"), Shown("minutes", "h.minutes", "count")),
    measures={"held": Measure()},
)
