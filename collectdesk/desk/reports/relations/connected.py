"""Calls that were connected and have ended (可抽检通话), by when the line was answered: what is sampled from."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="connected",
    source="call a JOIN case_file c ON c.id = a.case_id LEFT JOIN quality_review v ON v.call = a.id",
    where="a.connected_at IS NOT NULL AND a.ended_at IS NOT NULL",
    at="a.connected_at",
    id="a.id",
    letter="c",
    collector="a.collector",
    case="a.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("called", "a.ended_at - a.connected_at", "duration"), Shown("review", "v.status")),
    measures={"calls": Measure(), "sampled": Measure(where="v.id IS NOT NULL")},
)
