"""Capacity (可拨容量): the lawful calls left today, by hour, collector and team, and what bars the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.reports.figure import Chart, Note, Section
from collectdesk.desk.reports.notes import note, stamp
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

BY = ("collector", "team", "product", "stage")
CASES = (
    "capacity.cases",
    "capacity.now",
    "capacity.later",
    "capacity.today",
    "capacity.today_rate",
    "capacity.another_day",
    "capacity.act",
)
HOURS = ("capacity_hours.open",)
DIALS = ("capacity_dials.left",)
BARRED = ("capacity.cases", "capacity.later", "capacity.another_day", "capacity.act")
FIGURES = (*CASES, *HOURS, *DIALS)


def sections(look: Look) -> tuple[Section, ...]:
    """The whole, the hours left, what bars the rest, and whose."""
    by = look.asked.by or BY[0]
    cases = look.count("capacity", CASES, by=("bars", by))
    hours = look.count("capacity_hours", HOURS, by=("hour",))
    dials = look.count("capacity_dials", DIALS, by=(by,))
    return (
        section(look, "now", (*cases.figures(*CASES), *dials.figures(*DIALS))),
        section(look, "hours", (), [
            table(look, "hours", "hour", Part(hours, HOURS), total=False,
                  chart=Chart(shape="bars", columns=HOURS)),
        ]),
        section(look, "bars", (), [
            table(look, "bars", "bars", Part(cases, BARRED), chart=Chart(shape="bars", columns=BARRED[:1])),
        ]),
        section(look, "by", (), [
            table(look, by, by, Part(cases, (*CASES[:5], CASES[6])), Part(dials, DIALS),
                  chart=Chart(shape="bars", columns=("capacity.today",))),
        ]),
    )  # fmt: skip


def notes(look: Look) -> Sequence[Note]:
    """That it is of this moment whatever the period."""
    return [note("of_this_moment", at=stamp(look.window.at))]
