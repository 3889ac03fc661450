"""Sitting an exam (考试, policy article 13.1): begun, one answer committed after the other, ended by the last.

Whoever is signed in sits it for themselves. After Ctrl-C or a crash the same question is asked again. What is right is
not told before it was answered.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house, steps
from collectdesk.desk.adoptable import Adopted
from collectdesk.desk.four_eyes import PEOPLE
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.training import certificates, current, retraining
from collectdesk.desk.training.beginning import KIND, begin, require_tries
from collectdesk.desk.training.courses import LETTERS, Course, Item
from collectdesk.desk.training.drawing import Drawn
from collectdesk.desk.training.papers import Paper, paper
from collectdesk.errors import N_, BadData, Busy, InternalProblem, NotFound
from collectdesk.store.case_rows import driver_of
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Training
    from collectdesk.desk.office import Office
    from collectdesk.store.tables import ExamAttempt

LIFE = "exam"
SEED_BITS = 48
FULL = 100


def start(office: Office, course: str = "", section: str = "", *, seed: int | None = None) -> Paper:
    """Begin an exam, or go on with the one that is open.

    Args:
        office: whoever is signed in sits it.
        course: which; where the desk has one only, that.
        section: the one to be learnt again, to be examined on that alone.
        seed: what to draw by; chance unless given.
    Raises:
        NotPermitted: a script account, or no tries are left.
        NotFound: there is no such course or section.
        Busy: a failed try was too short ago, nobody asked for that section, or another exam is open.
    """
    office.require_role(*PEOPLE)
    with office.writing() as session:
        at = office.now()
        lock_row(session.connection(), "staff", office.staff.id)
        adopted = _course(session, course, at)
        terms = house.in_force(session, at).training
        row = _open(session, office.staff.id, adopted.name)
        row = _kept(office, session, row, adopted.digest) if row is not None else None
        if row is None:
            _require_section(session, office.staff.id, adopted.value, section)
            require_tries(session, office.staff.id, adopted.name, section, terms, at)
            drawn_by = secrets.randbits(SEED_BITS) if seed is None else seed
            row = begin(office, session, adopted, section, terms, drawn_by)
        elif section and row.section != section:
            raise Busy("exam_open", N_("Another exam of yours is open."), hint=N_("`collectdesk train take` ends it."))
        return paper(session, row, adopted.value, terms)


def resume(office: Office) -> Paper:
    """The exam that is open, as it stands.

    Raises:
        NotFound: none is.
        Busy: its time was over, or its course changed; says so.
    """
    with office.writing() as session:
        row, adopted = _sat(office, session)
        return paper(session, row, adopted.value, house.in_force(session, office.now()).training)


def answer(office: Office, letters: str, *, question: str = "") -> Paper:
    """Commit the answer to the question the open exam is at; with the last one it ends.

    Args:
        office: whoever sits it.
        letters: the letters shown before the answers chosen, such as ``b`` or ``a,c``.
        question: the question meant; one that was answered so already is not answered twice.
    Raises:
        NotFound: no exam is open.
        BadData: those are not letters of answers that are offered.
        Busy: another question is asked now, or the exam's time was over.
    """
    with office.writing() as session:
        at = office.now()
        row, adopted = _sat(office, session)
        terms = house.in_force(session, at).training
        now = paper(session, row, adopted.value, terms)
        if now.question is None or now.drawn is None:
            raise InternalProblem("exam_ended", N_("This exam has been ended."))
        if question and question != now.question.id:
            if now.answered(question):
                return now
            raise Busy("other_question", N_("Another question is asked now."), hint=N_("`collectdesk train take`"))
        chosen = _chosen(letters, now.question, now.drawn)
        _commit(session, row, now.question, chosen, at)
        if now.position == now.total:
            _end(office, session, row, terms)
        return paper(session, row, adopted.value, terms)


def _course(session: Session, name: str, at: int) -> Adopted:
    found = adoption.in_force(session, "course", at)
    matching = [each for each in found if name in ("", each.name)]
    if len(matching) == 1:
        return matching[0]
    raise NotFound(
        "no_such_course",
        N_("Which course? This desk has: {names}.") if found else N_("This desk has adopted no course."),
        hint="" if found else N_("An administrator takes the shipped one in: `collectdesk rules adopt --shipped`."),
        names=", ".join(each.name for each in found),
    )


def _require_section(session: Session, staff: int, course: Course, section: str) -> None:
    """A section's own exam is for who is to learn it again; the others sit the whole one."""
    if not section:
        return
    names = [each.name for each in course.sections]
    if section not in names:
        raise NotFound("no_such_section", N_("The sections are: {names}."), names=", ".join(names))
    if section not in {each.section for each in retraining.waiting(driver_of(session.connection()), staff)}:
        raise Busy(
            "section_not_asked",
            N_("Nobody asked you to learn that section again."),
            hint=N_("`collectdesk train due` says what is left."),
        )


