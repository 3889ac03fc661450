"""What waits because of conduct: a violation to decide, an appeal; and what the person concerned is to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.conduct.suspending import DAY
from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.reminder import Reminder, Urgency

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


SUSPENDED = "conduct_suspended"
DECIDED = "conduct_decided"
TOLD: tuple[tuple[str, Urgency], ...] = ((DECIDED, "soon"), (SUSPENDED, "due"))
"""What the person concerned is told, by whether the violation suspends them."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """What is to be decided, for those who may; what was, for the person concerned."""
    return _to_decide(session) + _to_know(session, now)


def _to_know(session: Session, now: int) -> list[Reminder]:
    """To the person concerned: that they may not call, and a decision as long as they may appeal against it."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Suspension, Violation

    stands = select(col(Suspension.violation)).where(col(Suspension.lifted_at).is_(None))
    suspended = set(session.execute(stands).scalars())
    asked = select(Violation, CaseFile.code).join(CaseFile, col(CaseFile.id) == col(Violation.case_id), isouter=True)
    days = house.in_force(session, now).conduct.appeal_days
    found = []
    for row, code in session.execute(asked.order_by(col(Violation.id))).all():
        until = row.decided_at + days * DAY if row.status == "decided" and row.decided_at is not None else 0
        if row.id not in suspended and now > until:
            continue
        kind, urgency = TOLD[row.id in suspended]
        command = f"collectdesk conduct {'appeal' if now <= until else 'show'} i{row.id}"
        due = until if now <= until else row.recorded_at
        found.append(Reminder(kind, urgency, f"i{row.id}", code, (row.staff,), command, due_at=due))
    return found


def _to_decide(session: Session) -> list[Reminder]:
    """One for each that is not decided: whoever may decide it, never the person concerned."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Violation

    asked = select(Violation, CaseFile.code).join(CaseFile, col(CaseFile.id) == col(Violation.case_id), isouter=True)
    rows = session.execute(asked.where(col(Violation.status).in_(("recorded", "appealed"))).order_by(col(Violation.id)))
    found = []
    for row, code in rows.all():
        about = {row.staff, *((row.decided_by,) if row.decided_by is not None else ())}
        may = tuple(person.id for person in deciders(session, about))
        kind = "conduct_appeal" if row.status == "appealed" else "conduct_decision"
        command = f"collectdesk conduct show i{row.id}"
        found.append(Reminder(kind, "due", f"i{row.id}", code, may, command, due_at=row.recorded_at))
    return found
