"""Objections (异议): received, answered at once or by their day, how long it took, what was right, what came again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.counting import STEP
from collectdesk.desk.reports.figure import Chart, Section
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team", "product", "stage", "channel")
OPEN = ("objections_open.open", "objections_open.overdue")
TO_RIGHT = ("objections_upheld.waiting",)
ANSWERS = (
    "objections.received",
    "objections.at_once_rate",
    "objections.answered",
    "objections.in_time_rate",
    "objections.mean_time",
)
REST = ("objections.at_once", "objections.late")
CHECKS = ("objections.upheld", "objections.righted", "objections.reopened")
RATE = ("objections.upheld_rate",)
FIGURES = (*OPEN, *TO_RIGHT, *ANSWERS, *REST, *CHECKS, *RATE)
OVER_TIME = ("objections.received", "objections.at_once", "objections.answered", "objections.late")
ALARMING = ("objections_open.overdue", *TO_RIGHT)


def sections(look: Look) -> tuple[Section, ...]:
    """What waits, the whole, by kind, over time, and by what was asked for."""
    by = look.asked.by or BY[0]
    counted = look.count("objections", (*ANSWERS, *REST, *CHECKS, *RATE), by=(STEP, "objection", by))
    now = (look.count("objections_open", OPEN), OPEN), (look.count("objections_upheld", TO_RIGHT), TO_RIGHT)
    waiting = [each.figure(key, alarm=key in ALARMING) for each, keys in now for key in keys]
    shown = (*ANSWERS[:1], *ANSWERS[2:], *CHECKS)
    return (
        section(look, "now", waiting),
        section(look, "whole", counted.figures(*ANSWERS, *REST, *CHECKS, *RATE)),
        section(look, "kinds", (), [
            table(look, "kinds", "objection", Part(counted, shown), chart=Chart(shape="bars", columns=ANSWERS[:1])),
        ]),
        section(look, "time", (), [
            table(look, "time", STEP, Part(counted, OVER_TIME), chart=Chart(shape="lines", columns=OVER_TIME[:3])),
        ]),
        section(look, "by", (), [
            table(look, by, by, Part(counted, shown), chart=Chart(shape="bars", columns=ANSWERS[3:4])),
        ]),
    )  # fmt: skip
