"""The life of a plan, at random, on a real database: every act in every state, against the shipped table."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.office import Office
from collectdesk.desk.plans import deciding, performance, proposing, reading
from collectdesk.desk.plans.states import PERFORMED
from collectdesk.desk.plans.terms import Wish
from collectdesk.errors import Problem
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.plans.hardship import Hardship
from tests.desk.rooms import Hands

LIFE = lifecycle("plan")
ACTS = ("evidence", "change", "submit", "approve", "reject", "return", "sign", "withdraw")
"""What people do; the desk's own acts follow from payments and dates."""
DECIDING = ("approve", "reject", "return")
ALONG = (("submit", "collector"), ("approve", "lead"), ("sign", "collector"))
STATED = "2026-11-22"
"""The day of the statement: what was paid before it is in it."""
WHO = st.sampled_from(["collector", "lead", "admin"])


class PlanLife(RuleBasedStateMachine):
    """A case with a plan; whoever may and may not does everything in any order, and days and payments come."""

    furniture: Furniture

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()

    @initialize(count=st.integers(1, 6), along=st.integers(0, 3))
    def drawn_up(self, count: int, along: int) -> None:
        """A plan is drawn up on a desk of this run's own, and is some way along its life."""
        import shutil
        import tempfile

        made, room = self.furniture
        assert made.path is not None
        place = self.stack.enter_context(tempfile.TemporaryDirectory())
        store = open_engine(f"sqlite:///{shutil.copy(made.path, place)}", KEY)
        self.stack.callback(store.close)
        hands = Hands(room.small.at)
        phone = Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands))
        self.desk = Hardship(phone)
        self.plan = self.desk.draft(Wish(count=count))
        self.state, self.seen = "draft", 1
        self.paid: list[tuple[date, int]] = []
        self.proposed_by = self.submitted_by = "collector"
        for act, who in ALONG[:along]:
            if act == "submit":
                self.desk.verify(self.plan)
            self.do(act, who)
            self.note(act, who)

    @rule(act=st.sampled_from(ACTS), who=WHO)
    def people_act(self, act: str, who: str) -> None:
        """An act is done where the table has it and its roles, and refused by name elsewhere; nothing is half done."""
        before, problem = self.written(), self.attempt(act, who)
        if problem is None:
            assert any(move.act == act and self.state in move.sources and who in move.by for move in LIFE.moves)
            self.note(act, who)
            return
        assert self.written() == before
        if problem.code == "not_in_this_state":
            assert not any(move.act == act and self.state in move.sources for move in LIFE.moves)
        elif problem.code in ("role", "own_matter"):
            assert act in DECIDING
            assert who == "collector" or who in (self.proposed_by, self.submitted_by)
        else:
            assert problem.code in ("plan_unverified", "plan_evidence_order", "plan_date_past", "plan_first_date")

    def attempt(self, act: str, who: str) -> Problem | None:
        """Why it was refused, if it was."""
        try:
            self.do(act, who)
        except Problem as problem:
            return problem
        return None

    def note(self, act: str, who: str) -> None:
        """What the table says it led to."""
        self.state = LIFE.after(self.state, act)
        if act == "change":
            self.proposed_by = self.submitted_by = who
        if act == "submit":
            self.submitted_by = who
        self.follow()

    def do(self, act: str, who: str) -> None:
        """The act itself."""
        office: Office = getattr(self.desk, who)
        acts: dict[str, Callable[[], object]] = {
            "evidence": lambda: proposing.evidence(office, self.plan, "income", self.next_evidence()),
            "change": lambda: proposing.change(office, self.plan, Wish(count=3)),
            "submit": lambda: deciding.submit(office, self.plan),
            "approve": lambda: deciding.approve(office, self.plan, self.desk.digest(self.plan)),
            "reject": lambda: deciding.reject(office, self.plan, "not enough income"),
            "return": lambda: deciding.send_back(office, self.plan, "not enough proof"),
            "sign": lambda: performance.sign(office, self.plan, "signed", contents=True),
            "withdraw": lambda: deciding.withdraw(office, self.plan, "no longer needed"),
        }
        acts[act]()

    def next_evidence(self) -> str:
        rows = self.desk.phone.rows(f"SELECT state FROM plan_evidence WHERE plan = {self.plan[1:]}")
        return {"asked": "received", "received": "sufficient"}.get(rows[0][0], "insufficient") if rows else "asked"

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        """Dates come, and the desk records what they did."""
        self.desk.wait(days)
        with self.desk.collector.writing() as session:
            performance.dates_passed(session, self.desk.collector.now())
        self.follow()

    @precondition(lambda self: self.state in PERFORMED)
    @rule(part=st.integers(1, 4), back=st.integers(0, 3))
    def a_payment(self, part: int, back: int) -> None:
        """Money comes, dated some days ago perhaps."""
        left = sum(each.amount for each in self.view().rows) // part
        on = self.desk.today - timedelta(days=back)
        self.desk.pay(left, on)
        if on.isoformat() >= STATED:
            self.paid.append((on, left))
        self.follow()

    @precondition(lambda self: self.paid)
    @rule()
    def a_payment_is_taken_back(self) -> None:
        """The last one was an error."""
        rows = self.desk.phone.rows(
            "SELECT id, amount, paid_on FROM payment p WHERE amount > 0 AND NOT EXISTS "
            "(SELECT 1 FROM payment r WHERE r.reverses = p.id) ORDER BY id DESC"
        )
        if rows:
            key, amount, on = rows[0]
            self.desk.pay(-amount, reverses=key)
            if on >= STATED:
                self.paid.remove((date.fromisoformat(on), amount))
            self.follow()

    def follow(self) -> None:
        """Where payments and dates have brought a plan that was agreed, said plainly."""
        if self.state not in PERFORMED:
            return
        view = self.view()
        owed, total, broken = 0, sum(amount for _day, amount in self.paid), False
        for each in view.rows:
            owed += each.amount
            ends = each.due_on + timedelta(days=3)
            in_time = sum(amount for day, amount in self.paid if day <= ends)
            broken = broken or (self.desk.today > ends and in_time < owed)
        wanted = "completed" if total >= owed else "broken" if broken else "active"
        # a broken plan that nothing touched since stays as it is; days alone only ever break one
        self.state = wanted

    @invariant()
    def the_row_says_so(self) -> None:
        """The state on file is the table's."""
        if hasattr(self, "plan"):
            assert self.desk.state(self.plan) == self.state

    @invariant()
    def it_adds_up_and_walks_the_table(self) -> None:
        """The schedule that counts is the statement's total, unedited; each step kept leads on from the one before."""
        if not hasattr(self, "plan"):
            return
        view = self.view()
        assert sum(each.amount for each in view.rows) == view.plan.total
        assert not view.edited
        first, *rest = view.steps
        state = first.state
        assert (first.act, state in LIFE.start) == ("propose", True)
        for step in rest:
            state = LIFE.after(state, step.act)
            assert step.state == state

    @invariant()
    def a_block_stands_while_it_is_performed(self) -> None:
        """One block while it is active, none otherwise."""
        if hasattr(self, "plan"):
            assert self.desk.plan_holds() == (self.state == "active")

    def view(self) -> reading.PlanView:
        return self.desk.view(self.plan)

    def written(self) -> list[int]:
        """How much is on file."""
        tables = ("plan_instalment", "plan_evidence", "step", "journal", "hold")
        return [self.desk.phone.one(f"SELECT count(*) FROM {table}") for table in tables]

    def teardown(self) -> None:
        """The desk goes."""
        self.stack.close()


def test_any_life_walks_the_table(furniture: Furniture) -> None:
    """Article 11.1: what may be done in each state and by whom, at random, against data/lifecycles/plan.toml."""
    PlanLife.furniture = furniture
    quick = settings(
        max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(PlanLife, settings=quick)


@pytest.mark.parametrize("move", [move for move in LIFE.moves if "desk" not in move.by], ids=lambda move: move.act)
def test_no_act_is_the_decisions_of_a_collector(move: object) -> None:
    """The table itself leaves deciding to others."""
    act, by = getattr(move, "act", ""), getattr(move, "by", ())
    assert (act in DECIDING) == ("collector" not in by)
