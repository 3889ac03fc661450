"""Deciding a plan (审批, policy article 11.1): put to another person, who may by the amount; approved as it is, or not.

An approval is of one schedule, by its digest. Whoever drew it up or put it forward decides nothing; nor does a role
whose authority the amount exceeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, four_eyes, holds, house, steps
from collectdesk.desk.fact_parts import amount
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.plans import binding, reading, terms
from collectdesk.desk.plans.proposing import NAME, PEOPLE
from collectdesk.desk.reason import says
from collectdesk.desk.working_days import working_day
from collectdesk.errors import N_, BadData, NotPermitted, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Plans
    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Plan

SHORTEST_DIGEST = 8
"""Letters, figures or Chinese characters a reason has at least."""


def submit(office: Office, name: str) -> None:
    """Put a plan to whoever decides it; its answer is due within the house's working days.

    Raises:
        NotFound: there is no such plan.
        Busy: it is not a draft.
        BadData: the difficulty is not verified, the schedule was edited, is past, or of another statement.
    """
    office.require_role(*PEOPLE)
    with office.writing() as session:
        plan, state, now = _moved(office, session, name, "submit")
        _verified(session, plan)
        still_true(session, plan, now)
        connection = session.connection()
        days = house.in_force(connection, now).plan.decide_days
        due = working_day(adoption.calendars(connection, now), reading.house_day(now), days)
        plan.status, plan.submitted_by, plan.submitted_at, plan.decide_by = state, office.staff.id, now, due.isoformat()
        record(office, session, plan, "submit", {"digest": plan.digest, "decide_by": plan.decide_by})


def approve(office: Office, name: str, digest: str) -> None:
    """Approve the very schedule whose digest this is.

    Args:
        office: who approves.
        name: the plan's public id.
        digest: of the schedule that was looked at, or its beginning, ``SHORTEST_DIGEST`` characters or more.
    Raises:
        NotFound: there is no such plan.
        Busy: it does not wait for approval.
        UsageProblem: the digest is too short to be one.
        NotPermitted: they only collect, drew it up or put it forward, or may not approve so much.
        BadData: it is another schedule, was edited, is past, or of another statement.
    """
    with office.writing() as session:
        plan, state, now = _moved(office, session, name, "approve")
        require_other(office, session, plan)
        require_authority(office, session, plan, now)
        _that_one(plan, digest)
        still_true(session, plan, now)
        plan.status, plan.decided_by, plan.decided_at = state, office.staff.id, now
        plan.approved_digest = plan.digest
        record(office, session, plan, "approve", {"digest": plan.digest, "total": plan.total})


def reject(office: Office, name: str, reason: str) -> None:
    """Reject a plan; collection goes on where nothing else holds it.

    Raises:
        UsageProblem: no reason.
        NotFound, Busy, NotPermitted: see ``approve``.
    """
    _decided(office, name, "reject", reason)


def send_back(office: Office, name: str, reason: str) -> None:
    """Return a plan to be amended.

    Raises:
        UsageProblem: no reason.
        NotFound, Busy, NotPermitted: see ``approve``.
    """
    _decided(office, name, "return", reason)


def withdraw(office: Office, name: str, reason: str) -> None:
    """Take a plan back before it is agreed.

    Raises:
        UsageProblem: no reason.
        NotFound: there is no such plan.
        Busy: it is performed, or over.
    """
    office.require_role(*PEOPLE)
    content = _reason(reason)
    with office.writing() as session:
        plan, state, _now = _moved(office, session, name, "withdraw")
        plan.status = state
        record(office, session, plan, "withdraw", content)


def require_other(office: Office, session: Session, plan: Plan) -> None:
    """Go on only if whoever is signed in neither drew the plan up nor put it forward, and decides things.

    Raises:
        NotPermitted: they did, or only collect; says who may.
    """
    four_eyes.require_decider(office, session, party(plan))


def party(plan: Plan) -> set[int]:
    """Who drew it up and who put it forward (keys)."""
    return {each for each in (plan.proposed_by, plan.submitted_by) if each is not None}


def who_decides(session: Session, plan: Plan, limits: Plans) -> list[int]:
    """Who may decide it (keys): not party to it, with authority over so much; whom to ask first at the front."""
    others = four_eyes.deciders(session, party(plan))
    return [each.id for each in others if may_approve(limits, each.role, plan.total, plan.currency)]


def require_authority(office: Office, session: Session, plan: Plan, now: int) -> None:
    """Go on only if the role signed in may approve so much.

    Raises:
        NotPermitted: it may not; says which roles may.
    """
    limits = house.in_force(session.connection(), now).plan
    if may_approve(limits, office.staff.role, plan.total, plan.currency):
        return
    roles = [each.role for each in limits.authority if may_approve(limits, each.role, plan.total, plan.currency)]
    raise NotPermitted(
        "plan_authority",
        N_("As {role} you may not approve a plan of this amount."),
        hint=N_("These may: {roles}.") if roles else N_("By the house rulebook nobody may approve so much."),
        role=office.staff.role,
        roles=", ".join(roles),
    )


def may_approve(limits: Plans, role: str, total: int, currency: str) -> bool:
    """Whether a role may approve a plan of ``total`` minor units."""
    authority = next((each for each in limits.authority if each.role == role), None)
    if authority is None:
        return False
    return authority.most is None or Decimal(amount(total, currency)) <= Decimal(authority.most)


def record(office: Office, session: Session, plan: Plan, act: str, content: Mapping[str, object]) -> None:
    """Write an act down, with the state it led to."""
    session.flush()
    assert plan.id is not None
    at = office.now()
    steps.record(session, NAME, plan.id, act, plan.status, at=at, by=office, case=plan.case_id, content=content)


def lift_hardship(office: Office, session: Session, plan: Plan, at: int) -> None:
    """The hardship that was told on a call is decided: its holds on this case end."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Hold

    case = session.get(CaseFile, plan.case_id)
    assert case is not None
    asked = select(Hold).where(
        col(Hold.debtor) == case.debtor, col(Hold.kind) == "hardship", col(Hold.lifted_at).is_(None)
    )
    for hold in list(session.execute(asked).scalars()):
        if hold.debts == [case.id] and hold.id is not None:
            holds.lift(session.connection(), hold.id, at=at, by=office.staff)
    session.expire_all()


