"""Suspension of staff and return (停岗与复岗, policy article 13): by another person, with a reason.

The gate refuses who is suspended. What was ordered for a violation is lifted where the violation is decided
(``conduct``), never here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import steps
from collectdesk.desk.four_eyes import require_decider
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.reason import reason_of
from collectdesk.desk.staff import find
from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Suspension

KIND = LIFE = "suspension"
CAUSES = ("inquiry", "capability", "absence", "other")
"""Why somebody is taken off the telephone, violations apart."""


def suspend(office: Office, number: str, cause: str, reason: str) -> None:
    """Take somebody off the telephone from now on; an open call may be finished.

    Raises:
        NotPermitted: they only collect, or it is about themselves.
        NotFound: nobody active has that number.
        UsageProblem: no such cause, or no reason.
        Busy: they are suspended already.
    """
    from collectdesk.store.tables import Suspension

    if cause not in CAUSES:
        raise UsageProblem(
            "suspension_cause", N_("{name} must be one of: {choices}."), name="--cause", choices=", ".join(CAUSES)
        )
    why = reason_of(reason)
    with office.writing() as session:
        member = find(session, number)
        require_decider(office, session, {member.id})
        lock_row(session.connection(), "staff", member.id)
        if any(each.violation is None for each in in_force(session, member.id)):
            raise Busy("suspended_already", N_("This person is suspended."), hint=N_("`collectdesk staff return`"))
        at = office.now()
        row = Suspension(staff=member.id, cause=cause, reason=why, by_staff=office.staff.id, from_at=at)
        session.add(row)
        session.flush()
        content = {"staff": member.id, "cause": cause, "reason": why}
        steps.record(session, KIND, row.id or 0, "suspend", "in_force", at=at, by=office, content=content)


def let_return(office: Office, number: str, reason: str) -> tuple[int, ...]:
    """Let somebody return; the violations (keys) for which they stay suspended all the same.

    Raises:
        NotPermitted, UsageProblem: see ``suspend``.
        NotFound: nobody active has that number, or nothing of this kind suspends them.
    """
    why = reason_of(reason)
    with office.writing() as session:
        member = find(session, number)
        require_decider(office, session, {member.id})
        lock_row(session.connection(), "staff", member.id)
        standing = in_force(session, member.id)
        violations = tuple(each.violation for each in standing if each.violation is not None)
        ordered = [each for each in standing if each.violation is None]
        if not ordered:
            raise NotFound(
                "not_suspended_here",
                N_("Nobody suspended this person."),
                hint=N_("For a violation: `collectdesk conduct lift {violation}`.") if violations else "",
                violation=f"i{violations[0]}" if violations else "",
            )
        for each in ordered:
            state = lifecycle(LIFE).after("in_force", "return", office.lang)
            each.lifted_at, each.lifted_by = office.now(), office.staff.id
            session.flush()
            content = {"staff": member.id, "reason": why}
            steps.record(session, KIND, each.id or 0, "return", state, at=office.now(), by=office, content=content)
        return violations


def in_force(session: Session, staff: int) -> list[Suspension]:
    """What suspends ``staff`` (key) now, whatever it was ordered for; the oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Suspension

    asked = select(Suspension).where(col(Suspension.staff) == staff, col(Suspension.lifted_at).is_(None))
    return list(session.execute(asked.order_by(col(Suspension.id))).scalars())
