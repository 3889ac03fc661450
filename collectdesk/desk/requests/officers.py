"""Officers outside the desk (外部合规人员): registered by an administrator, with no sign-in; nobody of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk import steps
from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import OutsideOfficer

KIND = "outside_officer"


class OfficerLine(NamedTuple):
    """An officer in a list; ``active`` unless nothing more is put to them."""

    officer: str
    name: str
    organisation: str
    contact: str
    active: bool


def register(office: Office, name: str, organisation: str, contact: str) -> int:
    """Register somebody outside who decides what nobody of the desk may; their key.

    Raises:
        NotPermitted: not an administrator.
        UsageProblem: a field is empty, or they are of the desk.
    """
    from collectdesk.store.tables import OutsideOfficer

    office.require_role("admin")
    if not (name.strip() and organisation.strip() and contact.strip()):
        raise UsageProblem("officer_incomplete", N_("Name, organisation and contact are all needed."))
    at = office.now()
    with office.writing() as session:
        _refuse_own(session, name)
        row = OutsideOfficer(
            name=name.strip(),
            organisation=organisation.strip(),
            contact=contact.strip(),
            registered_at=at,
            registered_by=office.staff.id,
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        steps.record(session, KIND, row.id, "register", "active", at=at, by=office, content=_kept(row))
        return row.id


def end(office: Office, officer: str) -> None:
    """End it: nothing more is put to them; what they answered stands.

    Raises:
        NotPermitted: not an administrator.
        NotFound: no such officer.
        Busy: it was ended before.
    """
    office.require_role("admin")
    at = office.now()
    with office.writing() as session:
        row = find(session, officer)
        if row.ended_at is not None:
            raise Busy("officer_ended", N_("That officer is asked no more."))
        row.ended_at = at
        session.flush()
        assert row.id is not None
        steps.record(session, KIND, row.id, "end", "ended", at=at, by=office)


def listing(session: Session) -> Sequence[OutsideOfficer]:
    """Everybody ever registered, oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import OutsideOfficer

    return session.execute(select(OutsideOfficer).order_by(col(OutsideOfficer.id))).scalars().all()


def lines(session: Session) -> list[OfficerLine]:
    """The same for a reader."""
    return [
        OfficerLine(ids.public(KIND, row.id or 0), row.name, row.organisation, row.contact, row.ended_at is None)
        for row in listing(session)
    ]


def find(session: Session, officer: str) -> OutsideOfficer:
    """The officer of this id, such as ``x1``.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import OutsideOfficer

    key = ids.private(KIND, officer.strip())
    row = session.get(OutsideOfficer, key) if key else None
    if row is None:
        raise NotFound(
            "no_such_officer",
            N_("No outside officer has that number."),
            hint=N_("`collectdesk officer list` shows who is registered."),
        )
    return row


def to_ask(session: Session, officer: str) -> OutsideOfficer:
    """The officer named, or the only one there is.

    Raises:
        NotFound: no such officer, or none at all.
        UsageProblem: there are several and none is named.
        Busy: that officer is asked no more.
    """
    active = [row for row in listing(session) if row.ended_at is None]
    if officer:
        row = find(session, officer)
        if row.ended_at is not None:
            raise Busy("officer_ended", N_("That officer is asked no more."))
        return row
    if not active:
        raise NotFound(
            "no_officer",
            N_("No outside officer is registered."),
            hint=N_("An administrator registers one: collectdesk officer add NAME --organisation … --contact …"),
        )
    if len(active) > 1:
        raise UsageProblem("which_officer", N_("Several outside officers are registered."), hint=N_("Give --officer."))
    return active[0]


def _kept(row: OutsideOfficer) -> dict[str, object]:
    return {"name": row.name, "organisation": row.organisation, "contact": row.contact}


def _refuse_own(session: Session, name: str) -> None:
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    own = session.execute(select(col(Staff.name)).where(col(Staff.status) != "removed")).scalars()
    if "".join(name.split()) in {"".join(each.split()) for each in own}:
        raise UsageProblem(
            "officer_of_the_desk",
            N_("Somebody of that name is on the staff; an outside officer is not."),
            hint=N_("Staff who decide are added with `collectdesk staff add`."),
        )
