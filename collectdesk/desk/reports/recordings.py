"""Recordings (录音): kept, owed, overdue, what is wrong with the files, what was destroyed, whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.counting import STEP
from collectdesk.desk.reports.figure import Chart, Section
from collectdesk.desk.reports.tables import Part, present, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team")
WHOLE = (
    "recordings.calls",
    "recordings.kept",
    "recordings.kept_rate",
    "recordings.owed",
    "recordings.overdue",
    "recordings.absent",
    "recordings.named",
)
FAULTS = (
    "recordings.mismatched",
    "recordings.altered",
    "recordings.duplicate",
    "recordings.vanished",
    "recordings.unreadable",
)
DESTROYED = ("recordings_destroyed.destroyed",)
NOW = (
    "recordings_owed.owed",
    "recordings_owed.overdue",
    "recordings_found.unclaimed",
    "recordings_found.copies",
    "destructions_open.waiting",
    "destructions_open.approved",
)
ALARMING = (
    "recordings_owed.overdue",
    "recordings.altered",
    "recordings.vanished",
    "recordings.unreadable",
    "recordings_found.unclaimed",
)
OVER_TIME = WHOLE[:5]
FIGURES = (*WHOLE, *FAULTS, *DESTROYED, *NOW)


def sections(look: Look) -> tuple[Section, ...]:
    """What waits, the whole, over time, the faults, and whose they are."""
    by = look.asked.by or BY[0]
    counted = look.count("recordings", (*WHOLE, *FAULTS), by=(STEP, by))
    destroyed = look.count("recordings_destroyed", DESTROYED)
    return (
        section(look, "now", present(look, NOW, ALARMING)),
        section(look, "whole", (*counted.figures(*WHOLE), *destroyed.figures(*DESTROYED)), [
            table(look, "time", STEP, Part(counted, OVER_TIME),
                  chart=Chart(shape="stacked", columns=("recordings.kept", "recordings.owed"))),
        ]),
        section(look, "faults", [counted.figure(key, alarm=key in ALARMING) for key in FAULTS]),
        section(look, "by", (), [
            table(look, by, by, Part(counted, (*WHOLE[:5], *FAULTS[:3])),
                  chart=Chart(shape="bars", columns=("recordings.overdue",))),
        ]),
    )  # fmt: skip
