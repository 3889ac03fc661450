"""Calls to somebody beside the debtor: two things only may be asked, one refusal is final, each answer its outcome."""

from __future__ import annotations

import pytest

from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.third_party import CUT_SHORT, OUTCOMES
from collectdesk.errors import BadData, Busy
from tests.desk.call.phone import Phone, both

DAY = 86_400
DEBT = ("欠", "逾期", "还款", "12,480", "贷款", "信用卡")
TOLD = {"party.party": "third_party", "party.relation": "colleague", "party.basis": "none"}


def lost(phone: Phone, *, reserved: bool = True) -> None:
    """The debtor's number is out of service since yesterday; the contact was reserved in the application."""
    small, at = phone.room.small, phone.room.hands.at
    with phone.office.writer.begin() as connection:
        run = connection.exec_driver_sql
        run(f"UPDATE number SET status = 'invalid', status_at = {at - DAY} WHERE id = {small.number}")
        run(f"UPDATE case_party SET reserved = {'true' if reserved else 'false'} WHERE person = {small.contact}")


def asked(phone: Phone) -> None:
    """The contact is on the line and was asked."""
    lost(phone)
    phone.dial(person=f"p{phone.room.small.contact}", purpose="locate")
    phone.go("party.message", TOLD)


def test_a_contact_is_not_called_before_contact_is_lost(phone: Phone) -> None:
    """Article 11.2; WHO-02: not while the debtor can be reached."""
    with pytest.raises(RefusedByGate) as refused:
        phone.dial(person=f"p{phone.room.small.contact}", purpose="locate")
    assert {"party_not_lost"} <= {block["code"] for block in refused.value.decision["blocks"]}


def test_only_a_contact_the_debtor_reserved(phone: Phone) -> None:
    """WHO-02b."""
    lost(phone, reserved=False)
    with pytest.raises(RefusedByGate) as refused:
        phone.dial(person=f"p{phone.room.small.contact}", purpose="locate")
    assert {"party_reserved"} <= {block["code"] for block in refused.value.decision["blocks"]}


@both
def test_two_things_are_asked_and_nothing_of_the_debt_is_said(phone: Phone) -> None:
    """Article 5.2; WHO-05, WHO-06: their details, and to pass it on."""
    asked(phone)
    assert [line.line for line in phone.asked.say] == [
        "third_party.cannot_say", "third_party.reach", "third_party.pass_on",
    ]  # fmt: skip
    assert not any(word in line.text for line in phone.asked.say for word in DEBT)
    assert [each.code for each in phone.asked.options] == list(OUTCOMES)


@both
@pytest.mark.parametrize("answer", ["wont_pass_on", "refused"])
def test_one_refusal_ends_it_for_good_for_everybody(phone: Phone, answer: str) -> None:
    """WHO-07; edge case 23: also when they only say they will not pass it on."""
    asked(phone)
    phone.answer(answer)
    small = phone.room.small
    assert phone.rows("SELECT kind, persons, debts FROM hold") == [("contact_refused", f"[{small.contact}]", "[]")]
    assert phone.at == "party.reply"
    assert [line.line for line in phone.asked.say] == ["third_party.refused"]
    phone.go(given={"wrapup.next_action": "none"})
    assert phone.one("SELECT outcome FROM call") == "contact_refused"
    phone.room.hands.at += 400 * DAY
    phone.office = phone.room.seat(small.lead, "8001", "lead")
    with pytest.raises(RefusedByGate) as refused:
        phone.dial(person=f"p{small.contact}", purpose="locate")
    assert {"hold"} <= {block["code"] for block in refused.value.decision["blocks"]}


def test_a_refusal_holds_in_every_file_that_person_stands_in(phone: Phone) -> None:
    """WHO-07: the contact of two debtors refused once."""
    small = phone.room.small
    with phone.office.writer.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO person (id, name) VALUES (901, '周甲'), (902, '陈同事')")
        run(
            "INSERT INTO case_file (id, code, creditor, debtor, contract_no, status) "
            f"VALUES (900, 'A-2000', {small.creditor}, 901, 'X-1', 'open')"
        )
        run("INSERT INTO case_party (case_id, person, role, reserved) VALUES (900, 902, 'contact', true)")
        run(
            "INSERT INTO number (person, number, class, place, source, status) "
            "VALUES (902, '19900005679', 'mobile', 'none', 'application', 'ok')"
        )
    asked(phone)
    phone.answer("wont_pass_on")
    assert phone.rows("SELECT debtor, persons FROM hold ORDER BY debtor") == [
        (small.debtor, f"[{small.contact}]"), (901, "[902]"),
    ]  # fmt: skip


@both
def test_a_number_a_reserved_contact_tells_has_its_source(phone: Phone) -> None:
    """WHO-11; edge case 25: told by which contact, on which call; verified before any talk of the debt."""
    asked(phone)
    phone.answer("details_given")
    assert phone.at == "result.number"
    with pytest.raises(BadData):
        phone.answer("not a number")
    phone.answer("19900007777")
    small = phone.room.small
    told = phone.rows("SELECT person, source, status FROM number WHERE number LIKE '%19900007777'")
    assert told == [(small.debtor, "told_by_contact", "unknown")]
    kept = phone.one("SELECT content FROM step WHERE kind = 'number' AND act = 'add'")
    assert f'"told_by":"p{small.contact}"' in kept
    assert f'"call":"c{phone.prompt.call.id}"' in kept
    assert phone.rows("SELECT value FROM call_answer WHERE field = 'number'") == [('"kept"',)]
    phone.go(given={"wrapup.next_action": "other_number", "wrapup.note": "联系人提供"})
    assert phone.one("SELECT outcome FROM call") == "number_given"


