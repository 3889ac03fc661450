"""What of the complaints waits for somebody (投诉待办): clocks, extensions to approve, those nobody may handle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes
from collectdesk.desk.complaints.clock import Clocks, clocks, today
from collectdesk.desk.complaints.extending import party_to_extension
from collectdesk.desk.complaints.receiving import NAME
from collectdesk.desk.complaints.subjects import subjects
from collectdesk.desk.reminder import Reminder, Urgency
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.four_eyes import Person
    from collectdesk.store.tables import Complaint

NEW = "complaint_new"
CLOCK = "complaint_clock"
APPROVAL = "complaint_extension"
OUTSIDE = "complaint_waiting"
UNHANDLED = "complaint_unhandled"


def reminders(session: Session, now: int) -> list[Reminder]:
    """Every open complaint whose clock is near its end, and what of it waits for somebody besides its handler."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Complaint

    asked = select(Complaint, CaseFile.code).join(CaseFile, col(CaseFile.id) == Complaint.case_id)
    rows = session.execute(asked.where(col(Complaint.status) != "closed").order_by(col(Complaint.last_on))).all()
    counted = clocks(session.connection(), now) if rows else None
    found: list[Reminder] = []
    for row, code in rows:
        assert counted is not None
        found += _of(session, row, code, counted, today(now))
    return found


def _of(session: Session, row: Complaint, code: str, counted: Clocks, day: date) -> Iterator[Reminder]:
    assert row.id is not None
    named = ids.public(NAME, row.id)
    party = subjects(session, row.id)
    able = four_eyes.deciders(session, party)
    urgency = _urgency(row, counted, day)
    gone = row.assigned_to is not None and row.assigned_to not in {person.id for person in four_eyes.people(session)}
    if gone or (row.status == "waiting" and able):
        yield _reminder(UNHANDLED, urgency or "due", row, code, able, f"complaint assign {named}")
    elif row.status == "waiting":
        scribes = four_eyes.scribes(session, party)
        yield _reminder(OUTSIDE, urgency or "due", row, code, scribes, f"request add {named}")
    elif urgency:
        theirs = [person for person in four_eyes.people(session) if person.id == row.assigned_to]
        whose = theirs or four_eyes.scribes(session, party)
        yield _reminder(CLOCK, urgency, row, code, whose, f"complaint show {named}")
    elif _untouched(session, row):
        theirs = [person for person in four_eyes.people(session) if person.id == row.assigned_to]
        yield _reminder(NEW, "due", row, code, theirs, f"complaint show {named}")
    if row.status == "extending":
        yield _approval(session, row, code)


def _untouched(session: Session, row: Complaint) -> bool:
    """Whether its handler has done nothing with it yet."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Step

    theirs = select(col(Step.id)).where(
        col(Step.kind) == NAME, col(Step.subject) == row.id, col(Step.by_staff) == row.assigned_to,
        col(Step.act) != "receive",
    )  # fmt: skip
    return row.assigned_to is not None and session.execute(theirs.limit(1)).first() is None


def _approval(session: Session, row: Complaint, code: str) -> Reminder:
    named = ids.public(NAME, row.id or 0)
    party = party_to_extension(session, row)
    approvers = four_eyes.deciders(session, party)
    if approvers:
        return _reminder(APPROVAL, "due", row, code, approvers, f"complaint approve {named}")
    return _reminder(OUTSIDE, "due", row, code, four_eyes.scribes(session, party), f"request add {named}")


def _urgency(row: Complaint, counted: Clocks, day: date) -> Urgency | None:
    """Overdue once the house's own date is past, for the law's is not rolled on."""
    warn_on = min(
        counted.extended(date.fromisoformat(row.received_on), row.term).warn_on, date.fromisoformat(row.due_on)
    )
    due_on = date.fromisoformat(row.due_on)
    if day > due_on:
        return "overdue"
    if day == due_on:
        return "due"
    return "soon" if day >= warn_on else None


def _reminder(
    kind: str, urgency: Urgency, row: Complaint, code: str, whose: Sequence[Person], command: str
) -> Reminder:
    return Reminder(
        kind=kind,
        urgency=urgency,
        subject=ids.public(NAME, row.id or 0),
        case=code,
        staff=tuple(person.id for person in whose),
        command=f"collectdesk {command}",
        due_on=row.due_on,
    )
