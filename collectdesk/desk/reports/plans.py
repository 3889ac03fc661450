"""Plans (还款方案): proposed, decided in time or late, agreed to, kept and broken; what was due and what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.beside import BESIDE, beside
from collectdesk.desk.reports.counting import STEP, Counted
from collectdesk.desk.reports.figure import Chart, Section, Table
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team", "product", "stage", "kind", "difficulty")
OPEN = ("plans_open.waiting", "plans_open.overdue")
NOW = ("plans_now.drafts", "plans_now.to_sign", "plans_now.active", "plans_now.active_amount")
PROPOSED = ("plans.proposed", "plans.amount")
ANSWERS = ("plan_decisions.approved", "plan_decisions.rejected", "plan_decisions.returned")
RATE = ("plan_decisions.approval_rate",)
TIMES = ("plan_decisions.in_time_rate", "plan_decisions.late", "plan_decisions.mean_time")
TURNS = ("plan_turns.signed", "plan_turns.completed", "plan_turns.broken", "plan_turns.resumed", "plan_turns.withdrawn")
KEPT = ("instalments.in_time", "instalments.late", "instalments.part", "instalments.missed")
DUE = ("instalments.due", *KEPT, "instalments.in_time_rate")
AMOUNTS = ("instalments.due_amount", "instalments.paid_amount")
FIGURES = (*OPEN, *NOW, *PROPOSED, *ANSWERS, *RATE, *TIMES, *TURNS, *DUE, *AMOUNTS, *BESIDE)
ALARMING = ("plans_open.overdue",)


def sections(look: Look) -> tuple[Section, ...]:
    """What waits, the approvals, the performance, and by what was asked for."""
    by = look.asked.by or BY[0]
    waiting, standing = look.count("plans_open", OPEN), look.count("plans_now", NOW)
    made = look.count("plans", PROPOSED, by=(STEP, by))
    decided = look.count("plan_decisions", (*ANSWERS, *RATE, *TIMES), by=(STEP, by))
    turns = look.count("plan_turns", TURNS, by=(STEP, by))
    kept = look.count("instalments", (*DUE, *AMOUNTS), by=(STEP, by))
    open_now = [waiting.figure(key, alarm=key in ALARMING) for key in OPEN]
    return (
        section(look, "now", (*open_now, *standing.figures(*NOW))),
        section(look, "approval", (*made.figures(*PROPOSED), *decided.figures(*ANSWERS, *RATE, *TIMES)), [
            table(look, "approval", STEP, Part(made, PROPOSED[:1]), Part(decided, (*ANSWERS, *TIMES)),
                  chart=Chart(shape="lines", columns=(*PROPOSED[:1], *ANSWERS[:1]))),
        ]),
        section(look, "performance", (*turns.figures(*TURNS), *kept.figures(*DUE, *AMOUNTS)), [
            table(look, "performance", STEP, Part(kept, DUE), chart=Chart(shape="stacked", columns=KEPT)),
        ]),
        section(look, "by", (), [_by(look, by, made, decided, turns, kept)]),
    )  # fmt: skip


def _by(look: Look, by: str, made: Counted, decided: Counted, turns: Counted, kept: Counted) -> Table:
    own = [Part(made, PROPOSED[:1]), Part(decided, ANSWERS[:2]), Part(turns, TURNS[:3]), Part(kept, DUE[-1:])]
    return table(look, by, by, *own, *beside(look, by), chart=Chart(shape="bars", columns=PROPOSED[:1]))
