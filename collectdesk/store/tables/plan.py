"""Hardship plans (困难客户还款方案, policy article 11.1): what was verified, the exact schedule, and its approval."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import Row, count, instant, json_value, local_date, money, pk, ref, table, text, word
from collectdesk.store.words import DIFFICULTIES, EVIDENCE, EVIDENCE_STATES, PLAN_FORMS, PLAN_KINDS, PLAN_STATES


class Plan(Row, table=True):
    """A plan for one case. The amounts are the statement's: no interest, no fee is added.

    ``terms`` is how the schedule was made, ``revision`` which of its schedules counts, ``digest`` that schedule's;
    ``approved_digest`` the one that was approved. ``recording`` is the reference of an oral agreement's recording.
    """

    __table_args__ = table(
        Index("ix_plan_case", "case_id", "status"),
        Index("ix_plan_status", "status", "decide_by"),
        CheckConstraint("total = principal + interest + fees", name="ck_plan_sum"),
        CheckConstraint("decided_by <> proposed_by AND decided_by <> submitted_by", name="ck_plan_other_decides"),
        CheckConstraint("form <> 'oral' OR recording IS NOT NULL", name="ck_plan_oral_recorded"),
    )
    id: int | None = pk()
    case_id: int = ref("case_file")
    call: int | None = ref("call", optional=True)
    kind: str = word(*PLAN_KINDS)
    difficulty: str = word(*DIFFICULTIES)
    statement: int = ref("statement")
    principal: int = money()
    interest: int = money()
    fees: int = money()
    total: int = money()
    currency: str = text()
    terms: dict[str, object] = json_value()
    revision: int = count(at_least=1)
    digest: str = text()
    status: str = word(*PLAN_STATES, default="draft")
    proposed_by: int = ref("staff")
    proposed_at: int = instant()
    submitted_by: int | None = ref("staff", optional=True)
    submitted_at: int | None = instant(optional=True)
    decide_by: str | None = local_date(optional=True)
    decided_by: int | None = ref("staff", optional=True)
    decided_at: int | None = instant(optional=True)
    approved_digest: str | None = text(optional=True)
    form: str | None = word(*PLAN_FORMS, optional=True)
    agreed_on: str | None = local_date(optional=True)
    agreed_at: int | None = instant(optional=True)
    recording: str | None = text(optional=True)
    hold: int | None = ref("hold", optional=True)
    grace_days: int | None = count(optional=True)


class PlanInstalment(Row, table=True):
    """One instalment of one ``revision`` of a plan; number 0 is the down payment. No row is ever changed."""

    __table_args__ = table(UniqueConstraint("plan", "revision", "number"))
    id: int | None = pk()
    plan: int = ref("plan")
    revision: int = count(at_least=1)
    number: int = count()
    due_on: str = local_date()
    amount: int = count(at_least=1)


class PlanEvidence(Row, table=True):
    """One thing asked for to verify the difficulty (核实材料): its kind only, and how it stands; never what it says."""

    __table_args__ = table(UniqueConstraint("plan", "item"))
    id: int | None = pk()
    plan: int = ref("plan")
    item: str = word(*EVIDENCE)
    state: str = word(*EVIDENCE_STATES)
    by_staff: int = ref("staff")
    at: int = instant()
