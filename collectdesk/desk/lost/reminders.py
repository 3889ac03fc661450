"""What waits because of holds (待办): somebody asked that one be lifted, and another decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.reminder import Reminder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Step

KIND = "hold_lift"


def reminders(session: Session, _now: int) -> list[Reminder]:
    """One for each hold whose last step asks for its end: whoever may decide it, never whoever asked."""
    from sqlmodel import col, func, select

    from collectdesk.store.tables import CaseFile, Hold, Step

    last = select(func.max(col(Step.id))).where(col(Step.kind) == "hold").group_by(col(Step.subject))
    asked = (
        select(Step, CaseFile.code)
        .join(Hold, col(Hold.id) == col(Step.subject))
        .join(CaseFile, col(CaseFile.id) == col(Step.case_id))
        .where(col(Step.id).in_(last), col(Step.act) == "ask_lift", col(Hold.lifted_at).is_(None))
        .order_by(col(Step.id))
    )
    return [_reminder(session, step, code) for step, code in session.execute(asked).all()]


def _reminder(session: Session, step: Step, code: str) -> Reminder:
    about = () if step.by_staff is None else (step.by_staff,)
    may = tuple(person.id for person in deciders(session, about))
    name = f"h{step.subject}"
    return Reminder(KIND, "due", name, code, may, f"collectdesk hold approve {code} {name}", due_at=step.at)
