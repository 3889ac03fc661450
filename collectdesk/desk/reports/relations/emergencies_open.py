"""Emergencies nobody has taken yet (未确认事件), as they stand."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="emergencies_open",
    source="emergency g JOIN case_file c ON c.id = g.case_id",
    where="g.status <> 'closed'",
    id="g.id",
    letter="g",
    collector="g.by_staff",
    case="g.case_id",
    debtor="c.debtor",
    cased=True,
    shown=(Shown("emergency", "g.kind"), Shown("at", "g.at", "moment"), Shown("status", "g.status")),
    measures={"untaken": Measure(where="g.status = 'open'"), "in_hand": Measure(where="g.status <> 'open'")},
)
