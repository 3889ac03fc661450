"""Who is alerted, one after the other (通知顺序): the superior, theirs, then the other leads, administrators, officers.

Never whoever raised it; the other departments of the desk's list come in with the first that did not answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from collectdesk.desk.four_eyes import Person, deciders, people
from collectdesk.store.tables import EmergencyContact

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

EVERY = "all"
"""The kind a department is told of that is told of every emergency."""
UNNAMED = "unnamed"
"""The kind of an emergency as long as nobody said what it is."""


def in_line(where: Connection | Session, by_staff: int) -> list[Person]:
    """Everybody who is alerted of what ``by_staff`` raised, in order; each may also take it."""
    others = deciders(where, {by_staff})
    known = {person.id: person for person in others}
    superiors = {person.id: person.superior for person in people(where)}
    above: list[Person] = []
    at = superiors.get(by_staff)
    while at is not None and at in known and known[at] not in above:
        above.append(known[at])
        at = known[at].superior
    return [*above, *(person for person in others if person not in above)]


def departments(where: Connection | Session, kind: str) -> list[Any]:
    """The departments that are told of ``kind``, those of the kind itself first; rows of ``EmergencyContact``."""
    wanted = (EVERY, "other") if kind == UNNAMED else (EVERY, kind)
    columns = (col(EmergencyContact.id), col(EmergencyContact.kind), col(EmergencyContact.name))
    asked = select(*columns, col(EmergencyContact.email), col(EmergencyContact.phone)).where(
        col(EmergencyContact.removed_at).is_(None), or_(*(col(EmergencyContact.kind) == each for each in wanted))
    )
    found = where.execute(asked).all()
    return sorted(found, key=lambda row: (row.kind == EVERY, row.id))