def _open(session: Session, staff: int, course: str = "") -> ExamAttempt | None:
    from sqlmodel import col, select

    from collectdesk.store.tables import ExamAttempt

    asked = select(ExamAttempt).where(col(ExamAttempt.staff) == staff, col(ExamAttempt.status) == "open")
    if course:
        asked = asked.where(col(ExamAttempt.course) == course)
    return session.execute(asked.order_by(col(ExamAttempt.id).desc())).scalars().first()


def _kept(office: Office, session: Session, row: ExamAttempt, digest: str) -> ExamAttempt | None:
    """The exam that is open; one whose time is over or whose course changed is ended here."""
    if row.digest != digest:
        _move(office, session, row, "void", office.now())
        return None
    if office.now() >= row.until:
        _move(office, session, row, "lapse", row.until)
        return None
    return row


def _sat(office: Office, session: Session) -> tuple[ExamAttempt, Adopted]:
    """The exam that is open and the course it is drawn from; one that is over is left to be ended by the next."""
    lock_row(session.connection(), "staff", office.staff.id)
    row = _open(session, office.staff.id)
    if row is None:
        raise NotFound("no_exam_open", N_("You have begun no exam."), hint=N_("`collectdesk train take` begins one."))
    adopted = current.course_in_force(session, row.course, office.now())
    if adopted is None or adopted.digest != row.digest:
        raise Busy(
            "course_changed",
            N_("The course was changed while you sat this exam; it does not count."),
            hint=N_("`collectdesk train take` draws another, at no cost."),
        )
    if office.now() >= row.until:
        raise Busy(
            "exam_over",
            N_("The time for this exam is over; it counts as a try."),
            hint=N_("`collectdesk train due` says what is left."),
        )
    return row, adopted


def _chosen(letters: str, item: Item, drawn: Drawn) -> tuple[str, ...]:
    """The course's own letters of what was chosen by the letters shown.

    Raises:
        BadData: nothing was, or not what is offered.
    """
    shown: Mapping[str, str] = dict(zip(LETTERS, drawn.options, strict=False))
    typed = list(dict.fromkeys(letters.replace(" ", "").replace("，", ",").replace(",", "").lower()))
    if not typed or any(each not in shown for each in typed) or (len(item.right) == 1 and len(typed) > 1):
        raise BadData(
            "not_an_answer",
            N_("The answers are {choices}; one of them.")
            if len(item.right) == 1
            else N_("The answers are {choices}; one or more of them, such as a,c."),
            choices=", ".join(shown),
        )
    return tuple(sorted(shown[each] for each in typed))


def _commit(session: Session, row: ExamAttempt, item: Item, chosen: Sequence[str], at: int) -> None:
    from collectdesk.store.tables import ExamAnswer

    correct = tuple(chosen) == item.right
    session.add(ExamAnswer(attempt=row.id or 0, question=item.id, chosen=list(chosen), correct=correct, at=at))
    session.flush()


def _end(office: Office, session: Session, row: ExamAttempt, terms: Training) -> None:
    from sqlmodel import col, func, select

    from collectdesk.store.tables import ExamAnswer

    counted = select(func.count()).where(col(ExamAnswer.attempt) == row.id, col(ExamAnswer.correct).is_(True))
    row.score = int(session.execute(counted).scalar_one()) * FULL // len(row.drawn)
    passed = row.score >= row.pass_mark
    _move(office, session, row, "pass" if passed else "fail", office.now())
    if passed and row.section is not None:
        retraining.finish(office, session, row)
    elif passed:
        certificates.grant(session, row, office.now(), terms)


def _move(office: Office, session: Session, row: ExamAttempt, act: str, ended_at: int) -> None:
    row.status = lifecycle(LIFE).after(row.status, act, office.lang)
    row.ended_at = ended_at
    session.flush()
    content = {"score": row.score} if row.score is not None else None
    steps.record(session, KIND, row.id or 0, act, row.status, at=office.now(), by=None, content=content)
