"""What waits because of recordings: those owed, files nobody claimed, files that changed, destructions to approve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import deciders
from collectdesk.desk.reminder import Reminder, Urgency
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OWED = (
    "SELECT c.collector, r.due_at, c.id FROM recording r JOIN call c ON c.id = r.call "
    "WHERE r.due_at IS NOT NULL AND c.ended_at IS NOT NULL ORDER BY r.due_at, c.id"
)
FOUND = "SELECT id FROM found_recording WHERE status IN ('ambiguous', 'unmatched', 'duplicate') ORDER BY id"
FAULTY = "SELECT r.call, r.checked_at FROM recording r WHERE r.fault IS NOT NULL AND r.status = 'kept' ORDER BY r.id"
SOON = 24 * 3600


def reminders(session: Session, now: int) -> list[Reminder]:
    """One for each collector who owes any, and one for each matter of those who decide."""
    return [*_owed(session, now), *_found(session), *_faulty(session), *_to_approve(session)]


def _owed(session: Session, now: int) -> Iterator[Reminder]:
    from sqlalchemy import text

    by_collector: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for collector, due_at, call in session.execute(text(OWED)).all():
        by_collector[int(collector)].append((int(due_at), int(call)))
    for collector, owed in by_collector.items():
        due_at, call = owed[0]
        urgency: Urgency = "overdue" if due_at <= now else "due" if due_at <= now + SOON else "soon"
        more = f" +{len(owed) - 1}" if len(owed) > 1 else ""
        subject = ids.public("call", call) + more
        yield Reminder(
            "recording_owed", urgency, subject, None, (collector,), "collectdesk recording list", due_at=due_at
        )


def _found(session: Session) -> Iterator[Reminder]:
    from sqlalchemy import text

    keys = [int(key) for key in session.execute(text(FOUND)).scalars()]
    if keys:
        name = ids.public("found_recording", keys[0])
        more = f" +{len(keys) - 1}" if len(keys) > 1 else ""
        command = f"collectdesk recording choose {name} CALL"
        yield Reminder("recording_unclaimed", "due", name + more, None, (), command)


def _faulty(session: Session) -> Iterator[Reminder]:
    from sqlalchemy import text

    for call, checked_at in session.execute(text(FAULTY)).all():
        name = ids.public("call", int(call))
        command = f"collectdesk recording show {name}"
        yield Reminder("recording_faulty", "overdue", name, None, (), command, due_at=checked_at)


def _to_approve(session: Session) -> Iterator[Reminder]:
    from collectdesk.desk.destructions import book
    from collectdesk.store.tables import CaseFile

    for row in book.listing(session):
        name = ids.public(book.NAME, row.id or 0)
        case = session.get_one(CaseFile, row.case_id).code if row.case_id else None
        if row.status == "asked":
            may = tuple(person.id for person in deciders(session, {row.asked_by}))
            command = f"collectdesk destruction approve {name}"
            yield Reminder("destruction_approval", "due", name, case, may, command, due_at=row.asked_at)
        else:
            command = f"collectdesk destruction finish {name}"
            yield Reminder("destruction_unfinished", "overdue", name, case, (), command, due_at=row.decided_at)
