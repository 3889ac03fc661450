"""Texts that changed since somebody was examined (重新学习), as they stand: to be read, or to be tested on again.

What is owed is asked of the training room, person by person, as the gate asks it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.training.changed import changed

if TYPE_CHECKING:
    from collectdesk.desk.window import Window

ACTIVE = "SELECT id, number FROM staff WHERE status = 'active' AND role IN ('collector', 'lead', 'admin') ORDER BY id"
NONE = "CAST(NULL AS bigint)"
DUE_ON = "JSON_TEXT(y.value, due_on)"
YES = "JSON_TEXT(y.value, {}) = 'yes'"


def relation(window: Window) -> Relation:
    """Of everybody who may call, each changed text with what is left to do about it."""
    rows = [
        {
            "id": f"{number}/{each.code}",
            "staff": int(staff),
            "text": each.code,
            "due_on": each.due_on.isoformat(),
            "unread": "no" if each.read else "yes",
            "retest": "yes" if each.retest else "no",
        }
        for staff, number in window.ask(ACTIVE, {})
        for each in changed(window.ask, int(staff), window.at)
    ]
    return Relation(
        name="readings",
        source="JSON_LIST(:readings, rows) y",
        id="JSON_TEXT(y.value, id)",
        collector="CAST(JSON_TEXT(y.value, staff) AS bigint)",
        case=NONE,
        debtor=NONE,
        shown=(Shown("text", "JSON_TEXT(y.value, text)"), Shown("due_on", DUE_ON, "day")),
        measures={
            "unread": Measure(where=YES.format("unread")),
            "retests": Measure(where=YES.format("retest")),
            "overdue": Measure(where=f"{DUE_ON} < :today"),
        },
        values={"readings": json.dumps({"rows": rows})},
    )
