"""The life of an emergency, at random, on a real database: every act in every state, against the shipped table."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from collectdesk.desk.emergencies import acts, reading
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.office import Office
from collectdesk.errors import Problem
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.emergencies.danger import Danger
from tests.desk.rooms import Hands

LIFE = lifecycle("emergency")
ROLES = {"8000": "admin", "8001": "lead", "8002": "collector", "8003": "lead", "8004": "officer"}
ACTS: dict[str, Callable[[Office, str], str]] = {
    "acknowledge": acts.acknowledge,
    "note": lambda office, name: acts.note(office, name, "家人已到"),
    "call_back": lambda office, name: acts.called_back(office, name, 1),
    "ask_release": lambda office, name: acts.ask_release(office, name, "已确认安全"),
    "refuse_release": lambda office, name: acts.refuse_release(office, name, "再看看"),
    "release": acts.release,
}
WHO = st.sampled_from(sorted(ROLES))


class EmergencyLife(RuleBasedStateMachine):
    """One emergency; everybody of the desk tries everything in any order, and time goes by."""

    furniture: Furniture

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()

    @initialize()
    def raised(self) -> None:
        """A desk of this run's own, with somebody in danger."""
        made, room = self.furniture
        place = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        store = open_engine(f"sqlite:///{shutil.copy(str(made.path), place)}", KEY)
        self.stack.callback(store.close)
        hands = Hands(room.small.at)
        self.desk = Danger(
            Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands)), place
        )
        self.name = self.desk.raised()
        self.state, self.asked_by = "open", ""
        self.done = ["raise"]

    @rule(act=st.sampled_from(sorted(ACTS)), who=WHO)
    def somebody_acts(self, act: str, who: str) -> None:
        """It is done where the table has it, by whose act it is; else refused by name, and nothing is written."""
        allowed = [move for move in LIFE.moves if move.act == act and self.state in move.sources]
        before = self.desk.written()
        if act == "call_back" and ROLES[who] not in allowed_by(act):
            return
        refused = self.refusal(act, who)
        if refused is not None:
            assert self.desk.written() == before
            assert refused in ("not_in_this_state", "role", "same_person")
            assert refused != "not_in_this_state" or not allowed
            assert refused != "role" or ROLES[who] not in allowed_by(act)
            assert refused != "same_person" or who == self.asked_by
            return
        assert allowed
        assert ROLES[who] in allowed[0].by
        self.state = allowed[0].to
        self.asked_by = {"ask_release": who, "refuse_release": ""}.get(act, self.asked_by)
        self.done.append(act)

    def refusal(self, act: str, who: str) -> str | None:
        """Why it was refused, if it was."""
        try:
            ACTS[act](self.desk.offices[who], self.name)
        except Problem as problem:
            return problem.code
        return None

    @rule(minutes=st.integers(1, 40))
    def time_goes_by(self, minutes: int) -> None:
        """Only an emergency nobody has taken is passed on."""
        before = len(self.desk.alerted())
        self.desk.after(minutes)
        assert self.state == "open" or len(self.desk.alerted()) == before

    @invariant()
    def what_stands_is_what_the_table_says(self) -> None:
        """The row, its steps and the freeze agree; nobody is alerted twice; two people released it."""
        if not hasattr(self, "name"):
            return
        view = reading.view(self.desk.offices["8000"], self.name)
        assert view.row.status == self.state
        assert [each.act for each in view.done if each.act != "escalate"] == self.done
        own = {"release", "refuse_release"} if self.asked_by == "8000" else set()  # who asks does not decide
        assert {move.act for move in view.moves} == {move.act for move in LIFE.acts(self.state)} - own
        alerted = self.desk.alerted()
        assert len(alerted) == len(set(alerted))
        frozen = self.desk.phone.one("SELECT frozen_at FROM case_file") is not None
        assert frozen == (self.state != "closed")
        if self.state == "closed":
            assert view.row.closed_by != view.row.release_asked_by

    def teardown(self) -> None:
        """Put the desk away."""
        self.stack.close()


def allowed_by(act: str) -> set[str]:
    """The roles whose act it is anywhere."""
    return {role for move in LIFE.moves if move.act == act for role in move.by}


def test_an_emergency_lives_by_its_table(furniture: Furniture) -> None:
    """Article 12: whatever is tried, in whatever order."""
    EmergencyLife.furniture = furniture
    run_state_machine_as_test(
        EmergencyLife,
        settings=settings(
            max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_of_a_person_is_in_the_table(act: str) -> None:
    assert act in {move.act for move in LIFE.moves}
    assert {move.act for move in LIFE.moves if move.by != ("desk",)} == set(ACTS)
