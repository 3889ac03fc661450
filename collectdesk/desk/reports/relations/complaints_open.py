"""Complaints that are not closed (处理中投诉), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="complaints_open",
    source="complaint k JOIN case_file c ON c.id = k.case_id",
    where="k.status <> 'closed'",
    id="k.id",
    letter="k",
    collector="COALESCE(k.about, c.collector, k.by_staff)",
    case="k.case_id",
    debtor="c.debtor",
    cased=True,
    dimensions={"complaint": "k.category"},
    debtors=("complaint",),
    shown=(Shown("complaint", "k.category"), Shown("status", "k.status"), Shown("due_on", "k.last_on", "day")),
    measures={
        "open": Measure(),
        "overdue": Measure(where="k.last_on < :today AND k.status NOT IN ('replied')"),
    },
)
