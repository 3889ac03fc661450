"""Plans as they are on file: what a plan is drawn up on, its rows, what was verified, and how it is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from collectdesk.desk import casebook, steps
from collectdesk.desk.plans import binding
from collectdesk.desk.plans.matching import Owed, Paid, Performance, match
from collectdesk.desk.plans.schedule import Instalment
from collectdesk.desk.plans.states import PERFORMED
from collectdesk.desk.plans.terms import Basis
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_, BadData, NotFound, UsageProblem
from collectdesk.store.ids import private, public
from collectdesk.store.words import PLAN_STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from collectdesk.store.tables import CaseFile, Plan, PlanEvidence, Statement, Step


class PlanView(Struct, frozen=True):
    """A plan with all that hangs on it; ``edited``: its rows are not those that were recorded or approved."""

    id: str
    plan: Plan
    case: CaseFile
    rows: tuple[Instalment, ...]
    evidence: tuple[PlanEvidence, ...]
    steps: tuple[Step, ...]
    performance: Performance | None
    staff: dict[int, str]
    edited: bool
    today: date
    card: bool


class Line(Struct, frozen=True):
    """A plan in a list; ``due``: by when it is to be decided, or its next instalment."""

    id: str
    case: str
    state: str
    total: int
    currency: str
    count: int
    due: str | None
    by: str


def house_day(at: int) -> date:
    """The house's local date of an instant in UTC seconds."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)).date()


def house_midnight(day: date) -> int:
    """UTC seconds at which a local date of the house begins."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(HOUSE_ZONE)).timestamp())


def found(session: Session, name: str) -> Plan:
    """The plan of this id, such as ``f3``.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import Plan

    key = private("plan", name.strip())
    plan = session.get(Plan, key) if key is not None else None
    if plan is None:
        raise NotFound(
            "no_such_plan", N_("There is no such plan on this desk."), hint=N_("`collectdesk plan list` lists them.")
        )
    return plan


def case_of(session: Session, plan: Plan) -> CaseFile:
    """The case a plan is for."""
    from collectdesk.store.tables import CaseFile

    case = session.get(CaseFile, plan.case_id)
    assert case is not None
    return case


def currency(session: Session, code: str) -> str:
    """The currency a case's amounts are stated in.

    Raises:
        NotFound: there is no such case.
    """
    stated = statement(session, casebook.find(session, code))
    return stated.currency if stated else "CNY"


def known(states: Sequence[str]) -> tuple[str, ...]:
    """States as they are typed.

    Raises:
        UsageProblem: there is none of that name.
    """
    for state in states:
        if state not in PLAN_STATES:
            raise UsageProblem(
                "no_such_word",
                N_("{name} must be one of: {choices}."),
                hint="",
                name="--state",
                choices=", ".join(PLAN_STATES),
            )
    return tuple(states)


def basis(session: Session, case: CaseFile, at: int) -> Basis:
    """What a plan for this case is drawn up on.

    Raises:
        BadData: the case is closed, or nothing is stated to be owed.
    """
    stated = statement(session, case)
    assert case.id is not None
    if case.status != "open":
        raise BadData("plan_case_closed", N_("This case is closed; there is nothing to plan."))
    if stated is None or stated.total <= 0 or stated.id is None:
        raise BadData(
            "plan_no_statement",
            N_("A plan needs a statement of what is owed."),
            hint=N_("Import one: `collectdesk import`."),
        )
    return Basis(
        case=case.id,
        code=case.code,
        debtor=case.debtor,
        type=case.type,
        statement=stated.id,
        as_of=date.fromisoformat(stated.as_of),
        principal=stated.principal,
        interest=stated.interest,
        fees=stated.fees,
        total=stated.total,
        currency=stated.currency,
        today=house_day(at),
        earlier=sum(plan.status in PERFORMED for plan in plans_of(session, case.id)),
    )


