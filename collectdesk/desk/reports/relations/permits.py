"""Numbers shown to be dialled (显示号码), each under a permit."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

CLOSING = 600
"""Seconds before a permission ends that count as near."""

RELATION = Relation(
    name="permits",
    source="permit p",
    where="p.shown_at IS NOT NULL",
    at="p.shown_at",
    id="p.id",
    letter="t",
    collector="p.collector",
    case="p.case_id",
    debtor="p.debtor",
    dimensions={"purpose": "p.purpose"},
    shown=(Shown("purpose", "p.purpose"), Shown("allowed_until", "p.allowed_until", "moment")),
    measures={
        "shown": Measure(),
        "near_closing": Measure(where=f"p.allowed_until - p.shown_at <= {CLOSING}"),
        "shift_close": Measure(where="p.reason = 'shift_close'"),
    },
)
