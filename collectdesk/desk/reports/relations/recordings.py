"""Recordings (录音) that calls owe, by when the line was answered (policy article 14.1); as each stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.reports.relation import Measure, Relation, Shown

if TYPE_CHECKING:
    from collectdesk.desk.window import Window

SOURCE = (
    "recording w JOIN call a ON a.id = w.call JOIN case_file c ON c.id = a.case_id "
    "LEFT JOIN permit p ON p.id = a.permit LEFT JOIN contact_event e ON e.id = COALESCE(a.event, p.event)"
)
LENGTH = "COALESCE(e.duration_s, a.ended_at - a.connected_at)"
COPIED = "EXISTS (SELECT 1 FROM recording d WHERE d.digest = w.digest AND d.id <> w.id)"
MILLI = 1000


def relation(window: Window) -> Relation:
    """With the seconds by which a file's length may differ from its call's, as the house sets them now."""
    most = MILLI * house.in_force(window.ask, window.at).recording.tolerance_s
    closed = "a.connected_at IS NOT NULL AND a.ended_at IS NOT NULL AND w.status <> 'purged'"
    return Relation(
        name="recordings",
        source=SOURCE,
        at="COALESCE(a.connected_at, a.started_at)",
        id="a.id",
        letter="c",
        collector="a.collector",
        case="a.case_id",
        debtor="c.debtor",
        cased=True,
        dimensions={"recording": "w.status"},
        shown=(
            Shown("recording", "w.status"),
            Shown("due_at", "w.due_at", "moment"),
            Shown("length", "w.duration_ms / 1000", "duration"),
            Shown("called", LENGTH, "duration"),
        ),
        measures={
            "calls": Measure(),
            "kept": Measure(where="w.status IN ('kept', 'purge_asked', 'purged')"),
            "named": Measure(where="w.status = 'named' AND w.due_at IS NULL"),
            "owed": Measure(where="w.due_at IS NOT NULL"),
            "overdue": Measure(where="w.due_at <= :now"),
            "absent": Measure(where="w.status = 'absent'"),
            "destroyed": Measure(where="w.status = 'purged'"),
            "mismatched": Measure(where=f"{closed} AND ABS(w.duration_ms - {LENGTH} * {MILLI}) > {most}"),
            "duplicate": Measure(where=COPIED),
            **{fault: Measure(where=f"w.fault = '{fault}'") for fault in ("altered", "vanished", "unreadable")},
        },
    )
