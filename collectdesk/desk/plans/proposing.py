"""Drawing a plan up (拟定方案, policy article 11.1): calculated, recorded, verified; a proposal and nothing more (9.4).

A case has one plan at a time. Whoever changes a schedule makes a new one beside it; what had been approved was another
and is approved anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption, casebook, house, steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.plans import binding, reading, terms
from collectdesk.desk.plans.states import LIVE
from collectdesk.desk.plans.terms import Drawn, Wish
from collectdesk.errors import N_, BadData, Busy, UsageProblem
from collectdesk.store.columns import dump_json
from collectdesk.store.ids import public
from collectdesk.store.words import DIFFICULTIES, EVIDENCE, EVIDENCE_STATES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import CaseFile, Plan

NAME = "plan"
PEOPLE = ("collector", "lead", "admin", "officer")


def calculate(office: Office, session: Session, code: str, wish: Wish) -> Drawn:
    """The exact schedule of a wish, for a case as it stands; nothing is recorded.

    Raises:
        NotFound: there is no such case.
        BadData: it cannot be, or is beyond a limit; says which.
    """
    return _drawn(office, session, casebook.find(session, code), wish)


def propose(office: Office, code: str, wish: Wish, difficulty: str, *, call: int | None = None) -> str:
    """Record a plan for a case; its public id.

    Raises:
        NotFound: there is no such case.
        BadData: it cannot be, or is beyond a limit.
        Busy: the case has a plan that is neither ended nor broken.
        UsageProblem: there is no such category of difficulty.
    """
    office.require_role(*PEOPLE)
    _one_of("--difficulty", difficulty, DIFFICULTIES)
    with office.writing() as session:
        case = casebook.find(session, code)
        assert case.id is not None
        _one_at_a_time(session, case.id)
        during = call if call is not None else _open_call(office, session, case.id)
        made = _record(office, session, _drawn(office, session, case, wish), difficulty, during)
        return public("plan", made)


def change(office: Office, name: str, wish: Wish) -> None:
    """Give a plan another schedule; it is a draft again, whatever had been approved.

    Raises:
        NotFound: there is no such plan.
        Busy: it is past changing.
        BadData: the schedule cannot be, or is beyond a limit.
    """
    office.require_role(*PEOPLE)
    with office.writing() as session:
        plan = reading.found(session, name)
        state = lifecycle(NAME).after(plan.status, "change", office.lang)
        case = casebook.find(session, reading.case_of(session, plan).code)
        drawn = _drawn(office, session, case, wish)
        was = plan.digest
        _fill(plan, drawn, plan.revision + 1)
        plan.status, plan.proposed_by, plan.proposed_at = state, office.staff.id, office.now()
        plan.submitted_by = plan.submitted_at = plan.decide_by = None
        plan.decided_by = plan.decided_at = plan.approved_digest = None
        _add_rows(session, plan, drawn)
        _step(office, session, plan, "change", {**_content(plan, drawn), "instead_of": was})


def evidence(office: Office, name: str, item: str, state: str) -> None:
    """Record that something was asked for, received, or found sufficient or not; its kind only.

    Raises:
        NotFound: there is no such plan.
        Busy: the plan is past being verified.
        UsageProblem: there is no such item or state.
        BadData: it was not asked for, or not received yet.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import PlanEvidence

    office.require_role(*PEOPLE)
    _one_of("ITEM", item, EVIDENCE)
    _one_of("STATE", state, EVIDENCE_STATES)
    with office.writing() as session:
        plan = reading.found(session, name)
        lifecycle(NAME).after(plan.status, "evidence", office.lang)
        asked = select(PlanEvidence).where(col(PlanEvidence.plan) == plan.id, col(PlanEvidence.item) == item)
        row = session.execute(asked).scalars().first()
        _in_order(row.state if row else None, state)
        now = office.now()
        if row is None:
            assert plan.id is not None
            session.add(PlanEvidence(plan=plan.id, item=item, state=state, by_staff=office.staff.id, at=now))
        else:
            row.state, row.by_staff, row.at = state, office.staff.id, now
        _step(office, session, plan, "evidence", {"item": item, "state_of_item": state})


