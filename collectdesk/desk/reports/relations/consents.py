"""Consents that open what a rule bars (同意), by the day they were given."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="consents",
    source="consent s LEFT JOIN contact_event e ON e.id = s.in_event",
    where="s.revoked_at IS NULL",
    at="s.given_at",
    id="s.id",
    letter="s",
    collector="e.by_staff",
    case="JSON_FIRST(s.debts)",
    debtor="s.debtor",
    shown=(Shown("opens", "s.opens"),),
    measures={
        "given": Measure(),
        "hours": Measure(where="s.opens LIKE '%\"hours\"%'"),
        "cap": Measure(where="s.opens LIKE '%\"cap\"%' OR s.opens LIKE '%\"rest\"%'"),
    },
)
