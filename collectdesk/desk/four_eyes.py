"""Four eyes (双人复核): who may decide a matter that somebody of the desk is party to.

The superior of the person it is about first, then any other lead, then an administrator, then an officer; never the
person it is about, nor whoever asked for the decision.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from collectdesk.errors import N_, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Staff

DECIDING = ("lead", "admin", "officer")
"""Roles that decide, in the order they are asked."""


def deciders(session: Session, about: Collection[int]) -> list[Staff]:
    """Who may decide a matter that the staff ``about`` (keys) are party to, whom to ask first at the front."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    superiors = set(session.execute(select(col(Staff.superior)).where(col(Staff.id).in_(about))).scalars())
    asked = select(Staff).where(col(Staff.status) == "active", col(Staff.role).in_(DECIDING))
    found = [row for row in session.execute(asked).scalars() if row.id not in about]
    return sorted(found, key=lambda row: (row.id not in superiors, DECIDING.index(row.role), row.number))


def require_decider(office: Office, session: Session, about: Collection[int]) -> None:
    """Go on only if whoever is signed in may decide it.

    Raises:
        NotPermitted: they only collect, or are party to it; says who may.
    """
    office.require_role(*DECIDING)
    if office.staff.id not in about:
        return
    others = deciders(session, about)
    raise NotPermitted(
        "own_matter",
        N_("You are party to this, so somebody else decides it."),
        hint=N_("These may: {numbers}.")
        if others
        else N_("Nobody else of this desk may; `collectdesk doctor` says what then."),
        numbers=", ".join(row.number for row in others),
    )
