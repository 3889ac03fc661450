"""Complaints (投诉): new and open, their clocks, what they are about, what was right, and whom they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.beside import BESIDE, PEOPLE
from collectdesk.desk.reports.counting import STEP, Counted
from collectdesk.desk.reports.figure import Chart, Section, Table
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

BY = ("collector", "team", "product", "stage", "channel")
OPEN = (
    "complaints_open.open",
    "complaints_open.soon",
    "complaints_open.overdue",
    "complaints_open.extending",
    "complaints_open.outside",
)
ALARMING = ("complaints_open.soon", "complaints_open.overdue")
WHOLE = (
    "complaints.received",
    "complaints.naming",
    "complaints.answered",
    "complaints.in_time_rate",
    "complaints.late",
    "complaints.upheld",
    "complaints.upheld_rate",
    "complaints.withdrawn",
    "complaints.asked",
    "complaints.extended",
)
CLOCKS = ("complaints.within_15", "complaints.within_30", "complaints.within_60", "complaints.beyond")
CAUSES = ("grievances.raised", "grievances.upheld", "grievances.dismissed", "grievances.upheld_rate")
CALLS = ("calls.dialled", "calls.answered")
OTHERS = BESIDE[:2]
FIGURES = (*OPEN, *WHOLE, *CLOCKS, *CAUSES, *CALLS, *OTHERS)
TOLD = ("complaints.received", "complaints.naming", "complaints.upheld", "complaints.upheld_rate")


def sections(look: Look) -> tuple[Section, ...]:
    """What waits, the whole, the clocks, the causes, and whom they are about."""
    by = look.asked.by or BY[0]
    now = look.count("complaints_open", OPEN)
    counted = look.count("complaints", (*WHOLE, *CLOCKS), by=(STEP, by))
    causes = look.count("grievances", CAUSES, by=("complaint",))
    timed = (*WHOLE[:1], *CLOCKS, "complaints.late")
    return (
        section(look, "now", [now.figure(key, alarm=key in ALARMING) for key in OPEN]),
        section(look, "whole", counted.figures(*WHOLE)),
        section(look, "clocks", counted.figures(*CLOCKS), [
            table(look, "clocks", STEP, Part(counted, timed), chart=Chart(shape="stacked", columns=CLOCKS)),
        ]),
        section(look, "causes", (), [
            table(look, "causes", "complaint", Part(causes, CAUSES), chart=Chart(shape="bars", columns=CAUSES[:1])),
        ]),
        section(look, "by", (), [_by(look, by, counted)]),
    )  # fmt: skip


def _by(look: Look, by: str, counted: Counted) -> Table:
    """Beside the calls of the same people, for who calls much is complained of more often."""
    parts = [Part(counted, TOLD)]
    if by in PEOPLE:
        parts.insert(0, Part(look.count("calls", CALLS, by=(by,)), CALLS))
        parts += [Part(look.count(key.partition(".")[0], (key,), by=(by,)), (key,)) for key in OTHERS]
    return table(look, by, by, *parts, chart=Chart(shape="bars", columns=TOLD[:1]))
