"""What qualifies the staff (上岗资格), the latest of each kind, as it stands (policy article 13)."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

LATER = (
    "SELECT 1 FROM qualification n WHERE n.staff = q.staff AND n.kind = q.kind AND n.revoked_at IS NULL "
    "AND (n.expires_on IS NULL OR n.expires_on > q.expires_on OR (n.expires_on = q.expires_on AND n.id > q.id))"
)

RELATION = Relation(
    name="certificates",
    source="qualification q JOIN staff s ON s.id = q.staff",
    where=f"q.revoked_at IS NULL AND q.expires_on IS NOT NULL AND s.status = 'active' AND NOT EXISTS ({LATER})",
    id="q.id",
    collector="q.staff",
    case="CAST(NULL AS bigint)",
    debtor="CAST(NULL AS bigint)",
    dimensions={"qualification": "q.kind"},
    shown=(Shown("qualification", "q.kind"), Shown("due_on", "q.expires_on", "day")),
    measures={
        "expiring": Measure(where="q.expires_on >= :today AND q.expires_on <= :soon"),
        "expired": Measure(where="q.expires_on < :today"),
    },
)
