"""Complaints that are not closed (处理中投诉), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

SOON = 5
"""Days ahead within which a last day is near."""
UNANSWERED = "k.status <> 'replied'"

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
    handled=True,
    dimensions={"complaint": "k.category"},
    debtors=("complaint",),
    shown=(Shown("complaint", "k.category"), Shown("status", "k.status"), Shown("last_on", "k.last_on", "day")),
    measures={
        "open": Measure(),
        "soon": Measure(where=f"k.last_on >= :today AND EPOCH_DAY(k.last_on) - :day <= {SOON} AND {UNANSWERED}"),
        "overdue": Measure(where=f"k.last_on < :today AND {UNANSWERED}"),
        "extending": Measure(where="k.status = 'extending'"),
        "outside": Measure(where="k.status = 'waiting'"),
    },
)
