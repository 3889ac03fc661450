"""The courses on the shelf: what is in force, how whoever is signed in stands with each, what each owes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk import adoption
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.training import current
from collectdesk.desk.training.courses import Course, Item, Section
from collectdesk.desk.training.due import Due, due, ends
from collectdesk.desk.training.record import Tried, attempts, left, require_seen
from collectdesk.desk.training.tries import Tries
from collectdesk.errors import N_, NotFound

if TYPE_CHECKING:
    from collectdesk.desk.adoptable import Adopted
    from collectdesk.desk.office import Office

CALLERS = ("collector", "lead", "admin")


class Standing(Struct, frozen=True, kw_only=True):
    """A course and how somebody stands with it; ``outdated`` questions are not asked on this desk."""

    name: str
    version: str
    digest: str
    course: Course
    asked: int
    outdated: tuple[str, ...]
    tries: Tries
    last: Tried | None


class Shelf(Struct, frozen=True, kw_only=True):
    """All courses, and until which local date the exam of whoever is signed in counts; none where they have none."""

    courses: tuple[Standing, ...]
    certified: bool
    until: date | None


class Taught(Struct, frozen=True, kw_only=True):
    """A course, or one section of it; its questions only where they were asked for."""

    name: str
    version: str
    course: Course
    sections: tuple[Section, ...]
    questions: tuple[Item, ...]


def shelf(office: Office) -> Shelf:
    """What there is to learn, and how whoever is signed in stands."""
    at = office.now()
    with office.reading() as session:
        tried = attempts(session, office.staff.id)
        found = []
        for each in adoption.in_force(session, "course", at):
            gone = current.outdated(session, each.value, at)
            found.append(
                Standing(
                    name=each.name,
                    version=each.version,
                    digest=each.digest,
                    course=each.value,
                    asked=len(each.value.questions) - len(gone),
                    outdated=tuple(item.id for item in gone),
                    tries=left(session, office.staff.id, each.name, at),
                    last=next((one for one in tried if one.course == each.name and one.section is None), None),
                )
            )
        held = ends(session, office.staff.id)
    return Shelf(courses=tuple(found), certified="exam" in held, until=held.get("exam"))


def read_course(office: Office, name: str, section: str, *, questions: bool) -> Taught:
    """A course to read.

    Raises:
        NotFound: there is no such course or section.
        NotPermitted: its questions, for somebody who only collects.
    """
    if questions:
        office.require_role(*DECIDING)
    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "course", office.now())
    each = _one(found, name)
    course: Course = each.value
    sections = tuple(one for one in course.sections if section in ("", one.name))
    if not sections:
        names = ", ".join(one.name for one in course.sections)
        raise NotFound("no_such_section", N_("The sections are: {names}."), names=names)
    asked = tuple(item for one in sections for item in course.of(one.name)) if questions else ()
    return Taught(name=each.name, version=each.version, course=course, sections=sections, questions=asked)


def owed(office: Office, number: str, *, everybody: bool) -> list[tuple[str, list[Due]]]:
    """What is due, by staff number: of whoever is signed in, of one person, or of everybody who calls.

    Raises:
        NotPermitted: of others, for somebody who only collects.
        NotFound: nobody active has that number.
    """
    from sqlmodel import col, select

    from collectdesk.desk.staff import find
    from collectdesk.store.tables import Staff

    if everybody:
        office.require_role(*DECIDING)
    wanted = number or office.staff.number
    require_seen(office, wanted)
    with office.reading() as session:
        if not everybody:
            member = find(session, wanted)
            return [(member.number, due(session, member.id, member.number, office.now()))]
        asked = select(Staff).where(col(Staff.status) == "active", col(Staff.role).in_(CALLERS))
        rows = session.execute(asked.order_by(col(Staff.number))).scalars()
        return [(row.number, due(session, row.id or 0, row.number, office.now())) for row in rows]


def sat(office: Office, number: str) -> tuple[str, list[Tried]]:
    """The exams somebody sat, the newest first.

    Raises:
        NotPermitted, NotFound: see ``owed``.
    """
    from collectdesk.desk.staff import find

    wanted = number or office.staff.number
    require_seen(office, wanted)
    with office.reading() as session:
        member = find(session, wanted)
        return member.number, attempts(session, member.id)


def _one(found: list[Adopted], name: str) -> Adopted:
    matching = [each for each in found if name in ("", each.name)]
    if not matching:
        names = ", ".join(each.name for each in found)
        raise NotFound("no_such_course", N_("Which course? This desk has: {names}."), names=names or "-")
    return matching[0]
