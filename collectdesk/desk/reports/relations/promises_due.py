"""Promises to pay (承诺还款), by the last day on which money for them counts."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure
from collectdesk.desk.reports.relations import promises

JUDGED = ("kept", "partly_kept", "broken")
SUMMED = {"judged": JUDGED, "kept": ("kept",), "partly_kept": ("partly_kept",), "broken": ("broken",)}

RELATION = replace(
    promises.RELATION,
    name="promises_due",
    at="",
    on="COALESCE(r.last_on, r.pay_on)",
    measures={
        "judged": Measure(where=f"r.status IN {JUDGED!r}"),
        **{status: Measure(where=f"r.status = '{status}'") for status in (*JUDGED, "expired")},
        **{
            f"{name}_amount": Measure(
                where=" OR ".join(f"r.status = '{each}'" for each in states), amount="r.amount", currency="r.currency"
            )
            for name, states in SUMMED.items()
        },
    },
)
