"""Complaints (投诉), by the local date they came in.

A complaint belongs to whom its first grievance is about; where it names nobody of the desk, to the case's collector.
"""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

TOOK = "EPOCH_DAY(k.replied_on) - EPOCH_DAY(k.received_on)"
ACT = "EXISTS (SELECT 1 FROM step s WHERE s.kind = 'complaint' AND s.subject = k.id AND s.act = '{}')"

RELATION = Relation(
    name="complaints",
    source="complaint k JOIN case_file c ON c.id = k.case_id",
    on="k.received_on",
    id="k.id",
    letter="k",
    collector="COALESCE(k.about, c.collector, k.by_staff)",
    case="k.case_id",
    debtor="c.debtor",
    cased=True,
    handled=True,
    dimensions={"complaint": "k.category", "channel": "k.channel"},
    debtors=("complaint",),
    shown=(
        Shown("complaint", "k.category"),
        Shown("channel", "k.channel"),
        Shown("status", "k.status"),
        Shown("last_on", "k.last_on", "day"),
        Shown("replied_on", "k.replied_on", "day"),
        Shown("outcome", "k.outcome"),
    ),
    measures={
        "received": Measure(),
        "naming": Measure(where="k.about IS NOT NULL"),
        "answered": Measure(where="k.replied_on IS NOT NULL"),
        "within_15": Measure(where=f"{TOOK} <= 15"),
        "within_30": Measure(where=f"{TOOK} > 15 AND {TOOK} <= 30"),
        "within_60": Measure(where=f"{TOOK} > 30 AND {TOOK} <= 60"),
        "beyond": Measure(where=f"{TOOK} > 60"),
        "in_time": Measure(where="k.replied_on <= k.last_on"),
        "late": Measure(where="k.replied_on > k.last_on"),
        "decided": Measure(where="k.outcome IN ('upheld', 'dismissed')"),
        "upheld": Measure(where="k.outcome = 'upheld'"),
        "withdrawn": Measure(where="k.outcome = 'withdrawn'"),
        "asked": Measure(where=ACT.format("extend")),
        "extended": Measure(where=ACT.format("approve")),
    },
)
