"""Objections found right that wait to be put right (待更正异议), as they stand; calls wait meanwhile."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure
from collectdesk.desk.reports.relations import objections

RELATION = replace(
    objections.RELATION,
    name="objections_upheld",
    source=f"{objections.RELATION.source} JOIN hold h ON h.id = j.hold",
    where=f"j.status = 'closed' AND {objections.UPHELD} AND h.lifted_at IS NULL",
    at="",
    measures={"waiting": Measure()},
)
