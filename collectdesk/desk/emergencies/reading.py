"""Emergencies as they are read: the list, one with all that was done, and the report of the incident (事件报告)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.desk import casebook, steps
from collectdesk.desk.emergencies.acts import find, may_see, require_seen
from collectdesk.desk.emergencies.alarm import KIND
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.lifecycle import Move, lifecycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Emergency, EmergencyAlert


@dataclass(frozen=True)
class Told:
    """An alert: whom it was to (a staff number or a department's name), and how it left; ``mail`` is a file's name."""

    at: int
    level: int
    to: str
    department: bool
    delivered_at: int | None
    hook: str | None
    mail: str | None


@dataclass(frozen=True)
class Done:
    """A step: what was done, when, by which staff number (none where the desk acted), and what was recorded."""

    at: int
    act: str
    state: str
    by: str | None
    content: Mapping[str, object]


@dataclass(frozen=True)
class EmergencyView:
    """One emergency: its row, the case's number, numbers of the staff by key, steps, alerts, what can be done next."""

    row: Emergency
    case: str
    staff: Mapping[int, str]
    done: tuple[Done, ...]
    told: tuple[Told, ...]
    moves: tuple[Move, ...]

    @property
    def name(self) -> str:
        """Its public id."""
        return f"g{self.row.id}"

    def number(self, staff: int | None) -> str | None:
        """A staff number."""
        return None if staff is None else self.staff.get(staff)

    @property
    def acknowledged_after(self) -> int | None:
        """Seconds until somebody took it; none yet."""
        return None if self.row.acknowledged_at is None else max(0, self.row.acknowledged_at - self.row.at)


def listing(office: Office, *, closed: bool = False) -> list[EmergencyView]:
    """Those whoever is signed in may see, the open ones first, newest first; ``closed`` brings those that are over."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Emergency

    with office.reading() as session:
        rows = session.execute(select(Emergency).order_by(col(Emergency.at).desc(), col(Emergency.id).desc())).scalars()
        seen = [row for row in rows if may_see(office, row) and (closed or row.status != "closed")]
        views = [_view(office, session, row) for row in seen]
    return sorted(views, key=lambda view: _ORDER.index(view.row.status))


_ORDER = ("open", "acknowledged", "release_asked", "closed")


def view(office: Office, name: str) -> EmergencyView:
    """One emergency with all that was done.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not theirs to look at.
    """
    with office.reading() as session:
        row = find(session, name)
        require_seen(office, row)
        return _view(office, session, row)


@dataclass(frozen=True)
class Whereabouts:
    """What police or ambulance need: name, numbers that work, last known address."""

    name: str
    numbers: tuple[str, ...]
    address: str | None


def whereabouts(office: Office, name: str) -> Whereabouts:
    """The same, in full; that it was shown is journalled.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not theirs to look at.
    """
    with office.reading() as session:
        row = find(session, name)
        require_seen(office, row)
        from collectdesk.store.tables import CaseFile

        case = session.get(CaseFile, row.case_id)
        assert case is not None
        code = case.code
    casebook.unmask(office, code, f"emergency g{row.id}")
    with office.reading() as session:
        debtor = casebook.read(session, code).debtor
        usable = tuple(each.number for each in debtor.numbers if each.status not in ("invalid", "wrong"))
        return Whereabouts(debtor.person.name, usable, debtor.person.address)


def _view(office: Office, session: Session, row: Emergency) -> EmergencyView:
    from sqlmodel import select

    from collectdesk.store.tables import CaseFile, Staff

    assert row.id is not None
    case = session.get(CaseFile, row.case_id)
    assert case is not None
    staff = {each.id: each.number for each in session.execute(select(Staff)).scalars() if each.id is not None}
    done = tuple(
        Done(each.at, each.act, each.state, staff.get(each.by_staff or 0), each.content or {})
        for each in steps.steps_of(session, KIND, row.id)
    )
    told = tuple(_told(session, each, staff) for each in _alerts(session, row.id))
    session.expunge(row)
    return EmergencyView(row, case.code, staff, done, told, _open_to(office, row, lifecycle(KIND).acts(row.status)))


def _open_to(office: Office, row: Emergency, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """What whoever is signed in may do of it: who only collects adds a word and no more."""
    if office.staff.role not in DECIDING:
        return tuple(move for move in moves if move.act == "note")
    own = row.by_staff == office.staff.id
    asked = row.release_asked_by == office.staff.id
    barred = {*(("acknowledge", "call_back") if own else ()), *(("release", "refuse_release") if asked else ())}
    return tuple(move for move in moves if move.act not in barred)


def _alerts(session: Session, emergency: int) -> list[EmergencyAlert]:
    from sqlmodel import col, select

    from collectdesk.store.tables import EmergencyAlert

    asked = select(EmergencyAlert).where(col(EmergencyAlert.emergency) == emergency).order_by(col(EmergencyAlert.id))
    return list(session.execute(asked).scalars())


def _told(session: Session, alert: EmergencyAlert, staff: Mapping[int, str]) -> Told:
    from collectdesk.store.tables import EmergencyContact

    contact = session.get(EmergencyContact, alert.contact) if alert.contact is not None else None
    to = contact.name if contact else staff.get(alert.staff or 0, "")
    return Told(alert.at, alert.level, to, contact is not None, alert.delivered_at, alert.hook, alert.mail)
