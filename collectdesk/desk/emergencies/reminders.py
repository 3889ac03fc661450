"""What waits because of an emergency: to be taken, to be released, to be confirmed by another person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.reminder import Reminder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Emergency


def reminders(session: Session, now: int) -> list[Reminder]:
    """One for each that is not closed: whoever was alerted, whoever took it, or whoever may confirm its release."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Emergency

    asked = select(Emergency, CaseFile.code).join(CaseFile, col(CaseFile.id) == col(Emergency.case_id))
    rows = session.execute(asked.where(col(Emergency.status) != "closed").order_by(col(Emergency.at))).all()
    return [_reminder(session, row, code, now) for row, code in rows]


def _reminder(session: Session, row: Emergency, code: str, now: int) -> Reminder:
    name = f"g{row.id}"
    if row.status == "open":
        due = row.next_alert_at
        whom = tuple(row.alerted)
        return Reminder("emergency_open", "now", name, code, whom, f"collectdesk emergency ack {name}", due_at=due)
    if row.status == "release_asked":
        asked = {row.release_asked_by} if row.release_asked_by is not None else set()
        may = tuple(person.id for person in deciders(session, asked))
        command = f"collectdesk emergency release {name} --confirm"
        return Reminder("emergency_release", "due", name, code, may, command, due_at=row.release_asked_at)
    taken = (row.acknowledged_by,) if row.acknowledged_by is not None else ()
    command = f"collectdesk emergency show {name}"
    return Reminder("emergency_in_hand", "due", name, code, taken, command, due_at=min(row.at, now))
