"""Numbers and referrals through their lives at random, against their tables, on a real database; and their sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from collectdesk.desk import numberbook
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.numberbook import Told
from collectdesk.desk.referrals import referring
from collectdesk.desk.referrals.away import away
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, Problem, UsageProblem
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.words import NUMBER_STATUSES, REFERRALS
from tests.desk.call.phone import Phone, both
from tests.desk.conftest import Furniture
from tests.desk.lives import OnADesk

NUMBER, REFERRAL = lifecycle("number"), lifecycle("referral")
TODAY = date(2026, 11, 23)


class Numbers(OnADesk):
    """One number, marked by anybody in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.marked_wrong = "ok", ""

    @rule(act=st.sampled_from(["invalid", "wrong", "ok"]), who=st.sampled_from(["collector", "lead", "admin"]))
    def mark(self, act: str, who: str) -> None:
        """Done where the table has it, by whom it has; else refused by name."""
        move = "restore" if act == "ok" and self.state == "wrong" else act
        found = [each for each in NUMBER.moves if each.act == move and self.state in each.sources]
        mine = move == "restore" and self.marked_wrong == who
        asked = self.seats[who], "A-1007", f"n{self.room.small.number}", act, "核实 checked", "凭证 proof"
        if not found or who not in found[0].by or mine:
            with pytest.raises(NotPermitted if found else Busy):
                numberbook.mark(*asked)
            return
        numberbook.mark(*asked)
        self.state = found[0].to
        self.marked_wrong = who if act == "wrong" else self.marked_wrong

    @invariant()
    def as_the_desk_has_it(self) -> None:
        """The row, and one step for each act."""
        assert self.rows(f"SELECT status FROM number WHERE id = {self.room.small.number}") == [(self.state,)]


class Referrals(OnADesk):
    """Referrals of one case, by anybody in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.running: dict[str, tuple[str, str]] = {}

    @rule(to=st.sampled_from(REFERRALS), who=st.sampled_from(["collector", "lead"]))
    def refer(self, to: str, who: str) -> None:
        """Once to each place at a time."""
        there = any(each == to and state != "ended" for each, state in self.running.values())
        asked = self.seats[who], "A-1007", to, "失联 lost contact", TODAY
        if there:
            with pytest.raises(Busy):
                referring.refer(*asked)
            return
        key = referring.refer(*asked)
        self.running[f"q{key}"] = (to, "open")

    @rule(act=st.sampled_from(["answer", "end"]), who=st.sampled_from(["collector", "lead"]), pick=st.integers(0, 9))
    def act(self, act: str, who: str, pick: int) -> None:
        """Done where the table has it, by whom it has; else refused by name."""
        if not self.running:
            return
        name = sorted(self.running)[pick % len(self.running)]
        to, state = self.running[name]
        found = [each for each in REFERRAL.moves if each.act == act and state in each.sources]
        do = referring.answer if act == "answer" else referring.end
        asked = self.seats[who], "A-1007", name, "已知 noted", TODAY
        if not found or who not in found[0].by:
            with pytest.raises(NotPermitted if act == "end" and who == "collector" else Busy):
                do(*asked)
            return
        do(*asked)
        self.running[name] = (to, found[0].to)

    @invariant()
    def the_queue_has_the_case_unless_it_rests(self) -> None:
        """Policy article 11.2: by the code's flag; an address check goes on beside the calls."""
        rests = any(to != "address_check" and state != "ended" for to, state in self.running.values())
        with self.room.office.reader.connect() as connection:
            ask = driver_of(connection)
            assert bool(away(ask, one_case(self.room.small.case))) is rests

    @invariant()
    def as_the_desk_has_it(self) -> None:
        """Every referral is there, in its state."""
        assert {f"q{key}": state for key, state in self.rows("SELECT id, status FROM referral")} == {
            name: state for name, (_to, state) in self.running.items()
        }


@pytest.mark.parametrize("machine", [Numbers, Referrals])
def test_a_life_is_as_its_table_says(machine: type[OnADesk], furniture: Furniture) -> None:
    """Articles 5 and 11.2: whatever the order, refused by name where the table has no such move."""
    machine.furniture = furniture
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=14, deadline=None))


def test_every_state_a_row_may_have_is_in_the_table() -> None:
    assert {state.name for state in NUMBER.states} == set(NUMBER_STATUSES)


@both
@pytest.mark.parametrize(
    "source", ["contract", "application", "authorisation", "public", "bureau_authorised", "debtor"]
)
def test_a_number_comes_with_a_lawful_source_and_what_shows_it(phone: Phone, source: str) -> None:
    """WHO-11: the sources of the CBA guideline, each with its evidence."""
    told = Told(number="19900008888", source=source)
    with pytest.raises(UsageProblem):
        numberbook.add(phone.room.office, "A-1007", told)
    key = numberbook.add(phone.office, "A-1007", replace(told, evidence="申请表第 3 页"))
    assert phone.rows(f"SELECT source, status FROM number WHERE id = {key}") == [(source, "unknown")]
    with pytest.raises(Busy):
        numberbook.add(phone.office, "A-1007", replace(told, evidence="申请表第 3 页"))


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (Told(number="19900008888", source="unknown", evidence="x"), UsageProblem),
        (Told(number="19900008888", source="a friend", evidence="x"), UsageProblem),
        (Told(number="12", source="contract", evidence="合同"), BadData),
        (Told(number="19900008888", source="contract", evidence="合同", person="p99"), NotFound),
        (Told(number="19900008888", source="told_by_contact", evidence="x"), UsageProblem),
        (Told(number="19900008888", source="contract", evidence="合同", place="moon"), UsageProblem),
    ],
    ids=["unknown", "no source", "no number", "nobody", "no call", "no place"],
)
def test_a_number_without_a_lawful_source_is_not_kept(phone: Phone, told: Told, problem: type[Problem]) -> None:
    """WHO-11: refused by name, nothing written."""
    before = phone.one("SELECT count(*) FROM number")
    with pytest.raises(problem):
        numberbook.add(phone.office, "A-1007", told)
    assert phone.one("SELECT count(*) FROM number") == before


def test_told_by_somebody_the_debtor_did_not_reserve_is_no_source(phone: Phone) -> None:
    """WHO-11: a reserved contact, on a call with them."""
    contact = f"p{phone.room.small.contact}"
    told = Told(number="19900008888", source="told_by_contact", told_by=contact, call="c1")
    with pytest.raises(BadData) as refused:
        numberbook.add(phone.office, "A-1007", told)
    assert refused.value.code == "number_not_reserved"


def test_a_dead_number_found_to_work_ends_lost_contact(phone: Phone) -> None:
    """WHO-03, WHO-04: the way back of a number that was out of service."""
    from collectdesk.desk.lost.status import status

    small = phone.room.small
    numberbook.mark(phone.office, "A-1007", f"n{small.number}", "invalid", "运营商提示空号")
    with phone.office.reader.connect() as connection:
        assert status(driver_of(connection), small.case, small.at + 1, None, "en").lost
    numberbook.mark(phone.office, "A-1007", f"n{small.number}", "ok", "已恢复使用")
    with phone.office.reader.connect() as connection:
        found = status(driver_of(connection), small.case, small.at + 1, None, "en")
    assert not found.lost
    assert found.missing == 3


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2020, 1, 1)], ids=["ahead", "before it came in"])
def test_a_referral_on_an_impossible_day_is_refused(phone: Phone, day: date) -> None:
    with pytest.raises(BadData):
        referring.refer(phone.office, "A-1007", "legal", "失联", day)
    assert phone.one("SELECT count(*) FROM referral") == 0
