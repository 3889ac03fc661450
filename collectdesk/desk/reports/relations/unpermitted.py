"""Calls of the company's own in the contact history that no permit stands behind (无许可拨打)."""

from __future__ import annotations

from msgspec.structs import replace

from collectdesk.desk.reports.relation import Measure
from collectdesk.desk.reports.relations import calls

RECORDED = "EXISTS (SELECT 1 FROM dial_record d WHERE d.event = e.id)"
SAFETY = "COALESCE(e.purpose, 'collect') NOT IN ('safety', 'prevent_harm')"

RELATION = replace(
    calls.RELATION,
    name="unpermitted",
    source="contact_event e LEFT JOIN permit p ON p.event = e.id",
    where=f"{calls.RELATION.where} AND {calls.PLACED} AND {SAFETY} AND p.id IS NULL",
    measures={
        "dialled": Measure(),
        "imported": Measure(where="e.import_batch IS NOT NULL"),
        "phone": Measure(where=RECORDED),
    },
)
