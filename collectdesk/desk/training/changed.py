"""Texts that changed since somebody was examined (更新的制度、话术与课程): to be read again, and the exam passed again.

A text counts from when it takes effect, for whoever had been examined before it was adopted; what a desk opened with
changed for nobody. Asked by the gate with every question, so over the plain driver and only as far as it must.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collectdesk.store.case_rows import Ask

CHANGED = (
    "SELECT a.id, a.kind, a.name, a.version, a.digest, a.adopted_at, a.effective_from, r.at FROM adoption a "
    "LEFT JOIN reading r ON r.staff = :id AND r.kind = a.kind AND r.name = a.name AND r.digest = a.digest "
    "WHERE a.kind IN ('rulebook', 'callscript', 'course') AND (a.withdrawn_at IS NULL OR a.withdrawn_at > :at) "
    "AND a.adopted_at > (SELECT adopted_at FROM adoption ORDER BY id LIMIT 1) "
    "AND a.adopted_at > (SELECT min(recorded_at) FROM qualification WHERE staff = :id AND kind = 'exam') "
    "AND (a.kind <> 'course' OR EXISTS (SELECT 1 FROM adoption c WHERE c.kind = a.kind AND c.name = a.name "
    "AND c.id < a.id)) "
    "AND NOT EXISTS (SELECT 1 FROM adoption b WHERE b.kind = a.kind AND b.name = a.name AND b.effective_from <= :at "
    "AND (b.withdrawn_at IS NULL OR b.withdrawn_at > :at) "
    "AND (b.effective_from > a.effective_from OR (b.effective_from = a.effective_from AND b.id > a.id))) "
    "ORDER BY a.effective_from, a.kind, a.name"
)
"""Changed texts, in force or to come; the course a desk takes in first asks nobody who was examined elsewhere."""
EXAMS = (
    "SELECT passed_on, recorded_at FROM qualification "
    "WHERE staff = :id AND kind = 'exam' AND revoked_at IS NULL AND recorded_at >= :since"
)


class Changed(Struct, frozen=True):
    """A text that changed, what is left to do about it, and the last local date for it."""

    key: int
    kind: str
    name: str
    version: str
    digest: str
    effective_from: int
    due_on: date
    read: bool
    retest: bool

    @property
    def code(self) -> str:
        """Its kind and name, as ``train read`` takes it."""
        return f"{self.kind}/{self.name}"


def changed(ask: Ask, staff: int, at: int) -> list[Changed]:
    """What ``staff`` (key) has still to read, or to be examined on, at ``at`` (UTC seconds); the oldest first."""
    rows = ask(CHANGED, {"id": staff, "at": at})
    if not rows:
        return []
    from collectdesk.desk import adoption, house
    from collectdesk.desk.standing import HOUSE_ZONE
    from collectdesk.gate.clock import clock_for

    terms = house.of(adoption.rulebooks(ask, at)).training
    clock = clock_for(HOUSE_ZONE)
    exams = ask(EXAMS, {"id": staff, "since": min(int(row[5]) for row in rows)})
    found = []
    for key, kind, name, version, digest, adopted_at, effective_from, read_at in rows:
        since = date.fromordinal(clock.day(adopted_at)).isoformat()
        passed = any(int(recorded) >= adopted_at and str(day) >= since for day, recorded in exams)
        due_on = date.fromordinal(clock.day(effective_from)) + timedelta(days=terms.grace_days)
        retest = kind in terms.retest and not passed
        if read_at is None or retest:
            read = read_at is not None
            found.append(Changed(key, kind, name, version, digest, effective_from, due_on, read, retest))
    return found


def lacking(left: Sequence[Changed], today: date) -> tuple[str, ...]:
    """What is over its last date, as codes: ``reading:kind/name``, ``retest``."""
    late = [each for each in left if each.due_on < today]
    unread = [f"reading:{each.code}" for each in late if not each.read]
    return (*unread, *(("retest",) if any(each.retest for each in late) else ()))
