"""Training (培训): who may call, what ends or is due, how the exams went, who rehearsed and exchanged experience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.figure import Chart, Figure, Section
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team")
NOW = (
    "standings.collectors",
    "standings.able",
    "standings.able_rate",
    "standings.lacking",
    "standings.suspended",
    "certificates.expiring",
    "certificates.expired",
    "refreshers.due",
    "readings.unread",
    "readings.retests",
    "readings.overdue",
    "retrainings.waiting",
    "retrainings.overdue",
)
EXAMS = (
    "exams.taken",
    "exams.passed",
    "exams.pass_rate",
    "exams.failed",
    "exams.lapsed",
    "exams.mean_score",
)
ANSWERS = ("exam_answers.answered", "exam_answers.right", "exam_answers.right_rate")
PRACTICE = ("rehearsals.held", "rehearsals.mean_points", "exchanges.held", "exchange_parts.attended")
ALARMING = ("standings.suspended", "standings.lacking", "certificates.expired", "readings.overdue")
CARD = (
    "standings.able",
    "certificates.expiring",
    "readings.unread",
    "retrainings.waiting",
    "exams.taken",
    "exams.pass_rate",
    "exams.mean_score",
    "rehearsals.held",
    "exchange_parts.attended",
)
"""What stands side by side for everybody."""
FIGURES = (*NOW, *EXAMS, *ANSWERS, *PRACTICE)


def sections(look: Look) -> tuple[Section, ...]:
    """Who may call and what is due, the exams and their sections, practice, and everybody's."""
    by = look.asked.by or BY[0]
    keys = (*NOW, *EXAMS, *PRACTICE)
    counted = {name: look.count(name, _of(name, keys), by=(by,)) for name in _names(keys)}
    answers = look.count("exam_answers", ANSWERS, by=("section",))

    def figures(wanted: tuple[str, ...]) -> list[Figure]:
        return [counted[key.partition(".")[0]].figure(key, alarm=key in ALARMING) for key in wanted]

    return (
        section(look, "now", figures(NOW)),
        section(look, "exams", figures(EXAMS), [
            table(look, "section", "section", Part(answers, ANSWERS),
                  chart=Chart(shape="bars", columns=("exam_answers.right_rate",))),
        ]),
        section(look, "practice", figures(PRACTICE)),
        section(look, "by", (), [
            table(look, by, by, *(Part(counted[name], _of(name, CARD)) for name in _names(CARD)),
                  chart=Chart(shape="bars", columns=("exams.mean_score",))),
        ]),
    )  # fmt: skip


def _names(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.partition(".")[0] for key in keys))


def _of(name: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if key.startswith(f"{name}."))
