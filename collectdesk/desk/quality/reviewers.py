"""Who may review a call (质检人): somebody who decides and is not of the call's line (回避).

Never the collector; not their direct superior where another is there; nor whoever reviewed it before.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes
from collectdesk.desk.four_eyes import DECIDING, Person
from collectdesk.errors import N_, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office


def reviewers(where: Connection | Session, collector: int, before: Collection[int] = ()) -> list[Person]:
    """Who may review a call of ``collector`` (key), none of ``before`` among them; leads first."""
    return ranked(four_eyes.people(where), collector, superior_of(where, collector), before)


def ranked(
    everybody: Collection[Person], collector: int, superior: int | None, before: Collection[int] = ()
) -> list[Person]:
    """The same of ``everybody``."""
    able = [each for each in everybody if each.role in DECIDING and each.id not in (collector, *before)]
    return [each for each in able if each.id != superior] or able


def superior_of(where: Connection | Session, collector: int) -> int | None:
    """The key of somebody's direct superior, be they active or not."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    return where.execute(select(col(Staff.superior)).where(col(Staff.id) == collector)).scalar()


def settlers(where: Connection | Session, collector: int, first: int, second: int) -> list[Person]:
    """Who may settle a difference between two reviews: a third person, else whoever reviewed first."""
    third = reviewers(where, collector, (first, second))
    return third or [each for each in four_eyes.people(where) if each.id == first]


def require(office: Office, may: Collection[Person]) -> None:
    """Go on only if whoever is signed in is one of ``may``.

    Raises:
        NotPermitted: they only collect, or it is somebody else's to do; says whose.
    """
    office.require_role(*DECIDING)
    if office.staff.id in {each.id for each in may}:
        return
    raise NotPermitted(
        "in_the_line",
        N_("This call is in your own line, or you reviewed it before; somebody else does it."),
        hint=N_("These may: {numbers}.") if may else N_("Nobody else of this desk may: another lead is needed."),
        numbers=", ".join(each.number for each in may),
    )
