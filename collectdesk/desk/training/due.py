"""What somebody still owes before, or so that, they may call (应补项目): the same for them, their lead and the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from collectdesk.desk import house
from collectdesk.desk.training.certificates import local_day
from collectdesk.desk.training.changed import changed
from collectdesk.desk.training.retraining import waiting
from collectdesk.desk.training.rounds import exhausted
from collectdesk.store.case_rows import QUALIFICATIONS, QualificationRow, driver_of
from collectdesk.store.words import QUALIFICATIONS as KINDS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Training

DueKind = Literal["vetting", "confidentiality", "exam", "refresher", "reading", "retest", "retraining", "tries"]
TAKE = "collectdesk train take"


class Due(Struct, frozen=True, kw_only=True):
    """One thing: what, which text or course, by which local date, whether it bars calls already, what to type.

    ``theirs``: whether the person can do it, or somebody who decides must.
    """

    kind: DueKind
    name: str
    due_on: date | None
    bars: bool
    theirs: bool
    command: str


def due(session: Session, staff: int, number: str, at: int) -> list[Due]:
    """What ``staff`` (key, ``number``) owes at ``at`` (UTC seconds), what bars them first."""
    terms = house.in_force(session, at).training
    today = local_day(at)
    found = [*_qualifications(session, staff, number, today, terms), *_changed(session, staff, at, today)]
    found += _retraining(session, staff, today)
    wants_exam = any(each.kind in ("exam", "refresher", "retest", "retraining") for each in found)
    if wants_exam:
        found += [_tries(name, number) for name in exhausted(session, staff, at)]
    return sorted(found, key=lambda each: (not each.bars, each.due_on or date.min, each.kind, each.name))


def ends(session: Session, staff: int) -> dict[str, date | None]:
    """The last good date of each qualification that is held; none where it has no end."""
    held: dict[str, date | None] = {}
    for row in driver_of(session.connection())(QUALIFICATIONS, {"id": staff}):
        each = QualificationRow(*row)
        last = date.fromisoformat(each.expires_on) if each.expires_on else None
        known = held.get(each.kind, date.min)
        held[each.kind] = None if last is None or known is None else max(last, known)
    return held


def _qualifications(session: Session, staff: int, number: str, today: date, terms: Training) -> list[Due]:
    held = ends(session, staff)
    found = []
    for kind in KINDS:
        last = held.get(kind, date.min)
        gone = last is not None and last < today
        if kind != "exam" and gone:
            command = f"collectdesk staff admit {number}"
            found.append(Due(kind=kind, name="", due_on=_known(last), bars=True, theirs=False, command=command))  # type: ignore[arg-type]
        if kind == "exam" and gone:
            found.append(Due(kind="exam", name="", due_on=_known(last), bars=True, theirs=True, command=TAKE))
        elif kind == "exam" and last is not None and last - timedelta(days=terms.refresh_days) <= today:
            found.append(Due(kind="refresher", name="", due_on=last, bars=False, theirs=True, command=TAKE))
    return found


def _changed(session: Session, staff: int, at: int, today: date) -> list[Due]:
    found = []
    for each in changed(driver_of(session.connection()), staff, at):
        late = each.due_on < today
        if not each.read:
            command = f"collectdesk train read {each.code}"
            found.append(
                Due(kind="reading", name=each.code, due_on=each.due_on, bars=late, theirs=True, command=command)
            )
        if each.retest:
            found.append(Due(kind="retest", name=each.code, due_on=each.due_on, bars=late, theirs=True, command=TAKE))
    return found


def _retraining(session: Session, staff: int, today: date) -> list[Due]:
    return [
        Due(
            kind="retraining",
            name=each.section,
            due_on=each.due_on,
            bars=each.due_on < today,
            theirs=True,
            command=each.command,
        )
        for each in waiting(driver_of(session.connection()), staff)
    ]


def _tries(course: str, number: str) -> Due:
    command = f"collectdesk train reopen {number}"
    return Due(kind="tries", name=course, due_on=None, bars=False, theirs=False, command=command)


def _known(last: date | None) -> date | None:
    return None if last == date.min else last
