"""Holds through their life at random, against their table, on a real database: who may do what, and what it freezes."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from collectdesk.desk import hold_ends, holdbook
from collectdesk.desk.hold_kinds import KINDS, RECORDED
from collectdesk.desk.holdbook import NewHold
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.lost.reminders import reminders
from collectdesk.desk.office import Office
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, Problem, UsageProblem
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.lives import OnADesk, seats
from tests.desk.rooms import Room

LIFE = lifecycle("hold")
GROUNDS = ("correction", "ended", "withdrawn")


class Holds(OnADesk):
    """Holds of one case, put on and lifted by anybody in any order."""

    holds: Bundle[str] = Bundle("holds")

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[str, dict[str, str]] = {}

    @rule(target=holds, kind=st.sampled_from(RECORDED), who=st.sampled_from(["collector", "lead"]))
    def add(self, kind: str, who: str) -> str:
        person = f"p{self.room.small.contact}" if KINDS[kind].third else ""
        key = holdbook.add(self.seats[who], "A-1007", NewHold(kind=kind, reason="告知 told", person=person))
        self.model[f"h{key}"] = {"kind": kind, "state": "in_force", "asker": ""}
        return f"h{key}"

    @rule(
        hold=holds,
        act=st.sampled_from([move.act for move in LIFE.moves]),
        who=st.sampled_from(["collector", "lead", "admin"]),
        ground=st.sampled_from(GROUNDS),
    )
    def act(self, hold: str, act: str, who: str, ground: str) -> None:
        known = self.model[hold]
        expected = self._expected(hold, act, who, ground)
        if expected:
            with pytest.raises(expected):
                self._do(self.seats[who], hold, act, ground)
            return
        self._do(self.seats[who], hold, act, ground)
        known["state"] = LIFE.after(known["state"], act)
        if act == "ask_lift":
            known["asker"] = who

    def _expected(self, hold: str, act: str, who: str, ground: str) -> tuple[type[Problem], ...]:
        known = self.model[hold]
        allowed = any(move.act == act and known["state"] in move.sources for move in LIFE.moves)
        by = next(move.by for move in LIFE.moves if move.act == act)
        if act == "ask_lift" and ground not in KINDS[known["kind"]].grounds:
            return (BadData, Busy)
        if not allowed:
            return (Busy, NotPermitted)
        if who not in by or (act in ("lift", "keep") and known["asker"] == who):
            return (NotPermitted,)
        if act == "confirm" and self._recorded_by(hold) == self.seats[who].staff.id:
            return (NotPermitted,)
        return ()

    def _recorded_by(self, hold: str) -> int:
        with self.store.reader.connect() as connection:
            asked = text("SELECT by_staff FROM hold WHERE id = :key")
            return int(connection.execute(asked, {"key": int(hold[1:])}).scalar_one())

    def _do(self, office: Office, hold: str, act: str, ground: str) -> None:
        fact = {"died_on": "2026-11-01", "capacity": "none", "born_on": "2012-05-01"}
        column = KINDS[self.model[hold]["kind"]].confirmed
        if act == "ask_lift":
            hold_ends.ask(office, "A-1007", hold, ground, "理由 why", "凭证 proof")
        elif act == "keep":
            hold_ends.keep(office, "A-1007", hold, "理由 why")
        elif act == "lift":
            hold_ends.lift(office, "A-1007", hold, "理由 why")
        else:
            hold_ends.confirm(office, "A-1007", hold, "凭证 proof", fact.get(column or "", ""))

    @invariant()
    def the_desk_says_the_same(self) -> None:
        with self.room.office.reading() as session:
            shown = {f"h{view.row.id}": view for view in holdbook.listing(session, "A-1007", lifted=True)}
        assert {name: view.state for name, view in shown.items()} == {
            name: known["state"] for name, known in self.model.items()
        }

    @invariant()
    def the_case_is_frozen_while_one_is_left(self) -> None:
        standing = [each for each in self.model.values() if each["state"] != "lifted" and not KINDS[each["kind"]].third]
        with self.store.reader.connect() as connection:
            frozen = connection.execute(text("SELECT frozen_at FROM case_file WHERE code = 'A-1007'")).scalar_one()
        assert (frozen is not None) == bool(standing)

    @invariant()
    def every_act_is_a_step(self) -> None:
        with self.store.reader.connect() as connection:
            found = connection.execute(text("SELECT count(*) FROM step WHERE kind = 'hold'")).scalar_one()
            told = connection.execute(text("SELECT count(*) FROM journal WHERE subject LIKE 'hold:%'")).scalar_one()
        assert told >= found


def test_a_hold_lives_as_its_table_says(furniture: Furniture) -> None:
    """Articles 5, 10, 11: at random, refused by name where the table has no such move."""
    Holds.furniture = furniture
    run_state_machine_as_test(Holds, settings=settings(max_examples=12, stateful_step_count=14, deadline=None))


def test_nobody_lifts_alone_and_a_refusal_only_by_correction(phone: Phone) -> None:
    """WHO-07: a contact's refusal ends on evidence that it was recorded by mistake, never because somebody wishes."""
    room: Room = phone.room
    seat = seats(room)
    person = f"p{room.small.contact}"
    key = holdbook.add(room.office, "A-1007", NewHold(kind="contact_refused", reason="来电拒绝", person=person))
    with pytest.raises(BadData):
        hold_ends.ask(seat["lead"], "A-1007", f"h{key}", "ended", "想再试试", "无")
    with pytest.raises(UsageProblem):
        hold_ends.ask(seat["lead"], "A-1007", f"h{key}", "correction", "登记错人", "")
    hold_ends.ask(seat["lead"], "A-1007", f"h{key}", "correction", "登记错人", "录音 R-1")
    with pytest.raises(NotPermitted):
        hold_ends.lift(seat["lead"], "A-1007", f"h{key}", "同意")
    hold_ends.lift(seat["admin"], "A-1007", f"h{key}", "录音已核")
    assert phone.one("SELECT count(*) FROM hold WHERE lifted_at IS NULL") == 0


