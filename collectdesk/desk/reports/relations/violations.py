"""Violations of article 9 (违规), by the day they were recorded; each is of whoever committed it."""

from __future__ import annotations

from collectdesk.desk.reports.relation import Measure, Relation, Shown

RELATION = Relation(
    name="violations",
    source="violation i LEFT JOIN case_file c ON c.id = i.case_id",
    at="i.recorded_at",
    id="i.id",
    letter="i",
    collector="i.staff",
    case="i.case_id",
    debtor="c.debtor",
    cased=True,
    dimensions={"violation": "i.kind", "source": "i.source"},
    shown=(
        Shown("violation", "i.kind"),
        Shown("source", "i.source"),
        Shown("status", "i.status"),
        Shown("outcome", "i.outcome"),
    ),
    measures={
        "recorded": Measure(),
        "grave": Measure(where="i.grave"),
        "undecided": Measure(where="i.outcome IS NULL"),
        "confirmed": Measure(where="i.outcome <> 'none'"),
        "unfounded": Measure(where="i.outcome = 'none'"),
        "appealed": Measure(where="i.status IN ('appealed', 'final')"),
    },
)
