"""Objections (异议), by the day they were received; each is of the case's collector."""

from __future__ import annotations

from collectdesk.desk.reports.relation import LOCAL, Measure, Relation, Shown

STEP = "SELECT {} FROM step s WHERE s.kind = 'objection' AND s.subject = j.id AND {}"
AT_ONCE = "s.act = 'record' AND s.state IN ('answered', 'closed')"
SINCE = f"(s.act = 'answer' OR ({AT_ONCE}))"
RIGHTED = "s.act = 'correct'"
FIRST = f"({STEP.format('min(s.at)', SINCE)})"
"""When it was first answered; what was answered before a reopening stands in the steps alone."""
TOOK = f"{FIRST} - j.received_at"
LATE = f"(j.answered_at + {LOCAL}) / 86400 > EPOCH_DAY(j.due_on)"
UPHELD = "j.finding IN ('founded', 'partly')"

RELATION = Relation(
    name="objections",
    source="objection j JOIN case_file c ON c.id = j.case_id",
    at="j.received_at",
    id="j.id",
    letter="j",
    collector="COALESCE(c.collector, j.by_staff)",
    case="j.case_id",
    debtor="c.debtor",
    cased=True,
    dimensions={"objection": "j.category", "channel": "j.via"},
    debtors=("objection",),
    shown=(
        Shown("objection", "j.category"),
        Shown("due_on", "j.due_on", "day"),
        Shown("took", TOOK, "duration"),
        Shown("finding", "j.finding"),
    ),
    measures={
        "received": Measure(),
        "at_once": Measure(where=f"EXISTS ({STEP.format('1', AT_ONCE)})"),
        "answered": Measure(where="j.answered_at IS NOT NULL"),
        "in_time": Measure(where=f"j.answered_at IS NOT NULL AND (j.due_on IS NULL OR NOT {LATE})"),
        "late": Measure(where=LATE),
        "mean_time": Measure(amount=TOOK, mean=True),
        "checked": Measure(where="j.finding IS NOT NULL"),
        "upheld": Measure(where=UPHELD),
        "righted": Measure(where=f"{UPHELD} AND EXISTS ({STEP.format('1', RIGHTED)})"),
        "reopened": Measure(where="j.reopened > 0"),
    },
)
