"""The rules that objected (拒绝所依规则): each refusal once for every rule that barred it."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.reports.relations.refusals import LIFE, REFUSED, SOURCE

RULE = "JSON_TEXT(b.value, rule)"

RELATION = Relation(
    name="objecting",
    source=f"{SOURCE} CROSS JOIN JSON_LIST(v.decision, blocks) b",
    where=REFUSED,
    at="v.at",
    indexed="p.granted_at",
    lag=LIFE,
    id="p.id",
    letter="t",
    collector="p.collector",
    case="p.case_id",
    debtor="p.debtor",
    dimensions={"rule": RULE},
    shown=(Shown("rule", RULE),),
    measures={"times": Measure()},
)
