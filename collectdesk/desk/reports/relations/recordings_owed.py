"""Calls whose recording is still owed (缺录音), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="recordings_owed",
    source="recording w JOIN call a ON a.id = w.call JOIN case_file c ON c.id = a.case_id",
    where="w.due_at IS NOT NULL",
    id="a.id",
    letter="c",
    collector="a.collector",
    case="a.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("at", "a.started_at", "moment"), Shown("due_at", "w.due_at", "moment")),
    measures={"owed": Measure(), "overdue": Measure(where="w.due_at <= :now")},
)