def _decided(office: Office, name: str, act: str, reason: str) -> None:
    content = _reason(reason)
    with office.writing() as session:
        plan, state, now = _moved(office, session, name, act)
        require_other(office, session, plan)
        plan.status, plan.decided_by, plan.decided_at = state, office.staff.id, now
        record(office, session, plan, act, content)
        if act == "reject":
            lift_hardship(office, session, plan, now)


def _moved(office: Office, session: Session, name: str, act: str) -> tuple[Plan, str, int]:
    plan = reading.found(session, name)
    return plan, lifecycle(NAME).after(plan.status, act, office.lang), office.now()


def _verified(session: Session, plan: Plan) -> None:
    from sqlmodel import col, select

    from collectdesk.store.tables import PlanEvidence

    asked = select(PlanEvidence.state).where(col(PlanEvidence.plan) == plan.id)
    states = set(session.execute(asked).scalars())
    if "sufficient" not in states or states & {"asked", "received"}:
        raise BadData(
            "plan_unverified",
            N_("The difficulty is not verified yet."),
            hint=N_("At least one item is sufficient and none is open: `collectdesk plan evidence`."),
        )


def still_true(session: Session, plan: Plan, now: int) -> None:
    """The schedule is the recorded one, not past, and of what is owed now."""
    binding.require_sound(session, plan)
    terms.future(binding.rows(session, plan), reading.house_day(now))
    require_statement(session, plan)


def require_statement(session: Session, plan: Plan) -> None:
    """Go on only if the statement in force still says what the plan adds up to.

    Raises:
        BadData: it says another sum.
    """
    from collectdesk.store.tables import CaseFile

    case = session.get(CaseFile, plan.case_id)
    assert case is not None
    stated = reading.statement(session, case)
    assert stated is not None
    if (stated.total, stated.currency) != (plan.total, plan.currency):
        raise BadData(
            "plan_statement_changed",
            N_("A newer statement says another amount than this plan adds up to."),
            hint=N_("Draw it up anew with `collectdesk plan change`."),
        )


def _that_one(plan: Plan, digest: str) -> None:
    if len(digest) < SHORTEST_DIGEST:
        raise UsageProblem(
            "plan_digest",
            N_("Say which schedule you approve."),
            hint=N_("Give --digest; `collectdesk plan show` has it."),
        )
    if not plan.digest.startswith(digest.lower()):
        raise BadData(
            "plan_other_schedule",
            N_("The schedule on file is another one than you looked at."),
            hint=N_("Look at it again with `collectdesk plan show`."),
        )


def _reason(text: str) -> dict[str, object]:
    if not says(text):
        raise UsageProblem(
            "plan_reason",
            N_("Say in a sentence why."),
            hint=N_("Give --reason."),
        )
    return {"reason": text.strip()}
