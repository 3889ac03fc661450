"""Reading a changed text again (重新学习, policy article 13.2): what is new in it, and that it was read."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.training.changed import Changed, changed
from collectdesk.errors import N_, NotFound
from collectdesk.store import journal
from collectdesk.store.case_rows import driver_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Adoption

AROUND = 2
"""Lines shown beside each that changed."""


class News(Struct, frozen=True):
    """A changed text: what is left to do about it, the version before, and its lines, ``+`` new, ``-`` gone."""

    changed: Changed
    before: str | None
    lines: tuple[str, ...]


def unread(office: Office) -> list[Changed]:
    """What whoever is signed in has not read yet, the oldest first."""
    with office.reader.connect() as connection:
        return [each for each in changed(driver_of(connection), office.staff.id, office.now()) if not each.read]


def news(office: Office, name: str) -> News:
    """A text that is to be read, by its name (``house``) or kind and name (``rulebook/house``).

    Raises:
        NotFound: nothing of that name is to be read.
    """
    left = unread(office)
    found = [each for each in left if name in (each.code, each.name)]
    if len(found) != 1:
        raise NotFound(
            "nothing_to_read",
            N_("Nothing of that name is to be read."),
            hint=N_("To be read: {names}.") if left else N_("`collectdesk train due` says what else is due."),
            names=", ".join(each.code for each in left),
        )
    with office.reading() as session:
        now, before = _versions(session, found[0])
    old = before.content.splitlines() if before else []
    shown = list(unified_diff(old, now.content.splitlines(), lineterm="", n=AROUND))[2:]
    return News(found[0], before.version if before else None, tuple(shown))


def read(office: Office, text: Changed) -> None:
    """Write down that whoever is signed in has read it; once."""
    from sqlalchemy import insert

    from collectdesk.store.engine import lock_row
    from collectdesk.store.tables import Reading

    with office.writing() as session:
        lock_row(session.connection(), "staff", office.staff.id)
        left = changed(driver_of(session.connection()), office.staff.id, office.now())
        if not any(each.digest == text.digest and each.code == text.code and not each.read for each in left):
            return
        row = {"kind": text.kind, "name": text.name, "version": text.version, "digest": text.digest}
        session.execute(insert(Reading), {**row, "staff": office.staff.id, "at": office.now()})
        journal.append(
            session,
            at=office.now(),
            actor=office.staff.number,
            action="training.read",
            subject=f"staff:{office.staff.id}",
            after=row,
        )


def _versions(session: Session, text: Changed) -> tuple[Adoption, Adoption | None]:
    """The text as adopted, and what it replaced."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Adoption

    asked = select(Adoption).where(col(Adoption.kind) == text.kind, col(Adoption.name) == text.name)
    rows: Sequence[Adoption] = session.execute(asked.order_by(col(Adoption.id))).scalars().all()
    at = next(at for at, row in enumerate(rows) if row.id == text.key)
    return rows[at], rows[at - 1] if at else None
