"""What waits because of holds (待办): somebody asked that one be lifted, or said what nobody has confirmed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.hold_kinds import KINDS
from collectdesk.desk.reminder import Reminder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Step

KIND = "hold_lift"
UNCONFIRMED = "hold_confirm"
CLAIMED = tuple(kind for kind, each in KINDS.items() if each.confirmed)
"""Kinds that say something of a person which papers show: a death, a capacity, an age."""


def reminders(session: Session, _now: int) -> list[Reminder]:
    """Ends asked for, then what was claimed and not confirmed; to whoever may decide, never to whoever said so."""
    asked = _asked(session)
    ending = {each.subject for each in asked}
    return asked + [each for each in _claimed(session) if each.subject not in ending]


def _asked(session: Session) -> list[Reminder]:
    """One for each hold whose last step asks for its end."""
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


def _claimed(session: Session) -> list[Reminder]:
    """One for each death, incapacity or minority that somebody was told of, until it is confirmed with evidence."""
    from sqlmodel import col, func, select

    from collectdesk.store.tables import CaseFile, Hold, Step

    done = select(col(Step.subject)).where(col(Step.kind) == "hold", col(Step.act) == "confirm")
    asked = (
        select(Hold, func.min(col(CaseFile.code)))
        .join(CaseFile, col(CaseFile.debtor) == col(Hold.debtor))
        .where(col(Hold.kind).in_(CLAIMED), col(Hold.lifted_at).is_(None), col(Hold.id).not_in(done))
        .group_by(col(Hold.id))
        .order_by(col(Hold.id))
    )
    found = []
    for row, code in session.execute(asked).all():
        may = tuple(person.id for person in deciders(session, [row.by_staff] if row.by_staff else ()))
        command = f"collectdesk hold confirm {code} h{row.id}"
        found.append(Reminder(UNCONFIRMED, "due", f"h{row.id}", code, may, command, due_at=row.received_at))
    return found


def _reminder(session: Session, step: Step, code: str) -> Reminder:
    about = () if step.by_staff is None else (step.by_staff,)
    may = tuple(person.id for person in deciders(session, about))
    name = f"h{step.subject}"
    return Reminder(KIND, "due", name, code, may, f"collectdesk hold approve {code} {name}", due_at=step.at)