def test_a_number_that_is_there_already_is_refused_by_name(phone: Phone) -> None:
    """Nothing is written twice."""
    asked(phone)
    phone.answer("details_given")
    phone.answer("19900007777")
    phone.go(given={"wrapup.next_action": "other_number", "wrapup.note": "联系人提供"})
    phone.room.hands.at += 2 * DAY
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE number SET status = 'invalid', status_at = {phone.room.hands.at - 60}")
        connection.exec_driver_sql(f"UPDATE number SET status = 'ok' WHERE id = {phone.room.small.contact_number}")
    phone.dial(person=f"p{phone.room.small.contact}", purpose="locate")
    phone.go("party.message", TOLD)
    phone.answer("details_given")
    with pytest.raises(Busy):
        phone.answer("19900007777")


def test_a_stranger_is_not_asked_for_a_number_without_a_lawful_source(phone: Phone) -> None:
    """WHO-11: who answers the debtor's own line is no reserved contact."""
    phone.dial()
    phone.go("party.message", {**TOLD, "party.relation": "stranger"})
    phone.answer("details_given")
    assert phone.at != "result.number"


@both
def test_who_offers_to_pay_hears_what_paying_needs_and_nothing_more(phone: Phone) -> None:
    """WHO-08: an explicit offer, then amount and channel only."""
    asked(phone)
    phone.answer("offers_to_pay")
    assert [line.line for line in phone.asked.say] == [
        "disclosure.payer_free", "disclosure.payer_amount", "disclosure.channels",
    ]  # fmt: skip
    phone.go(given={"wrapup.next_action": "await_payment", "wrapup.note": "愿意代付"})
    assert phone.one("SELECT outcome FROM call") == "offers_to_pay"


@both
@pytest.mark.parametrize(("answer", "kind"), [("died", "deceased"), ("incapable", "incapacity"), ("minor", "minor")])
def test_what_is_said_of_the_debtor_stops_every_case_of_theirs(phone: Phone, answer: str, kind: str) -> None:
    """STOP-03; 民法典 第十七条至第二十二条: the hold is on the debtor's whole file."""
    asked(phone)
    phone.answer(answer)
    assert phone.rows("SELECT kind, debts, persons FROM hold") == [(kind, "[]", "[]")]
    assert phone.one("SELECT frozen_why FROM case_file") == kind
    phone.go(given={"wrapup.next_action": "to_lead"})
    assert phone.one("SELECT outcome FROM call") == OUTCOMES[answer]
    with pytest.raises(RefusedByGate):
        phone.dial()


@pytest.mark.parametrize("answer", list(OUTCOMES))
def test_lines_count_as_said_only_where_they_were(phone: Phone, answer: str) -> None:
    """What was cut short is not on record as said."""
    asked(phone)
    phone.answer(answer)
    said = phone.one("SELECT count(*) FROM line_shown WHERE line LIKE 'third_party.pass%' AND acknowledged_at > 0")
    assert said == (0 if answer in CUT_SHORT else 1)


def test_not_passing_it_on_on_the_debtors_own_line_is_no_hold_on_the_debtor(phone: Phone) -> None:
    """WHO-07 is about contacts; the case itself stays open to the debtor."""
    phone.dial()
    phone.go("party.message", {**TOLD, "party.relation": "stranger"})
    phone.answer("wont_pass_on")
    assert phone.one("SELECT count(*) FROM hold") == 0
    assert phone.one("SELECT count(*) FROM designation") == 0


def test_a_relative_on_the_debtors_line_who_is_on_file_is_left_alone(phone: Phone) -> None:
    """Edge case 10: the wife answers, refuses, and is a contact on file."""
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE case_party SET role = 'spouse' WHERE person = {phone.room.small.contact}")
    phone.dial()
    phone.go("party.message", {**TOLD, "party.relation": "spouse"})
    phone.answer("wont_pass_on")
    assert phone.rows("SELECT kind, persons FROM hold") == [("contact_refused", f"[{phone.room.small.contact}]")]


@both
def test_the_permission_ends_when_the_debtor_is_reached(phone: Phone) -> None:
    """WHO-04; edge case 26."""
    lost(phone)
    small = phone.room.small
    phone.ring()
    phone.go(given={"result.outcome": "no_agreement", "wrapup.next_action": "none"})
    phone.room.hands.at += 2 * DAY
    with pytest.raises(RefusedByGate) as refused:
        phone.dial(person=f"p{small.contact}", purpose="locate")
    assert {"party_not_lost"} <= {block["code"] for block in refused.value.decision["blocks"]}


@both
def test_a_wrong_number_is_asked_for_a_plain_yes_on_every_driver(phone: Phone) -> None:
    """Article 5.2: a *no* closes the door again and nothing has happened."""
    phone.dial()
    phone.go("party")
    phone.door("wrong_number")
    assert phone.at == "wrong_number.sure"
    status = f"SELECT status FROM number WHERE id = {phone.room.small.number}"
    phone.answer("no")
    assert (phone.at, phone.one(status)) == ("party.party", "ok")
    phone.answer("wrong_number")
    phone.answer("no")
    assert (phone.at, phone.one(status)) == ("party.party", "ok")
    phone.answer("wrong_number")
    phone.answer("yes")
    assert phone.one(status) == "wrong"
    assert phone.rows("SELECT act, state FROM step WHERE kind = 'number'") == [("wrong", "wrong")]


def test_a_wrong_number_named_as_the_result_can_be_taken_back(phone: Phone) -> None:
    phone.dial()
    phone.go("party.message", {**TOLD, "party.relation": "stranger"})
    phone.answer("other")
    phone.answer("wrong_number")
    assert phone.at == "wrong_number.sure"
    phone.answer("no")
    assert phone.at == "result.outcome"
