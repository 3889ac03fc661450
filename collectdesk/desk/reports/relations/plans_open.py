"""Plans that wait for a decision (待审批方案), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="plans_open",
    source="plan l JOIN case_file c ON c.id = l.case_id",
    where="l.status = 'submitted'",
    id="l.id",
    letter="f",
    collector="l.proposed_by",
    case="l.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("due_on", "l.decide_by", "day"),),
    measures={"waiting": Measure(), "overdue": Measure(where="l.decide_by < :today")},
)
