"""The row of a review and its life: found, held, moved on, each act with its step and its journal entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collectdesk.desk import steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.errors import N_, NotFound
from collectdesk.store import ids
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import QualityReview

KIND = "quality_review"
"""The table, as the steps name it."""
LIFE = lifecycle("quality")
FIRST, SECOND, SETTLED = 1, 2, 3
"""Rounds: the first review, the second, what was settled of the two."""
OPEN = ("claimed", "rechecking")


def find(session: Session, name: str) -> QualityReview:
    """The review of a call (``c12``).

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import QualityReview

    key = ids.private("call", name.strip())
    row = session.get(QualityReview, key) if key is not None else None
    if row is None:
        raise NotFound(
            "no_such_review",
            N_("This call is not among those to be reviewed."),
            hint=N_("`collectdesk quality list` names them; `collectdesk quality add CALL` puts one in."),
        )
    return row


def held(session: Session, name: str) -> QualityReview:
    """The same, held until the transaction ends."""
    row = find(session, name)
    assert row.id is not None
    lock_row(session.connection(), KIND, row.id)
    session.refresh(row)
    return row


def move(
    office: Office,
    session: Session,
    row: QualityReview,
    act: str,
    content: Mapping[str, object] | None = None,
    *,
    at: int | None = None,
    by_desk: bool = False,
) -> str:
    """Lead it on by ``act``, as the table has it; the state it led to.

    Raises:
        Busy: that cannot be done now; says what can.
    """
    from collectdesk.store.tables import Call

    state = LIFE.after(row.status, act, office.lang)
    row.status = state
    if state not in OPEN:
        row.claimed_by = row.claimed_until = None
    if state == "final":
        row.ended_at = office.now() if at is None else at
    session.flush()
    call = session.get(Call, row.call)
    assert row.id is not None
    steps.record(
        session,
        KIND,
        row.id,
        act,
        state,
        at=office.now() if at is None else at,
        by=None if by_desk else office,
        case=call.case_id if call else None,
        content=content,
    )
    return state
