"""The people of the desk (人员): added with a team and a superior, given a key slot, removed with a new key.

Slot first, then the row: an interruption between them leaves what ``doctor`` names and the same command repairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from collectdesk.desk.office import Member, Office, member_of
from collectdesk.desk.signing import set_verifier
from collectdesk.errors import N_, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store import home as homes
from collectdesk.store import journal, keys, sessions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Staff

ROLES = ("collector", "lead", "admin", "officer")
SUPERIORS = ("lead", "admin", "officer")


@dataclass(frozen=True)
class NewStaff:
    """Somebody to add; ``team`` is a team's name (made when there is none of it), ``superior`` a staff number."""

    number: str
    name: str
    role: str
    team: str
    superior: str


def require_free(office: Office, number: str) -> None:
    """Refuse a staff number that is or was somebody's, before anything is asked.

    Raises:
        Busy: it is taken.
        BadData: it cannot be one.
    """
    from collectdesk.store import slots

    slots.path_of(office.home.slots, number)
    with office.reading() as session:
        if _row(session, number) is not None:
            raise Busy(
                "staff_number_taken", N_("This staff number is or was somebody's."), hint=N_("Choose another one.")
            )


def require_superior(office: Office, number: str) -> None:
    """Refuse a superior who is not there, or who only collects, before a passphrase is typed.

    Raises:
        NotFound: no active staff has that number.
        UsageProblem: they cannot be alerted as a superior.
    """
    with office.reading() as session:
        superior = find(session, number)
    if superior.role not in SUPERIORS:
        raise UsageProblem(
            "superior_role",
            N_("A superior is a lead, an officer or an administrator."),
            hint=N_("`collectdesk staff list` shows who is."),
        )


def add(office: Office, wish: NewStaff, passphrase: str) -> Member:
    """Add a member of staff; for an admin to do.

    Raises:
        NotPermitted: not an admin.
        NotFound: no active staff has the superior's number.
        Busy: the number is taken.
        UsageProblem: the passphrase is too short.
    """
    office.require_role("admin")
    keys.require_passphrase(passphrase)
    require_free(office, wish.number)
    require_superior(office, wish.superior)
    if not office.store.on_server:
        keys.add_passphrase(office.home, _desk(office), wish.number, passphrase, office.key)
    return _insert(office, wish, passphrase)


def set_passphrase(office: Office, number: str, passphrase: str) -> Member:
    """Give somebody a new passphrase: everyone their own, an admin anybody's.

    Raises:
        NotPermitted: somebody else's, and not an admin.
        NotFound: no such active staff.
    """
    if number != office.staff.number:
        office.require_role("admin")
    keys.require_passphrase(passphrase)
    with office.writing() as session:
        member = find(session, number)
        if office.store.on_server:
            set_verifier(session, member.id, passphrase, office.now())
        else:
            keys.add_passphrase(office.home, _desk(office), number, passphrase, office.key)
        _journal(office, session, "staff_passphrase", member.id, {})
    return member


def add_token(office: Office, number: str, name: str, scope: Sequence[str], expires_at: int) -> str:
    """Make a script account (脚本账号): bounded to ``scope``, ending at ``expires_at``; its token.

    Raises:
        NotPermitted: not an admin.
        UsageProblem: no such scope.
        Busy: the number is taken.
    """
    office.require_role("admin")
    require_free(office, number)
    wish = NewStaff(number, name, "script", "", office.staff.number)
    token = _make_token(office, number, scope, expires_at)
    _insert(office, wish, token, tuple(scope), expires_at)
    return token


def remove(office: Office, number: str) -> int:
    """Remove somebody and give the desk a new key; how many open cases were theirs.

    Others who are signed in sign in again: their sessions hold the key that was replaced.

    Raises:
        NotPermitted: not an admin, or oneself.
        NotFound: no such active staff.
        Busy: a call of theirs is open, or the database is in use elsewhere.
    """
    office.require_role("admin")
    if number == office.staff.number:
        raise NotPermitted(
            "removes_himself", N_("Nobody removes himself."), hint=N_("Let another administrator sign in and do it.")
        )
    with office.reading() as session:
        member = find(session, number)
        _refuse_open_call(session, member)
    fresh = office
    if not office.store.on_server:
        fresh = _rekeyed(office, number)
    with fresh.writing() as session:
        row = _row(session, number)
        assert row is not None
        row.status, row.removed_at = "removed", fresh.now()
        _journal(fresh, session, "staff_remove", member.id, {"status": "removed"})
        return _release_cases(session, member)


