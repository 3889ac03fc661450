"""What is done with an emergency: taken, noted, called back for, released by two people, reported."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.desk.call import beginning
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.emergencies import acts, reading
from collectdesk.desk.emergencies.reminders import reminders
from collectdesk.desk.office import Office
from collectdesk.errors import Busy, NotFound, NotPermitted, UsageProblem
from tests.desk.call.phone import both
from tests.desk.emergencies.danger import Danger, safety_call

NIGHT = 12 * 3600


def call_back(danger: Danger) -> Any:
    """How a call-back begins."""

    def begin(office: Office, name: str) -> Prompt:
        case, _state = acts.prepare_call_back(office, name)
        prompt = beginning.start(office, case, purpose="safety", clocks=danger.hands.both)
        acts.called_back(office, name, prompt.call.id)
        return prompt

    return begin


def test_number_and_address_stand_on_the_card_at_once(danger: Danger) -> None:
    """Article 12: shown with the opening of the door, against a journal entry, before anything is asked."""
    danger.phone.dial()
    danger.phone.go("disclosure")
    prompt = danger.phone.door("emergency")
    assert prompt.question is not None
    assert prompt.question.pane is not None
    rows = {row.code: row.value for row in prompt.question.pane.rows}
    assert rows["reach_number"] == danger.room.small.mobile
    assert rows["reach_address"] == "-"  # none on file: said, so that nobody looks for it
    assert rows["alerted"] == "8001"
    assert danger.phone.one("SELECT count(*) FROM journal WHERE action = 'case.unmasked'") == 1


def test_what_can_be_done_is_what_whoever_looks_may_do(danger: Danger) -> None:
    """Article 12: who only collects adds a word; taking, calling back and lifting are a lead's."""
    name = danger.raised()
    seen = {number: reading.view(danger.offices[number], name).moves for number in ("8001", "8002")}
    assert {move.act for move in seen["8002"]} <= {"note"}
    assert "acknowledge" in {move.act for move in seen["8001"]}


@both
def test_two_people_lift_the_freeze(danger: Danger) -> None:
    """Article 12: one asks, another confirms; the hold is lifted, the case thaws, ordinary calls are possible again."""
    name = danger.raised()
    lead, admin = danger.offices["8001"], danger.offices["8000"]
    with pytest.raises(Busy):
        acts.ask_release(lead, name, "安全")
    acts.acknowledge(lead, name)
    acts.ask_release(lead, name, "已确认安全")
    with pytest.raises(NotPermitted, match="same_person"):
        acts.release(lead, name)
    assert acts.release(admin, name) == "closed"
    assert danger.phone.rows("SELECT frozen_at FROM case_file") == [(None,)]
    assert danger.phone.one("SELECT count(*) FROM hold WHERE kind = 'emergency' AND lifted_at IS NULL") == 0
    danger.hands.at += 24 * 3600
    beginning.start(danger.offices["8002"], danger.room.small.code, clocks=danger.hands.both)


def test_the_case_stays_frozen_where_another_freeze_is_left(danger: Danger) -> None:
    """Articles 10.2 and 12: lifting one freeze does not lift another."""
    name = danger.raised()
    danger.phone.ring()
    danger.phone.go("party")
    danger.phone.door("complaint")
    acts.acknowledge(danger.offices["8001"], name)
    acts.ask_release(danger.offices["8001"], name, "已确认安全")
    acts.release(danger.offices["8000"], name)
    assert danger.phone.one("SELECT frozen_at FROM case_file") is not None


def test_a_refused_release_leaves_the_freeze(danger: Danger) -> None:
    name = danger.raised()
    acts.acknowledge(danger.offices["8001"], name)
    acts.ask_release(danger.offices["8001"], name, "已确认安全")
    with pytest.raises(NotPermitted):
        acts.refuse_release(danger.offices["8001"], name, "再看看")
    assert acts.refuse_release(danger.offices["8003"], name, "再看看") == "acknowledged"
    assert danger.phone.one("SELECT frozen_at FROM case_file") is not None


