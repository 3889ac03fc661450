"""The record of one member of staff (人员档案): admission, qualifications, exams, reading, suspensions, practice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk import rehearsals
from collectdesk.desk.admission import acts as admission
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.lifecycle import Move, lifecycle
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.desk.training.due import Due, due
from collectdesk.desk.training.tries import Tries
from collectdesk.errors import N_, NotFound, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import ExamAttempt, Staff


class Checked(Struct, frozen=True):
    """An item of the vetting: its code, ``clear``, ``concern`` or not checked yet, the date, what shows it."""

    item: str
    result: str | None
    on: str | None
    evidence: str | None
    by: str | None


class Admitted(Struct, frozen=True, kw_only=True):
    """The admission record: its state, the items the house asks, the pledge, what may be done."""

    status: str
    items: tuple[Checked, ...]
    signed_on: str | None
    pledge: str | None
    moves: tuple[Move, ...]
    done: tuple[Taken, ...]


class Held(Struct, frozen=True, kw_only=True):
    """A qualification that was recorded; ``by`` is whoever attested it, none where the desk examined."""

    kind: str
    passed_on: str
    expires_on: str | None
    score: int | None
    by: str | None
    revoked: bool


class Tried(Struct, frozen=True, kw_only=True):
    """An attempt at an exam, of one section alone where that is named."""

    attempt: int
    course: str
    section: str | None
    version: str
    digest: str
    seed: int
    status: str
    score: int | None
    pass_mark: int
    started_at: int
    ended_at: int | None


class Off(Struct, frozen=True, kw_only=True):
    """A suspension: since when, why, by whom, until when; ``violation`` is its key where it was for one."""

    cause: str
    reason: str | None
    violation: int | None
    from_at: int
    by: str | None
    lifted_at: int | None
    lifted_by: str | None


class Record(Struct, frozen=True, kw_only=True):
    """Everything of one person."""

    number: str
    role: str
    status: str
    admission: Admitted
    qualifications: tuple[Held, ...]
    due: tuple[Due, ...]
    attempts: tuple[Tried, ...]
    readings: tuple[tuple[str, str, int], ...]
    suspensions: tuple[Off, ...]
    rehearsals: tuple[rehearsals.Kept, ...]
    exchanges: int


def record(office: Office, number: str) -> Record:
    """The record of ``number``; for themselves, and for those who decide.

    Raises:
        NotPermitted: they only collect, and it is somebody else's.
        NotFound: nobody has or had that number.
    """
    require_seen(office, number)
    with office.reading() as session:
        row, numbers = _staff(session, number), _numbers(session)
        assert row.id is not None
        own = office.staff.role not in DECIDING
        return Record(
            number=row.number,
            role=row.role,
            status=row.status,
            admission=_admission(session, row.id, numbers, office.now(), veiled=own),
            qualifications=_qualifications(session, row.id, numbers),
            due=tuple(due(session, row.id, row.number, office.now())) if row.status == "active" else (),
            attempts=tuple(attempts(session, row.id)),
            readings=_readings(session, row.id),
            suspensions=_suspensions(session, row.id, numbers),
            rehearsals=tuple(rehearsals.kept(session, row.id)),
            exchanges=_exchanges(session, row.id),
        )


def require_seen(office: Office, number: str) -> None:
    """Go on only if it is one's own, or one decides.

    Raises:
        NotPermitted: neither.
    """
    if office.staff.role not in DECIDING and number != office.staff.number:
        raise NotPermitted(
            "record_of_others",
            N_("One's own record, or anybody's for who leads."),
            hint=N_("Let one of them sign in with `collectdesk login`."),
        )


def attempts(session: Session, staff: int) -> list[Tried]:
    """The attempts of ``staff`` (key), the newest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import ExamAttempt

    asked = select(ExamAttempt).where(col(ExamAttempt.staff) == staff).order_by(col(ExamAttempt.id).desc())
    return [_tried(row) for row in session.execute(asked).scalars()]


