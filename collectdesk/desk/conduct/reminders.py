"""What waits because of conduct: a violation to decide, or an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.reminder import Reminder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def reminders(session: Session, _now: int) -> list[Reminder]:
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
