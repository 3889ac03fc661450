"""Objections as they stand: whose cases they are on, by when they are answered, what still waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from collectdesk.desk import adoption, casebook
from collectdesk.desk.objections.terms import local_day
from collectdesk.desk.working_days import working_day
from collectdesk.errors import N_, NotFound, NotPermitted
from collectdesk.store.ids import private

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Member
    from collectdesk.gate import Calendar
    from collectdesk.store.tables import CaseFile, Objection, Step

Urgency = Literal["overdue", "due", "soon", ""]
Whose = Literal["own", "team", "all"]
OVERSEERS = ("lead", "admin", "officer")
SOON = 2
"""Working days before its last day from which an answer is *soon* due."""


@dataclass(frozen=True)
class ObjectionView:
    """An objection, its case, the collector whose case it is; ``holding``: whether its hold still stands."""

    row: Objection
    case: CaseFile
    collector: str | None
    holding: bool
    urgency: Urgency
    steps: tuple[tuple[Step, str | None], ...] = ()

    @property
    def correction_owed(self) -> bool:
        """Whether it is closed but what the debtor was right about is not put right yet."""
        return self.row.status == "closed" and self.holding


def listing(
    session: Session, at: int, staff: Member, whose: Whose, *, case: str = "", every: bool = False
) -> list[ObjectionView]:
    """The objections on one's own cases, the team's or all, the most pressing first.

    Args:
        session: where they are read.
        at: UTC seconds.
        staff: who asks.
        whose: on which cases.
        case: on this case alone, whosever it is.
        every: those that are dealt with too.
    Raises:
        NotPermitted: a collector asks for the whole desk's.
        NotFound: no such case.
    """
    if whose == "all" and staff.role not in OVERSEERS and not case:
        raise NotPermitted(
            "role",
            N_("Only these may do this: {roles}. You are signed in as: {role}."),
            hint=N_("`collectdesk objection list --team` lists your team's."),
            roles=" / ".join(OVERSEERS),
            role=staff.role,
        )
    wanted = casebook.find(session, case).id if case else None
    found = [view for view in views(session, at, every=every) if wanted in (None, view.case.id)]
    if wanted is None:
        found = [view for view in found if _is(view, staff, whose)]
    return sorted(found, key=_place)


def find(session: Session, name: str, at: int) -> ObjectionView:
    """One objection by its public id, with its steps.

    Raises:
        NotFound: there is none.
    """
    from dataclasses import replace

    from sqlmodel import col, select

    from collectdesk.desk.steps import steps_of
    from collectdesk.store.tables import Staff

    key = key_of(name)
    view = next(iter(views(session, at, key=key)), None)
    if view is None:
        raise NotFound(
            "no_such_objection",
            N_("There is no such objection on this desk."),
            hint=N_("`collectdesk objection list` names them."),
        )
    numbers = {row.id: row.number for row in session.execute(select(Staff).order_by(col(Staff.id))).scalars()}
    steps = tuple((step, numbers.get(step.by_staff)) for step in steps_of(session, "objection", key))
    return replace(view, steps=steps)


def key_of(name: str) -> int:
    """``j12`` → ``12``.

    Raises:
        NotFound: it is no such id.
    """
    key = private("objection", name.strip())
    if key is None:
        raise NotFound(
            "no_such_objection",
            N_("There is no such objection on this desk."),
            hint=N_("`collectdesk objection list` names them."),
        )
    return key


def urgency_of(row: Objection, today: date, calendars: Mapping[str, Calendar]) -> Urgency:
    """How pressing it is: nothing once the debtor was told, *due* at once when an answer waits to be told."""
    if row.status == "closed":
        return ""
    if row.due_on is not None and date.fromisoformat(row.due_on) < today:
        return "overdue"
    if row.status == "answered" or (row.due_on is not None and date.fromisoformat(row.due_on) == today):
        return "due"
    soon = working_day(calendars, today, SOON)
    return "soon" if row.due_on is not None and date.fromisoformat(row.due_on) <= soon else ""


def views(session: Session, at: int, *, key: int | None = None, every: bool = False) -> list[ObjectionView]:
    """The objections of the desk that wait for something, in the order they were recorded.

    ``every``: those that are dealt with too; ``key``: the one of that key alone, whatever it waits for.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Hold, Objection, Staff

    today, calendars = local_day(at), adoption.calendars(session, at)
    asked = (
        select(Objection, CaseFile, Staff.number, Hold.id)
        .join(CaseFile, col(CaseFile.id) == col(Objection.case_id))
        .join(Staff, col(Staff.id) == col(CaseFile.collector), isouter=True)
        .join(Hold, (col(Hold.id) == col(Objection.hold)) & col(Hold.lifted_at).is_(None), isouter=True)
        .order_by(col(Objection.id))
    )
    if key is not None:
        asked = asked.where(col(Objection.id) == key)
    elif not every:
        asked = asked.where((col(Objection.status) != "closed") | col(Hold.id).is_not(None))
    return [
        ObjectionView(row, case, collector, hold is not None, urgency_of(row, today, calendars))
        for row, case, collector, hold in session.execute(asked).all()
    ]


def _is(view: ObjectionView, staff: Member, whose: Whose) -> bool:
    if whose == "team" and staff.team is not None:
        return view.case.team == staff.team
    return whose == "all" or view.case.collector == staff.id


def _place(view: ObjectionView) -> tuple[int, str, int]:
    order = ("overdue", "due", "soon", "")
    return order.index(view.urgency), view.row.due_on or "9999", view.row.id or 0
