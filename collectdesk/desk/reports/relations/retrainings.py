"""Sections to be learnt again because of a review (补训), as they stand: until the exam is passed after that."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

EXAMINED = (
    "SELECT 1 FROM qualification q WHERE q.staff = y.staff AND q.kind = 'exam' AND q.revoked_at IS NULL "
    "AND q.recorded_at >= y.at"
)

RELATION = Relation(
    name="retrainings",
    source="retraining y LEFT JOIN call a ON a.id = y.call",
    where=f"NOT EXISTS ({EXAMINED})",
    id="y.id",
    collector="y.staff",
    case="a.case_id",
    debtor="CAST(NULL AS bigint)",
    dimensions={"section": "y.section"},
    shown=(Shown("section", "y.section"), Shown("due_on", "y.due_on", "day")),
    measures={"waiting": Measure(), "overdue": Measure(where="y.due_on < :today")},
)
