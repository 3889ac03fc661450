"""The scorecard of the staff (员工): results beside what the gate refused and what was wrong, never results alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.figure import Chart, Figure, Section
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look
    from collectdesk.desk.reports.counting import Counted

OWN = True
BY = ("collector", "team")
SPANS = {"promises_due": 7}
"""One day says little of promises kept: they are counted over the days that end with it."""
RESULT = ("calls.dialled", "calls.right_party", "promises_due.kept", "promises_due.kept_rate")
COMPLIANCE = (
    "refusals.refused",
    "violations.recorded",
    "complaints.received",
    "complaints.upheld",
    "wordings.hits",
    "reviews.mean_score",
)
NOW = (
    "recordings_owed.owed",
    "recordings_owed.overdue",
    "standings.able",
    "standings.lacking",
    "standings.suspended",
    "certificates.expiring",
    "readings.unread",
    "readings.overdue",
    "retrainings.waiting",
)
ALARMING = ("recordings_owed.overdue", "standings.lacking", "standings.suspended", "readings.overdue")
WRONG = ("violations.recorded", "complaints.upheld", "wordings.hits")
CARD = (
    *RESULT[:2],
    RESULT[3],
    *COMPLIANCE,
    "recordings_owed.owed",
    "standings.able",
    "readings.unread",
    "retrainings.waiting",
)
"""What stands side by side for everybody."""
FIGURES = (*RESULT, *COMPLIANCE, *NOW)


def sections(look: Look) -> tuple[Section, ...]:
    """The whole, what stands now, and everybody's card."""
    by = look.asked.by or BY[0]
    names = tuple(dict.fromkeys(key.partition(".")[0] for key in FIGURES))
    counted = {name: look.count(name, _of(name, FIGURES), by=(by,)) for name in names}
    parts = [Part(counted[name], _of(name, CARD)) for name in names if _of(name, CARD)]
    return (
        section(look, "whole", [_figure(counted, key) for key in (*RESULT, *COMPLIANCE)]),
        section(look, "now", [_figure(counted, key) for key in NOW]),
        section(look, "card", (), [
            table(look, by, by, *parts, chart=Chart(shape="stacked", columns=WRONG)),
        ]),
    )  # fmt: skip


def _of(name: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if key.startswith(f"{name}."))


def _figure(counted: dict[str, Counted], key: str) -> Figure:
    return counted[key.partition(".")[0]].figure(key, alarm=key in ALARMING)
