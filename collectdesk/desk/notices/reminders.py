"""What waits because of notices: what came back, what was made and never sent, what must go out before any call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.notices.due import due
from collectdesk.desk.office import company_of
from collectdesk.desk.reminder import Reminder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNSENT = 2 * 86_400
"""A letter made two days ago and not sent is forgotten."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """To the case's collector what came back, to its maker what lies there, to those who lead what is owed."""
    return [*_returned(session), *_unsent(session, now), *_owed(session, now)]


def _returned(session: Session) -> list[Reminder]:
    """Came back, and nothing of its kind has gone out to the same person since."""
    from sqlalchemy.orm import aliased
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Letter

    later = aliased(Letter)
    again = select(later.id).where(
        later.case_id == Letter.case_id, later.kind == Letter.kind, later.person == Letter.person,
        col(later.id) > col(Letter.id), col(later.status).in_(("made", "sent", "received")),
    )  # fmt: skip
    asked = (
        select(Letter, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(Letter.case_id))
        .where(col(Letter.status) == "returned", col(CaseFile.status) == "open", ~again.exists())
        .order_by(col(Letter.id))
    )
    found = []
    for row, case in session.execute(asked).all():
        whose = (case.collector,) if case.collector is not None else ()
        found.append(
            Reminder("notice_returned", "due", f"lt{row.id}", case.code, whose, f"collectdesk notice show lt{row.id}")
        )
    return found


def _unsent(session: Session, now: int) -> list[Reminder]:
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Letter

    asked = select(Letter, CaseFile.code).join(CaseFile, col(CaseFile.id) == col(Letter.case_id))
    asked = asked.where(col(Letter.status) == "made", col(Letter.made_at) <= now - UNSENT).order_by(col(Letter.id))
    return [
        Reminder(
            "notice_unsent", "due", f"lt{row.id}", code, (row.made_by,), f"collectdesk notice log lt{row.id}",
            due_at=row.made_at + UNSENT,
        )
        for row, code in session.execute(asked).all()
    ]  # fmt: skip


def _owed(session: Session, now: int) -> list[Reminder]:
    own = company_of(session).kind
    return [
        Reminder("notice_due", "soon", f"×{each.many}", None, (), "collectdesk notice due")
        for each in due(session.connection(), own, now)
    ]
