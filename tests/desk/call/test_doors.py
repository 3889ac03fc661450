"""The side doors: open at every step, and what must freeze is frozen before anything is asked."""

from __future__ import annotations

import pytest

from collectdesk.desk.call import engine
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.doorway import DOORS
from collectdesk.errors import BadData, Busy
from tests.desk.call.phone import Phone, both

PLACES = ("brief", "permit", "line", "opening", "identity", "disclosure", "result", "wrapup")


def test_every_door_is_open_at_every_answer(phone: Phone) -> None:
    """Articles 9.6, 10, 12: at every prompt of a whole call."""
    phone.dial()
    while not phone.prompt.ended:
        assert phone.prompt.doors == DOORS
        phone.go_one()


@pytest.mark.parametrize(("place", "door"), [(PLACES[n % len(PLACES)], DOORS[n % len(DOORS)]) for n in range(24)])
def test_through_a_door_the_call_still_closes(phone: Phone, place: str, door: str) -> None:
    """Articles 8.2, 9.6, 10, 12: whatever step it is; and no word about the debt after it."""
    phone.dial()
    phone.go(place)
    phone.door(door)
    for _ in range(40):
        if phone.prompt.ended:
            break
        if phone.at == "line.line":
            phone.answer("answered")
            continue
        assert door == "objection" or phone.asked.step not in ("disclosure", "discussion"), phone.at
        phone.answer("owed") if phone.at == "objection.answered" else phone.go_one()
    assert phone.prompt.ended


@both
def test_an_emergency_freezes_and_alerts_before_anything_is_asked(phone: Phone) -> None:
    """Article 12: hold, alert to the superior, at the moment the door opens."""
    phone.dial()
    phone.go("disclosure")
    phone.door("emergency")
    small = phone.room.small
    assert phone.rows("SELECT kind, alerted, status FROM emergency") == [("unnamed", f"[{small.lead}]", "open")]
    assert phone.rows("SELECT kind FROM hold WHERE lifted_at IS NULL") == [("emergency",)]
    assert phone.one("SELECT frozen_why FROM case_file") == "emergency"


def test_showing_number_and_address_in_an_emergency_is_journalled(phone: Phone) -> None:
    """Article 12: what police or ambulance need is shown at once, against an entry."""
    phone.dial()
    phone.go("discussion")
    phone.door("emergency")
    assert phone.one("SELECT count(*) FROM journal WHERE action = 'case.unmasked'") == 1
    assert any(row.value == phone.room.small.mobile for row in phone.asked.pane.rows)  # type: ignore[union-attr]
    phone.go("emergency.kind")
    phone.answer("self_harm")
    assert any(row.code == "say" for row in phone.asked.pane.rows)  # type: ignore[union-attr]


@both
def test_a_complaint_goes_to_a_lead_who_is_not_the_one_complained_of(phone: Phone) -> None:
    """Article 10.2: the talk stops, the case freezes, the superior gets it; the collector cannot hide it."""
    phone.dial()
    phone.go("disclosure")
    phone.door("complaint")
    small = phone.room.small
    assert phone.rows("SELECT about, assigned_to, status FROM complaint") == [(small.collector, small.lead, "in_hand")]
    phone.go(given={"complaint.category": "frequency", "complaint.about": "about_me", "complaint.content": "打得太勤"})
    assert phone.rows("SELECT category, content FROM complaint") == [("frequency", "打得太勤")]
    assert phone.one("SELECT outcome FROM call") == "complaint"
    with pytest.raises(RefusedByGate):
        phone.dial()


def test_a_complaint_about_its_lead_goes_past_them(phone: Phone) -> None:
    """Article 10.2: told of another of the staff by their number; a number nobody has is refused."""
    phone.dial()
    phone.go("disclosure")
    phone.door("complaint")
    phone.go("complaint.whom", {"complaint.about": "about_other_staff"})
    with pytest.raises(BadData, match="nobody_of_that_number"):
        phone.answer("9999")
    phone.answer("8001")
    small = phone.room.small
    assert phone.rows("SELECT about, assigned_to, status FROM complaint") == [(small.lead, small.admin, "in_hand")]
    assert phone.rows("SELECT act FROM step WHERE kind = 'complaint'") == [("receive",), ("step_aside",)]


def test_a_complaint_left_halfway_is_on_record_all_the_same(phone: Phone) -> None:
    """Article 10.2: it cannot be hidden by not answering on."""
    phone.dial()
    phone.go("disclosure")
    phone.door("complaint")
    assert phone.one("SELECT count(*) FROM complaint") == 1
    assert phone.one("SELECT count(*) FROM hold WHERE kind = 'complaint'") == 1


@both
def test_an_objection_owed_has_a_date_in_working_days_and_holds_the_case(phone: Phone) -> None:
    """Article 10.1: five working days after Monday 23 November is Monday 30 November."""
    phone.dial()
    phone.go("disclosure")
    phone.door("objection")
    phone.go(given={"objection.category": "amount", "objection.content": "金额不对", "objection.answered": "owed"})
    assert phone.rows("SELECT category, status, due_on FROM objection") == [("amount", "open", "2026-11-30")]
    assert phone.rows("SELECT kind FROM hold WHERE lifted_at IS NULL") == [("objection",)]


