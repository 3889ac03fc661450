"""Plans for programs: the schedule to the cent, what was verified, how it is kept, who did what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.show.jsonout import emit
from collectdesk.show.money import decimal_text

if TYPE_CHECKING:
    from collectdesk.desk.plans.matching import Performance
    from collectdesk.desk.plans.reading import Line, PlanView
    from collectdesk.desk.plans.schedule import Instalment
    from collectdesk.desk.plans.terms import Drawn


def drawn_json(drawn: Drawn) -> None:
    """A schedule nobody proposed yet as one document."""
    basis = drawn.basis
    emit(
        "collectdesk.plan_schedule/1",
        {
            "case": basis.code,
            "statement": {
                "as_of": basis.as_of,
                **_sums(basis.principal, basis.interest, basis.fees, basis.total, basis.currency),
            },
            "kind": drawn.terms.kind,
            "instalments": _plain(drawn.rows, basis.currency),
            "proposal_only": True,
        },
    )


def plan_json(view: PlanView, zone: ZoneInfo) -> None:
    """A whole plan as one document."""
    emit("collectdesk.plan/1", document(view, zone))


def document(view: PlanView, zone: ZoneInfo) -> dict[str, object]:
    """A whole plan in JSON's own types, without its schema."""
    plan = view.plan
    return {
        "plan": view.id,
        "case": view.case.code,
        "state": plan.status,
        "kind": plan.kind,
        "difficulty": plan.difficulty,
        **_sums(plan.principal, plan.interest, plan.fees, plan.total, plan.currency),
        "revision": plan.revision,
        "digest": plan.digest,
        "edited": view.edited,
        "instalments": _plain(view.rows, plan.currency),
        "evidence": [{"item": each.item, "state": each.state} for each in view.evidence],
        "proposed_by": view.staff.get(plan.proposed_by),
        "submitted_by": view.staff.get(plan.submitted_by or 0),
        "decide_by": plan.decide_by,
        "decided_by": view.staff.get(plan.decided_by or 0),
        "decided_at": _at(plan.decided_at, zone),
        "approved_digest": plan.approved_digest,
        "form": plan.form,
        "agreed_on": plan.agreed_on,
        "recording": plan.recording,
        "performance": _performance(view.performance, plan.currency) if view.performance else None,
        "steps": [
            {
                "act": step.act,
                "state": step.state,
                "at": _at(step.at, zone),
                "by": view.staff.get(step.by_staff or 0),
                "reason": (step.content or {}).get("reason"),
            }
            for step in view.steps
        ],
    }


def list_json(lines: Iterable[Line]) -> None:
    """The plans of a list as one document, each in short."""
    plans = [
        {
            "plan": line.id,
            "case": line.case,
            "state": line.state,
            "total": decimal_text(line.total, line.currency),
            "currency": line.currency,
            "instalments": line.count,
            "due_on": line.due,
            "proposed_by": line.by,
        }
        for line in lines
    ]
    emit("collectdesk.plans/1", {"plans": plans})


def done_json(plan: str, state: str) -> None:
    """That something was done with a plan."""
    emit("collectdesk.plan_done/1", {"plan": plan, "state": state})


def _plain(rows: Iterable[Instalment], currency: str) -> list[dict[str, object]]:
    made = list(rows)
    left, found = sum(each.amount for each in made), []
    for each in made:
        left -= each.amount
        found.append(
            {
                "number": each.number,
                "due_on": each.due_on,
                "amount": decimal_text(each.amount, currency),
                "left": decimal_text(left, currency),
            }
        )
    return found


def _performance(kept: Performance, currency: str) -> dict[str, object]:
    return {
        "paid": decimal_text(kept.paid, currency),
        "over": decimal_text(kept.over, currency),
        "broken_on": kept.broken_on,
        "next": kept.next.number if kept.next else None,
        "instalments": [
            {
                "number": each.number,
                "due_on": each.due_on,
                "amount": decimal_text(each.amount, currency),
                "paid": decimal_text(each.paid, currency),
                "whole_on": each.whole_on,
                "state": each.state,
            }
            for each in kept.instalments
        ],
    }


def _sums(principal: int, interest: int, fees: int, total: int, currency: str) -> dict[str, object]:
    named = {"principal": principal, "interest": interest, "fees": fees, "total": total}
    return {**{name: decimal_text(value, currency) for name, value in named.items()}, "currency": currency}


def _at(at: int | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)
