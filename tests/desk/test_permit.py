"""The permit: article 8's limits are reserved before anybody dials, on both engines."""

from __future__ import annotations

import pytest

from collectdesk.desk import permit, permit_ends
from collectdesk.desk.permit import Granted, Refused, Shown
from collectdesk.desk.permit_ends import Outcome
from collectdesk.errors import Problem
from collectdesk.store.tables import Hold, Number
from tests import desks
from tests.desk.rooms import Room, count


def ask(room: Room, key: str = "k1") -> Granted | Refused:
    small = room.small
    return permit.request(room.office, small.case, small.debtor, small.number, "collect", key, clocks=room.hands.both)


def granted(room: Room, key: str = "k1") -> Granted:
    answer = ask(room, key)
    assert isinstance(answer, Granted), [each["code"] for each in answer.decision["blocks"]]
    return answer


def shown(room: Room, key: str = "k1") -> Shown:
    answer = permit.show(room.office, granted(room, key).permit, clocks=room.hands.both)
    assert isinstance(answer, Shown)
    return answer


def test_granted_hides_the_number_and_lapses_after_three_minutes(room: Room) -> None:
    answer = granted(room)
    assert answer.expires_at == desks.MORNING + 180
    assert count(room.office.store, "contact_event") == 0
    room.hands.at += 180
    with pytest.raises(Problem) as late:
        permit.show(room.office, answer.permit, clocks=room.hands.both)
    assert late.value.code == "permit_lapsed"
    assert count(room.office.store, "contact_event") == 0


def test_shown_is_a_dial_from_that_instant(room: Room) -> None:
    """Article 8(1): whatever comes of it, a number that was shown was dialled."""
    room.hands.at += 0
    answer = shown(room)
    assert answer.number == desks.MOBILE
    assert count(room.office.store, "contact_event", "line = 'unknown' AND talk = 'unknown'") == 1
    again = permit.show(room.office, answer.permit, clocks=room.hands.both)
    assert isinstance(again, Shown)
    assert again.event == answer.event
    assert count(room.office.store, "contact_event") == 1


def test_a_retry_returns_the_same_permit_and_eats_no_second_slot(room: Room) -> None:
    first = granted(room)
    assert ask(room) == first
    assert count(room.office.store, "permit") == 1


def test_a_key_is_for_one_request_only(room: Room) -> None:
    granted(room)
    small = room.small
    with pytest.raises(Problem) as reused:
        permit.request(room.office, small.case, small.contact, small.contact_number, "locate", "k1")
    assert reused.value.code == "key_reused"


def test_one_live_permit_a_debtor_and_the_loser_is_told_its_end(room: Room) -> None:
    first = granted(room)
    other = room.seat(room.small.lead, "8001", "lead")
    answer = permit.request(
        other, room.small.case, room.small.debtor, room.small.number, "collect", "k2", clocks=room.hands.both
    )
    assert isinstance(answer, Refused)
    block = next(each for each in answer.decision["blocks"] if each["code"] == "permit_live")
    assert block["evidence"]["permits"] == [{"permit": f"t{first.permit}", "until": "2026-11-23T10:03:00+08:00"}]
    assert count(room.office.store, "permit", "state = 'refused'") == 1
    assert count(room.office.store, "verdict", "NOT allowed") == 1


def test_no_second_permit_for_a_collector_with_an_unresolved_call(room: Room) -> None:
    shown(room)
    room.hands.at += 3 * 3600
    answer = ask(room, "k2")
    assert isinstance(answer, Refused)
    assert "call_unresolved" in {each["code"] for each in answer.decision["blocks"]}


def test_unanswered_then_thirty_minutes_then_again(room: Room) -> None:
    """Article 8(1): a reasonable gap."""
    first = shown(room)
    permit_ends.resolve(room.office, first.permit, Outcome("no_answer"), clocks=room.hands.both)
    room.hands.at += 60
    refused = ask(room, "k2")
    assert isinstance(refused, Refused)
    assert {each["code"] for each in refused.decision["blocks"]} == {"gap_short"}
    room.hands.at += 29 * 60
    assert isinstance(ask(room, "k3"), Granted)


def test_four_dials_a_day(room: Room) -> None:
    """Article 8(1): at most four dials a day, not dialled ones included."""
    small = room.small
    with room.office.store.writer.begin() as connection:
        second = desks.add(
            connection, Number, person=small.debtor, number="19900005680", source="contract", status="ok"
        )
    for turn in range(4):
        number = small.number if turn % 2 else second
        answer = permit.request(
            room.office, small.case, small.debtor, number, "collect", f"k{turn}", clocks=room.hands.both
        )
        assert isinstance(answer, Granted)
        permit.show(room.office, answer.permit, clocks=room.hands.both)
        outcome = Outcome("not_dialled", reason="misdialled") if turn == 1 else Outcome("no_answer")
        permit_ends.resolve(room.office, answer.permit, outcome, clocks=room.hands.both)
        room.hands.at += 1800
    answer = ask(room, "k9")
    assert isinstance(answer, Refused)
    block = next(each for each in answer.decision["blocks"] if each["rule"] == "house/dials-per-day")
    assert len(block["evidence"]["counted"]) == 4
    assert answer.decision["next_allowed_at"] == "2026-11-24T09:00:00+08:00"


