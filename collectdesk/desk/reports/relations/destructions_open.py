"""What one person asked to have destroyed and another has to decide (待批销毁), as it stands."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="destructions_open",
    source="destruction z LEFT JOIN case_file c ON c.id = z.case_id",
    where="z.status IN ('asked', 'approved')",
    id="z.id",
    letter="z",
    collector="z.asked_by",
    case="z.case_id",
    debtor="c.debtor",
    cased=True,
    handled=True,
    shown=(Shown("destruction", "z.kind"), Shown("at", "z.asked_at", "moment")),
    measures={"waiting": Measure(where="z.status = 'asked'"), "approved": Measure(where="z.status = 'approved'")},
)
