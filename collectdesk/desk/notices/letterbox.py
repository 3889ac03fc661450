"""The letters of a desk (函件登记簿): their numbers, one by its name, all of them; and notices others sent."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from collectdesk.desk import casebook
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.errors import N_, NotFound
from collectdesk.store import ids
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Letter, Notice

T = METADATA.tables
NAME = "letter"
ONE_AT_A_TIME = 20_261_130
"""The advisory lock on a server under which numbers are given."""
SPELLED = re.compile(r"(20\d\d)-(\d{4,})")


@dataclass(frozen=True)
class View:
    """A letter or a notice that was brought in, with its case, whom it is to, its posting and what was done.

    ``letter`` is none for a notice a file of cases brought; ``notice`` is none while nothing was sent.
    """

    letter: Letter | None
    notice: Notice | None
    case: str
    person: str
    maker: str | None = None
    steps: tuple[Taken, ...] = ()

    @property
    def name(self) -> str:
        """Its public id: ``lt3``, or ``w12`` where a file brought it."""
        if self.letter is not None:
            return ids.public(NAME, self.letter.id or 0)
        assert self.notice is not None
        return ids.public("notice", self.notice.id or 0)

    @property
    def number(self) -> str | None:
        """Its number, where it was made here."""
        return number_of(self.letter) if self.letter is not None else None

    @property
    def kind(self) -> str:
        """What kind of notice."""
        row = self.letter or self.notice
        assert row is not None
        return row.kind

    @property
    def status(self) -> str:
        """Where it stands."""
        return self.letter.status if self.letter is not None else state_of(self.notice)


def numbered(connection: Connection, year: int) -> tuple[int, int]:
    """The next number of a year, held until the transaction ends: a year's have no gaps."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
    rows = T[NAME]
    last = connection.execute(select(func.max(rows.c.serial)).where(rows.c.year == year)).scalar()
    return year, int(last or 0) + 1


def spelled(year: int, serial: int) -> str:
    """``2026-0007``."""
    return f"{year}-{serial:04}"


def number_of(row: Letter) -> str | None:
    """A letter's number, where it was made here."""
    return spelled(row.year, row.serial) if row.year is not None and row.serial is not None else None


def digest(content: bytes) -> str:
    """The SHA-256 of a letter's file."""
    return hashlib.sha256(content).hexdigest()


def find(session: Session, name: str, *, lock: bool = False) -> Letter:
    """A letter by its public id or its number.

    Raises:
        NotFound: there is none.
    """
    from sqlmodel import col
    from sqlmodel import select as choose

    from collectdesk.store.tables import Letter

    plain = name.strip().lower()
    key = ids.private(NAME, plain)
    if key is None and (spelling := SPELLED.fullmatch(plain)):
        asked = choose(Letter.id).where(col(Letter.year) == int(spelling[1]), col(Letter.serial) == int(spelling[2]))
        key = session.execute(asked).scalars().first()
    row = session.get(Letter, key, with_for_update=lock or None) if key else None
    if row is None:
        raise NotFound(
            "no_such_letter", N_("There is no such letter."),
            hint=N_("`collectdesk notice list` names them: lt3, or by number: 2026-0003."),
        )  # fmt: skip
    return row


def standing_for(session: Session, name: str) -> str:
    """The name of the letter that stands for a notice a file brought, ``lt4`` for ``w12``; any other name as it is."""
    from sqlmodel import col
    from sqlmodel import select as choose

    from collectdesk.store.tables import Letter

    key = ids.private("notice", name.strip().lower())
    held = choose(Letter.id).where(col(Letter.notice) == key)
    found = session.execute(held).scalars().first() if key is not None else None
    return name if found is None else ids.public(NAME, found)


def listing(session: Session, code: str | None = None) -> list[View]:
    """Every letter, the newest first, and of a case the notices that files brought as well."""
    from sqlmodel import col
    from sqlmodel import select as choose

    from collectdesk.store.tables import CaseFile, Letter, Notice, Person, Staff

    asked = (
        choose(Letter, Notice, CaseFile.code, Person.name)
        .add_columns(col(Staff.number))
        .join(CaseFile, col(CaseFile.id) == col(Letter.case_id))
        .join(Person, col(Person.id) == col(Letter.person))
        .join(Staff, col(Staff.id) == col(Letter.made_by))
        .join(Notice, col(Notice.id) == col(Letter.notice), isouter=True)
        .order_by(col(Letter.id).desc())
    )
    case = casebook.find(session, code) if code is not None else None
    if case is not None:
        asked = asked.where(col(Letter.case_id) == case.id)
    rows = session.execute(asked).all()
    found = [View(letter, notice, named, person, maker) for letter, notice, named, person, maker in rows]
    return found if case is None else found + _brought(session, case.id or 0, case.debtor, case.code)


def view(session: Session, name: str) -> View:
    """One letter with all that was done with it.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import CaseFile, Notice, Person, Staff

    row = find(session, name)
    notice = session.get(Notice, row.notice) if row.notice is not None else None
    case, person = session.get_one(CaseFile, row.case_id), session.get_one(Person, row.person)
    maker = session.get_one(Staff, row.made_by)
    return View(row, notice, case.code, person.name, maker.number, taken(session, NAME, [row.id]).get(row.id or 0, ()))


def state_of(notice: Notice | None) -> str:
    """Where a notice stands that has no letter here."""
    if notice is None:
        return "made"
    return "returned" if notice.returned_at is not None else "received" if notice.received_at is not None else "sent"


def _brought(session: Session, case: int, debtor: int, code: str) -> list[View]:
    from sqlmodel import col
    from sqlmodel import select as choose

    from collectdesk.store.tables import Letter, Notice, Person

    own = choose(Letter.notice).where(col(Letter.notice).is_not(None))
    asked = choose(Notice).where(col(Notice.debtor) == debtor, col(Notice.id).not_in(own)).order_by(col(Notice.id))
    name = session.get_one(Person, debtor).name
    rows = session.execute(asked).scalars()
    return [View(None, row, code, name) for row in rows if not row.debts or case in row.debts]
