"""Corrections of how a call went (更正), by the day they were made."""

from __future__ import annotations

from collectdesk.desk.reports.relation import LOCAL, Measure, Relation, Shown
from collectdesk.gate.counting import NOBODY

TALKED = f"COALESCE({{0}}.line, 'unknown') NOT IN ({', '.join(repr(line) for line in sorted(NOBODY))})"
FREED = f"{TALKED.format('o')} AND NOT {TALKED.format('e')}"
AGAIN = (
    "EXISTS (SELECT 1 FROM permit p WHERE p.debtor = e.debtor AND p.shown_at >= e.recorded_at "  # noqa: S608 - constants
    f"AND (p.shown_at + {LOCAL}) / 86400 = (e.recorded_at + {LOCAL}) / 86400)"
)

RELATION = Relation(
    name="corrections",
    source="contact_event e JOIN contact_event o ON o.id = e.corrects",
    where="e.direction = 'out'",
    at="e.recorded_at",
    id="e.id",
    letter="e",
    collector="e.by_staff",
    case="JSON_FIRST(e.debts)",
    debtor="e.debtor",
    shown=(Shown("line_before", "o.line"), Shown("line", "e.line"), Shown("called_at", "e.at", "moment")),
    measures={
        "made": Measure(),
        "freed": Measure(where=FREED),
        "opened": Measure(where=f"{FREED} AND {AGAIN}"),
    },
)
