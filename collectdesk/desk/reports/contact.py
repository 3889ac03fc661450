"""Contact (触达): dialled, answered, by the right party, how long they talked; and what the gate refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.counting import STEP
from collectdesk.desk.reports.figure import Chart, Section
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team", "product", "stage", "line")
MAIN = ("calls.dialled", "calls.answered", "calls.answer_rate", "calls.right_party", "calls.right_party_rate")
LENGTHS = ("calls.talk", "calls.mean_talk")
REST = ("calls.talks", "calls.others", "calls.dropped", "calls.unknown", "calls.not_dialled")
REFUSED = ("refusals.refused",)
FIGURES = (*MAIN, *LENGTHS, *REST, *REFUSED)
OVER_TIME = ("calls.dialled", "calls.answered", "calls.answer_rate", "calls.right_party", "calls.mean_talk")
ALONE = ("line",)
"""Dimensions the gate's refusals know nothing of."""


def sections(look: Look) -> tuple[Section, ...]:
    """The whole, then over time, by hour, and by what was asked for."""
    by = look.asked.by or BY[0]
    calls = look.count("calls", (*MAIN, *LENGTHS, *REST), by=(STEP, "hour", by))
    refused = look.count("refusals", REFUSED, by=() if by in ALONE else (by,))
    parts = [Part(calls, (*MAIN, "calls.mean_talk"))]
    if by not in ALONE:
        parts.append(Part(refused, REFUSED))  # what was reached never stands without what was refused
    return (
        section(look, "whole", (*calls.figures(*MAIN, *LENGTHS, *REST), *refused.figures(*REFUSED))),
        section(look, "time", (), [
            table(look, "time", STEP, Part(calls, OVER_TIME),
                  chart=Chart(shape="lines", columns=("calls.dialled", "calls.answered"))),
        ]),
        section(look, "hour", (), [
            table(look, "hour", "hour", Part(calls, OVER_TIME),
                  chart=Chart(shape="spark", columns=("calls.dialled", "calls.answered"))),
        ]),
        section(look, "by", (), [
            table(look, by, by, *parts, chart=Chart(shape="bars", columns=("calls.answer_rate",))),
        ]),
    )  # fmt: skip
