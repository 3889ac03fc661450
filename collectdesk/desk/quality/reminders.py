"""What waits because of quality: calls to review, differences to settle, replies to answer; for collectors their own.

Each reviewer has one reminder for all that is free to claim, and one for each review that is theirs already.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from collectdesk.desk.quality import reviewers
from collectdesk.desk.reminder import Reminder, Urgency
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import QualityReview

DAY = 86_400
FREE = ("waiting", "recheck")
TAKEN = ("claimed", "rechecking")
TOLD = ("told", "confirmed")
SAID = ("replied", "answered")


def reminders(session: Session, now: int) -> list[Reminder]:
    """One for each thing that waits for somebody."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Call, CaseFile, QualityReview

    asked = select(QualityReview, CaseFile.code).join(Call, col(Call.id) == col(QualityReview.call))
    asked = asked.join(CaseFile, col(CaseFile.id) == col(Call.case_id)).where(col(QualityReview.status) != "final")
    rows = session.execute(asked.order_by(col(QualityReview.due_at), col(QualityReview.id))).all()
    if not rows:
        return []
    floor = reviewers.floor(session)
    found, free = [], defaultdict[tuple[int, ...], list[QualityReview]](list)
    for row, code in rows:
        if _free(row, now):
            before = () if row.first_by is None else (row.first_by,)
            free[tuple(each.id for each in floor.reviewers(row.collector, before))].append(row)
        else:
            found += _of_one(row, code, now, tuple(each.id for each in floor.next(row)))
    return found + [each for may, waiting in free.items() for each in _of_many(may, waiting, now)]


def _free(row: QualityReview, now: int) -> bool:
    lapsed = row.claimed_until is not None and row.claimed_until <= now
    return row.status in FREE or (row.status in TAKEN and lapsed)


def _of_one(row: QualityReview, code: str, now: int, may: tuple[int, ...]) -> list[Reminder]:
    name = ids.public("call", row.call)
    if row.status in TAKEN and row.claimed_by is not None:
        command = f"collectdesk quality score {name}"
        until = row.claimed_until or row.due_at
        return [Reminder("quality_claimed", _near(until, now), name, code, (row.claimed_by,), command, due_at=until)]
    if row.status in TOLD and row.reply_until is not None and now < row.reply_until:
        command = f"collectdesk quality show {name}"
        due = row.reply_until
        return [Reminder("quality_told", _near(due, now), name, code, (row.collector,), command, due_at=due)]
    if row.status in SAID:
        command = f"collectdesk quality show {name}"
        return [Reminder("quality_reply", _urgency(row.due_at, now), name, code, may, command, due_at=row.due_at)]
    if row.status == "differing":
        command = f"collectdesk quality show {name}"
        return [Reminder("quality_differ", _urgency(row.due_at, now), name, code, may, command, due_at=row.due_at)]
    return []


def _of_many(may: tuple[int, ...], rows: list[QualityReview], now: int) -> list[Reminder]:
    """What is free for the same people: overdue, then the rest, each as one reminder that names how many."""
    if not may:
        return []
    late = [row for row in rows if row.due_at <= now]
    rest = [row for row in rows if row.due_at > now]
    found = []
    groups: tuple[tuple[list[QualityReview], Urgency], ...] = ((late, "overdue"), (rest, "soon"))
    for each, urgency in groups:
        if each:
            due = min(row.due_at for row in each)
            command = "collectdesk quality claim"
            found.append(Reminder("quality_review", urgency, str(len(each)), None, may, command, due_at=due))
    return found


def _near(due: int, now: int) -> Urgency:
    return "due" if due - now <= DAY // 2 else "soon"


def _urgency(due: int, now: int) -> Urgency:
    return "overdue" if due <= now else "due"
