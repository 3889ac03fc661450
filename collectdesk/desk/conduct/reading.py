"""Violations as they are read, and the hits of the wording check that nobody has judged yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.desk import steps
from collectdesk.desk.conduct.acts import KIND, LIFE, find, require_seen
from collectdesk.desk.conduct.suspending import standing_of_violation
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.lifecycle import Move, lifecycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import ConductWarning, Violation


@dataclass(frozen=True)
class Done:
    """A step: when, what, the state it led to, by whom, what was recorded."""

    at: int
    act: str
    state: str
    by: str | None
    content: Mapping[str, object]


@dataclass(frozen=True)
class ViolationView:
    """A violation: its row, the case's number, staff numbers by key, whether it suspends, steps, what may follow."""

    row: Violation
    case: str | None
    staff: Mapping[int, str]
    suspends: bool
    done: tuple[Done, ...]
    moves: tuple[Move, ...]

    @property
    def name(self) -> str:
        """Its public id."""
        return f"i{self.row.id}"

    def number(self, staff: int | None) -> str | None:
        """A staff number."""
        return None if staff is None else self.staff.get(staff)


def listing(office: Office, *, everything: bool = False, staff: str = "") -> list[ViolationView]:
    """Those whoever is signed in may see (collectors their own), newest first; ``everything``: what is over, too."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Violation

    with office.reading() as session:
        rows = list(session.execute(select(Violation).order_by(col(Violation.id).desc())).scalars())
        mine = [row for row in rows if office.staff.role in DECIDING or row.staff == office.staff.id]
        views = [_view(session, row) for row in mine]
    return [
        view
        for view in views
        if (everything or view.suspends or view.row.status in ("recorded", "appealed"))
        and staff in ("", view.number(view.row.staff))
    ]


def view(office: Office, name: str) -> ViolationView:
    """One violation.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not theirs to look at.
    """
    with office.reading() as session:
        row = find(session, name)
        require_seen(office, row)
        return _view(session, row)


def unjudged(office: Office) -> list[tuple[ConductWarning, str]]:
    """Our own words the wording check met and nobody has made a violation of, newest first, with the staff number.

    Raises:
        NotPermitted: they only collect.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import ConductWarning, Staff, Violation

    office.require_role(*DECIDING)
    judged = select(col(Violation.warning)).where(col(Violation.warning).is_not(None))
    asked = select(ConductWarning, Staff.number).join(Staff, col(Staff.id) == col(ConductWarning.staff))
    asked = asked.where(col(ConductWarning.debtors_words).is_(False), col(ConductWarning.id).not_in(judged))
    with office.reading() as session:
        rows = session.execute(asked.order_by(col(ConductWarning.id).desc())).all()
        session.expunge_all()
        return [(row, number) for row, number in rows]


def _view(session: Session, row: Violation) -> ViolationView:
    from sqlmodel import select

    from collectdesk.store.tables import CaseFile, Staff

    assert row.id is not None
    case = session.get(CaseFile, row.case_id) if row.case_id is not None else None
    staff = {each.id: each.number for each in session.execute(select(Staff)).scalars() if each.id is not None}
    suspends = bool(standing_of_violation(session, row.id))
    done = tuple(
        Done(each.at, each.act, each.state, staff.get(each.by_staff or 0), each.content or {})
        for each in steps.steps_of(session, KIND, row.id)
    )
    session.expunge(row)
    moves = tuple(move for move in lifecycle(LIFE).acts(row.status) if move.act != "lift" or suspends)
    return ViolationView(row, case.code if case else None, staff, suspends, done, moves)
