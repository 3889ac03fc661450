"""Decisions on plans (方案审批), by the day they were made: approved, returned or rejected.

Its time runs from when the plan was last put forward, and its day is the one the house owed it by then.
"""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import LOCAL, Measure, Shown
from collectdesk.desk.reports.relations import plans

ASKED = (
    "SELECT max(x.id) FROM step x WHERE x.kind = 'plan' AND x.subject = s.subject AND x.act = 'submit' AND x.id < s.id"
)
DECIDED = (
    "SELECT s.id, s.subject, s.act, s.at, a.at AS asked_at, JSON_TEXT(a.content, decide_by) AS decide_by "  # noqa: S608 - constants
    f"FROM step s LEFT JOIN step a ON a.id = ({ASKED}) "
    "WHERE s.kind = 'plan' AND s.act IN ('approve', 'reject', 'return')"
)
LATE = f"(d.at + {LOCAL}) / 86400 > EPOCH_DAY(d.decide_by)"

RELATION = replace(
    plans.RELATION,
    name="plan_decisions",
    source=f"({DECIDED}) d JOIN plan l ON l.id = d.subject JOIN case_file c ON c.id = l.case_id",
    where="",
    at="d.at",
    shown=(
        Shown("act", "d.act"),
        Shown("decide_by", "d.decide_by", "day"),
        Shown("took", "d.at - d.asked_at", "duration"),
    ),
    measures={
        "decided": Measure(),
        "approved": Measure(where="d.act = 'approve'"),
        "rejected": Measure(where="d.act = 'reject'"),
        "returned": Measure(where="d.act = 'return'"),
        "in_time": Measure(where=f"d.decide_by IS NOT NULL AND NOT {LATE}"),
        "late": Measure(where=LATE),
        "timed": Measure(where="d.decide_by IS NOT NULL"),
        "mean_time": Measure(amount="d.at - d.asked_at", mean=True),
    },
)
