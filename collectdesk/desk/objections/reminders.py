"""What waits on objections (policy article 10.1): an answer owed, a debtor not told yet, something to put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from collectdesk.desk.objections.listing import ObjectionView, views
from collectdesk.desk.objections.terms import local_day
from collectdesk.desk.reminder import Reminder
from collectdesk.store.ids import public

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NEXT = {"open": "verify", "verified": "answer", "answered": "close"}
"""The act that comes next, by state."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """Every reminder at ``now``, UTC seconds: to whoever has the case, once overdue to the leads as well."""
    found: list[Reminder] = []
    for view in views(session, now):
        if view.correction_owed:
            found.append(_reminder(view, "objection_correction", "due", (), now))
        elif view.urgency:
            owner = (view.case.collector,) if view.case.collector is not None else ()
            kind = "objection_tell" if view.row.status == "answered" else "objection_answer"
            found.append(_reminder(view, kind, view.urgency, owner, now))
            if view.urgency == "overdue" and owner:
                found.append(_reminder(view, "objection_overdue", view.urgency, (), now))
    return found


def _reminder(
    view: ObjectionView, kind: str, urgency: Literal["overdue", "due", "soon"], staff: tuple[int, ...], now: int
) -> Reminder:
    assert view.row.id is not None
    subject = public("objection", view.row.id)
    due_on = view.row.due_on if view.row.status != "closed" else local_day(now).isoformat()
    return Reminder(
        kind=kind, urgency=urgency, subject=subject, case=view.case.code, staff=staff,
        command=_command(view, kind, subject), due_on=due_on,
    )  # fmt: skip


def _command(view: ObjectionView, kind: str, subject: str) -> str:
    if kind == "objection_overdue":
        return f"collectdesk objection show {subject}"
    if kind == "objection_correction":
        return f"collectdesk objection correct {subject}"
    if kind == "objection_tell" and not view.row.written:
        return f"collectdesk call start {view.case.code} --purpose answer_objection"
    return f"collectdesk objection {NEXT[view.row.status]} {subject}"
