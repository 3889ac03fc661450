"""Instalments of plans agreed to (分期), by the day they are due, held against the payments that stand.

As ``plans.matching`` does: payments on the case since the plan's statement, in its currency and less what was taken
back, pay the oldest instalment first.
"""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.plans.states import PERFORMED
from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import plans

BACK = "SELECT sum(b.amount) FROM payment b WHERE b.case_id = y.case_id AND b.reverses = y.id"
NET = f"(y.amount + COALESCE(({BACK}), 0))"
SINCE = "(y.paid_on > q.as_of OR (y.paid_on = q.as_of AND y.at > q.imported_at))"
PAID = (
    f"SELECT y.paid_on, CAST(sum({NET}) OVER (ORDER BY y.paid_on) AS bigint) AS so_far "  # noqa: S608 - constants
    "FROM payment y JOIN statement q ON q.id = o.statement WHERE y.case_id = o.case_id AND y.currency = o.currency "
    f"AND y.reverses IS NULL AND {NET} > 0 AND {SINCE}"
)
UPTO = (
    "SELECT CAST(sum(e.amount) AS bigint) FROM plan_instalment e "
    "WHERE e.plan = i.plan AND e.revision = i.revision AND e.number <= i.number"
)
OWED = (
    f"SELECT i.plan, i.number, i.due_on, i.amount, l.case_id, l.currency, l.statement, ({UPTO}) AS upto "  # noqa: S608 - constants
    "FROM plan_instalment i JOIN plan l ON l.id = i.plan AND l.revision = i.revision "
    f"WHERE l.status IN {PERFORMED!r}"
)
MATCHED = (
    f"SELECT o.*, (SELECT min(p.paid_on) FROM ({PAID}) p WHERE p.so_far >= o.upto) AS whole_on, "  # noqa: S608 - constants
    f"COALESCE((SELECT max(p.so_far) FROM ({PAID}) p), 0) AS total FROM ({OWED}) o"
)
GOT = (
    "CASE WHEN i.total >= i.upto THEN i.amount WHEN i.total > i.upto - i.amount THEN i.total - i.upto + i.amount "
    "ELSE 0 END"
)
PAST = "i.whole_on IS NULL AND i.due_on < :today"

RELATION = replace(
    plans.RELATION,
    name="instalments",
    source=f"({MATCHED}) i JOIN plan l ON l.id = i.plan JOIN case_file c ON c.id = l.case_id",
    where="",
    at="",
    on="i.due_on",
    id="CAST(i.plan AS text) || '/' || CAST(i.number AS text)",
    shown=(
        Shown("whole_on", "i.whole_on", "day"),
        Shown("amount", "i.amount", "money"),
        Shown("paid", GOT, "money"),
    ),
    measures={
        "due": Measure(),
        "due_amount": Measure(amount="i.amount", currency="l.currency"),
        "paid_amount": Measure(where=f"{GOT} > 0", amount=GOT, currency="l.currency"),
        "judged": Measure(where=f"i.whole_on IS NOT NULL OR ({PAST})"),
        "in_time": Measure(where="i.whole_on <= i.due_on"),
        "late": Measure(where="i.whole_on > i.due_on"),
        "part": Measure(where=f"{PAST} AND {GOT} > 0"),
        "missed": Measure(where=f"{PAST} AND {GOT} = 0"),
    },
)
