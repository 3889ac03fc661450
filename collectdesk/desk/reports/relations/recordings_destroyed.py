"""Recordings destroyed (销毁录音), by when they were; each under a certificate two people stand for."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="recordings_destroyed",
    source="recording w JOIN call a ON a.id = w.call JOIN case_file c ON c.id = a.case_id",
    where="w.status = 'purged'",
    at="w.purged_at",
    id="a.id",
    letter="c",
    collector="a.collector",
    case="a.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("called_at", "a.started_at", "moment"),),
    measures={"destroyed": Measure()},
)
