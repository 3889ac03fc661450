"""Exams that have ended (考试), by when they did; one whose course changed meanwhile is void and no try."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

NONE = "CAST(NULL AS bigint)"
ENDED = "x.status IN ('passed', 'failed', 'lapsed')"

RELATION = Relation(
    name="exams",
    source="exam_attempt x",
    where=ENDED,
    at="x.ended_at",
    id="x.id",
    collector="x.staff",
    case=NONE,
    debtor=NONE,
    dimensions={"exam": "x.status"},
    shown=(Shown("course", "x.course"), Shown("exam", "x.status"), Shown("score", "x.score", "count")),
    measures={
        "taken": Measure(),
        "passed": Measure(where="x.status = 'passed'"),
        "failed": Measure(where="x.status = 'failed'"),
        "lapsed": Measure(where="x.status = 'lapsed'"),
        "mean_score": Measure(amount="x.score", mean=True),
    },
)
