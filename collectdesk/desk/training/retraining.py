"""Retraining (补训): a section somebody is to learn again because of a review, until they pass the exam after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.training.certificates import local_day
from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office


class Asked(NamedTuple):
    """A section to learn again, and by which local date."""

    section: str
    due_on: date


def ask(office: Office, session: Session, *, staff: int, section: str, call: int, days: int) -> None:
    """Ask ``staff`` (key) to learn a section again within so many dates; nothing where it waits already."""
    from collectdesk.store.tables import Retraining

    if section in {each.section for each in asked(session, staff)}:
        return
    at = office.now()
    due_on = (local_day(at) + timedelta(days=days)).isoformat()
    row = Retraining(staff=staff, section=section, call=call, due_on=due_on, by_staff=office.staff.id, at=at)
    session.add(row)
    session.flush()
    after = {"section": section, "call": call, "due_on": due_on}
    journal.append(
        session, at=at, actor=office.staff.number, action="training.retrain", subject=f"staff:{staff}", after=after
    )


def asked(session: Session, staff: int) -> list[Asked]:
    """What ``staff`` (key) was asked to learn again and has not been examined on since, the earliest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Qualification, Retraining

    exams = select(col(Qualification.recorded_at)).where(
        col(Qualification.staff) == staff,
        col(Qualification.kind) == "exam",
        col(Qualification.revoked_at).is_(None),
    )
    last = max(session.execute(exams).scalars(), default=-1)
    waits = select(Retraining).where(col(Retraining.staff) == staff, col(Retraining.at) > last)
    rows = session.execute(waits.order_by(col(Retraining.due_on), col(Retraining.id))).scalars()
    return [Asked(row.section, date.fromisoformat(row.due_on)) for row in rows]
