"""Whom a complaint is about, and who therefore may neither handle it nor see how it is handled (回避).

银行业保险业消费投诉处理管理办法: whoever has an interest in a complaint takes no part in it. Where its handler turns
out to be one of those it is about, somebody else takes it from where it is, and what was decided no longer stands.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes, steps
from collectdesk.desk.complaints.receiving import NAME, first_handler
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.errors import N_, Busy, NotFound, NotPermitted
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.four_eyes import Person
    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Complaint

DECIDED = ("cause", "remedy", "outcome", "reply", "replied_on", "asked_term", "asked_by")
"""What a handler who steps aside leaves behind is asked anew; the steps keep it."""


def find(session: Session, name: str, *, lock: bool = False) -> Complaint:
    """The complaint of this id, such as ``k3``.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import Complaint

    key = ids.private(NAME, name.strip())
    row = session.get(Complaint, key, with_for_update=lock or None) if key else None
    if row is None:
        raise NotFound(
            "no_such_complaint",
            N_("There is no such complaint on this desk."),
            hint=N_("`collectdesk complaint list` shows them."),
        )
    return row


def subjects(where: Session | Connection, key: int) -> set[int]:
    """The keys of the staff a complaint is about, its further grievances too."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Complaint

    first = where.execute(select(col(Complaint.about)).where(col(Complaint.id) == key)).scalars()
    return {int(each) for each in first if each is not None} | _of_grievances(where, key)


def _of_grievances(where: Session | Connection, key: int) -> set[int]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Grievance

    others = where.execute(select(col(Grievance.about)).where(col(Grievance.complaint) == key)).scalars()
    return {int(each) for each in others if each is not None}


def require_handler(office: Office, session: Session, row: Complaint, *, entering: bool = False) -> None:
    """Go on only if whoever is signed in handles this complaint.

    What an outside officer decided is carried out by whoever enters it; so is, where nobody of the desk handles it,
    what takes no decision (``entering``).

    Raises:
        NotPermitted: it is about them, they only collect, or another handles it.
    """
    assert row.id is not None
    party = subjects(session, row.id)
    if row.assigned_to is None and (entering or row.status != "waiting"):
        four_eyes.require_scribe(office, session, party)
        return
    refuse_subject(office, session, party)
    office.require_role(*four_eyes.DECIDING)
    if row.assigned_to is None:
        raise NotPermitted(
            "waits_outside",
            N_("Nobody of this desk handles this complaint yet."),
            hint=N_("Take it with `collectdesk complaint assign`, or put it to an outside officer: {command}."),
            command=f"collectdesk request add {ids.public(NAME, row.id)}",
        )
    if row.assigned_to != office.staff.id:
        raise NotPermitted(
            "not_handler",
            N_("{number} handles this complaint."),
            hint=N_("Whoever takes it over: collectdesk complaint assign {complaint} --to NUMBER"),
            number=number_of(session, row.assigned_to),
            complaint=ids.public(NAME, row.id),
        )


def refuse_subject(office: Office, session: Session, party: Collection[int], staff: int | None = None) -> None:
    """Refuse that a complaint is handled by one of those it is about, ``staff`` or whoever is signed in.

    Raises:
        NotPermitted: it would be; says who may.
    """
    if (office.staff.id if staff is None else staff) not in party:
        return
    others = four_eyes.deciders(session, party)
    raise NotPermitted(
        "handled_by_subject",
        N_("A complaint is never handled by whom it is about."),
        hint=four_eyes.who_may(others),
        numbers=", ".join(person.number for person in others),
    )


def name(connection: Connection, office: Office, key: int, about: int | None, at: int) -> bool:
    """Say anew whom the complaint ``key`` is about, and take it from its handler if that is who; whether it moved."""
    return settle(connection, office, key, {"about": about}, {about, *_of_grievances(connection, key)}, at)


def settle(
    connection: Connection,
    office: Office,
    key: int,
    changed: dict[str, object],
    about: Collection[int | None],
    at: int,
) -> bool:
    """Write ``changed`` on the complaint ``key``; where its handler is among ``about`` another takes it.

    One statement does both, for the database refuses a complaint that is its subject's to handle.
    """
    from sqlmodel import col, select, update

    from collectdesk.store.tables import Complaint

    asked = select(col(Complaint.assigned_to), col(Complaint.status), col(Complaint.case_id))
    handler, status, case = connection.execute(asked.where(col(Complaint.id) == key)).one()
    moved = handler is not None and handler in about
    values = dict(changed)
    if moved:
        handler = first_handler(connection, {each for each in about if each is not None})
        act = "step_aside" if handler else "leave_open"
        status = lifecycle(NAME).after(status, act, office.lang)
        values |= {"assigned_to": handler, "status": status, **dict.fromkeys(DECIDED), "upheld": []}
    connection.execute(update(Complaint).where(col(Complaint.id) == key).values(**values))
    if moved:
        steps.record(connection, NAME, key, act, status, at=at, by=None, case=case, content={"to": handler})
    return moved


def require_open(office: Office, row: Complaint, act: str) -> str:
    """The state ``act`` leads to.

    Raises:
        Busy: it cannot be done in the state the complaint is in.
    """
    return lifecycle(NAME).after(row.status, act, office.lang)


def number_of(session: Session, key: int | None) -> str:
    """The staff number of somebody."""
    from collectdesk.store.tables import Staff

    row = session.get(Staff, key) if key else None
    return row.number if row else "-"


def handlers(session: Session, row: Complaint) -> list[Person]:
    """Who may handle a complaint, whom to ask first at the front.

    Raises:
        Busy: nobody of the desk.
    """
    assert row.id is not None
    found = four_eyes.deciders(session, subjects(session, row.id))
    if not found:
        raise Busy("nobody_may", N_("Nobody of this desk may handle this complaint."), hint=four_eyes.who_may(found))
    return found
