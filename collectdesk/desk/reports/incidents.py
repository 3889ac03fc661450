"""Incidents (事件): emergencies and how soon they were taken, violations, suspensions, and what was to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.beside import PEOPLE
from collectdesk.desk.reports.counting import STEP, Counted
from collectdesk.desk.reports.figure import Chart, Section, Table
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team", "product", "stage")
OPEN = ("emergencies_open.untaken", "emergencies_open.in_hand")
STANDING = ("suspended.standing",)
RAISED = (
    "emergencies.raised",
    "emergencies.taken",
    "emergencies.in_time_rate",
    "emergencies.late",
    "emergencies.mean_time",
    "emergencies.passed_on",
    "emergencies.released",
)
BREACHES = (
    "violations.recorded",
    "violations.grave",
    "violations.undecided",
    "violations.confirmed",
    "violations.unfounded",
    "violations.appealed",
)
BARRED = ("suspensions.begun", "suspensions.lifted")
STOPS = ("stops.begun", "stops.lifted")
FIGURES = (*OPEN, *STANDING, *RAISED, *BREACHES, *BARRED, *STOPS)
ALARMING = ("emergencies_open.untaken",)
DECIDED = BREACHES[:5]


def sections(look: Look) -> tuple[Section, ...]:
    """Emergencies, violations, who may not call, what was to stop, and by what was asked for."""
    by = look.asked.by or BY[0]
    waiting, standing = look.count("emergencies_open", OPEN), look.count("suspended", STANDING)
    raised = look.count("emergencies", RAISED, by=(STEP, "emergency", by))
    breaches = look.count("violations", BREACHES, by=(STEP, "violation", "source", by))
    barred = look.count("suspensions", BARRED, by=("cause", "collector"))
    stops = look.count("stops", STOPS, by=(STEP, "scope", by))
    open_now = [waiting.figure(key, alarm=key in ALARMING) for key in OPEN]
    return (
        section(look, "now", (*open_now, *standing.figures(*STANDING))),
        section(look, "emergencies", raised.figures(*RAISED), [
            table(look, "emergencies", "emergency", Part(raised, RAISED),
                  chart=Chart(shape="bars", columns=RAISED[:1])),
        ]),
        section(look, "violations", breaches.figures(*BREACHES), [
            table(look, "violations", "violation", Part(breaches, DECIDED),
                  chart=Chart(shape="bars", columns=BREACHES[:1])),
            table(look, "sources", "source", Part(breaches, DECIDED)),
        ]),
        section(look, "barred", barred.figures(*BARRED), [table(look, "causes", "cause", Part(barred, BARRED))]),
        section(look, "stops", stops.figures(*STOPS), [
            table(look, "stops", "scope", Part(stops, STOPS), chart=Chart(shape="bars", columns=STOPS[:1])),
        ]),
        section(look, "time", (), [_time(look, raised, breaches, stops)]),
        section(look, "by", (), [_by(look, by, raised, breaches, stops)]),
    )  # fmt: skip


def _time(look: Look, raised: Counted, breaches: Counted, stops: Counted) -> Table:
    first = (RAISED[0], BREACHES[0], STOPS[0])
    parts = [Part(raised, first[:1]), Part(breaches, first[1:2]), Part(stops, first[2:])]
    return table(look, "time", STEP, *parts, chart=Chart(shape="lines", columns=first))


def _by(look: Look, by: str, raised: Counted, breaches: Counted, stops: Counted) -> Table:
    parts = [Part(raised, (RAISED[0], RAISED[3])), Part(stops, STOPS[:1])]
    if by in PEOPLE:  # by what a debt is there are too few
        parts += [Part(breaches, BREACHES[:2]), Part(look.count("suspensions", BARRED[:1], by=(by,)), BARRED[:1])]
    return table(look, by, by, *parts, chart=Chart(shape="bars", columns=RAISED[:1]))
