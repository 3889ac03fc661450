"""What plans remind of (待办): a decision that is owed, an agreement to be made, instalments due or missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.plans import deciding, reading
from collectdesk.desk.reminder import Reminder, Urgency
from collectdesk.store.ids import public

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Plans
    from collectdesk.store.tables import CaseFile, Plan

TOLD_FOR = timedelta(days=7)
"""How long a broken plan is told of; after that the queue alone has the case."""


def reminders(session: Session, now: int) -> list[Reminder]:
    """Everything that waits on a plan, as of ``now`` (UTC seconds)."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile

    limits, today = house.in_force(session.connection(), now).plan, reading.house_day(now)
    plans = reading.listed(session, states=("draft", "returned", "submitted", "approved", "active", "broken"))
    asked = select(CaseFile).where(col(CaseFile.id).in_({plan.case_id for plan in plans}))
    cases = {case.id: case for case in session.execute(asked).scalars()}
    found = (_of(session, plan, cases[plan.case_id], limits, today) for plan in plans)
    return [each for each in found if each is not None]


def _of(session: Session, plan: Plan, case: CaseFile, limits: Plans, today: date) -> Reminder | None:
    if plan.status == "submitted" and plan.decide_by is not None:
        due = date.fromisoformat(plan.decide_by)
        return _reminder(
            plan, case, "plan_approval", _urgency(due, today), due, tuple(deciding.who_decides(session, plan, limits))
        )
    owner = (case.collector or plan.proposed_by,)
    if plan.status == "approved":
        first = next(_due(session, plan))
        return _reminder(plan, case, "plan_agreement", _urgency(first, today), first, owner)
    if plan.status in ("draft", "returned"):
        return _reminder(plan, case, f"plan_{plan.status}", "soon", None, (plan.proposed_by,))
    kept = reading.performance(session, plan, today)
    if plan.status == "broken" or kept.broken_on is not None:
        if kept.broken_on is None or kept.broken_on + TOLD_FOR < today:
            return None
        return _reminder(plan, case, "plan_broken", "overdue", kept.broken_on, owner)
    if kept.next is None or kept.next.due_on - timedelta(days=limits.remind_days) > today:
        return None
    kind = "instalment_late" if kept.next.due_on < today else "instalment_due"
    return _reminder(plan, case, kind, _urgency(kept.next.due_on, today), kept.next.due_on, owner)


def _due(session: Session, plan: Plan) -> Iterator[date]:
    from collectdesk.desk.plans import binding

    return (each.due_on for each in binding.rows(session, plan))


def _urgency(due: date, today: date) -> Urgency:
    if due < today:
        return "overdue"
    return "due" if due == today else "soon"


def _reminder(
    plan: Plan, case: CaseFile, kind: str, urgency: Urgency, due: date | None, staff: tuple[int, ...]
) -> Reminder:
    assert plan.id is not None
    name = public("plan", plan.id)
    on = due.isoformat() if due else None
    return Reminder(kind, urgency, name, case.code, staff, f"collectdesk plan show {name}", due_on=on)
