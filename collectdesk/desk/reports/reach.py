"""Whose work somebody may see (可见范围): a lead the team, administrators and officers the desk, a collector their own.

A team is the one a collector is in now; calls of one who has moved go with them.
"""

from __future__ import annotations

from msgspec import Struct

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.reports.figure import Scope
from collectdesk.desk.window import SCRIPT, Window
from collectdesk.errors import N_, NotFound, NotPermitted

EVERYBODY = "SELECT s.id, s.number, s.role, s.superior, s.status, t.name FROM staff s LEFT JOIN team t ON t.id = s.team"


class Person(Struct, frozen=True):
    """Somebody of the desk; ``team`` is its name."""

    id: int
    number: str
    role: str
    superior: int | None
    status: str
    team: str | None


class Reach(Struct, frozen=True, kw_only=True):
    """What a report covers.

    ``keys``: of the staff whose work it is; none means everybody's, and work nobody of the desk did. ``staff``:
    everybody of the desk by key, to tell rows apart.
    """

    scope: Scope
    keys: frozenset[int] | None
    staff: dict[int, Person]


def reach_of(window: Window, team: str, collector: str, *, own: bool) -> Reach:
    """What whoever is signed in sees, narrowed to a team or a collector.

    Args:
        window: the desk.
        team, collector: a team's name, a staff number; empty for everything that may be seen.
        own: whether a collector may see this report about themselves.
    Raises:
        NotFound: there is no such team or collector.
        NotPermitted: it is not theirs to see.
    """
    staff = {row[0]: Person(*row) for row in window.ask(EVERYBODY, {})}
    may = _may(window, staff, own=own)
    if not collector and not team:
        return _reach(window, staff, may)
    wanted = _collector(staff, collector) if collector else _team(staff, team)
    if may is not None and not wanted <= may:
        raise NotPermitted(
            "not_your_team",
            N_("That is not your team's work."),
            hint=N_("A lead sees the team, an administrator or officer the whole desk."),
        )
    return Reach(
        scope=Scope(
            whose="collector" if collector else "team",
            team=team or None,
            collector=collector or None,
            people=_people(staff, wanted),
        ),
        keys=wanted,
        staff=staff,
    )


def _may(window: Window, staff: dict[int, Person], *, own: bool) -> frozenset[int] | None:
    me = window.staff
    if me.role in (*DECIDING[1:], SCRIPT):
        return None
    if me.role == DECIDING[0]:
        mine = staff[me.id].team
        return frozenset(
            key
            for key, each in staff.items()
            if key == me.id or each.superior == me.id or (mine is not None and each.team == mine)
        )
    if own:
        return frozenset((me.id,))
    from collectdesk.desk.reports.catalogue import of_oneself

    raise NotPermitted(
        "role",
        N_("Only these may do this: {roles}. You are signed in as: {role}."),
        hint=N_("About themselves collectors may ask for these reports: {reports}."),
        roles=" / ".join(DECIDING),
        role=me.role,
        reports=", ".join(of_oneself()),
    )


def _reach(window: Window, staff: dict[int, Person], may: frozenset[int] | None) -> Reach:
    if may is None:
        everybody = frozenset(staff)
        return Reach(scope=Scope(whose="desk", people=_people(staff, everybody)), keys=None, staff=staff)
    me = staff[window.staff.id]
    if me.role == DECIDING[0]:
        scope = Scope(whose="team", team=me.team, people=_people(staff, may))
    else:
        scope = Scope(whose="collector", collector=me.number, people=1)
    return Reach(scope=scope, keys=may, staff=staff)


def _people(staff: dict[int, Person], keys: frozenset[int]) -> int:
    return sum(staff[key].role == "collector" and staff[key].status != "removed" for key in keys)


def _team(staff: dict[int, Person], team: str) -> frozenset[int]:
    found = frozenset(key for key, each in staff.items() if each.team == team)
    if not found:
        raise NotFound("no_such_team", N_("There is no such team on this desk, or nobody is in it."))
    return found


def _collector(staff: dict[int, Person], number: str) -> frozenset[int]:
    found = frozenset(key for key, each in staff.items() if each.number == number)
    if not found:
        raise NotFound("no_such_staff", N_("Nobody on this desk has that staff number."))
    return found
