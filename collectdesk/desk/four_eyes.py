"""Four eyes (双人复核): who may decide a matter that somebody of the desk is party to.

The superior of the person it is about first, then any other lead, then an administrator, then a compliance officer;
never the person it is about, nor whoever asked for the decision. Where nobody is left, an officer outside the desk
decides (``desk.requests``), and what they answered is entered by whoever has least to do with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.errors import N_, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

DECIDING = ("lead", "admin", "officer")
"""Roles that decide, in the order they are asked."""
PEOPLE = ("lead", "admin", "officer", "collector")
"""Everybody who signs in as a person, those who decide first."""


class Person(NamedTuple):
    """Somebody of the desk: key, staff number, role, and the key of their superior."""

    id: int
    number: str
    role: str
    superior: int | None


def deciders(where: Connection | Session, about: Collection[int]) -> list[Person]:
    """Who may decide a matter that the staff ``about`` (keys) are party to, whom to ask first at the front."""
    return ranked(people(where), about)


def ranked(everybody: Sequence[Person], about: Collection[int]) -> list[Person]:
    """The same of ``everybody``."""
    superiors = {person.superior for person in everybody if person.id in about}
    found = [person for person in everybody if person.role in DECIDING and person.id not in about]
    return sorted(found, key=lambda person: (person.id not in superiors, DECIDING.index(person.role), person.number))


def people(where: Connection | Session) -> list[Person]:
    """Everybody active who signs in as a person, those who decide first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    columns = (col(Staff.id), col(Staff.number), col(Staff.role), col(Staff.superior))
    asked = select(*columns).where(col(Staff.status) == "active", col(Staff.role).in_(PEOPLE))
    found = [Person(row[0] or 0, *row[1:]) for row in where.execute(asked).all()]
    return sorted(found, key=lambda person: (PEOPLE.index(person.role), person.number))


def require_decider(office: Office, where: Connection | Session, about: Collection[int]) -> None:
    """Go on only if whoever is signed in may decide it.

    Raises:
        NotPermitted: they only collect, or are party to it; says who may.
    """
    office.require_role(*DECIDING)
    if office.staff.id not in about:
        return
    raise NotPermitted(
        "own_matter",
        N_("You are party to this, so somebody else decides it."),
        hint=who_may(deciders(where, about)),
        numbers=_numbers(deciders(where, about)),
    )


def who_may(others: Sequence[Person]) -> str:
    """The hint that goes with a refusal; its parameter is ``numbers``."""
    if others:
        return N_("These may: {numbers}.")
    return N_("Nobody else of this desk may: put it to an outside officer with `collectdesk request add`.")


def scribes(where: Connection | Session, party: Collection[int]) -> list[Person]:
    """Who may enter what an outside officer decided: whoever is not party, those who decide before those who do not.

    The evidence decides, not whoever enters it; so on a desk where everybody is party, anybody may.
    """
    everybody = people(where)
    free = [person for person in everybody if person.id not in party]
    return [person for person in free if person.role in DECIDING] or free or everybody


def require_scribe(office: Office, where: Connection | Session, party: Collection[int]) -> None:
    """Go on only if whoever is signed in may enter an outside officer's answer.

    Raises:
        NotPermitted: somebody with less to do with it is there; says who.
    """
    may = scribes(where, party)
    if office.staff.id in {person.id for person in may}:
        return
    raise NotPermitted(
        "not_scribe",
        N_("Somebody who is not party to this enters the answer."),
        hint=N_("These may: {numbers}."),
        numbers=_numbers(may),
    )


def _numbers(found: Iterable[Person]) -> str:
    return ", ".join(person.number for person in found)
