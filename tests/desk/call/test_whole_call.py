"""A call from the gate to the record: every step in its order, nothing skipped, nothing assumed."""

from __future__ import annotations

import pytest

from collectdesk.desk.call import beginning, engine
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.steps import STEPS
from collectdesk.errors import BadData, Busy, UsageProblem
from collectdesk.store.tables import CaseConsequence, Hold, Notice
from tests.desk.call.phone import Phone, both
from tests.desks import DAY, MORNING, add


@both
def test_a_call_ends_with_its_whole_record(phone: Phone) -> None:
    """Article 4 to 7: prepared, permitted, opened, verified, told, understood, agreed, recorded."""
    phone.dial()
    phone.go()
    call = phone.rows("SELECT line, party, identity, outcome, cause, ability, talk, ended_by, next_action FROM call")
    assert call == [
        (
            "answered",
            "debtor",
            "verified",
            "promise",
            "income_reduced",
            "part_now",
            "conversation",
            "us",
            "await_payment",
        )
    ]
    assert phone.rows("SELECT line, talk, identity, direction FROM contact_event") == [
        ("answered", "conversation", "verified", "out")
    ]
    assert phone.one("SELECT state FROM permit") == "resolved"


def test_the_steps_come_in_their_order(phone: Phone) -> None:
    """No step is skippable: each is asked, in the order of the table."""
    phone.dial()
    seen = []
    while not phone.prompt.ended:
        if phone.asked.step not in seen:
            seen.append(phone.asked.step)
        phone.go_one()
    assert seen == [step.NAME for step in STEPS if step.NAME not in ("gate", "welfare")]  # no call for safety


@both
def test_no_second_call_while_one_is_open(phone: Phone) -> None:
    phone.dial()
    with pytest.raises(Busy) as refused:
        beginning.start(phone.office, phone.room.small.code)
    assert refused.value.code == "call_open"


@both
def test_a_refused_start_is_recorded_with_its_verdict(phone: Phone) -> None:
    """Article 8.2: at night the gate refuses, and the refusal is on record."""
    phone.room.hands.at += 12 * 3600
    with pytest.raises(RefusedByGate) as refused:
        phone.dial()
    assert not refused.value.decision["allowed"]
    assert phone.rows("SELECT state FROM permit") == [("refused",)]
    assert phone.rows("SELECT allowed FROM verdict") == [(0,)]


def test_every_outcome_must_be_said(phone: Phone) -> None:
    """No field has a default: an empty answer is refused wherever one is required."""
    phone.dial()
    for _ in range(60):
        if phone.prompt.ended:
            break
        if phone.asked.required:
            with pytest.raises(UsageProblem):
                phone.answer("")
        phone.go_one()
    assert phone.prompt.ended


@both
def test_an_answer_to_another_field_is_refused(phone: Phone) -> None:
    phone.dial()
    with pytest.raises(Busy) as refused:
        phone.answer("done", field="permit.permit")
    assert refused.value.code == "other_field"


@both
def test_the_same_key_answers_once(phone: Phone) -> None:
    phone.dial()
    first = phone.answer("done", key="k1")
    again = phone.answer("done", key="k1")
    assert (again.step, again.question) == (first.step, first.question)


@both
def test_the_same_key_starts_once(phone: Phone) -> None:
    first = phone.dial(key="start-1")
    assert phone.dial(key="start-1").call.id == first.call.id


@both
def test_back_where_nothing_was_spoken(phone: Phone) -> None:
    """One step back in the preparation; none once the number was shown."""
    phone.dial()
    phone.go("plan.points")
    prompt = engine.back(phone.office, phone.prompt.call.id)
    assert (prompt.question.step, prompt.question.field) == ("plan", "goal")  # type: ignore[union-attr]
    phone.prompt = prompt
    phone.go("opening")
    assert not phone.prompt.may_go_back
    with pytest.raises(Busy):
        engine.back(phone.office, phone.prompt.call.id)


@both
def test_an_unanswered_redial_is_two_answers_after_the_number(phone: Phone) -> None:
    """The line, the next action, closed."""
    phone.dial()
    phone.go("line")
    phone.answer("no_answer")
    assert phone.at == "wrapup.next_action"
    phone.answer("redial")
    assert phone.prompt.ended
    assert phone.rows("SELECT line, talk FROM contact_event") == [("no_answer", "none")]


@both
def test_not_dialled_needs_a_reason_and_still_counts(phone: Phone) -> None:
    phone.dial()
    phone.go("line")
    phone.answer("not_dialled")
    assert phone.at == "line.reason"
    phone.answer("interrupted")
    assert phone.prompt.ended
    assert phone.rows("SELECT state, reason FROM permit") == [("resolved", "interrupted")]


def test_each_line_said_is_kept_with_version_and_time(phone: Phone) -> None:
    """The record: script version, text shown, acknowledgement."""
    phone.dial()
    phone.go()
    rows = phone.rows("SELECT line, script_version, content, acknowledged_at FROM line_shown")
    assert all(version and content and said is not None for _, version, content, said in rows)
    assert any(line.startswith("disclosure.amount") for line, *_ in rows)


def test_a_wrong_amount_changes_nothing(phone: Phone) -> None:
    phone.dial()
    phone.go("result.amount")
    with pytest.raises(BadData):
        phone.answer("abc")
    assert phone.at == "result.amount"


def test_the_journal_holds_every_answer_that_changed_something(phone: Phone) -> None:
    phone.dial()
    phone.go()
    actions = {action for (action,) in phone.rows("SELECT action FROM journal")}
    assert {
        "call.start",
        "call.brief",
        "call.plan",
        "call.materials",
        "permit.show",
        "promise.made",
        "call.end",
    } <= actions


@both
def test_a_key_used_for_another_field_is_a_conflict(phone: Phone) -> None:
    """A script that repeats itself by mistake is told, not answered as if it had succeeded."""
    phone.dial()
    first = f"{phone.asked.step}.{phone.asked.field}"
    phone.answer("done", field=first, key="k1")
    second = f"{phone.asked.step}.{phone.asked.field}"
    with pytest.raises(Busy) as refused:
        phone.answer("done", field=second, key="k1")
    assert refused.value.code == "key_used"
    phone.answer("done", field=first, key="k1")
    assert f"{phone.asked.step}.{phone.asked.field}" == second


def test_a_closed_call_has_no_way_back(phone: Phone) -> None:
    phone.dial()
    phone.go()
    assert not phone.prompt.may_go_back


@pytest.mark.parametrize("disputed", [False, True])
def test_the_credit_record_is_told_after_its_notice_and_not_while_an_objection_is_open(
    phone: Phone, disputed: bool
) -> None:
    """Article 7.2: that no objection is open is known to the desk, so the consequence it waits for is told."""
    small = phone.room.small
    with phone.office.writer.begin() as connection:
        sent = {"debtor": small.debtor, "kind": "adverse_credit", "sent_at": MORNING - 30 * DAY}
        add(connection, Notice, **sent, debts=[])
        add(connection, CaseConsequence, case_id=small.case, code="credit_record")
        if disputed:
            held = {"debtor": small.debtor, "kind": "objection", "received_at": MORNING - DAY, "debts": [small.case]}
            add(connection, Hold, **held)
    phone.ring()
    phone.go("discussion")
    told = {line for (line,) in phone.rows("SELECT line FROM line_shown")}
    assert ("consequence.credit_record:credit_record" in told) is not disputed
