"""Retraining (补训): a section somebody is to learn again, after a review or a violation, until they pass its exam.

Over its date it bars their calls. The gate asks with every question, so what waits is read over the plain driver.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.case_rows import Ask
    from collectdesk.store.tables import ExamAttempt, Retraining

WAITING = "SELECT section, due_on FROM retraining WHERE staff = :id AND ended_at IS NULL ORDER BY due_on, id"


class Waiting(Struct, frozen=True):
    """A section to learn again, and the last local date for it."""

    section: str
    due_on: date

    @property
    def command(self) -> str:
        """What whoever is to learn it types."""
        return f"collectdesk train take --section {self.section}"


def waiting(ask: Ask, staff: int) -> list[Waiting]:
    """What ``staff`` (key) is to learn again and has not passed since, the earliest first."""
    return [Waiting(section, date.fromisoformat(due_on)) for section, due_on in ask(WAITING, {"id": staff})]


def lacking(left: Sequence[Waiting], today: date) -> tuple[str, ...]:
    """What is over its last date, as codes: ``retraining:SECTION``."""
    return tuple(f"retraining:{each.section}" for each in left if each.due_on < today)


def require(
    office: Office, session: Session, *, staff: int, section: str, days: int, call: int | None, violation: int | None
) -> None:
    """Have ``staff`` (key) learn a section again within so many dates; nothing where it waits already.

    ``call`` and ``violation`` are keys of what it is for.
    """
    from collectdesk.desk.training.certificates import local_day
    from collectdesk.store.tables import Retraining

    if section in {each.section for each in _open(session, staff)}:
        return
    at = office.now()
    due_on = (local_day(at) + timedelta(days=days)).isoformat()
    made = {"staff": staff, "section": section, "call": call, "violation": violation, "due_on": due_on}
    row = Retraining(**made, by_staff=office.staff.id, at=at)  # type: ignore[arg-type]
    session.add(row)
    _write_down(office, session, row, "training.retrain", made)


def finish(office: Office, session: Session, attempt: ExamAttempt) -> None:
    """What waited of a section is done with the attempt in which its exam was passed."""
    for row in _open(session, attempt.staff):
        if row.section == attempt.section:
            row.ended_at, row.attempt = office.now(), attempt.id
            _write_down(office, session, row, "training.retrained", {"section": row.section, "attempt": attempt.id})


def drop(office: Office, session: Session, staff: int, violation: int) -> None:
    """What waited because of a violation waits no more: it was decided anew."""
    for row in _open(session, staff):
        if row.violation == violation:
            row.ended_at = office.now()
            _write_down(office, session, row, "training.retrain_dropped", {"section": row.section})


def _open(session: Session, staff: int) -> Sequence[Retraining]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Retraining

    asked = select(Retraining).where(col(Retraining.staff) == staff, col(Retraining.ended_at).is_(None))
    return session.execute(asked.order_by(col(Retraining.id))).scalars().all()


def _write_down(office: Office, session: Session, row: Retraining, action: str, after: Mapping[str, object]) -> None:
    from collectdesk.store import journal

    session.flush()
    subject = f"staff:{row.staff}"
    journal.append(session, at=office.now(), actor=office.staff.number, action=action, subject=subject, after=after)
