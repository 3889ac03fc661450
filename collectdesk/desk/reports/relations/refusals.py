"""What the gate refused (门禁拒绝): requests for a permit, and numbers about to be shown, that got none."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

SOURCE = "permit p JOIN verdict v ON v.id = p.verdict"
REFUSED = "p.state = 'refused'"
LONGEST = (
    "(SELECT JSON_TEXT(b.value, rule) FROM JSON_LIST(v.decision, blocks) b"
    " ORDER BY JSON_TEXT(b.value, opens_at) DESC NULLS FIRST, 1 LIMIT 1)"
)
"""The rule that bars longest: the one only somebody's act lifts, else the last to lift."""
LIFE = 180
"""Seconds between a request and the refusal at showing, at most: the life of a permit."""

RELATION = Relation(
    name="refusals",
    source=SOURCE,
    where=REFUSED,
    at="v.at",
    indexed="p.granted_at",
    lag=LIFE,
    id="p.id",
    letter="t",
    collector="p.collector",
    case="p.case_id",
    debtor="p.debtor",
    dimensions={"purpose": "p.purpose"},
    shown=(Shown("purpose", "p.purpose"), Shown("rule", LONGEST), Shown("reason", "p.reason")),
    measures={
        "refused": Measure(),
        "at_showing": Measure(where="p.granted_at < v.at"),
        "call_unresolved": Measure(where="p.reason = 'call_unresolved'"),
    },
)
