"""Rehearsals (演练) on a practice desk, by when they were scored; of each the real desk keeps the score alone."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

NONE = "CAST(NULL AS bigint)"
POINTS = "CAST(JSON_TEXT(t.scope, points) AS bigint)"

RELATION = Relation(
    name="rehearsals",
    source="attestation t",
    where="t.kind = 'rehearsal'",
    at="t.at",
    id="t.id",
    collector="t.by_staff",
    case=NONE,
    debtor=NONE,
    shown=(Shown("persona", "JSON_TEXT(t.scope, with)"), Shown("score", POINTS, "count")),
    measures={"held": Measure(), "mean_points": Measure(amount=POINTS, mean=True)},
)
