"""Who may review a call (质检人): somebody who decides and is not of the call's line (回避).

Never the collector; not their direct superior where another is there; nor whoever reviewed it before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk import four_eyes
from collectdesk.desk.four_eyes import DECIDING, Person
from collectdesk.errors import N_, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import QualityReview


class Floor(NamedTuple):
    """Everybody of the desk, those who decide first, and whose direct superior is who (by key)."""

    people: Collection[Person]
    superiors: Mapping[int, int | None]

    def reviewers(self, collector: int, before: Collection[int] = ()) -> list[Person]:
        """Who may review a call of ``collector`` (key), none of ``before`` among them; leads first."""
        able = [each for each in self.people if each.role in DECIDING and each.id not in (collector, *before)]
        return [each for each in able if each.id != self.superiors.get(collector)] or able

    def settlers(self, collector: int, first: int, second: int) -> list[Person]:
        """Who may settle a difference between two reviews: a third person, else whoever reviewed first."""
        third = self.reviewers(collector, (first, second))
        return third or [each for each in self.people if each.id == first]

    def next(self, row: QualityReview) -> list[Person]:
        """Who may do what comes next with a review; nobody where it is the collector's turn, or it is over."""
        if row.status in ("waiting", "recheck"):
            return self.reviewers(row.collector, () if row.first_by is None else (row.first_by,))
        if row.status in ("claimed", "rechecking"):
            return [each for each in self.people if each.id == row.claimed_by]
        if row.status == "differing" and row.first_by is not None and row.second_by is not None:
            return self.settlers(row.collector, row.first_by, row.second_by)
        return self.reviewers(row.collector) if row.status in ("replied", "answered") else []


def floor(where: Connection | Session) -> Floor:
    """Everybody as they stand now."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    rows = where.execute(select(col(Staff.id), col(Staff.superior))).all()
    return Floor(four_eyes.people(where), {int(key): superior for key, superior in rows if key is not None})


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
