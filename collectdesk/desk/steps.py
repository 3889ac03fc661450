"""Writing a step down (经过): the row everybody can read and the entry of the journal, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Step

DESK = "system"
"""Who acts where no person does, in the journal."""


def record(
    session: Session | Connection,
    kind: str,
    subject: int,
    act: str,
    state: str,
    *,
    at: int,
    by: Office | None,
    case: int | None = None,
    content: Mapping[str, object] | None = None,
) -> None:
    """Write one act down.

    Args:
        session: an open write transaction; a call writes over its connection.
        kind: the table of what it was done to, such as ``objection``.
        subject: its key.
        act: the move of its life, such as ``answer``.
        state: the state it led to.
        at: UTC seconds.
        by: who is signed in; none where the desk acts by itself.
        case: the case it belongs to, so that its history shows it.
        content: what was recorded with it, in JSON's own types; only its digest goes into the journal.
    """
    from sqlalchemy import insert
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Step

    staff = by.staff if by else None
    if isinstance(session, Session):
        session.flush()
    row = {"kind": kind, "subject": subject, "case_id": case, "act": act, "state": state, "at": at}
    kept = {"by_staff": staff.id if staff else None, "content": dict(content) if content else None}
    session.execute(insert(Step).values(**row, **kept))
    journal.append(
        session,
        at=at,
        actor=staff.number if staff else DESK,
        action=f"{kind}.{act}",
        subject=f"{kind}:{subject}",
        after={"state": state, **(content or {})},
    )


def steps_of(session: Session, kind: str, subject: int) -> list[Step]:
    """Everything that was done to one thing, oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Step

    asked = select(Step).where(col(Step.kind) == kind, col(Step.subject) == subject).order_by(col(Step.id))
    return list(session.execute(asked).scalars())
