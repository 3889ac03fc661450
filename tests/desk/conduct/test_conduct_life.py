"""The life of a violation, at random, on a real database: every act in every state, against the shipped table."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from collectdesk.desk.conduct import acts, reading
from collectdesk.desk.conduct.report import Report
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.standing import standing_of
from collectdesk.errors import Problem
from collectdesk.store.case_rows import driver_of
from collectdesk.store.engine import open_engine
from collectdesk.store.words import CONDUCT_OUTCOMES
from tests.conftest import KEY
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.emergencies.danger import Danger
from tests.desk.rooms import Hands

LIFE = lifecycle("conduct")
ROLES = {"8000": "admin", "8001": "lead", "8002": "collector", "8003": "lead", "8004": "officer"}
WHO = st.sampled_from(sorted(ROLES))


class ConductLife(RuleBasedStateMachine):
    """One violation of somebody's; everybody of the desk tries everything in any order."""

    furniture: Furniture

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()

    @initialize(subject=st.sampled_from(["8001", "8002"]), kind=st.sampled_from(["gift", "quarrel"]))
    def recorded(self, subject: str, kind: str) -> None:
        """A desk of this run's own, with a violation of a collector's or a lead's."""
        made, room = self.furniture
        place = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        store = open_engine(f"sqlite:///{shutil.copy(str(made.path), place)}", KEY)
        self.stack.callback(store.close)
        hands = Hands(room.small.at)
        self.desk = Danger(
            Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands)), place
        )
        self.subject, self.state, self.decided_by = subject, "recorded", ""
        self.suspends = kind == "gift"
        report = Report(kind=kind, evidence="录音", staff=subject)
        self.name = acts.record(self.desk.offices["8000"], report)

    @rule(outcome=st.sampled_from(CONDUCT_OUTCOMES), who=WHO)
    def decide(self, outcome: str, who: str) -> None:
        """By somebody who decides, is not concerned and did not decide before."""
        if self.attempt("decide", who, lambda: acts.decide(self.desk.offices[who], self.name, outcome, "理由")):
            assert who not in (self.subject, self.decided_by)
            self.decided_by, self.suspends = who, outcome == "suspended"

    @rule(who=WHO)
    def appeal(self, who: str) -> None:
        """By the person concerned alone."""
        if self.attempt("appeal", who, lambda: acts.appeal(self.desk.offices[who], self.name, "理由")):
            assert who == self.subject

    @rule(who=WHO)
    def lift(self, who: str) -> None:
        """Only where something stands, and never by the person concerned."""
        if self.attempt("lift", who, lambda: acts.lift(self.desk.offices[who], self.name, "理由")):
            assert who != self.subject
            assert self.suspends
            self.suspends = False

    def attempt(self, act: str, who: str, do: Callable[[], object]) -> bool:
        """Whether it was done; what was refused wrote nothing, and only what the table has is done."""
        moves = [move for move in LIFE.moves if move.act == act and self.state in move.sources]
        before = self.desk.written()
        refused = refusal(do)
        if refused is not None:
            assert self.desk.written() == before
            if refused == "not_in_this_state":
                assert not moves
            else:
                assert refused in ("role", "own_matter", "not_concerned", "not_suspended")
            return False
        assert moves
        assert ROLES[who] in moves[0].by
        self.state = moves[0].to
        return True

    @invariant()
    def what_stands_is_what_the_table_says(self) -> None:
        """Row, suspension and the gate's standing agree."""
        if not hasattr(self, "name"):
            return
        view = reading.view(self.desk.offices["8000"], self.name)
        assert view.row.status == self.state
        assert view.suspends == self.suspends
        with self.desk.room.office.reader.connect() as connection:
            standing = standing_of(driver_of(connection), self.desk.keys[self.subject], self.desk.hands.at)
        assert standing.suspended == self.suspends

    def teardown(self) -> None:
        """Put the desk away."""
        self.stack.close()


def refusal(do: Callable[[], object]) -> str | None:
    """Why it was refused, if it was."""
    try:
        do()
    except Problem as problem:
        return problem.code
    return None


def test_a_violation_lives_by_its_table(furniture: Furniture) -> None:
    """Article 9: whatever is tried, in whatever order."""
    ConductLife.furniture = furniture
    run_state_machine_as_test(
        ConductLife,
        settings=settings(
            max_examples=15, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
