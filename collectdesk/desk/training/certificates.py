"""The certificate (合格证书): what passing every course in force is worth, and until when.

It is a qualification of kind *exam* like one attested by a person, with the attempt it was passed in instead.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import clock_for
from collectdesk.store import journal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Training
    from collectdesk.store.tables import ExamAttempt

DESK = "desk"
"""Who examined, where it was the desk itself."""


def local_day(at: int) -> date:
    """The house's local date of an instant."""
    return date.fromordinal(clock_for(HOUSE_ZONE).day(at))


def still_to_pass(session: Session, staff: int, at: int, terms: Training) -> tuple[str, ...]:
    """The courses in force that ``staff`` has not passed within the time a certificate counts."""
    passed = _passed(session, staff, at, terms)
    return tuple(each.name for each in adoption.in_force(session, "course", at) if each.name not in passed)


def grant(session: Session, attempt: ExamAttempt, at: int, terms: Training) -> date | None:
    """Write the certificate of a passed attempt; its last day, or none while another course is to be passed.

    It ends with the course that was passed first.
    """
    from sqlalchemy import insert

    from collectdesk.store.tables import Qualification

    if still_to_pass(session, attempt.staff, at, terms):
        return None
    names = {each.name for each in adoption.in_force(session, "course", at)} | {attempt.course}
    passed = _passed(session, attempt.staff, at, terms)
    until = min(day for name, day in passed.items() if name in names) + timedelta(days=terms.valid_days)
    row = {
        "staff": attempt.staff,
        "kind": "exam",
        "passed_on": local_day(at).isoformat(),
        "score": attempt.score,
        "by_whom": DESK,
        "expires_on": until.isoformat(),
        "attempt": attempt.id,
        "recorded_at": at,
    }
    session.execute(insert(Qualification), row)
    subject = f"staff:{attempt.staff}"
    journal.append(session, at=at, actor="system", action="qualify_exam", subject=subject, after=row)
    return until


def _passed(session: Session, staff: int, at: int, terms: Training) -> Mapping[str, date]:
    """Each course passed within the time it counts, and on which local date last."""
    from sqlmodel import col, select

    from collectdesk.store.tables import ExamAttempt

    whole = col(ExamAttempt.staff) == staff, col(ExamAttempt.section).is_(None)
    asked = select(ExamAttempt).where(*whole, col(ExamAttempt.status) == "passed")
    found: dict[str, date] = {}
    for each in session.execute(asked.order_by(col(ExamAttempt.id))).scalars():
        day = local_day(each.ended_at or each.started_at)
        if day + timedelta(days=terms.valid_days) >= local_day(at):
            found[each.course] = day
    return found
