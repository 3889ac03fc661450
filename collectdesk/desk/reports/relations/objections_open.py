"""Objections without an answer (未答复异议), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="objections_open",
    source="objection j JOIN case_file c ON c.id = j.case_id",
    where="j.status IN ('open', 'verified')",
    id="j.id",
    letter="j",
    collector="COALESCE(c.collector, j.by_staff)",
    case="j.case_id",
    debtor="c.debtor",
    cased=True,
    dimensions={"objection": "j.category"},
    debtors=("objection",),
    shown=(Shown("objection", "j.category"), Shown("due_on", "j.due_on", "day")),
    measures={"open": Measure(), "overdue": Measure(where="j.due_on < :today")},
)