def test_not_dialled_needs_a_reason(room: Room) -> None:
    first = shown(room)
    with pytest.raises(Problem) as refused:
        permit_ends.resolve(room.office, first.permit, Outcome("not_dialled"), clocks=room.hands.both)
    assert refused.value.code == "outcome_reason"


def test_the_outcome_is_recorded_once(room: Room) -> None:
    first = shown(room)
    talked = Outcome("answered", talk="conversation", identity="verified", answered_by=room.small.debtor, duration_s=90)
    permit_ends.resolve(room.office, first.permit, talked, clocks=room.hands.both)
    entries = count(room.office.store, "journal")
    permit_ends.resolve(room.office, first.permit, talked, clocks=room.hands.both)
    assert count(room.office.store, "journal") == entries
    with pytest.raises(Problem) as other:
        permit_ends.resolve(room.office, first.permit, Outcome("no_answer"), clocks=room.hands.both)
    assert other.value.code == "permit_not_shown"


def test_unresolved_at_shift_close_counts_as_a_talk_until_a_lead_corrects_it(room: Room) -> None:
    """Article 8(1): unknown is not zero."""
    first = shown(room)
    assert permit_ends.close_shift(room.office, clocks=room.hands.both) == [first.permit]
    room.hands.at += 3600
    refused = ask(room, "k2")
    assert isinstance(refused, Refused)
    assert "rest_short" in {each["code"] for each in refused.decision["blocks"]}
    lead = room.seat(room.small.lead, "8001", "lead")
    permit_ends.correct(lead, first.event, Outcome("no_answer"), "recording 4711: rings out", clocks=room.hands.both)
    assert isinstance(ask(room, "k3"), Granted)
    with pytest.raises(Problem) as again:
        permit_ends.correct(lead, first.event, Outcome("no_answer"), "the same", clocks=room.hands.both)
    assert again.value.code == "no_such_event"


def test_only_a_lead_corrects_and_never_an_own_call(room: Room) -> None:
    first = shown(room)
    permit_ends.close_shift(room.office, clocks=room.hands.both)
    with pytest.raises(Problem) as collector:
        permit_ends.correct(room.office, first.event, Outcome("no_answer"), "because", clocks=room.hands.both)
    assert collector.value.code == "role"
    own = room.seat(room.small.collector, "8002", "lead")
    with pytest.raises(Problem) as self_made:
        permit_ends.correct(own, first.event, Outcome("no_answer"), "because", clocks=room.hands.both)
    assert self_made.value.code == "own_call"


def test_a_permit_ends_with_the_hours(room: Room) -> None:
    """Article 8(2): no call into the closed hours."""
    room.hands.at = desks.MORNING + 9 * 3600 + 48 * 60  # 19:48, two minutes before the last new call
    answer = granted(room)
    assert answer.allowed_until == desks.MORNING + 9 * 3600 + 50 * 60
    assert answer.expires_at == answer.allowed_until


def test_showing_asks_the_gate_once_more(room: Room) -> None:
    answer = granted(room)
    with room.office.store.writer.begin() as connection:
        desks.add(connection, Hold, debtor=room.small.debtor, kind="complaint", received_at=room.hands.at)
    refused = permit.show(room.office, answer.permit, clocks=room.hands.both)
    assert isinstance(refused, Refused)
    assert "hold" in {each["code"] for each in refused.decision["blocks"]}
    assert count(room.office.store, "contact_event") == 0


def test_a_withdrawn_permit_costs_nothing(room: Room) -> None:
    permit_ends.withdraw(room.office, granted(room).permit, clocks=room.hands.both)
    assert isinstance(ask(room, "k2"), Granted)


def test_another_collectors_permit_is_not_mine(room: Room) -> None:
    answer = granted(room)
    with pytest.raises(Problem) as refused:
        permit.show(room.seat(room.small.lead, "8001", "lead"), answer.permit, clocks=room.hands.both)
    assert refused.value.code == "others_permit"


def test_an_unqualified_collector_gets_none(room: Room) -> None:
    """Article 13(1): the gate refuses the unqualified, naming what is missing."""
    lead = room.seat(room.small.lead, "8001", "lead")
    small = room.small
    answer = permit.request(lead, small.case, small.debtor, small.number, "collect", "k1", clocks=room.hands.both)
    assert isinstance(answer, Refused)
    block = next(each for each in answer.decision["blocks"] if each["rule"] == "house/collector-qualified")
    assert block["evidence"]["parts"][0]["missing"] == ["vetting", "confidentiality", "exam"]


def test_a_clock_set_back_is_refused_until_an_admin_confirms(room: Room) -> None:
    granted(room)
    room.hands.at -= 600
    with pytest.raises(Problem) as behind:
        ask(room, "k2")
    assert behind.value.code == "clock_behind_journal"
