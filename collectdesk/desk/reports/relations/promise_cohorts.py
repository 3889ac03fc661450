"""Promises by the week they were made (承诺批次), and how soon they were kept; those withdrawn are left out.

A promise is asked about only once its days have passed, so that a young week does not look like a bad one.
"""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import LOCAL, Measure, Shown
from collectdesk.desk.reports.relations import promises

AFTER = (7, 14, 30)
"""Days after the one it was made on."""
KEPT_AT = "(SELECT max(s.at) FROM step s WHERE s.kind = 'promise' AND s.subject = r.id AND s.act = 'keep')"
MADE = f"(r.at + {LOCAL}) / 86400"
TOOK = f"({KEPT_AT} + {LOCAL}) / 86400 - {MADE}"

RELATION = replace(
    promises.RELATION,
    name="promise_cohorts",
    where="r.status <> 'withdrawn'",
    shown=(*promises.RELATION.shown, Shown("kept_at", KEPT_AT, "moment")),
    measures={
        "standing": Measure(),
        **{f"past_{days}": Measure(where=f":day - {MADE} > {days}") for days in AFTER},
        **{
            f"kept_{days}": Measure(where=f"r.status = 'kept' AND {TOOK} <= {days} AND :day - {MADE} > {days}")
            for days in AFTER
        },
    },
)
