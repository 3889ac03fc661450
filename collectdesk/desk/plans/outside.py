"""Plans that nobody of the desk may decide (方案提交外部): what an outside officer is asked, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house
from collectdesk.desk.fact_parts import amount
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.plans import binding, deciding, reading
from collectdesk.desk.plans.proposing import NAME
from collectdesk.desk.requests.matters import Answer, Fact, Put
from collectdesk.errors import N_, Busy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Plan

DECIDE = "plan.decide"
CHOICES = ("approve", "refuse")


def put(session: Session, name: str) -> Put:
    """What is asked about a plan that waits for approval where nobody here may give it.

    Raises:
        NotFound: no such plan.
        Busy: it does not wait, or somebody of this desk may decide it.
    """
    plan = reading.found(session, name)
    assert plan.id is not None
    limits = house.in_force(session.connection(), plan.submitted_at or plan.proposed_at).plan
    if plan.status != "submitted" or deciding.who_decides(session, plan, limits):
        raise Busy("nothing_to_put", N_("Nothing about this plan waits for an outside officer."))
    binding.require_sound(session, plan)
    return Put(DECIDE, plan.id, plan.case_id, frozenset(deciding.party(plan)), CHOICES, tuple(_facts(session, plan)))


def apply(office: Office, session: Session, matter: str, subject: int, answer: Answer) -> None:
    """Do what was answered: the approval is of the schedule that was put.

    Raises:
        Busy: the plan has moved on meanwhile.
        BadData: its schedule was edited, is past, or of another statement.
    """
    del matter
    from collectdesk.store.tables import Plan

    plan, act = session.get_one(Plan, subject), "approve" if answer.choice == "approve" else "reject"
    state, now = lifecycle(NAME).after(plan.status, act, office.lang), office.now()
    evidence = {"answer_digest" if name == "digest" else name: value for name, value in answer.evidence.items()}
    content = {"reason": answer.reason, **evidence, "digest": plan.digest}
    if act == "approve":
        deciding.still_true(session, plan, now)
        plan.approved_digest = plan.digest
    plan.status, plan.decided_at = state, now
    deciding.record(office, session, plan, act, content)
    if act == "reject":
        deciding.lift_hardship(office, session, plan, now)


def _facts(session: Session, plan: Plan) -> Iterator[Fact]:
    """What an officer needs: the amounts, the schedule and what was verified; by category only."""
    yield Fact("total", f"{amount(plan.total, plan.currency)} {plan.currency}")
    labels = {
        each.code: {"zh_CN": each.label.zh_CN, "en": each.label.en}
        for each in adoption.codes(session, plan.proposed_at).fields["cause"].codes
    }
    yield Fact("category", labels.get(plan.difficulty, plan.difficulty))
    for each in binding.rows(session, plan):
        yield Fact("instalment", f"{each.due_on.isoformat()}: {amount(each.amount, plan.currency)}")
    if plan.decide_by is not None:
        yield Fact("last_on", plan.decide_by)
