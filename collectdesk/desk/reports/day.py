"""The morning page (日报): the day's calls, what the gate refused, promises, and what stands open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.figure import Chart, Figure, Note, Section
from collectdesk.desk.reports.notes import note
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

CALLS = ("calls.dialled", "calls.answered", "calls.right_party", "calls.answer_rate")
SPANS = {"promises_due": 7}
"""One day says little of promises kept: they are counted over the days that end with it."""
OPEN = (
    "objections_open.overdue",
    "complaints_open.open",
    "complaints_open.overdue",
    "plans_open.waiting",
    "recordings_owed.owed",
    "emergencies_open.untaken",
    "notices_open.unsent",
    "notices_open.returned",
    "dial_findings_open.unexplained",
    "certificates.expiring",
    "certificates.expired",
)
ALARMING = (
    "objections_open.overdue",
    "complaints_open.overdue",
    "emergencies_open.untaken",
    "notices_open.returned",
    "dial_findings_open.unexplained",
    "certificates.expired",
)
FIGURES = (
    *CALLS,
    "refusals.refused",
    "objecting.times",
    "promises.made",
    "promises.amount",
    "promises_due.kept_rate",
    *OPEN,
)
NEXT = (
    "SELECT k.id, k.last_on FROM complaint k WHERE k.status NOT IN ('closed', 'replied') "
    "ORDER BY k.last_on, k.id LIMIT 1"
)


def sections(look: Look) -> tuple[Section, ...]:
    """Calls by hour, refusals by rule, promises, and what waits."""
    calls = look.count("calls", CALLS, by=("hour",))
    refused = look.count("refusals", ("refusals.refused",))
    rules = look.count("objecting", ("objecting.times",), by=("rule",))
    return (
        section(look, "calls", calls.figures(*CALLS), [
            table(look, "hours", "hour", Part(calls, ("calls.dialled", "calls.answered")),
                  chart=Chart(shape="spark", columns=("calls.dialled",)), brief=True),
        ]),
        section(look, "gate", refused.figures("refusals.refused"), [
            table(look, "rules", "rule", Part(rules, ("objecting.times",)),
                  chart=Chart(shape="bars", columns=("objecting.times",)), brief=True, total=False),
        ]),
        _promises(look),
        _open(look),
    )  # fmt: skip


def notes(look: Look) -> Sequence[Note]:
    """Which complaint is due next, and that what stands open is told as of now."""
    first = look.window.ask(NEXT, {}) if look.reach.keys is None else []
    due = [note("complaint_next", id=f"k{key}", on=on) for key, on in first]
    past = periods.last(look.asked.period) < periods.day_of(look.window.at)
    found = [note("last_worked")] if past and look.asked.found else []
    return [*found, *due, *([note("standing_now")] if past else [])]


def _promises(look: Look) -> Section:
    made = look.count("promises", ("promises.made", "promises.amount"))
    kept = look.count("promises_due", ("promises_due.kept_rate",))
    figures = (*made.figures("promises.made", "promises.amount"), kept.figure("promises_due.kept_rate"))
    return section(look, "promises", figures)


def _open(look: Look) -> Section:
    return section(
        look, "open", [figure for relation in dict.fromkeys(map(_relation, OPEN)) for figure in _of(look, relation)]
    )


def _of(look: Look, relation: str) -> list[Figure]:
    keys = tuple(key for key in OPEN if _relation(key) == relation)
    counted = look.count(relation, keys)
    return [counted.figure(key, alarm=key in ALARMING) for key in keys]


def _relation(key: str) -> str:
    return key.partition(".")[0]
