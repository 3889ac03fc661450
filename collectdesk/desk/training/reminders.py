"""What waits because of training: exams and refreshers, texts to read again, tries used up, admissions to finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.reminder import Reminder, Urgency
from collectdesk.desk.training.due import Due, due

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

CALLERS = ("collector", "lead", "admin")
REMINDED = {
    "collector": ("exam", "refresher", "reading", "retest", "retraining", "tries", "vetting", "confidentiality"),
    "lead": ("refresher", "reading", "retest", "retraining", "tries"),
    "admin": ("refresher", "reading", "retest", "retraining", "tries"),
}
"""What each is reminded of: who does not call for their living is not pressed to qualify for it."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """One for each thing somebody owes; what only another can do waits for those who may decide about them."""
    from sqlmodel import col, select

    from collectdesk.desk.training.certificates import local_day
    from collectdesk.store.tables import Staff

    asked = select(Staff).where(col(Staff.status) == "active", col(Staff.role).in_(CALLERS)).order_by(col(Staff.number))
    today = local_day(now)
    found = []
    for row in session.execute(asked).scalars():
        assert row.id is not None
        for each in due(session, row.id, row.number, now):
            if each.kind in REMINDED[row.role]:
                whose = (row.id,) if each.theirs else tuple(who.id for who in deciders(session, {row.id}))
                found.append(_reminder(each, row.number, whose, today))
    return found


def _reminder(each: Due, number: str, whose: tuple[int, ...], today: date) -> Reminder:
    subject = f"{number} {each.name}".strip()
    due_on = each.due_on.isoformat() if each.due_on else None
    return Reminder(f"training_{each.kind}", _urgency(each, today), subject, None, whose, each.command, due_on=due_on)


def _urgency(each: Due, today: date) -> Urgency:
    if each.bars:
        return "overdue"
    return "soon" if each.due_on is not None and each.due_on > today else "due"
