"""Plans drawn up (拟定方案, policy article 11.1), by the day they were first proposed."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="plans",
    source="step s JOIN plan l ON l.id = s.subject JOIN case_file c ON c.id = l.case_id",
    where="s.kind = 'plan' AND s.act = 'propose'",
    at="s.at",
    id="l.id",
    letter="f",
    collector="l.proposed_by",
    case="l.case_id",
    debtor="c.debtor",
    currency="l.currency",
    cased=True,
    dimensions={"kind": "l.kind", "difficulty": "l.difficulty"},
    debtors=("difficulty",),
    shown=(Shown("kind", "l.kind"), Shown("status", "l.status"), Shown("amount", "l.total", "money")),
    measures={"proposed": Measure(), "amount": Measure(amount="l.total", currency="l.currency")},
)
