"""What was done with letters (函件, policy article 9.3), by when: made, sent, received, come back, void."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="notices",
    source="step s JOIN letter l ON l.id = s.subject JOIN case_file c ON c.id = l.case_id",
    where="s.kind = 'letter'",
    at="s.at",
    id="l.id",
    letter="lt",
    collector="l.made_by",
    case="l.case_id",
    debtor="c.debtor",
    cased=True,
    dimensions={"notice": "l.kind"},
    shown=(Shown("notice", "l.kind"), Shown("letter_act", "s.act"), Shown("letter_state", "l.status")),
    measures={
        "made": Measure(where="s.act = 'make'"),
        "sent": Measure(where="s.act = 'send'"),
        "outside": Measure(where="s.act = 'attest'"),
        "received": Measure(where="s.act = 'receive'"),
        "returned": Measure(where="s.act = 'return'"),
        "void": Measure(where="s.act = 'void'"),
    },
)