def test_an_objection_answered_on_the_spot_lets_the_talk_go_on(phone: Phone) -> None:
    """Article 10.1: answered now, no hold."""
    phone.dial()
    phone.go("disclosure")
    phone.door("objection")
    given = {"objection.category": "amount", "objection.answered": "now", "objection.answer": "已逐项说明"}
    phone.go("disclosure", given)
    assert phone.rows("SELECT status, answer FROM objection") == [("closed", "已逐项说明")]
    assert phone.one("SELECT count(*) FROM hold") == 0


@both
def test_stop_contact_holds_the_case(phone: Phone) -> None:
    phone.dial()
    phone.go("disclosure")
    phone.door("stop_contact")
    phone.answer("all_contact")
    assert phone.rows("SELECT kind FROM hold") == [("cease",)]


@both
def test_a_stranger_on_the_debtors_line_stops_that_line_only(phone: Phone) -> None:
    phone.dial()
    phone.go("party")
    for raw in ("third_party", "stranger", "none"):
        phone.answer(raw)
    phone.door("stop_contact")
    phone.answer("not_concerned")
    assert phone.one("SELECT count(*) FROM hold") == 0
    assert phone.rows("SELECT kind, number FROM designation") == [("barred", phone.room.small.number)]


@both
def test_a_wrong_number_is_retired(phone: Phone) -> None:
    """Articles 5.2, 9.2: it is never dialled again."""
    phone.dial()
    phone.go("party")
    phone.answer("wrong_number")
    phone.go()
    assert phone.one(f"SELECT status FROM number WHERE id = {phone.room.small.number}") == "wrong"
    phone.room.hands.at += 86_400
    with pytest.raises(RefusedByGate):
        phone.dial(number=f"n{phone.room.small.number}")


@both
def test_not_convenient_ends_politely_and_a_named_time_lasts(phone: Phone) -> None:
    """Article 8.2: this call's end, and a designation."""
    phone.dial()
    phone.go("identity")
    phone.door("end")
    phone.answer("not_convenient")
    assert phone.asked.say
    phone.go("end.when", {"end.times": "times_barred"})
    phone.answer("1-5 09:00-12:00")
    assert phone.rows("SELECT kind, weekly FROM designation") == [
        ("barred", '[{"days":[1,2,3,4,5],"from":"09:00","to":"12:00"}]')
    ]
    phone.go(given={"result.outcome": "not_convenient"})
    phone.room.hands.at += 86_400
    with pytest.raises(RefusedByGate) as refused:
        phone.dial()
    assert "house/inconvenient" in [block["rule"] for block in refused.value.decision["blocks"]]


def test_a_talk_that_was_ended_takes_no_promise(phone: Phone) -> None:
    """Article 8.2: "not convenient" ends the call; article 9.4: what was not repeated is no promise."""
    phone.dial()
    phone.go("discussion")
    phone.door("end")
    phone.answer("not_convenient")
    phone.go("result.outcome", {"end.times": "times_not_said"})
    offered = {option.code for option in phone.asked.options}
    assert "promise" not in offered
    assert "not_convenient" in offered
    with pytest.raises(BadData):
        phone.answer("promise")


def test_calm_down_and_close_is_one_door_away(phone: Phone) -> None:
    """Article 9.6: no quarrel; the polite words are on the screen."""
    phone.dial()
    phone.go("discussion")
    phone.door("end")
    phone.answer("calm_down")
    assert [line.line for line in phone.asked.say] == ["calm.hear", "calm.close"]


@pytest.mark.parametrize("result", ["stop_contact", "paid_claim", "objection"])
def test_a_door_that_came_with_the_result_is_left_with_it(phone: Phone, result: str) -> None:
    """Articles 10.1 and 10.2: no call closes with such a result whose door was left again, nothing being frozen."""
    phone.dial()
    phone.go("result.outcome")
    phone.answer(result)
    assert phone.prompt.may_go_back
    phone.prompt = engine.back(phone.office, phone.prompt.call.id)
    assert phone.at == "result.outcome"
    assert phone.rows("SELECT kind FROM hold") == []
    phone.answer("no_agreement")
    assert phone.asked.step == "wrapup"


def test_a_wrong_number_taken_back_asks_again_who_is_speaking(phone: Phone) -> None:
    phone.dial()
    phone.go("party.party")
    phone.answer("wrong_number")
    phone.prompt = engine.back(phone.office, phone.prompt.call.id)
    assert phone.at == "party.party"


def test_an_objection_door_opened_by_mistake_is_left(phone: Phone) -> None:
    phone.dial()
    phone.go("discussion")
    here = phone.at
    phone.door("objection")
    phone.prompt = engine.back(phone.office, phone.prompt.call.id)
    assert phone.at == here
    assert phone.rows("SELECT 1 FROM objection") == []


@pytest.mark.parametrize("result", ["minor_claim", "hardship"])
def test_a_result_that_put_a_hold_on_is_not_taken_back(phone: Phone, result: str) -> None:
    """A collector must not think undone what stands on the case; lifting it takes two people."""
    phone.dial()
    phone.go("result.outcome")
    phone.answer(result)
    assert len(phone.rows("SELECT kind FROM hold")) == 1
    assert not phone.prompt.may_go_back


def test_a_closed_call_has_no_doors(phone: Phone) -> None:
    phone.dial()
    phone.go()
    with pytest.raises(Busy):
        engine.door(phone.office, phone.prompt.call.id, "complaint")
