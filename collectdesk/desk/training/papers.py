"""The paper in front of whoever sits an exam: the question, what came of the one before, and at the end everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from collectdesk.desk.training.courses import LETTERS, Course, Item
from collectdesk.desk.training.drawing import Drawn

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Training
    from collectdesk.store.tables import ExamAttempt


class Given(Struct, frozen=True):
    """A question that was answered: the letters shown that were chosen, those that are right, and whether it was."""

    item: Item
    drawn: Drawn
    chosen: tuple[str, ...]
    correct: bool

    @property
    def right(self) -> tuple[str, ...]:
        """The right letters, as shown."""
        return shown(self.drawn, self.item.right)


class Paper(Struct, frozen=True, kw_only=True):
    """An exam as it stands.

    ``question`` is asked now, the ``position``-th of ``total``; none when it has ended. ``explained`` are the answers
    whose solution may be told by now. ``until`` (UTC seconds) it stays open. ``section`` is the
    one it is of, none where it is of all.
    """

    attempt: int
    course: str
    section: str | None
    version: str
    digest: str
    title: str
    title_zh: str
    status: str
    position: int
    total: int
    until: int
    pass_mark: int
    score: int | None
    question: Item | None
    drawn: Drawn | None
    given: tuple[Given, ...]
    explained: tuple[Given, ...]
    cites: Course

    def answered(self, question: str) -> bool:
        """Whether that question has its answer."""
        return any(each.item.id == question for each in self.given)


def paper(session: Session, row: ExamAttempt, course: Course, terms: Training) -> Paper:
    """An attempt at ``course`` as it stands."""
    given = _given(session, row, course)
    order = drawn_of(row)
    left = [each for each in order if not any(done.item.id == each.question for done in given)]
    asked = left[0] if left and row.status == "open" else None
    told = given if row.status != "open" or terms.explain == "each" else ()
    return Paper(
        attempt=row.id or 0,
        course=row.course,
        section=row.section,
        version=row.version,
        digest=row.digest,
        title=course.title.en,
        title_zh=course.title.zh_CN,
        status=row.status,
        position=len(order) - len(left) + 1 if asked else len(order),
        total=len(order),
        until=row.until,
        pass_mark=row.pass_mark,
        score=row.score,
        question=course.question(asked.question) if asked else None,
        drawn=asked,
        given=given,
        explained=told,
        cites=course,
    )


def drawn_of(row: ExamAttempt) -> tuple[Drawn, ...]:
    """The questions of an attempt in their order."""
    return msgspec.convert(row.drawn, tuple[Drawn, ...])


def shown(drawn: Drawn, letters: tuple[str, ...]) -> tuple[str, ...]:
    """The course's own letters as the letters they are shown by."""
    return tuple(LETTERS[at] for at, each in enumerate(drawn.options) if each in letters)


def _given(session: Session, row: ExamAttempt, course: Course) -> tuple[Given, ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import ExamAnswer

    asked = select(ExamAnswer).where(col(ExamAnswer.attempt) == row.id).order_by(col(ExamAnswer.id))
    order = {each.question: each for each in drawn_of(row)}
    found = []
    for each in session.execute(asked).scalars():
        item = course.question(each.question)
        if item is not None:
            drawn = order[each.question]
            found.append(Given(item, drawn, shown(drawn, tuple(each.chosen)), each.correct))
    return tuple(found)
