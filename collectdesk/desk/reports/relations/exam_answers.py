"""Questions answered in exams that have ended (答题), by when those ended; each is of a section of the course."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.reports.relations.exams import ENDED

if TYPE_CHECKING:
    from collectdesk.desk.window import Window

NONE = "CAST(NULL AS bigint)"


def relation(window: Window) -> Relation:
    """Told apart by the sections of the courses in force; a question none of them has any more is of none."""
    of: defaultdict[str, list[str]] = defaultdict(list)
    for adopted in adoption.in_force(window.ask, "course", window.at):
        for each in adopted.value.questions:
            of[each.section].append(each.id)
    section = _section(of)
    return Relation(
        name="exam_answers",
        source="exam_answer y JOIN exam_attempt x ON x.id = y.attempt",
        where=ENDED,
        at="x.ended_at",
        id="y.id",
        collector="x.staff",
        case=NONE,
        debtor=NONE,
        dimensions={"section": section},
        shown=(Shown("course", "x.course"), Shown("section", section), Shown("question", "y.question")),
        measures={"answered": Measure(), "right": Measure(where="y.correct")},
    )


def _section(of: dict[str, list[str]]) -> str:
    """The section of a question as SQL; names are letters, digits, hyphens and underscores."""
    cases = [f"WHEN y.question IN ({', '.join(map(repr, questions))}) THEN '{name}'" for name, questions in of.items()]
    return f"CASE {' '.join(cases)} ELSE '' END" if cases else "''"
