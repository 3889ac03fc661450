"""Grievances (诉求): each point of a complaint by itself, by the local date the complaint came in.

A grievance belongs to whom it is about, else to whom the complaint is.
"""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import complaints

EACH = (
    "SELECT k.id AS complaint, 1 AS number, k.category, k.about FROM complaint k "
    "UNION ALL SELECT g.complaint, g.number, g.category, g.about FROM grievance g"
)
UPHELD = "k.outcome = 'upheld' AND JSON_HAS(k.upheld, g.number)"

RELATION = replace(
    complaints.RELATION,
    name="grievances",
    source=f"({EACH}) g JOIN complaint k ON k.id = g.complaint JOIN case_file c ON c.id = k.case_id",
    id="CAST(k.id AS text) || '/' || CAST(g.number AS text)",
    collector="COALESCE(g.about, k.about, c.collector, k.by_staff)",
    dimensions={"complaint": "g.category"},
    shown=(Shown("complaint", "g.category"), Shown("status", "k.status"), Shown("outcome", "k.outcome")),
    measures={
        "raised": Measure(),
        "decided": Measure(where="k.outcome IN ('upheld', 'dismissed')"),
        "upheld": Measure(where=UPHELD),
        "dismissed": Measure(where=f"k.outcome IN ('upheld', 'dismissed') AND NOT ({UPHELD})"),
    },
)
