"""Promises (承诺): made, kept, partly kept, broken; amounts by currency; and what share of a week's was kept when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.reports.beside import BESIDE, beside
from collectdesk.desk.reports.counting import STEP, WEEK, Counted
from collectdesk.desk.reports.figure import Chart, Note, Section, Table
from collectdesk.desk.reports.notes import note
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team", "product", "stage", "channel")
WEEKS = 12
SPANS = {"promise_cohorts": WEEKS * 7}
MADE = ("promises.made", "promises.amount", "promises.open", "promises.withdrawn")
STATES = ("promises_due.kept", "promises_due.partly_kept", "promises_due.broken")
DUE = ("promises_due.judged", *STATES, "promises_due.expired", "promises_due.kept_rate")
AMOUNTS = tuple(f"promises_due.{name}_amount" for name in ("judged", "kept", "partly_kept", "broken"))
COHORTS = (
    "promise_cohorts.standing",
    "promise_cohorts.rate_7",
    "promise_cohorts.rate_14",
    "promise_cohorts.rate_30",
)
FIGURES = (*MADE, *DUE, *AMOUNTS, *COHORTS, *BESIDE)
TOLD = ("promises_due.judged", "promises_due.kept", "promises_due.broken", "promises_due.kept_rate")


def sections(look: Look) -> tuple[Section, ...]:
    """The whole, over time, amounts, weeks, and by what was asked for."""
    by = look.asked.by or BY[0]
    made = look.count("promises", MADE, by=(STEP, "currency", by))
    due = look.count("promises_due", (*DUE, *AMOUNTS), by=(STEP, "currency", by))
    weeks = look.count("promise_cohorts", COHORTS, by=(WEEK,))
    return (
        section(look, "whole", (*made.figures(*MADE), *due.figures(*DUE))),
        section(look, "time", (), [
            table(look, "time", STEP, Part(made, MADE[:1]), Part(due, (*STATES, DUE[-1])),
                  chart=Chart(shape="stacked", columns=STATES)),
        ]),
        section(look, "amounts", (), [
            table(look, "amounts", "currency", Part(made, MADE[1:2]), Part(due, AMOUNTS), total=False),
        ]),
        section(look, "cohorts", (), [
            table(look, "cohorts", WEEK, Part(weeks, COHORTS), chart=Chart(shape="lines", columns=COHORTS[2:3])),
        ]),
        section(look, "by", (), list(_by(look, by, made, due))),
    )  # fmt: skip


def notes(_look: Look) -> Sequence[Note]:
    """How far back the weeks go."""
    return [note("cohorts", weeks=WEEKS)]


def _by(look: Look, by: str, made: Counted, due: Counted) -> tuple[Table, ...]:
    chart = Chart(shape="bars", columns=("promises_due.kept_rate",))
    others = beside(look, by)
    return (table(look, by, by, Part(made, MADE[:1]), Part(due, TOLD), *others, chart=chart),)