def test_the_collector_neither_takes_nor_releases_it(danger: Danger) -> None:
    """Article 12: whoever raised it may look at it and add to it, and no more; another collector not even that."""
    name = danger.raised()
    mine = danger.offices["8002"]
    for act in (acts.acknowledge, acts.prepare_call_back):
        with pytest.raises(NotPermitted):
            act(mine, name)
    with pytest.raises(NotPermitted):
        acts.ask_release(mine, name, "安全")
    assert acts.note(mine, name, "家人已到") == "open"
    with pytest.raises(UsageProblem):
        acts.note(mine, name, " ")
    stranger = danger.room.seat(999, "8009", "collector")
    with pytest.raises(NotPermitted):
        reading.view(stranger, name)
    assert reading.listing(stranger) == []
    with pytest.raises(NotFound):
        reading.view(mine, "g99")


@both
def test_a_safety_call_back_needs_no_lawful_hour_and_speaks_of_no_debt(danger: Danger) -> None:
    """Article 12: by a superior, at night, on a frozen case; no identity is asked and no line tells of the debt."""
    name = danger.raised()
    danger.hands.at += NIGHT
    phone = safety_call(danger, "8001", name, begin=call_back(danger))
    texts: list[str] = []
    steps: list[str] = []
    while not phone.prompt.ended:
        steps.append(phone.asked.step)
        texts += [said.text for said in phone.asked.say] + [line.text for line in phone.prompt.at_hand]
        assert not {"identity", "disclosure", "discussion", "result"} & dict(phone.prompt.progress).keys()
        assert "opening.reason" not in [said.line for said in phone.asked.say], "no business is named"
        assert {said.audience for said in phone.asked.say} <= {"anyone"}
        phone.answer("is_safe") if phone.at == "welfare.found" else phone.go_one()
    assert not {"brief", "plan", "materials", "identity", "disclosure", "discussion", "result"} & set(steps)
    assert "welfare" in steps
    assert not [text for text in texts if "12,480" in text or "CC-2024" in text]
    assert danger.phone.one("SELECT purpose FROM contact_event ORDER BY id DESC LIMIT 1") == "safety"
    done = reading.view(danger.offices["8001"], name).done
    assert [each.act for each in done] == ["raise", "acknowledge", "call_back", "note"]
    assert done[-1].content["found"] == "is_safe"


def test_safety_is_no_way_round_the_gate(danger: Danger) -> None:
    """Articles 8 and 12: no collector calls for safety, nobody where no emergency is open."""
    small = danger.room.small
    for purpose in ("safety", "prevent_harm"):
        with pytest.raises(NotPermitted, match="no_emergency"):
            beginning.start(danger.offices["8001"], small.code, purpose=purpose, clocks=danger.hands.both)
    danger.raised()
    with pytest.raises(NotPermitted, match="role"):
        beginning.start(danger.offices["8002"], small.code, purpose="safety", clocks=danger.hands.both)
    with pytest.raises(RefusedByGate):
        beginning.start(danger.offices["8001"], small.code, clocks=danger.hands.both)


def test_what_police_need_is_shown_to_whoever_has_it(danger: Danger) -> None:
    """Article 12: in full, and that it was shown is journalled."""
    name = danger.raised()
    before = danger.phone.one("SELECT count(*) FROM journal WHERE action = 'unmask'")
    where = reading.whereabouts(danger.offices["8001"], name)
    assert where.name == "王小明"
    assert where.numbers == (danger.room.small.mobile,)
    assert danger.phone.one("SELECT count(*) FROM journal WHERE action = 'unmask'") == before + 1


def test_it_waits_in_today_for_the_right_people(danger: Danger) -> None:
    """Article 12: for those alerted; then whoever took it; then whoever may confirm."""
    name = danger.raised()
    lead, admin = danger.offices["8001"], danger.offices["8000"]

    def waits() -> list[tuple[str, str, set[int]]]:
        with lead.reading() as session:
            return [(each.kind, each.urgency, set(each.staff)) for each in reminders(session, danger.hands.at)]

    assert waits() == [("emergency_open", "now", {danger.keys["8001"]})]
    acts.acknowledge(lead, name)
    assert waits() == [("emergency_in_hand", "due", {danger.keys["8001"]})]
    acts.ask_release(lead, name, "已确认安全")
    others = {danger.keys[number] for number in ("8000", "8003", "8004")}
    assert waits() == [("emergency_release", "due", others)]
    acts.release(admin, name)
    assert waits() == []
