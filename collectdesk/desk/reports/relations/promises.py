"""Promises to pay (承诺还款), by the day they were made."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

SOURCE = "promise r JOIN case_file c ON c.id = r.case_id"

RELATION = Relation(
    name="promises",
    source=SOURCE,
    at="r.at",
    id="r.id",
    letter="r",
    collector="r.by_staff",
    case="r.case_id",
    debtor="c.debtor",
    currency="r.currency",
    cased=True,
    dimensions={"status": "r.status", "channel": "r.channel", "currency": "r.currency"},
    shown=(Shown("pay_on", "r.pay_on", "day"), Shown("status", "r.status"), Shown("amount", "r.amount", "money")),
    measures={
        "made": Measure(),
        "amount": Measure(amount="r.amount", currency="r.currency"),
        "open": Measure(where="r.status = 'open'"),
        "withdrawn": Measure(where="r.status = 'withdrawn'"),
    },
)
