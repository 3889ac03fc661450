"""Reviews that are not over (待质检), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.reports.relations.reviews import SOURCE

TO_DO = "v.status IN ('waiting', 'claimed')"
AGAIN = "v.status IN ('recheck', 'rechecking')"

RELATION = Relation(
    name="reviews_open",
    source=SOURCE,
    where="v.status <> 'final'",
    id="v.call",
    letter="c",
    collector="v.collector",
    case="a.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("review", "v.status"), Shown("due_at", "v.due_at", "moment")),
    measures={
        "waiting": Measure(where=TO_DO),
        "again": Measure(where=AGAIN),
        "differing": Measure(where="v.status = 'differing'"),
        "overdue": Measure(where=f"({TO_DO} OR {AGAIN}) AND v.due_at <= :now"),
        "disputed": Measure(where="v.status IN ('replied', 'answered')"),
    },
)