def test_what_was_confirmed_goes_back_with_a_correction(phone: Phone) -> None:
    """民法典 第十三条: a death that was none; the date goes back to what it was."""
    seat = seats(phone.room)
    key = holdbook.add(phone.room.office, "A-1007", NewHold(kind="deceased", reason="家属告知"))
    with pytest.raises(NotPermitted):
        hold_ends.confirm(phone.room.office, "A-1007", f"h{key}", "死亡证明", "2026-11-01")
    with pytest.raises(BadData):
        hold_ends.confirm(seat["lead"], "A-1007", f"h{key}", "死亡证明", "2027-01-01")
    hold_ends.confirm(seat["lead"], "A-1007", f"h{key}", "死亡证明 17", "2026-11-01")
    debtor = f"SELECT died_on FROM person WHERE id = {phone.room.small.debtor}"
    assert phone.one(debtor) == "2026-11-01"
    hold_ends.ask(seat["lead"], "A-1007", f"h{key}", "correction", "同名同姓", "户籍证明")
    hold_ends.lift(seat["admin"], "A-1007", f"h{key}", "已核")
    assert phone.one(debtor) is None
    assert phone.one("SELECT frozen_at FROM case_file WHERE code = 'A-1007'") is None


@pytest.mark.parametrize(
    ("kind", "fact"), [("deceased", "2026-11-01"), ("incapacity", "none"), ("minor", "2012-01-01")]
)
def test_what_was_claimed_waits_for_its_evidence(phone: Phone, kind: str, fact: str) -> None:
    """民法典 第十三条、第十七条至第二十二条: told on the telephone, confirmed by somebody else with papers."""
    seat = seats(phone.room)
    key = holdbook.add(phone.room.office, "A-1007", NewHold(kind=kind, reason="家属告知"))
    with phone.room.office.reading() as session:
        (found,) = reminders(session, phone.room.hands.at)
    assert (found.kind, found.command) == ("hold_confirm", f"collectdesk hold confirm A-1007 h{key}")
    assert set(found.staff) == {phone.room.small.lead, phone.room.small.admin}
    hold_ends.confirm(seat["lead"], "A-1007", f"h{key}", "证明 17", fact)
    with phone.room.office.reading() as session:
        assert reminders(session, phone.room.hands.at) == []


@pytest.mark.parametrize("kind", ["complaint", "promise", "plan", "nonsense"])
def test_what_belongs_elsewhere_is_refused_by_name(phone: Phone, kind: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        holdbook.add(phone.room.office, "A-1007", NewHold(kind=kind, reason="x"))
    assert refused.value.code == "hold_kind"
    assert phone.one("SELECT count(*) FROM hold") == 0


def test_a_hold_of_another_chapter_is_not_lifted_here(phone: Phone) -> None:
    phone.dial()
    phone.go("disclosure")
    phone.door("complaint")
    hold = phone.one("SELECT id FROM hold")
    with pytest.raises(BadData) as refused:
        hold_ends.ask(phone.room.office, "A-1007", f"h{hold}", "ended", "已处理", "无")
    assert refused.value.params["command"] == "complaint"


def test_an_unknown_hold_is_not_found(phone: Phone) -> None:
    with pytest.raises(NotFound):
        hold_ends.lift(phone.room.office, "A-1007", "h99", "recorded by mistake")
