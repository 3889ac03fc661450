"""Extending the clock of a complaint (延期): asked with a reason, approved by somebody else who is not party to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes, steps
from collectdesk.desk.complaints.clock import clocks, today
from collectdesk.desk.complaints.receiving import NAME, says_something
from collectdesk.desk.complaints.subjects import find, refuse_subject, require_handler, require_open, subjects
from collectdesk.errors import N_, Busy

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Complaint


def extend(office: Office, complaint: str, reason: str) -> int:
    """Ask for the next longer term; how many days that is.

    Raises:
        NotPermitted: not its handler.
        Busy: it is not in hand, its clock has run out, or it is at its longest.
        BadData: the reason says nothing.
    """
    at = office.now()
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        require_handler(office, session, row)
        state = require_open(office, row, "extend")
        _refuse_run_out(row, at)
        term = clocks(session.connection(), at).next_term(row.term)
        if term is None:
            raise Busy("longest_term", N_("Its clock is at its longest: {days} days."), days=row.term)
        row.status, row.asked_term, row.asked_by = state, term, office.staff.id
        _write(office, session, row, "extend", {"term": term, "reason": says_something(reason)})
        return term


def approve(office: Office, complaint: str, note: str = "") -> date:
    """Approve the extension that was asked for; the new last day.

    Raises:
        NotPermitted: it is about them, they asked for it, or they only collect.
        Busy: none was asked for, or the clock has run out meanwhile.
    """
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        _require_other(office, session, row, "approve")
        return grant(office, session, row, {"note": note} if note else {})


def refuse(office: Office, complaint: str, reason: str) -> None:
    """Refuse the extension that was asked for.

    Raises:
        NotPermitted: it is about them, they asked for it, or they only collect.
        Busy: none was asked for.
        BadData: the reason says nothing.
    """
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        _require_other(office, session, row, "refuse")
        deny(office, session, row, {"reason": says_something(reason)})


def grant(office: Office, session: Session, row: Complaint, content: dict[str, object]) -> date:
    """Let the clock run for the term asked for; by whose decision is the caller's to see to."""
    at = office.now()
    state = require_open(office, row, "approve")
    _refuse_run_out(row, at)
    assert row.asked_term is not None
    clock = clocks(session.connection(), at).extended(date.fromisoformat(row.received_on), row.asked_term)
    row.status, row.term, row.asked_term, row.asked_by = state, clock.term, None, None
    row.last_on, row.due_on = clock.last_on.isoformat(), clock.due_on.isoformat()
    _write(office, session, row, "approve", {"term": clock.term, "last_on": row.last_on, **content})
    return clock.last_on


def deny(office: Office, session: Session, row: Complaint, content: dict[str, object]) -> None:
    """Leave the clock as it is; by whose decision is the caller's to see to."""
    row.status, row.asked_term, row.asked_by = require_open(office, row, "refuse"), None, None
    _write(office, session, row, "refuse", content)


def party_to_extension(session: Session, row: Complaint) -> set[int]:
    """Who may not decide it: whom the complaint is about, and whoever asked."""
    assert row.id is not None
    return subjects(session, row.id) | ({row.asked_by} if row.asked_by else set())


def _require_other(office: Office, session: Session, row: Complaint, act: str) -> None:
    assert row.id is not None
    refuse_subject(office, session, subjects(session, row.id))
    office.require_role(*four_eyes.DECIDING)
    require_open(office, row, act)
    four_eyes.require_decider(office, session, party_to_extension(session, row))


def _refuse_run_out(row: Complaint, at: int) -> None:
    """A clock that has run out is not wound up again.

    Raises:
        Busy: it has.
    """
    if date.fromisoformat(row.last_on) < today(at):
        raise Busy("clock_run_out", N_("Its last day was {day}: it cannot be extended any more."), day=row.last_on)


def _write(office: Office, session: Session, row: Complaint, act: str, content: dict[str, object]) -> None:
    session.flush()
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)