def statement(session: Session, case: CaseFile) -> Statement | None:
    """The newest statement of a case."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Statement

    newest = select(Statement).where(col(Statement.case_id) == case.id)
    newest = newest.order_by(col(Statement.as_of).desc(), col(Statement.imported_at).desc(), col(Statement.id).desc())
    return session.execute(newest).scalars().first()


def plans_of(session: Session, case: int) -> list[Plan]:
    """Every plan of a case, the newest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Plan

    return list(session.execute(select(Plan).where(col(Plan.case_id) == case).order_by(col(Plan.id).desc())).scalars())


def listed(session: Session, *, states: Sequence[str] = (), case: int | None = None) -> list[Plan]:
    """Plans in these states, or all; those to be decided first, then by the date they were drawn up."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Plan

    asked = select(Plan)
    if states:
        asked = asked.where(col(Plan.status).in_(states))
    if case is not None:
        asked = asked.where(col(Plan.case_id) == case)
    rows = session.execute(asked.order_by(col(Plan.id).desc())).scalars()
    return sorted(rows, key=lambda plan: plan.status != "submitted")


def lines(session: Session, at: int, *, states: Sequence[str] = (), case: str = "") -> list[Line]:
    """Plans in these states, or all, of one case or all.

    Raises:
        NotFound: there is no such case.
    """
    from collectdesk.store.tables import CaseFile, Staff

    only = casebook.find(session, case).id if case else None
    found = []
    for plan in listed(session, states=states, case=only):
        assert plan.id is not None
        owner, by = session.get(CaseFile, plan.case_id), session.get(Staff, plan.proposed_by)
        assert owner is not None
        assert by is not None
        made = binding.rows(session, plan)
        due = _due(session, plan, house_day(at))
        name = public("plan", plan.id)
        found.append(Line(name, owner.code, plan.status, plan.total, plan.currency, len(made), due, by.number))
    return found


def _due(session: Session, plan: Plan, today: date) -> str | None:
    if plan.status == "submitted":
        return plan.decide_by
    if plan.status != "active":
        return None
    following = performance(session, plan, today).next
    return following.due_on.isoformat() if following else None


def view(session: Session, plan: Plan, at: int) -> PlanView:
    """A plan with all that hangs on it, as of ``at``."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, PlanEvidence, Staff

    assert plan.id is not None
    case = session.get(CaseFile, plan.case_id)
    assert case is not None
    asked = select(PlanEvidence).where(col(PlanEvidence.plan) == plan.id).order_by(col(PlanEvidence.id))
    done = steps.steps_of(session, "plan", plan.id)
    people = {plan.proposed_by, plan.submitted_by, plan.decided_by, *(step.by_staff for step in done)} - {None}
    numbers = session.execute(select(Staff.id, Staff.number).where(col(Staff.id).in_(people))).all()
    return PlanView(
        id=public("plan", plan.id),
        plan=plan,
        case=case,
        rows=binding.rows(session, plan),
        evidence=tuple(session.execute(asked).scalars()),
        steps=tuple(done),
        performance=performance(session, plan, house_day(at)) if plan.status in PERFORMED else None,
        staff={int(key): str(number) for key, number in numbers},
        edited=binding.edited(session, plan),
        today=house_day(at),
        card=case.type == "credit_card",
    )


def performance(session: Session, plan: Plan, today: date) -> Performance:
    """How a plan is kept by the payments on file, as of a local date."""
    owed = [Owed(each.number, each.due_on, each.amount) for each in binding.rows(session, plan)]
    return match(owed, paid(session, plan), today, plan.grace_days or 0)


def paid(session: Session, plan: Plan) -> list[Paid]:
    """Payments that count for a plan: on its case, in its currency, since its statement, less what was taken back."""
    from collectdesk.desk.payments.ledger import payments, since
    from collectdesk.store.tables import Statement

    stated = session.get(Statement, plan.statement)
    assert stated is not None
    return [
        Paid(each.on, each.net)
        for each in payments(session.connection(), [plan.case_id]).get(plan.case_id, ())
        if each.currency == plan.currency and each.net > 0 and since(each, stated.as_of, stated.imported_at)
    ]
