"""Shipped texts a desk has not adopted: after an update of the program an admin takes them in.

The house rulebook is the company's own once there is one; a shipped one never replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import KINDS, identify, shipped_texts
from collectdesk.desk.house import HOUSE
from collectdesk.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collectdesk.desk.office import Office


@dataclass(frozen=True)
class Pending:
    """A shipped text that is not in force here; ``known`` when this version was adopted once, in whatever wording."""

    kind: str
    name: str
    version: str
    file: str
    text: bytes
    known: bool


def differing(office: Office) -> list[Pending]:
    """Every shipped text that differs from what is in force, the house rulebook too."""
    from sqlalchemy import text as sql

    now = office.now()
    with office.reader.connect() as connection:
        held = {(kind, each.name): each.digest for kind in KINDS for each in adoption.in_force(connection, kind, now)}
        rows = connection.execute(sql("SELECT kind, name, version FROM adoption")).all()
    known = {(row.kind, row.name, row.version) for row in rows}
    found = []
    for kind, file, text in shipped_texts():
        try:
            name, version, digest = identify(kind, text, file)
        except BadData:  # edited beyond reading: it differs, and cannot be taken in
            found.append(Pending(kind, "", "", file, text, known=True))
            continue
        if held.get((kind, name)) != digest:
            found.append(Pending(kind, name, version, file, text, (kind, name, version) in known))
    return found


def pending(office: Office) -> list[Pending]:
    """What can be taken in: versions never adopted here, without the house rulebook where there is one."""
    from_house = {("rulebook", HOUSE)} if _has_house(office) else set()
    return [each for each in differing(office) if not each.known and (each.kind, each.name) not in from_house]


def adopt_all(office: Office, texts: Sequence[Pending]) -> None:
    """Adopt them, all or none."""
    with office.writing() as session:
        now = office.now()
        for each in texts:
            adoption.adopt(session, each.kind, each.text, by=office.staff, at=now, effective_from=now, file=each.file)
        adoption.require_consistent(session, now)


def _has_house(office: Office) -> bool:
    with office.reader.connect() as connection:
        return any(each.name == HOUSE for each in adoption.in_force(connection, "rulebook", office.now()))
