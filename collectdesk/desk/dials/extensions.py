"""Whose extension it is (分机归属), and since when: so that a dial of the records is somebody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

ASSIGNING = ("lead", "admin", "officer")
FORM = re.compile(r"\w{1,20}")


class Seat(NamedTuple):
    """An extension, the staff number it is of, and since when (UTC seconds)."""

    extension: str
    staff: str
    since: int


def assign(office: Office, extension: str, staff: str, since: int) -> None:
    """Say whose an extension is from ``since`` on, until somebody else's begins.

    Raises:
        NotPermitted: a collector's sign-in.
        NotFound: no such member of staff.
        UsageProblem: that is no extension.
        Busy: something else is said of it for the same instant.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import Extension, Staff

    office.require_role(*ASSIGNING)
    if not FORM.fullmatch(extension.strip()):
        raise UsageProblem("extension_form", N_("That is not an extension, such as 601."), hint="")
    with office.writing() as session:
        member = session.execute(select(Staff).where(col(Staff.number) == staff.strip())).scalars().first()
        if member is None:
            raise NotFound("no_such_staff", N_("Nobody here has that staff number."), hint="collectdesk staff list")
        said = select(Extension).where(col(Extension.number) == extension.strip(), col(Extension.from_at) == since)
        held = session.execute(said).scalars().first()
        if held is not None and held.staff == member.id:
            return
        if held is not None:
            raise Busy("extension_taken", N_("From that instant on it is somebody else's."), hint="--since")
        row = Extension(
            number=extension.strip(), staff=member.id or 0, from_at=since, at=office.now(), by_staff=office.staff.id
        )
        session.add(row)
        session.flush()
        after = {"number": row.number, "staff": member.number, "from_at": since}
        journal.append(
            session, at=row.at, actor=office.staff.number, action="calls.extension", subject=f"extension:{row.id}",
            after=after,
        )  # fmt: skip


def listing(session: Session) -> list[Seat]:
    """Every extension with all it has been, the newest of each first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Extension, Staff

    asked = select(Extension, Staff.number).join(Staff, col(Staff.id) == col(Extension.staff))
    asked = asked.order_by(col(Extension.number), col(Extension.from_at).desc())
    return [Seat(row.number, number, row.from_at) for row, number in session.execute(asked).all()]
