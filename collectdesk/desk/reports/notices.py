"""Letters (函件): made, sent, received and come back; by kind and by whom; what waits, and what was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.counting import STEP
from collectdesk.desk.reports.figure import Chart, Section
from collectdesk.desk.reports.tables import Part, present, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("notice", "collector", "team")
WHOLE = ("notices.made", "notices.sent", "notices.outside", "notices.received", "notices.returned", "notices.void")
NOW = ("notices_open.unsent", "notices_open.returned", "notices_altered.altered")
ALARMING = ("notices_open.returned", "notices_altered.altered")
FIGURES = (*WHOLE, *NOW)


def sections(look: Look) -> tuple[Section, ...]:
    """What waits, the whole, over time, and told apart."""
    by = look.asked.by or BY[0]
    counted = look.count("notices", WHOLE, by=(STEP, by))
    return (
        section(look, "now", present(look, NOW, ALARMING)),
        section(look, "whole", counted.figures(*WHOLE), [
            table(look, "time", STEP, Part(counted, WHOLE), chart=Chart(shape="lines", columns=("notices.sent",))),
            table(look, by, by, Part(counted, WHOLE), chart=Chart(shape="bars", columns=WHOLE[1:2])),
        ]),
    )  # fmt: skip
