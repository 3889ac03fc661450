"""Suspensions (停岗), by the day they began; each is of whoever may not call."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

NONE = "CAST(NULL AS bigint)"

RELATION = Relation(
    name="suspensions",
    source="suspension u",
    at="u.from_at",
    id="u.id",
    collector="u.staff",
    case=NONE,
    debtor=NONE,
    dimensions={"cause": "u.cause"},
    shown=(Shown("cause", "u.cause"), Shown("lifted_at", "u.lifted_at", "moment")),
    measures={"begun": Measure(), "lifted": Measure(where="u.lifted_at IS NOT NULL")},
)
