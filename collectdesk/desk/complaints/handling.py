"""Handling a complaint (处理投诉): who has it, what is found, with what evidence; nothing in it is ever deleted.

What is recorded later stands beside what was recorded before: each act is a step with its own content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes, steps
from collectdesk.desk.complaints.receiving import NAME, known_category, referenced, says_something
from collectdesk.desk.complaints.subjects import (
    find,
    name,
    number_of,
    refuse_subject,
    require_handler,
    require_open,
    settle,
    subjects,
)
from collectdesk.desk.requests import asking
from collectdesk.errors import N_, Busy, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Complaint

COMPANY = "company"
"""What is typed where a complaint is about nobody of the desk."""


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence: what it is called where it is kept, and the SHA-256 of the file, if it is one."""

    reference: str
    digest: str | None = None


@dataclass(frozen=True)
class Findings:
    """What a handler records in one go; ``grievances`` are kind, words and staff number of whom each is about."""

    cause: str = ""
    remedy: str = ""
    about: str = ""
    grievances: Sequence[tuple[str, str, str]] = ()
    evidence: Sequence[Evidence] = field(default_factory=tuple)

    @property
    def empty(self) -> bool:
        """Whether nothing was given."""
        return not (self.cause or self.remedy or self.about or self.grievances or self.evidence)


def assign(office: Office, complaint: str, to: str) -> str:
    """Give a complaint to somebody it is not about; the number of whoever has it now.

    Args:
        office: the desk, as a lead, administrator or officer it is not about.
        complaint: its id.
        to: their staff number; empty gives it to whoever comes first.
    Raises:
        NotPermitted: either of the two is whom it is about, or does not decide complaints.
        NotFound: no such complaint or staff.
        Busy: it is closed, or theirs already.
    """
    from collectdesk.desk import staff

    with office.writing() as session:
        row = find(session, complaint, lock=True)
        assert row.id is not None
        party = subjects(session, row.id)
        refuse_subject(office, session, party)
        office.require_role(*four_eyes.DECIDING)
        state = require_open(office, row, "assign")
        taker = staff.find(session, to) if to else staff.find(session, _first(session, row, party))
        refuse_subject(office, session, party, taker.id)
        if taker.role not in four_eyes.DECIDING:
            raise UsageProblem("handler_role", N_("A lead, an administrator or an officer handles complaints."))
        if taker.id == row.assigned_to:
            raise Busy("has_it_already", N_("{number} handles it already."), number=taker.number)
        row.assigned_to, row.status = taker.id, state
        _step(office, session, row, "assign", {"to": taker.number})
        asking.void(session.connection(), NAME, row.id, at=office.now(), by=office)
        return taker.number


def record(office: Office, complaint: str, found: Findings) -> bool:
    """Record what the handler found; whether it changed hands, because it is about its handler.

    Raises:
        NotPermitted: not its handler.
        NotFound: no such complaint or staff.
        Busy: it is past that.
        BadData: a grievance says nothing. UsageProblem: nothing was given, or an unknown kind of grievance.
    """
    if found.empty:
        raise UsageProblem(
            "nothing_given", N_("Nothing to record was given."), hint=N_("--cause, --remedy, --grievance …")
        )
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        require_handler(office, session, row)
        for each in found.evidence:
            _evidence(office, session, row, each)
        if found.cause or found.remedy:
            _causes(office, session, row, found)
        for category, content, about in found.grievances:
            _grievance(office, session, row, category, content, about)
        if found.about:
            return _named(office, session, row, found.about)
        return bool(found.grievances) and _settled(office, session, row)


def name_subject(office: Office, complaint: str, about: str) -> bool:
    """Say whom a complaint is about, for its handler or another who decides; whether it changed hands.

    Raises:
        NotPermitted: it is about whoever says so, and another handles it; or they only collect.
        NotFound: no such complaint or staff.
        Busy: it is closed.
    """
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        assert row.id is not None
        if row.assigned_to != office.staff.id:
            refuse_subject(office, session, subjects(session, row.id))
            office.require_role(*four_eyes.DECIDING)
        return _named(office, session, row, about)


def _named(office: Office, session: Session, row: Complaint, about: str) -> bool:
    from collectdesk.desk import staff

    subject = None if about == COMPANY else staff.find(session, about).id
    row.status = require_open(office, row, "name")
    _step(office, session, row, "name", {"about": about})
    assert row.id is not None
    moved = name(session.connection(), office, row.id, subject, office.now())
    session.refresh(row)
    return moved


def _settled(office: Office, session: Session, row: Complaint) -> bool:
    """Take it from its handler if a grievance is about them; whether it changed hands."""
    assert row.id is not None
    moved = settle(
        session.connection(), office, row.id, {"status": row.status}, subjects(session, row.id), office.now()
    )
    session.refresh(row)
    return moved


def _grievance(office: Office, session: Session, row: Complaint, category: str, content: str, about: str) -> None:
    from sqlalchemy import func
    from sqlmodel import col, select

    from collectdesk.desk import staff
    from collectdesk.store.tables import Grievance

    at = office.now()
    assert row.id is not None
    known_category(session.connection(), category, at)
    subject = staff.find(session, about).id if about else None
    row.status = require_open(office, row, "record")
    last = session.execute(select(func.max(Grievance.number)).where(col(Grievance.complaint) == row.id)).scalar()
    number = (last or 1) + 1
    said = says_something(content, "--grievance")
    session.add(
        Grievance(
            complaint=row.id,
            number=number,
            category=category,
            content=said,
            about=subject,
            at=at,
            by_staff=office.staff.id,
        )
    )
    _step(office, session, row, "record", {"grievance": number, "category": category, "content": said, "about": about})


def _causes(office: Office, session: Session, row: Complaint, found: Findings) -> None:
    row.status = require_open(office, row, "record")
    told = {"cause": found.cause, "remedy": found.remedy}
    given = {key: says_something(value, f"--{key}") for key, value in told.items() if value}
    row.cause, row.remedy = given.get("cause", row.cause), given.get("remedy", row.remedy)
    _step(office, session, row, "record", given)


def _evidence(office: Office, session: Session, row: Complaint, piece: Evidence) -> None:
    row.status = require_open(office, row, "evidence")
    content = {"reference": referenced(piece.reference), "digest": piece.digest}
    _step(office, session, row, "evidence", content)


def _step(office: Office, session: Session, row: Complaint, act: str, content: Mapping[str, object]) -> None:
    session.flush()
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)


def _first(session: Session, row: Complaint, party: set[int]) -> str:
    """Whoever comes first that does not have it already."""
    for person in four_eyes.deciders(session, party):
        if person.id != row.assigned_to:
            return person.number
    raise Busy(
        "nobody_may",
        N_("Nobody else of this desk may handle this complaint."),
        hint=four_eyes.who_may(()),
        number=number_of(session, row.assigned_to),
    )
