"""What may follow a call goes with what came of it; and words that say nothing are no answer."""

from __future__ import annotations

import pytest

from collectdesk.desk.call import engine
from collectdesk.desk.call.identity import fold
from collectdesk.errors import BadData, UsageProblem
from tests.desk.call.phone import Phone

ALWAYS = {"to_lead", "none"}


def offered(phone: Phone) -> set[str]:
    phone.go("wrapup.next_action")
    return {each.code for each in phone.asked.options}


@pytest.mark.parametrize(
    ("outcome", "fits", "not_fits"),
    [
        ("promise", {"await_payment"}, {"redial", "await_complaint", "answer_objection", "legal_referral"}),
        ("hung_up", {"redial", "callback", "other_number"}, {"await_payment", "propose_plan", "answer_objection"}),
        ("line_lost", {"redial", "callback"}, {"await_payment", "mediation", "send_statement"}),
        ("plan_request", {"propose_plan", "await_evidence"}, {"redial", "await_complaint"}),
        ("refusal", {"redial", "mediation", "legal_referral"}, {"await_payment", "await_complaint"}),
        ("callback", {"callback"}, {"redial", "await_payment"}),
    ],
)
def test_a_talk_offers_what_goes_with_its_result(
    phone: Phone, outcome: str, fits: set[str], not_fits: set[str]
) -> None:
    """Articles 7.3 and 11.2: no step that makes no sense; the lead, or nothing, is always there."""
    phone.dial()
    phone.go("result.outcome")
    phone.answer(outcome)
    found = offered(phone)
    assert fits | ALWAYS <= found
    assert not found & not_fits


@pytest.mark.parametrize(
    ("door", "fits"),
    [
        ("complaint", {"await_complaint"}),
        ("emergency", set()),
        ("stop_contact", {"write_letter"}),
        ("wrong_number", {"other_number", "locate", "ask_creditor"}),
    ],
)
def test_a_door_offers_its_own(phone: Phone, door: str, fits: set[str]) -> None:
    """Articles 10.2 and 12: after a complaint or an emergency nobody is offered to dial again."""
    phone.dial()
    phone.go("discussion")
    phone.door(door)
    assert offered(phone) == fits | ALWAYS


def test_a_dash_is_no_answer_where_words_are_asked_for(phone: Phone) -> None:
    """Article 10.1: the debtor's words, and ours, are written out."""
    phone.dial()
    phone.go("discussion")
    phone.door("objection")
    phone.go("objection.content")
    for nothing in ("-", "…", "??"):
        with pytest.raises(UsageProblem):
            phone.answer(nothing)
    phone.answer("费用算得不对")
    phone.answer("now")
    for empty in ("ok", "好的", "1.2."):
        with pytest.raises(BadData) as refused:
            phone.answer(empty)
        assert refused.value.code == "answer_empty"
    phone.answer("已说明合同约定")
    assert phone.rows("SELECT status, answer FROM objection") == [("closed", "已说明合同约定")]


@pytest.mark.parametrize("door", ["end", "stop_contact"])
def test_a_door_is_left_again_until_something_came_of_it(phone: Phone, door: str) -> None:
    """Nothing was said or written yet: one step back, and the talk goes on where it was."""
    phone.dial()
    phone.go("party")
    phone.door(door)
    phone.prompt = engine.back(phone.office, phone.prompt.call.id)
    assert phone.at == "party.party"
    assert door in phone.prompt.doors


@pytest.mark.parametrize("typed", ["1988-04-12", "19880412", "1988年4月12日", "1988/4/12", "1988.04.12"])
def test_a_birth_date_is_typed_in_many_ways(typed: str) -> None:
    """Article 5.1."""
    assert fold("birth_date", typed) == "1988-04-12"


@pytest.mark.parametrize("typed", ["700101", "1988-13-01", "1988-02-30", "1988", "120488"])
def test_what_is_no_date_costs_no_try(typed: str) -> None:
    """Article 5.1: it is said to be none, and not compared."""
    with pytest.raises(BadData):
        fold("birth_date", typed)
