"""Calls the desk's own company made (拨打): the contact history, a correction in place of what it corrects."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

OWN = "e.org = (SELECT o.id FROM org o WHERE o.own)"
PLACED = "COALESCE(e.line, 'unknown') <> 'not_dialled'"
ANSWERED = "e.line = 'answered'"

RELATION = Relation(
    name="calls",
    source="contact_event e",
    where=f"e.kind = 'call' AND e.direction = 'out' AND e.superseded_at IS NULL AND {OWN}",
    at="e.at",
    id="e.id",
    letter="e",
    collector="e.by_staff",
    case="JSON_FIRST(e.debts)",
    debtor="e.debtor",
    dimensions={"line": "e.line"},
    shown=(
        Shown("line", "e.line"),
        Shown("identity", "e.identity"),
        Shown("duration", "e.duration_s", "duration"),
    ),
    measures={
        "dialled": Measure(where=PLACED),
        "answered": Measure(where=ANSWERED),
        "right_party": Measure(where=f"{ANSWERED} AND e.identity = 'verified' AND e.answered_by = e.debtor"),
        "others": Measure(where=f"{ANSWERED} AND e.answered_by IS NOT NULL AND e.answered_by <> e.debtor"),
        "talks": Measure(where=f"{ANSWERED} AND e.talk = 'conversation'"),
        "talk": Measure(where=ANSWERED, amount="e.duration_s"),
        "mean_talk": Measure(where=ANSWERED, amount="e.duration_s", mean=True),
        "unknown": Measure(where="e.line = 'unknown'"),
        "dropped": Measure(where="e.line = 'dropped'"),
        "not_dialled": Measure(where="e.line = 'not_dialled'"),
    },
)
