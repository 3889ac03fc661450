"""Reading complaints (查看投诉): those who decide see all of it; others only that one exists and is in hand.

Whoever a complaint is about is one of the others, whatever their role: handling is not for its subject to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes
from collectdesk.desk.complaints.clock import Clocks, clocks
from collectdesk.desk.complaints.receiving import NAME
from collectdesk.desk.complaints.subjects import find
from collectdesk.errors import N_, NotFound
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Complaint, Grievance, Step

OPEN = "open"
"""What a state is called to those who do not see handling."""


@dataclass(frozen=True)
class Line:
    """A complaint in a list; below ``state`` nothing for those who do not see its handling.

    Attributes:
        complaint: its id; ``case`` the case's number.
        received_on: the day it came in.
        closed: whether it has ended.
        seen: whether whoever asks sees how it is handled.
        state: its state, ``in_hand`` or ``closed`` for those who do not.
        category: what kind it is.
        about: staff numbers of whom it is about.
        handler: whose it is.
        warn_on: from when its handler is reminded.
        due_on: the house's date; ``last_on`` the law's.
        outcome: upheld, dismissed or withdrawn.
    """

    complaint: str
    case: str
    received_on: date
    closed: bool
    seen: bool
    state: str
    category: str | None = None
    about: tuple[str, ...] = ()
    handler: str | None = None
    warn_on: date | None = None
    due_on: date | None = None
    last_on: date | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class View:
    """One complaint with all that was done about it."""

    line: Line
    row: Complaint
    grievances: tuple[Grievance, ...]
    steps: tuple[Step, ...]
    staff: dict[int, str]

    @property
    def evidence(self) -> list[dict[str, object]]:
        """What was listed as evidence, in order."""
        return [dict(step.content or {}) for step in self.steps if step.act == "evidence"]


def listing(office: Office, session: Session, *, closed: bool = False, case: str = "") -> list[Line]:
    """The complaints whoever is signed in may know of, the next last day first.

    Args:
        office: the desk, as whoever asks.
        session: an open reading session.
        closed: those that have ended, too.
        case: of this case only, by its number.
    Raises:
        NotFound: no such case.
    """
    from sqlmodel import col, select

    from collectdesk.desk import casebook
    from collectdesk.store.tables import CaseFile, Complaint

    asked = select(Complaint, CaseFile.code, CaseFile.collector).join(CaseFile, col(CaseFile.id) == Complaint.case_id)
    if not closed:
        asked = asked.where(col(Complaint.status) != "closed")
    if case:
        asked = asked.where(col(Complaint.case_id) == casebook.find(session, case).id)
    rows = session.execute(asked.order_by(col(Complaint.last_on), col(Complaint.id))).all()
    book = _Book(session, office)
    return [book.line(row, code) for row, code, collector in rows if book.knows(row, collector)]


def view(office: Office, session: Session, name: str) -> View:
    """One complaint, as whoever is signed in may see it.

    Raises:
        NotFound: there is none, or it is no business of theirs.
    """
    from sqlmodel import col, select

    from collectdesk.desk.steps import steps_of
    from collectdesk.store.tables import CaseFile, Grievance

    row = find(session, name)
    case = session.get_one(CaseFile, row.case_id)
    book = _Book(session, office)
    if not book.knows(row, case.collector):
        raise NotFound(
            "no_such_complaint",
            N_("There is no such complaint on this desk."),
            hint=N_("`collectdesk complaint list` shows them."),
        )
    assert row.id is not None
    further = select(Grievance).where(col(Grievance.complaint) == row.id).order_by(col(Grievance.number))
    grievances = tuple(session.execute(further).scalars())
    return View(book.line(row, case.code), row, grievances, tuple(steps_of(session, NAME, row.id)), book.staff)


def sees_handling(office: Office, about: Sequence[int] | set[int]) -> bool:
    """Whether whoever is signed in sees how a complaint about ``about`` is handled."""
    return office.staff.role in four_eyes.DECIDING and office.staff.id not in about


class _Book:
    """What every line needs, asked once."""

    def __init__(self, session: Session, office: Office) -> None:
        from sqlmodel import col, select

        from collectdesk.store.tables import Complaint, Grievance, Staff

        self.office = office
        self.staff = {row.id: row.number for row in session.execute(select(Staff)).scalars() if row.id is not None}
        further = select(col(Grievance.complaint), col(Grievance.about)).where(col(Grievance.about).is_not(None))
        first = select(col(Complaint.id), col(Complaint.about)).where(col(Complaint.about).is_not(None))
        self.about: dict[int, list[int]] = {}
        for complaint, subject in (*session.execute(first).all(), *session.execute(further).all()):
            known = self.about.setdefault(int(complaint or 0), [])
            if subject is not None and subject not in known:
                known.append(subject)
        self.clocks: Clocks = clocks(session.connection(), office.now())

    def knows(self, row: Complaint, collector: int | None) -> bool:
        """Whether whoever asks may know that it exists: a decider, or the case or the call is theirs."""
        me = self.office.staff
        return me.role in four_eyes.DECIDING or me.id in (collector, row.by_staff)

    def line(self, row: Complaint, case: str) -> Line:
        """It, as whoever asks may see it."""
        assert row.id is not None
        about = self.about.get(row.id, [])
        received = date.fromisoformat(row.received_on)
        ended = row.status == "closed"
        seen = sees_handling(self.office, about)
        named = ids.public(NAME, row.id)
        if not seen:
            return Line(named, case, received, ended, seen=False, state="closed" if ended else "in_hand")
        return Line(
            named,
            case,
            received,
            ended,
            seen=True,
            state=row.status,
            category=row.category,
            about=tuple(self.staff[each] for each in about),
            handler=self.staff[row.assigned_to] if row.assigned_to else None,
            warn_on=self.clocks.extended(received, row.term).warn_on,
            due_on=date.fromisoformat(row.due_on),
            last_on=date.fromisoformat(row.last_on),
            outcome=row.outcome,
        )
