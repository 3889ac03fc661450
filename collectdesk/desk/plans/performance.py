"""A plan in performance (方案履行, policy article 11.1): agreed to, held, kept or broken by payments and dates alone.

Meanwhile a hold of kind ``plan`` blocks collection calls. Its end is always the day after the next instalment's days
of grace, so that a missed instalment lifts the block by the date itself; each payment moves it on.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from collectdesk.desk import holds, house, steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.plans import binding, deciding, reading, terms
from collectdesk.desk.plans.matching import ends_on
from collectdesk.desk.plans.proposing import NAME, PEOPLE
from collectdesk.desk.plans.states import PERFORMED
from collectdesk.errors import N_, BadData, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseFile, Plan

CONTENTS = ("balance", "instalments", "costs", "no_new_cards", "rights_and_breach", "other")
"""What a card's agreement has to hold (商业银行信用卡业务监督管理办法 第七十条): the balance, its parts and currency;
cycle, way, currency, dates and amounts; interest and fees meanwhile; no new card before it is settled; rights, duties
and breach; what else was agreed."""
CARD = terms.CARD


def sign(
    office: Office,
    name: str,
    form: Literal["signed", "oral"],
    *,
    recording: str = "",
    agreed_on: date | None = None,
    contents: bool = False,
) -> None:
    """Record that the debtor agreed: from now on it is performed, and collection calls are blocked.

    Args:
        office: who records it.
        name: the plan's public id.
        form: on paper, or by word of mouth.
        recording: the reference of the call's recording; an oral agreement has one.
        agreed_on: the local date; today when left out.
        contents: for a card, that the agreement holds all of ``CONTENTS``.
    Raises:
        NotFound: there is no such plan.
        Busy: it is not approved.
        UsageProblem: an oral agreement without its recording.
        BadData: a date that cannot be, a schedule edited after approval, another sum, contents left out.
    """
    office.require_role(*PEOPLE)
    with office.writing() as session:
        plan = reading.found(session, name)
        state, now = lifecycle(NAME).after(plan.status, "sign", office.lang), office.now()
        day = agreed_on or reading.house_day(now)
        case = reading.case_of(session, plan)
        _fit_to_sign(session, plan, day, now)
        _complete(case, form, recording, contents=contents)
        plan.status, plan.form, plan.agreed_on, plan.agreed_at = state, form, day.isoformat(), now
        plan.recording = recording.strip() or None
        plan.grace_days = house.in_force(session.connection(), now).plan.grace_days
        deciding.lift_hardship(office, session, plan, now)
        plan.hold = _hold(session, plan, case, now, office)
        content: dict[str, object] = {
            "form": form,
            "agreed_on": plan.agreed_on,
            "recording": plan.recording,
            "digest": plan.digest,
        }
        if case.type == CARD:
            content["contents"] = list(CONTENTS)
        deciding.record(office, session, plan, "sign", content)
        bring_forward(session, plan, now)


def payments_changed(session: Session, case: int, now: int) -> None:
    """Bring the plans of a case forward after payments were brought in or taken back.

    Args:
        session: the open write transaction in which the payments changed.
        case: key of ``case_file``.
        now: UTC seconds.
    """
    session.flush()
    for plan in reading.plans_of(session, case)[::-1]:
        bring_forward(session, plan, now)


def dates_passed(session: Session, now: int) -> None:
    """Record of every plan in performance what its dates have made of it; for whoever writes anyway."""
    for plan in reading.listed(session, states=("active",)):
        bring_forward(session, plan, now)


def bring_forward(session: Session, plan: Plan, now: int) -> None:
    """Move one plan to where payments and dates have brought it; nothing where they have not, or it was edited."""
    if plan.status not in PERFORMED:
        return
    kept = reading.performance(session, plan, reading.house_day(now))
    acts = _acts(plan.status, whole=kept.next is None, broken=kept.broken_on is not None)
    if not acts and _hold_is_right(session, plan, now):  # most plans, most days: nothing to prove
        return
    if binding.edited(session, plan):
        return
    for act in acts:
        plan.status = lifecycle(NAME).after(plan.status, act)
        content = {"paid": kept.paid, "broken_on": kept.broken_on.isoformat() if kept.broken_on else None}
        session.flush()
        assert plan.id is not None
        steps.record(session, NAME, plan.id, act, plan.status, at=now, by=None, case=plan.case_id, content=content)
    _keep_hold(session, plan, now)
    session.flush()


def _acts(state: str, *, whole: bool, broken: bool) -> tuple[str, ...]:
    """Which acts lead from ``state`` to where payments and dates say it is."""
    wanted = "completed" if whole else "broken" if broken else "active"
    ways = {
        ("active", "broken"): ("break",),
        ("active", "completed"): ("complete",),
        ("broken", "completed"): ("complete",),
        ("broken", "active"): ("resume",),
        ("completed", "active"): ("resume",),
        ("completed", "broken"): ("resume", "break"),
    }
    return ways.get((state, wanted), ())


def _hold_is_right(session: Session, plan: Plan, now: int) -> bool:
    """Whether the block stands as long as it should, or not at all."""
    from collectdesk.store.tables import Hold

    hold = session.get(Hold, plan.hold) if plan.hold is not None else None
    stands = hold is not None and hold.lifted_at is None
    if plan.status != "active":
        return not stands
    return hold is not None and stands and hold.until == _until(session, plan, now)


def _keep_hold(session: Session, plan: Plan, now: int) -> None:
    """The block stands until the next instalment's grace is over, and no longer than the plan is performed."""
    from collectdesk.store.tables import Hold

    if _hold_is_right(session, plan, now):
        return
    hold = session.get(Hold, plan.hold) if plan.hold is not None else None
    if hold is not None and hold.lifted_at is None and hold.id is not None:
        holds.lift(session.connection(), hold.id, at=now, by=None)
        session.expire(hold)
    if plan.status == "active":
        plan.hold = _hold(session, plan, reading.case_of(session, plan), now, None)


