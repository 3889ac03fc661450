"""Suspensions that stand (停岗中), as they stand."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure
from collectdesk.desk.reports.relations import suspensions

RELATION = replace(
    suspensions.RELATION,
    name="suspended",
    where="u.lifted_at IS NULL",
    at="",
    measures={"standing": Measure()},
)