def left(session: Session, staff: int, course: str, at: int) -> Tries:
    """The tries ``staff`` (key) has left at ``course``."""
    from collectdesk.desk import house
    from collectdesk.desk.training.tries import tries

    return tries(session, staff, course, house.in_force(session, at).training, at)


def _tried(row: ExamAttempt) -> Tried:
    return Tried(
        attempt=row.id or 0,
        course=row.course,
        section=row.section,
        version=row.version,
        digest=row.digest,
        seed=row.seed,
        status=row.status,
        score=row.score,
        pass_mark=row.pass_mark,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


def _staff(session: Session, number: str) -> Staff:
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    row = session.execute(select(Staff).where(col(Staff.number) == number.strip())).scalars().first()
    if row is None or row.role == "script":
        raise NotFound(
            "no_such_staff", N_("Nobody here has that staff number."), hint=N_("`collectdesk staff list` shows who is.")
        )
    return row


def _numbers(session: Session) -> Mapping[int | None, str]:
    from sqlmodel import select

    from collectdesk.store.tables import Staff

    return {row.id: row.number for row in session.execute(select(Staff)).scalars()}


def _admission(session: Session, staff: int, numbers: Mapping[int | None, str], at: int, *, veiled: bool) -> Admitted:
    from collectdesk.desk import house

    row = admission.of(session, staff)
    found = admission.newest(session, row) if row is not None else {}
    wanted = house.in_force(session, at).training.vetting
    items = []
    for item in (*wanted, *(each for each in found if each not in wanted)):
        each = found.get(item)
        if each is None:
            items.append(Checked(item, None, None, None, None))
        else:
            shown = None if veiled else each.evidence
            items.append(Checked(item, each.result, each.checked_on, shown, numbers[each.by_staff]))
    status = row.status if row is not None else "open"
    done = taken(session, admission.KIND, [row.id]).get(row.id or 0, ()) if row is not None and not veiled else ()
    return Admitted(
        status=status,
        items=tuple(items),
        signed_on=row.signed_on if row is not None else None,
        pledge=row.pledge if row is not None else None,
        moves=lifecycle(admission.LIFE).acts(status),
        done=done,
    )


def _qualifications(session: Session, staff: int, numbers: Mapping[int | None, str]) -> tuple[Held, ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Qualification

    asked = select(Qualification).where(col(Qualification.staff) == staff).order_by(col(Qualification.id))
    return tuple(
        Held(
            kind=row.kind,
            passed_on=row.passed_on,
            expires_on=row.expires_on,
            score=row.score,
            by=numbers.get(row.attested_by),
            revoked=row.revoked_at is not None,
        )
        for row in session.execute(asked).scalars()
    )


def _readings(session: Session, staff: int) -> tuple[tuple[str, str, int], ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Reading

    asked = select(Reading).where(col(Reading.staff) == staff).order_by(col(Reading.id).desc())
    return tuple((f"{row.kind}/{row.name}", row.version, row.at) for row in session.execute(asked).scalars())


def _suspensions(session: Session, staff: int, numbers: Mapping[int | None, str]) -> tuple[Off, ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Suspension

    asked = select(Suspension).where(col(Suspension.staff) == staff).order_by(col(Suspension.id).desc())
    return tuple(
        Off(
            cause=row.cause,
            reason=row.reason,
            violation=row.violation,
            from_at=row.from_at,
            by=numbers.get(row.by_staff),
            lifted_at=row.lifted_at,
            lifted_by=numbers.get(row.lifted_by),
        )
        for row in session.execute(asked).scalars()
    )


def _exchanges(session: Session, staff: int) -> int:
    from sqlmodel import col, func, select

    from collectdesk.store.tables import ExchangePart

    counted = select(func.count()).where(col(ExchangePart.staff) == staff)
    return int(session.execute(counted).scalar_one())