def _hold(session: Session, plan: Plan, case: CaseFile, now: int, office: Office | None) -> int:
    assert case.id is not None
    session.flush()
    return holds.put(
        session.connection(),
        "plan",
        debtor=case.debtor,
        cases=[case.id],
        cause="plan",
        at=now,
        by=office.staff if office else None,
        until=_until(session, plan, now),
    )


def _until(session: Session, plan: Plan, now: int) -> int:
    """When the block ends by itself, UTC seconds: after the grace of the first instalment that is not whole."""
    kept = reading.performance(session, plan, reading.house_day(now))
    last = kept.next or kept.instalments[-1]
    return reading.house_midnight(ends_on(last.due_on, plan.grace_days or 0))


def _fit_to_sign(session: Session, plan: Plan, day: date, now: int) -> None:
    today = reading.house_day(now)
    approved = reading.house_day(plan.decided_at or now)
    if not approved <= day <= today:
        raise BadData(
            "plan_agreed_on",
            N_("It was agreed between its approval on {approved} and today."),
            approved=approved.isoformat(),
        )
    binding.require_sound(session, plan)
    terms.future(binding.rows(session, plan), day)
    deciding.require_statement(session, plan)


def _complete(case: CaseFile, form: str, recording: str, *, contents: bool) -> None:
    if form == "oral" and not recording.strip():
        raise UsageProblem(
            "plan_recording",
            N_("An agreement by word of mouth is kept with its recording."),
            hint=N_("Give its reference: --recording."),
        )
    if case.type == CARD and not contents:
        raise BadData(
            "plan_contents",
            N_("A card's agreement holds what the law asks: balance, instalments, costs, no new card, rights, others."),
            hint=N_("`collectdesk plan show` lists it; confirm with --contents."),
        )
