"""What promises ask of whoever has their case (待办): one to remind of, one kept in part or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collectdesk.desk.reminder import Reminder, Urgency
from collectdesk.store import ids
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = METADATA.tables
KINDS: dict[str, tuple[str, Urgency]] = {
    "open": ("promise_due", "due"),
    "partly_kept": ("promise_part", "overdue"),
    "broken": ("promise_broken", "overdue"),
}
"""By the state of the last promise of a case: the reminder's kind, and how urgent it is."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """The last promise of each open case, where something is to be done about it now.

    Args:
        session: a snapshot; the desk has caught up with its dates.
        now: UTC seconds.
    """
    rows, cases = T["promise"], T["case_file"]
    asked = (
        select(
            rows.c.id, rows.c.case_id, rows.c.status, rows.c.pay_on, rows.c.remind_at, cases.c.code, cases.c.collector
        )
        .join(cases, cases.c.id == rows.c.case_id)
        .where(cases.c.status == "open", rows.c.status != "withdrawn")
        .order_by(rows.c.case_id, rows.c.id)
    )
    last = {row.case_id: row for row in session.connection().execute(asked)}
    found = []
    for row in last.values():
        pending = row.status == "open"
        if row.status not in KINDS or (pending and (row.remind_at is None or now < row.remind_at)):
            continue
        kind, urgency = KINDS[row.status]
        found.append(
            Reminder(
                kind=kind,
                urgency=urgency,
                subject=ids.public("promise", row.id),
                case=row.code,
                staff=(row.collector,) if row.collector is not None else (),
                command=f"collectdesk call start {row.code}" + (" --purpose remind" if pending else ""),
                due_on=row.pay_on,
            )
        )
    return found
