"""What the phone's own records show otherwise than the desk (话单差异), by when it happened (policy article 8.1)."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="dial_findings",
    source="dial_finding f LEFT JOIN case_file c ON c.id = f.about",
    at="f.happened_at",
    id="f.id",
    letter="df",
    collector="f.staff",
    case="f.about",
    debtor="f.debtor",
    cased=True,
    dimensions={"dial_finding": "f.kind"},
    shown=(Shown("dial_finding", "f.kind"), Shown("finding_state", "f.status")),
    measures={
        "found": Measure(),
        "other_number": Measure(where="f.kind = 'other_number'"),
        "no_dial": Measure(where="f.kind = 'no_dial'"),
        "incoming": Measure(where="f.kind IN ('no_inbound', 'no_incoming')"),
        "unexplained": Measure(where="f.status = 'open'"),
    },
)
