"""What an approval is bound to (批准与还款表的绑定): the digest of the very schedule, recorded and journalled.

A row edited in the database does not fit any more, and neither does one edited together with its digest: the journal
holds a keyed digest of what was recorded, which nobody without the desk's key can make.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import steps
from collectdesk.desk.plans.schedule import Instalment, digest
from collectdesk.desk.plans.states import AGREED
from collectdesk.errors import N_, BadData
from collectdesk.store import journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Plan

WRITTEN = ("propose", "change")
"""Acts that record a schedule."""


def rows(session: Session, plan: Plan) -> tuple[Instalment, ...]:
    """The schedule of a plan that counts, as its rows hold it."""
    from sqlmodel import col, select

    from collectdesk.store.tables import PlanInstalment as Row

    asked = select(Row).where(col(Row.plan) == plan.id, col(Row.revision) == plan.revision).order_by(col(Row.number))
    return tuple(
        Instalment(row.number, date.fromisoformat(row.due_on), row.amount) for row in session.execute(asked).scalars()
    )


def sealed(plan: Plan, made: Sequence[Instalment]) -> str:
    """The digest of a plan with these rows."""
    about = {
        "case": plan.case_id,
        "statement": plan.statement,
        "amounts": [plan.principal, plan.interest, plan.fees, plan.total],
        "currency": plan.currency,
        "kind": plan.kind,
        "revision": plan.revision,
    }
    return digest(about, made)


def edited(session: Session, plan: Plan) -> bool:
    """Whether the schedule is another than the one that was recorded, or than the one that was approved."""
    made = rows(session, plan)
    if sum(each.amount for each in made) != plan.total or sealed(plan, made) != plan.digest:
        return True
    if not _journalled(session, plan, WRITTEN):
        return True
    return plan.status in AGREED and (
        plan.approved_digest != plan.digest or not _journalled(session, plan, ("approve",))
    )


def require_sound(session: Session, plan: Plan) -> None:
    """Go on only with the schedule that was recorded and, once it was, approved.

    Raises:
        BadData: somebody edited it.
    """
    if edited(session, plan):
        raise BadData(
            "plan_edited",
            N_("The schedule on file is not the one that was recorded or approved: it was edited afterwards."),
            hint=N_("Draw it up anew with `collectdesk plan change`; it is then approved anew."),
        )


def _journalled(session: Session, plan: Plan, acts: Sequence[str]) -> bool:
    """Whether the journal holds, for the last of these acts, that this digest was recorded with it."""
    assert plan.id is not None
    step = next((each for each in reversed(steps.steps_of(session, "plan", plan.id)) if each.act in acts), None)
    if step is None or (step.content or {}).get("digest") != plan.digest:
        return False
    held = journal.value_digest(session, {"state": step.state, **(step.content or {})})
    return held is not None and held == _last_entry(session, plan.id, step.act)


def _last_entry(session: Session, plan: int, act: str) -> str | None:
    from sqlmodel import col, select

    from collectdesk.store.tables import Journal

    asked = select(Journal.after).where(col(Journal.subject) == f"plan:{plan}", col(Journal.action) == f"plan.{act}")
    return session.execute(asked.order_by(col(Journal.seq).desc())).scalars().first()
