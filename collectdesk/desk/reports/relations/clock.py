"""What the journal says of the clock (时钟): jumps across a restart, and times an administrator vouched for."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

NONE = "CAST(NULL AS bigint)"

RELATION = Relation(
    name="clock",
    source="journal j",
    where="j.action IN ('clock.jump', 'clock.confirm')",
    at="j.at",
    id="j.seq",
    collector=NONE,
    case=NONE,
    debtor=NONE,
    shared=True,
    shown=(Shown("action", "j.action"), Shown("subject", "j.subject")),
    measures={
        "jumps": Measure(where="j.action = 'clock.jump'"),
        "confirmed": Measure(where="j.action = 'clock.confirm'"),
    },
)