def _in_order(before: str | None, state: str) -> None:
    """Asked, received, judged: in that order; a judgement may be revised, and what was insufficient asked for again."""
    follows = {"asked": (None, "insufficient"), "received": ("asked",)}
    allowed = follows.get(state, ("received", "sufficient", "insufficient"))
    if before not in allowed or before == state:
        raise BadData(
            "plan_evidence_order",
            N_("This was not asked for, or not received yet, or is recorded already."),
            hint=N_("First asked, then received, then sufficient or insufficient."),
        )


def _drawn(office: Office, session: Session, case: CaseFile, wish: Wish) -> Drawn:
    at, connection = office.now(), session.connection()
    limits = house.in_force(connection, at).plan
    return terms.draw(reading.basis(session, case, at), wish, limits, adoption.calendars(connection, at))


def _one_at_a_time(session: Session, case: int) -> None:
    plan = next((each for each in reading.plans_of(session, case) if each.status in LIVE), None)
    if plan is not None and plan.id is not None:
        raise Busy(
            "plan_open",
            N_("This case has plan {plan} already."),
            hint=N_("`collectdesk plan show {plan}` says how it stands."),
            plan=public("plan", plan.id),
        )


def _open_call(office: Office, session: Session, case: int) -> int | None:
    """The call about this case that whoever is signed in has open."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Call

    asked = select(Call.id).where(col(Call.collector) == office.staff.id, col(Call.case_id) == case)
    return session.execute(asked.where(col(Call.ended_at).is_(None))).scalars().first()


def _record(office: Office, session: Session, drawn: Drawn, difficulty: str, call: int | None) -> int:
    from collectdesk.store.tables import Plan

    plan = Plan(
        case_id=drawn.basis.case,
        call=call,
        difficulty=difficulty,
        status="draft",
        proposed_by=office.staff.id,
        proposed_at=office.now(),
    )
    _fill(plan, drawn, 1)
    session.add(plan)
    session.flush()
    assert plan.id is not None
    _add_rows(session, plan, drawn)
    _step(office, session, plan, "propose", {"difficulty": difficulty, **_content(plan, drawn)})
    return plan.id


def _figures(drawn: Drawn) -> dict[str, object]:
    basis = drawn.basis
    return {
        "kind": drawn.terms.kind,
        "statement": basis.statement,
        "principal": basis.principal,
        "interest": basis.interest,
        "fees": basis.fees,
        "total": basis.total,
        "currency": basis.currency,
        "terms": _plain(drawn),
    }


def _fill(plan: Plan, drawn: Drawn, revision: int) -> None:
    for name, value in _figures(drawn).items():
        setattr(plan, name, value)
    plan.revision = revision
    plan.digest = binding.sealed(plan, drawn.rows)


def _add_rows(session: Session, plan: Plan, drawn: Drawn) -> None:
    from collectdesk.store.tables import PlanInstalment

    assert plan.id is not None
    for each in drawn.rows:
        row = PlanInstalment(
            plan=plan.id,
            revision=plan.revision,
            number=each.number,
            due_on=each.due_on.isoformat(),
            amount=each.amount,
        )
        session.add(row)
    session.flush()


def _plain(drawn: Drawn) -> dict[str, object]:
    """The terms in JSON's own types."""
    import json

    from msgspec import to_builtins

    found: dict[str, object] = json.loads(dump_json(to_builtins(drawn.terms)))
    return found


def _content(plan: Plan, drawn: Drawn) -> dict[str, object]:
    return {
        "digest": plan.digest,
        "revision": plan.revision,
        "terms": plan.terms,
        "currency": plan.currency,
        "schedule": [[each.number, each.due_on.isoformat(), each.amount] for each in drawn.rows],
    }


def _step(office: Office, session: Session, plan: Plan, act: str, content: dict[str, object]) -> None:
    session.flush()
    assert plan.id is not None
    at = office.now()
    steps.record(session, NAME, plan.id, act, plan.status, at=at, by=office, case=plan.case_id, content=content)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageProblem(
            "no_such_word", N_("{name} must be one of: {choices}."), hint="", name=name, choices=", ".join(known)
        )