def find(session: Session, number: str) -> Member:
    """The active member of staff with this number.

    Raises:
        NotFound: there is none.
    """
    member = member_of(session, number)
    if member is None:
        raise NotFound(
            "no_such_staff",
            N_("Nobody active on this desk has that staff number."),
            hint=N_("`collectdesk staff list` shows who is."),
        )
    return member


def _insert(
    office: Office,
    wish: NewStaff,
    secret: str,
    scope: tuple[str, ...] | None = None,
    expires_at: int | None = None,
) -> Member:
    from collectdesk.store.tables import Staff

    with office.writing() as session:
        superior = find(session, wish.superior)
        team = _team(session, wish.team) if wish.team else None
        row = Staff(
            number=wish.number,
            name=wish.name,
            role=wish.role,
            team=team,
            superior=superior.id,
            joined_at=office.now(),
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        if office.store.on_server:
            set_verifier(session, row.id, secret, office.now(), scope=scope, expires_at=expires_at)
        facts = {"role": wish.role, "team": team, "superior": superior.id, "scope": list(scope or ())}
        _journal(office, session, "staff_add", row.id, facts)
        return Member(row.id, row.number, row.name, row.role, team, superior.id)


def _make_token(office: Office, number: str, scope: Sequence[str], expires_at: int) -> str:
    """A local account's token opens its slot; a server's is checked by its verifier."""
    if office.store.on_server:
        keys.require_scope(scope)
        return keys.new_token()
    return keys.add_token(office.home, _desk(office), number, office.key, scope, expires_at)


def _team(session: Session, name: str) -> int:
    from sqlmodel import select

    from collectdesk.store.tables import Team

    team = session.execute(select(Team).where(Team.name == name)).scalar_one_or_none() or Team(name=name)
    session.add(team)
    session.flush()
    assert team.id is not None
    return team.id


def _rekeyed(office: Office, leaving: str) -> Office:
    """The office under a new key; who is signed in here goes on with it, but for who leaves."""
    desk = _desk(office)
    sessions.end_of(desk, leaving)
    office.store.close()
    key = keys.rekey(office.home, office.key, without=leaving)
    for signed_in in sessions.every(desk):
        sessions.write(msgspec.structs.replace(signed_in, key=key))
    return replace(office, key=key, store=homes.open_store(office.home, key))


def _refuse_open_call(session: Session, member: Member) -> None:
    from sqlalchemy import text

    sql = "SELECT count(*) FROM permit WHERE collector = :id AND state IN ('granted', 'shown')"
    if session.execute(text(sql), {"id": member.id}).scalar_one():
        raise Busy(
            "call_open",
            N_("A call of this member of staff is still open."),
            hint=N_("It must be finished, or closed by a lead, first."),
        )


def _release_cases(session: Session, member: Member) -> int:
    """The removed collector's cases go back to the team."""
    from sqlalchemy import CursorResult, text

    done = session.execute(text("UPDATE case_file SET collector = NULL WHERE collector = :id"), {"id": member.id})
    assert isinstance(done, CursorResult)
    return done.rowcount


def _row(session: Session, number: str) -> Staff | None:
    from sqlmodel import select

    from collectdesk.store.tables import Staff

    return session.execute(select(Staff).where(Staff.number == number)).scalar_one_or_none()


def _journal(office: Office, session: Session, action: str, staff: int, after: Mapping[str, object]) -> None:
    journal.append(
        session, at=office.now(), actor=office.staff.number, action=action, subject=f"staff:{staff}", after=after
    )


def _desk(office: Office) -> str:
    return homes.read(office.home).desk
