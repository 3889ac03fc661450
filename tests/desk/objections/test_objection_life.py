"""Any acts in any order by anybody: what the shipped table allows is done, everything else refused and nothing written.

Beside it: while one objection on the case is not told, or not put right, no call presses, and a call to answer passes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

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
from sqlalchemy import text

from collectdesk.desk import checking
from collectdesk.desk.case_files import read_files
from collectdesk.desk.facts import Contact
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.objections import acts, recording
from collectdesk.desk.objections.terms import local_day
from collectdesk.desk.office import Office
from collectdesk.desk.standing import standing_of
from collectdesk.errors import Busy, NotPermitted, Problem
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.conftest import Furniture
from tests.desk.rooms import Hands, Room

LIFE = lifecycle("objection")
ACTS = sorted({move.act for move in LIFE.moves})
SEATS = ("collector", "lead", "admin", "officer")
CATEGORIES = ("amount", "not_mine", "credit_report", "already_paid")
WORDS = "按合同约定逐项核对过"


@dataclass
class Known:
    """What the machine knows of one objection."""

    key: int
    state: str
    holding: bool
    finding: str | None = None


class Life(RuleBasedStateMachine):
    """Objections on one case of a real desk."""

    furniture: Furniture

    @initialize()
    def open_desk(self) -> None:
        made, room = self.furniture
        assert made.path is not None
        self.place = tempfile.TemporaryDirectory(prefix="objections-")
        self.store = open_engine(f"sqlite:///{shutil.copy(made.path, Path(self.place.name) / 'desk.db')}", KEY)
        self.hands = Hands(room.small.at)
        office = replace(room.office, store=self.store, clock=self.hands)
        self.room: Room = replace(room, office=office, hands=self.hands)
        self.known: list[Known] = []

    def teardown(self) -> None:
        self.store.close()
        self.place.cleanup()

    @rule(category=st.sampled_from(CATEGORIES), via=st.sampled_from(["letter", "app"]), at_once=st.booleans())
    def record(self, category: str, via: str, at_once: bool) -> None:
        answer = WORDS if at_once else ""
        day = local_day(self.hands.at)
        key = recording.add(
            self.room.office, self.room.small.code, category=category, content=WORDS, via=via, received_on=day,
            answer=answer,
        )  # fmt: skip
        heard = via == "app" and category != "credit_report"
        state = "open" if not at_once else "closed" if heard else "answered"
        assert state in LIFE.start
        self.known.append(Known(key, state, holding=state != "closed"))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """One of the acts its state has, by somebody whose act it is."""
        which = data.draw(st.sampled_from(self.known))
        move = data.draw(st.sampled_from(LIFE.acts(which.state)))
        self.attempt(which, move.act, move.by[0], data.draw(st.sampled_from(["unfounded", "founded", "partly"])))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), act=st.sampled_from(ACTS), role=st.sampled_from(SEATS))
    def do_anything(self, data: st.DataObject, act: str, role: str) -> None:
        """Any act by anybody."""
        self.attempt(data.draw(st.sampled_from(self.known)), act, role, "founded")

    def attempt(self, which: Known, act: str, role: str, finding: str) -> None:
        move = next((each for each in LIFE.moves if each.act == act and which.state in each.sources), None)
        may = any(role in each.by for each in LIFE.moves if each.act == act)
        lawful = may and move is not None and (act != "correct" or which.holding)
        before = self.written()
        self.hands.at += 60
        try:
            self.act(self.seat(role), which, act, finding)
        except (Busy, NotPermitted) as refused:
            problem: Problem | None = refused
        else:
            problem = None
        if lawful:
            assert problem is None
            assert move is not None
            self.done(which, act, move.to, finding)
            return
        assert isinstance(problem, Busy if may else NotPermitted)
        assert self.written() == before

    def done(self, which: Known, act: str, state: str, finding: str) -> None:
        which.state = state
        if act == "verify":
            which.finding = finding
        if act == "reopen":
            which.finding, which.holding = None, True
        if act == "correct" or (act == "close" and which.finding not in acts.RIGHT):
            which.holding = False

    def act(self, office: Office, which: Known, act: str, finding: str) -> None:
        if act == "tell":
            self.tell(office, which)
            return
        ways: dict[str, Callable[[], object]] = {
            "verify": lambda: acts.verify(office, which.key, finding, WORDS),
            "answer": lambda: acts.answer(office, which.key, WORDS),
            "close": lambda: acts.close(office, which.key, "letter", local_day(self.hands.at)),
            "correct": lambda: acts.correct(office, which.key, WORDS),
            "reopen": lambda: acts.reopen(office, which.key, WORDS),
        }
        ways[act]()

    def tell(self, office: Office, which: Known) -> None:
        with office.writer.begin() as connection:
            acts.told_ahead(connection, office, which.key, self.hands.at, 1)

    @invariant()
    def the_rows_are_as_known(self) -> None:
        with self.store.reader.connect() as connection:
            found = connection.execute(text("SELECT id, status, finding FROM objection ORDER BY id")).all()
        assert [tuple(row) for row in found] == [(each.key, each.state, each.finding) for each in self.known]

    @invariant()
    def calls_press_only_when_nothing_holds(self) -> None:
        held = any(each.holding for each in self.known)
        assert ("hold" in self.blocks("collect")) is held
        assert "hold" not in self.blocks("answer_objection")

    @invariant()
    def the_case_thaws_with_the_last_hold(self) -> None:
        with self.store.reader.connect() as connection:
            frozen = connection.execute(text("SELECT frozen_at FROM case_file")).scalar_one()
        assert (frozen is not None) is any(each.holding for each in self.known)

    def blocks(self, purpose: str) -> set[str]:
        office = self.room.office
        with self.store.reader.connect() as connection:
            ask, at = driver_of(connection), office.now()
            files = read_files(ask, one_case(self.room.small.case))
            asked = Contact(self.room.small.case, self.room.small.debtor, None, at, purpose)
            standing = standing_of(ask, office.staff.id, at)
            decision = checking.check(checking.gate_in_force(ask, at), files, asked, standing, "en").decision
        return {block.code for block in decision.blocks}

    def seat(self, role: str) -> Office:
        small = self.room.small
        staff = {"collector": (small.collector, "8002"), "lead": (small.lead, "8001")}.get(role, (small.admin, "8000"))
        return self.room.seat(*staff, role)

    def written(self) -> tuple[int, ...]:
        tables = ("step", "journal", "hold", "note")
        with self.store.reader.connect() as connection:
            counts = (connection.execute(text(f"SELECT count(*) FROM {each}")).scalar_one() for each in tables)
            return tuple(int(each) for each in counts)


def test_an_objection_lives_by_its_table(furniture: Furniture) -> None:
    """Article 10.1: recorded, checked, answered, told, reopened; the hold follows."""
    Life.furniture = furniture
    calm = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Life, settings=calm)
