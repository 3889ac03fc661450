"""Any acts in any order by anybody: what the shipped table allows to whoever may is done, all else refused, unwritten.

Beside it: nobody handles or sees a complaint about himself; the case is frozen while one complaint or emergency stands;
nothing that was recorded is ever gone.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

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
from sqlalchemy import text

from collectdesk.desk import four_eyes, holds
from collectdesk.desk.complaints import ending, extending, handling, reading
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.complaints.handling import Evidence, Findings
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.office import Office
from collectdesk.desk.requests import answering, asking, officers
from collectdesk.errors import Problem
from collectdesk.show.requests import sheet
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.complaints.house import House, house
from tests.desk.conftest import Furniture
from tests.desk.rooms import Hands
from tests.desks import DAY

LIFE = lifecycle("complaint")
OURS = sorted({move.act for move in LIFE.moves if move.by != ("desk",)})
DECIDE = ("lead", "admin", "officer")
ROLE = {"8000": "admin", "8001": "lead", "8002": "collector", "8003": "lead", "8004": "collector"}
SUPERIOR = {"8001": "8000", "8002": "8001", "8003": "8000", "8004": "8003"}
NUMBERS = sorted(ROLE)
TERMS = (15, 30, 60)
WORDS = "按录音逐项核对过"


@dataclass
class Known:
    """What the machine knows of one complaint."""

    name: str
    about: str | None
    handler: str | None
    state: str
    last_on: date
    received: date
    further: set[str] = field(default_factory=set)
    asked_by: str | None = None
    term: int = 15

    @property
    def party(self) -> set[str]:
        """Whom it is about."""
        return self.further | ({self.about} if self.about else set())


class Life(RuleBasedStateMachine):
    """Complaints on one case of a real desk whose people come and go."""

    furniture: Furniture

    @initialize()
    def open_desk(self) -> None:
        made, room = self.furniture
        assert made.path is not None
        self.place = tempfile.TemporaryDirectory(prefix="complaints-")
        root = Path(self.place.name)
        self.store = open_engine(f"sqlite:///{shutil.copy(made.path, root / 'desk.db')}", KEY)
        hands = Hands(room.small.at)
        office = replace(room.office, store=self.store, clock=hands)
        self.house: House = house(replace(room, office=office, hands=hands), root / "desk")
        self.here = set(ROLE)
        self.known: list[Known] = []
        self.emergencies: list[int] = []
        self.steps = 0
        self.looked: tuple[int, ...] = ()
        officers.register(self.house.sit("8000"), "林 律师", "某某律师事务所", "lin@example.org")

    def teardown(self) -> None:
        self.store.close()
        self.place.cleanup()

    @rule(by=st.sampled_from(NUMBERS), about=st.sampled_from(["", *NUMBERS]))
    def complain(self, by: str, about: str) -> None:
        if by not in self.here or (about and about not in self.here):
            return
        name = self.house.complain(about, by)
        day = today(self.house.hands.at)
        handler = self.first({about} if about else set())
        state = "in_hand" if handler else "waiting"
        assert state in LIFE.start
        self.known.append(Known(name, about or None, handler, state, day + timedelta(days=15), day))

    @rule(number=st.sampled_from(["8000", "8001", "8003"]))
    def leave(self, number: str) -> None:
        """Somebody who decides leaves; never the last."""
        if len(self.here & {"8000", "8001", "8003"}) > 1 and number in self.here:
            self.house.remove(number)
            self.here.discard(number)

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.house.hands.at += days * DAY

    @rule()
    def endanger(self) -> None:
        """An emergency freezes the same case."""
        small, by = self.house.room.small, self.house.sit("8002").staff
        with self.store.writer.begin() as connection:
            key = holds.put(
                connection, "emergency", debtor=small.debtor, cases=(small.case,), cause="emergency", at=small.at, by=by
            )
        self.emergencies.append(key)

    @precondition(lambda self: self.emergencies)
    @rule()
    def calm(self) -> None:
        with self.store.writer.begin() as connection:
            holds.lift(connection, self.emergencies.pop(), at=self.house.hands.at, by=self.house.sit("8001").staff)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), times=st.integers(1, 6))
    def go_on(self, data: st.DataObject, times: int) -> None:
        """Acts its state has, by those most concerned: its handler, whoever asked for time, another who decides."""
        which = data.draw(st.sampled_from(self.known[-2:]))
        for _ in range(times):
            acts = sorted(
                {move.act for move in LIFE.acts(which.state) if move.by != ("desk",)} - {"withdraw", "assign"}
            )
            act = data.draw(st.sampled_from(acts or OURS))
            concerned = sorted({each for each in (which.handler, which.asked_by, self.first(which.party)) if each})
            self.attempt(
                which, act, data.draw(st.sampled_from(concerned or NUMBERS)), data.draw(st.sampled_from(NUMBERS))
            )

    @precondition(lambda self: self.known)
    @rule(data=st.data(), act=st.sampled_from(OURS), actor=st.sampled_from(NUMBERS), other=st.sampled_from(NUMBERS))
    def do_anything(self, data: st.DataObject, act: str, actor: str, other: str) -> None:
        """Any act by anybody."""
        self.attempt(data.draw(st.sampled_from(self.known)), act, actor, other)

    @precondition(lambda self: any(each.state in ("waiting", "extending") for each in self.known))
    @rule(data=st.data())
    def go_outside(self, data: st.DataObject) -> None:
        """An outside officer answers what nobody here may decide; refused where somebody may."""
        which = data.draw(st.sampled_from([each for each in self.known if each.state in ("waiting", "extending")]))
        extending_ = which.state == "extending"
        party = which.party | ({which.asked_by} if extending_ and which.asked_by else set())
        scribe = sorted(self.scribes(party))[0]
        choice = "approve" if extending_ else "upheld"
        late = extending_ and today(self.house.hands.at) > which.last_on
        before = self.written()
        if self.first(party) is not None:
            with pytest.raises(Problem, match="decided_here"):
                asking.ask(self.house.sit(scribe), which.name, "", sheet)
            assert self.written() == before
            return
        asked = asking.ask(self.house.sit(scribe), which.name, "", sheet)
        entered = answering.Entered(choice, WORDS, WORDS, "函 7", today(self.house.hands.at), "c" * 64)
        if late:
            self.forget(which, asked.request, entered, scribe)
            return
        answering.answer(self.house.sit(scribe), asked.request, entered)
        if extending_:
            self.longer(which)
        which.state = "in_hand" if extending_ else "decided"

    def forget(self, which: Known, request: str, entered: answering.Entered, scribe: str) -> None:
        """Time approved too late is not given; a refusal is."""
        with pytest.raises(Problem, match="clock_run_out"):
            answering.answer(self.house.sit(scribe), request, entered)
        answering.answer(self.house.sit(scribe), request, replace(entered, choice="refuse"))
        which.state, which.asked_by = "in_hand", None

    def attempt(self, which: Known, act: str, actor: str, other: str) -> None:
        if actor not in self.here:
            return
        lawful = self.may(which, act, actor, other)
        before = self.written()
        self.house.hands.at += 60
        office = self.house.sit(actor)
        if lawful:
            self.act(office, which.name, act, other)
            self.done(which, act, actor, other)
            return
        with pytest.raises(Problem) as refused:
            self.act(office, which.name, act, other)
        assert self.written() == before
        if actor in which.party and which.handler is not None and act != "name":
            assert refused.value.code == "handled_by_subject"

    def may(self, which: Known, act: str, actor: str, other: str) -> bool:
        """What the table and the rule of four eyes say together."""
        if not any(move.act == act and which.state in move.sources for move in LIFE.moves):
            return False
        deciding = ROLE[actor] in DECIDE and actor not in which.party
        late = today(self.house.hands.at + 60) > which.last_on
        if act == "assign":
            fit = other in self.here and ROLE[other] in DECIDE and other not in which.party and other != which.handler
            return deciding and fit
        if act == "name":
            return (deciding or actor == which.handler) and other in self.here
        if act in ("approve", "refuse"):
            return deciding and actor != which.asked_by and not (act == "approve" and late)
        if act == "extend" and (late or which.term == TERMS[-1]):
            return False
        if which.handler is None and (which.state != "waiting" or act == "withdraw"):
            return actor in self.scribes(which.party)
        if act == "record" and other not in self.here:
            return False
        return deciding and actor == which.handler

    def done(self, which: Known, act: str, actor: str, other: str) -> None:
        if act == "approve":
            self.longer(which)
        if act in ("approve", "refuse", "decide", "withdraw"):
            which.asked_by = None
        which.state = LIFE.after(which.state, act)
        if act == "extend":
            which.asked_by = actor
        if act == "assign":
            which.handler = other
        if act == "name":
            which.about = other
        if act == "record":
            which.further.add(other)
        if which.handler in which.party and which.state != "closed":
            which.handler = self.first(which.party)
            which.state, which.asked_by = "in_hand" if which.handler else "waiting", None

    def longer(self, which: Known) -> None:
        which.term = TERMS[TERMS.index(which.term) + 1]
        which.last_on, which.asked_by = which.received + timedelta(days=which.term), None

    def act(self, office: Office, name: str, act: str, other: str) -> None:
        ways: dict[str, Callable[[], object]] = {
            "assign": lambda: handling.assign(office, name, other),
            "name": lambda: handling.name_subject(office, name, other),
            "record": lambda: handling.record(office, name, Findings(grievances=[("manner", WORDS, other)])),
            "evidence": lambda: handling.record(office, name, Findings(evidence=[Evidence("录音 R-1")])),
            "extend": lambda: extending.extend(office, name, WORDS),
            "approve": lambda: extending.approve(office, name),
            "refuse": lambda: extending.refuse(office, name, WORDS),
            "decide": lambda: ending.decide(office, name, "upheld", cause=WORDS, remedy=WORDS),
            "reply": lambda: ending.reply(office, name, WORDS, on=None, channel="letter"),
            "close": lambda: ending.close(office, name),
            "withdraw": lambda: ending.withdraw(office, name, on=None, reference="信 3"),
        }
        ways[act]()

    def first(self, party: set[str]) -> str | None:
        superiors = {SUPERIOR.get(each) for each in party}
        able = [each for each in NUMBERS if each in self.here and ROLE[each] in DECIDE and each not in party]
        return min(able, key=lambda each: (each not in superiors, DECIDE.index(ROLE[each]), each), default=None)

    def scribes(self, party: set[str]) -> set[str]:
        free = self.here - party
        return {each for each in free if ROLE[each] in DECIDE} or free or self.here

    def written(self) -> tuple[int, int]:
        with self.store.reader.connect() as connection:
            found = connection.execute(text("SELECT (SELECT count(*) FROM journal), (SELECT count(*) FROM step)")).one()
        return found[0], found[1]

    @invariant()
    def what_is_written_is_what_was_done(self) -> None:
        with self.store.reader.connect() as connection:
            joined = "complaint c LEFT JOIN staff s ON s.id = c.assigned_to"
            rows = connection.execute(text(f"SELECT c.status, s.number, c.term FROM {joined} ORDER BY c.id")).all()
        assert [tuple(row) for row in rows] == [(each.state, each.handler, each.term) for each in self.known]

    @invariant()
    def the_case_is_frozen_while_anything_stands(self) -> None:
        frozen = bool(self.house.one("SELECT count(*) FROM case_file WHERE frozen_at IS NOT NULL"))
        assert frozen == (bool(self.emergencies) or any(each.state != "closed" for each in self.known))

    @invariant()
    def nobody_handles_or_sees_one_about_himself(self) -> None:
        assert not [each for each in self.known if each.handler in each.party and each.state != "closed"]
        now = *self.written(), len(self.here)
        if self.looked == now:
            return  # nothing was written and nobody left since everybody looked
        self.looked = now
        for number in sorted(self.here):
            office = self.house.sit(number)
            with office.reading() as session:
                lines = reading.listing(office, session, closed=True)
            mine = {each.name for each in self.known if number in each.party}
            assert not [line for line in lines if line.complaint in mine and (line.seen or line.handler)]

    @invariant()
    def every_step_follows_the_table_and_stays(self) -> None:
        with self.store.reader.connect() as connection:
            sql = "SELECT subject, act, state FROM step WHERE kind = 'complaint' ORDER BY subject, id"
            steps = connection.execute(text(sql)).all()
        assert len(steps) >= self.steps
        self.steps = len(steps)
        states: dict[int, str] = {}
        for subject, act, state in steps:
            if act == "receive":
                assert state in LIFE.start
            else:
                assert LIFE.after(states[subject], act) == state
            states[subject] = state


def test_any_life_of_complaints_is_one_the_table_has(furniture: Furniture) -> None:
    """Article 10.2, and 银行业保险业消费投诉处理管理办法 on time, recusal and withdrawal."""
    machine = type("ComplaintLife", (Life,), {"furniture": furniture})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )


def test_the_table_gives_its_acts_to_those_who_decide() -> None:
    """What the code asks for (``four_eyes.DECIDING``) is what the table says."""
    assert {move.by for move in LIFE.moves} == {four_eyes.DECIDING, ("desk",)}
