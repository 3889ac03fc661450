"""Plans that are not over (在办方案), as they stand."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import plans

RELATION = replace(
    plans.RELATION,
    name="plans_now",
    source="plan l JOIN case_file c ON c.id = l.case_id",
    where="l.status IN ('draft', 'returned', 'submitted', 'approved', 'active')",
    at="",
    shown=(Shown("status", "l.status"), Shown("amount", "l.total", "money")),
    measures={
        "drafts": Measure(where="l.status IN ('draft', 'returned')"),
        "to_sign": Measure(where="l.status = 'approved'"),
        "active": Measure(where="l.status = 'active'"),
        "active_amount": Measure(where="l.status = 'active'", amount="l.total", currency="l.currency"),
    },
)
