"""Suspension (停岗): a grave violation or repeated ones take somebody off the telephone until a decision lifts it.

The gate refuses them by name (``collector-qualified``); nobody else is touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Suspension, Violation

DAY = 86_400
COUNTED = ("warned", "retrain", "suspended")


def cause_of(session: Session, row: Violation, at: int) -> str | None:
    """Why a violation just recorded suspends at once: ``grave``, ``repeated``, or none."""
    if row.grave:
        return "grave"
    limits = house.in_force(session, at).conduct
    return "repeated" if len(counted(session, row.staff, at, limits.within_days)) >= limits.repeated else None


def counted(session: Session, staff: int, at: int, days: int) -> list[int]:
    """Keys of the violations of somebody within so many days that were not decided to be none."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Violation

    asked = select(Violation).where(col(Violation.staff) == staff, col(Violation.recorded_at) > at - days * DAY)
    rows = session.execute(asked.order_by(col(Violation.id))).scalars()
    return [row.id for row in rows if row.id is not None and row.outcome != "none"]


def standing_of_violation(session: Session, violation: int) -> list[Suspension]:
    """The suspensions a violation brought that were not lifted."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Suspension

    asked = select(Suspension).where(col(Suspension.violation) == violation, col(Suspension.lifted_at).is_(None))
    return list(session.execute(asked.order_by(col(Suspension.id))).scalars())


def suspend(office: Office, session: Session, row: Violation, cause: str) -> None:
    """Take the person off the telephone from now on; once for each violation."""
    from collectdesk.store.tables import Suspension

    assert row.id is not None
    if standing_of_violation(session, row.id):
        return
    made = Suspension(staff=row.staff, violation=row.id, cause=cause, from_at=office.now())
    session.add(made)
    session.flush()
    _journal(office, session, "conduct.suspended", made, {"staff": row.staff, "violation": row.id, "cause": cause})


def lift(office: Office, session: Session, violation: int) -> int:
    """Lift what a violation brought; how many suspensions."""
    found = standing_of_violation(session, violation)
    for each in found:
        each.lifted_at, each.lifted_by = office.now(), office.staff.id
        session.flush()
        _journal(office, session, "conduct.lifted", each, {"staff": each.staff, "violation": violation})
    return len(found)


def _journal(office: Office, session: Session, action: str, row: Suspension, after: dict[str, object]) -> None:
    subject = f"suspension:{row.id}"
    journal.append(session, at=office.now(), actor=office.staff.number, action=action, subject=subject, after=after)
