"""Sections to be learnt again after a review or a violation (补训), as they stand: until their exam is passed."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="retrainings",
    source="retraining y LEFT JOIN call a ON a.id = y.call",
    where="y.ended_at IS NULL",
    id="y.id",
    collector="y.staff",
    case="a.case_id",
    debtor="CAST(NULL AS bigint)",
    dimensions={"section": "y.section"},
    shown=(Shown("section", "y.section"), Shown("due_on", "y.due_on", "day")),
    measures={"waiting": Measure(), "overdue": Measure(where="y.due_on < :today")},
)
