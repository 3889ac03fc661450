"""Files a scan found and could not give to one call by itself (待认领录音), as they stand; they are nobody's yet."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

NONE = "CAST(NULL AS bigint)"

RELATION = Relation(
    name="recordings_found",
    source="found_recording f",
    where="f.status IN ('ambiguous', 'unmatched', 'duplicate')",
    id="f.id",
    letter="l",
    collector=NONE,
    case=NONE,
    debtor=NONE,
    shared=True,
    handled=True,
    shown=(Shown("found", "f.status"), Shown("length", "f.duration_ms / 1000", "duration")),
    measures={
        "unclaimed": Measure(where="f.status <> 'duplicate'"),
        "copies": Measure(where="f.status = 'duplicate'"),
    },
)
