"""Beginning an exam (开考): the tries that are left, what is drawn, of the whole course or of one section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import steps
from collectdesk.desk.training import current
from collectdesk.desk.training.drawing import draw
from collectdesk.desk.training.tries import HOUR, tries
from collectdesk.errors import N_, Busy, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collectdesk.desk.adoptable import Adopted
    from collectdesk.desk.house_settings import Training
    from collectdesk.desk.office import Office
    from collectdesk.store.tables import ExamAttempt

KIND = "exam_attempt"
LEAST = 5
"""Questions of a section's exam at least, where it has them; else half of what it has, so that tries differ."""


def require_tries(session: Session, staff: int, course: str, section: str, terms: Training, at: int) -> None:
    """Go on only if ``staff`` (key) has a try left at a course, or one section of it, and need not wait for it.

    Raises:
        NotPermitted: all tries are used up.
        Busy: a failed one was too short ago.
    """
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from collectdesk.desk.standing import HOUSE_ZONE

    left = tries(session, staff, course, terms, at, section or None)
    if not left.left:
        raise NotPermitted(
            "no_tries_left",
            N_("All {tries} tries are used up."),
            hint=N_("Somebody who leads opens another round: `collectdesk train reopen NUMBER`."),
            tries=left.of,
        )
    if at < left.next_at:
        when = datetime.fromtimestamp(left.next_at, UTC).astimezone(ZoneInfo(HOUSE_ZONE))
        raise Busy(
            "exam_wait",
            N_("The next try is from {time}; {left} left."),
            hint=N_("`collectdesk train show` is what to learn meanwhile."),
            time=when.strftime("%Y-%m-%d %H:%M"),
            left=left.left,
        )


def begin(office: Office, session: Session, adopted: Adopted, section: str, terms: Training, seed: int) -> ExamAttempt:
    """Draw an exam of a course, or of one section of it, for whoever is signed in."""
    from collectdesk.store.tables import ExamAttempt

    at, course = office.now(), adopted.value
    pool = current.holding(session, course, at)
    count = terms.questions
    if section:
        pool = tuple(each for each in pool if each.section == section)
        count = min(count, max(LEAST, len(pool) // 2))
    seen = _seen(session, office.staff.id, adopted.name, section)
    drawn = draw(course.sections, pool, count, seed, seen=seen)
    row = ExamAttempt(
        staff=office.staff.id,
        course=adopted.name,
        section=section or None,
        version=adopted.version,
        digest=adopted.digest,
        seed=seed,
        drawn=[{"question": each.question, "options": list(each.options)} for each in drawn],
        pass_mark=terms.pass_mark,
        status="open",
        started_at=at,
        until=at + terms.open_hours * HOUR,
    )
    session.add(row)
    session.flush()
    content: dict[str, object] = {"course": row.course, "version": row.version, "digest": row.digest}
    content |= {"section": row.section, "seed": seed, "of": len(drawn)}
    steps.record(session, KIND, row.id or 0, "start", "open", at=at, by=office, content=content)
    return row


def _seen(session: Session, staff: int, course: str, section: str) -> Mapping[str, int]:
    """Which of their tries at the same course or section, from 1, last asked each question."""
    from sqlmodel import col, select

    from collectdesk.store.tables import ExamAttempt

    whose = col(ExamAttempt.staff) == staff, col(ExamAttempt.course) == course
    asked = select(ExamAttempt).where(*whose, col(ExamAttempt.section) == (section or None))
    tries = session.execute(asked.order_by(col(ExamAttempt.id))).scalars()
    return {str(each["question"]): number for number, one in enumerate(tries, 1) for each in one.drawn}
