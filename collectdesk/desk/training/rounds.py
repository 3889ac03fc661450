"""A round of further tries (重开考试): somebody who decides opens it once all tries are used up, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house
from collectdesk.desk.four_eyes import require_decider
from collectdesk.desk.reason import reason_of
from collectdesk.desk.staff import find
from collectdesk.desk.training.retraining import waiting
from collectdesk.desk.training.tries import tries
from collectdesk.errors import N_, Busy
from collectdesk.store import journal
from collectdesk.store.case_rows import driver_of
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office


def reopen(office: Office, number: str, reason: str) -> tuple[str, ...]:
    """Give somebody their tries anew at every course where none is left; those courses.

    Raises:
        NotPermitted: they only collect, or it is for themselves.
        NotFound: nobody active has that number.
        UsageProblem: no reason.
        Busy: tries are left.
    """
    why = reason_of(reason)
    with office.writing() as session:
        member = find(session, number)
        require_decider(office, session, {member.id})
        lock_row(session.connection(), "staff", member.id)
        used = exhausted(session, member.id, office.now())
        if not used:
            raise Busy("tries_left", N_("This person has tries left."), hint=N_("`collectdesk train due` says when."))
        for course in used:
            _open(office, session, member.id, course, why)
        return used


def exhausted(session: Session, staff: int, at: int) -> tuple[str, ...]:
    """The courses in force where ``staff`` (key) has no try left, at the whole exam or at a section to learn again."""
    terms = house.in_force(session, at).training
    names = [each.name for each in adoption.in_force(session, "course", at)]
    parts = [None, *(each.section for each in waiting(driver_of(session.connection()), staff))]
    return tuple(name for name in names if not all(tries(session, staff, name, terms, at, part).left for part in parts))


def _open(office: Office, session: Session, staff: int, course: str, why: str) -> None:
    from collectdesk.store.tables import ExamRound

    row = ExamRound(staff=staff, course=course, reason=why, by_staff=office.staff.id, at=office.now())
    session.add(row)
    session.flush()
    journal.append(
        session,
        at=office.now(),
        actor=office.staff.number,
        action="training.reopen",
        subject=f"staff:{staff}",
        after={"round": row.id, "course": course, "reason": why},
    )
