"""What became of plans (方案履行), by the day it did: agreed to, completed, broken, taken back."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure, Shown
from collectdesk.desk.reports.relations import plans

ACTS = {"signed": "sign", "completed": "complete", "broken": "break", "resumed": "resume", "withdrawn": "withdraw"}

RELATION = replace(
    plans.RELATION,
    name="plan_turns",
    where=f"s.kind = 'plan' AND s.act IN {tuple(ACTS.values())!r}",
    shown=(Shown("act", "s.act"), Shown("amount", "l.total", "money")),
    measures={name: Measure(where=f"s.act = '{act}'") for name, act in ACTS.items()},
)
