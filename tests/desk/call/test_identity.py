"""Who is speaking (policy article 5.1, 5.2): two items, compared by the desk, three tries, nothing echoed or kept."""

from __future__ import annotations

import json

import pytest
from msgspec import structs

from collectdesk.desk.call.identity import fold
from collectdesk.desk.call.question import PaneRow
from collectdesk.errors import BadData
from collectdesk.show import panes, veil
from tests.desk.call.phone import Phone, both
from tests.desks import add


@pytest.mark.parametrize(
    ("item", "typed", "stored"),
    [
        ("id_last4", "００2x", "002X"),
        ("id_last4", " 0-02 X ", "002X"),
        ("birth_date", "1949年12月31日", "1949-12-31"),
        ("birth_date", "1949.12.31", "1949-12-31"),
        ("birth_date", "19491231", "1949-12-31"),
        ("name", " 王 小明 ", "王小明"),
        ("contract_last4", "0017", "0017"),
    ],
)
def test_what_is_heard_is_typed_in_many_ways(item: str, typed: str, stored: str) -> None:
    assert fold(item, typed) == stored


@pytest.mark.parametrize(("item", "typed"), [("id_last4", "12345"), ("id_last4", "12"), ("birth_date", "tomorrow")])
def test_what_cannot_be_an_answer_costs_no_try(item: str, typed: str) -> None:
    with pytest.raises(BadData):
        fold(item, typed)


@both
def test_three_wrong_answers_end_it(phone: Phone) -> None:
    """Article 5.1: attempts are limited; then the talk ends without a word about the debt."""
    phone.dial()
    phone.go("identity")
    for number in (1, 2, 3):
        assert phone.asked.tries == (number, 3)
        phone.answer("9999")
    assert phone.at == "result.outcome"
    phone.go(given={"result.outcome": "identity_not_proved"})
    assert phone.rows("SELECT identity, talk FROM contact_event") == [("failed", "brief")]


def test_a_refusal_is_asked_for_its_reason_once(phone: Phone) -> None:
    phone.dial()
    phone.go("identity")
    phone.answer("-")
    assert phone.at == "identity.refusal"
    phone.answer("privacy")
    assert phone.at == "result.outcome"
    phone.go(given={"result.outcome": "identity_not_proved"})
    assert phone.one("SELECT identity FROM call") == "refused"


@both
def test_what_was_typed_is_kept_nowhere(phone: Phone) -> None:
    """Only right or wrong stands in the record."""
    phone.dial()
    phone.go("identity")
    phone.answer("7788")
    phone.go("disclosure")
    kept = [value for (value,) in phone.rows("SELECT value FROM call_answer WHERE step = 'identity'")]
    assert {json.loads(value) for value in kept} == {"right", "wrong"}


def test_an_agent_needs_an_authority_on_file(phone: Phone) -> None:
    """Article 5.1: without one they are a stranger, whatever they say."""
    phone.dial()
    phone.go("party")
    phone.answer("agent")
    assert [each.code for each in phone.asked.options] == ["not_recorded"]
    assert phone.asked.remind == ("authority",), "what authority it takes is said where it is asked"
    phone.answer("not_recorded")
    assert (phone.at, [line.line for line in phone.asked.say]) == ("party.reply", ["party.no_authority"])
    phone.go("wrapup.next_action", {"result.outcome": "no_result"})
    assert phone.one("SELECT count(*) FROM line_shown WHERE line LIKE 'disclosure.%'") == 0


def test_a_recorded_agent_is_verified_and_hears_the_debt(phone: Phone) -> None:
    """Article 5.1: a recorded authority that is in force, and the agent's own items."""
    agent = _agent(phone, until=phone.room.hands.at + 86_400)
    phone.dial()
    phone.go("party")
    phone.answer("agent")
    phone.answer(f"p{agent}")
    assert phone.at == "identity.name"
    phone.go("disclosure")
    assert any(line.line == "disclosure.duty_agent" for line in phone.asked.say)


def test_an_authority_that_has_ended_is_none(phone: Phone) -> None:
    _agent(phone, until=phone.room.hands.at - 60)
    phone.dial()
    phone.go("party")
    phone.answer("agent")
    assert [each.code for each in phone.asked.options] == ["not_recorded"]


def test_a_third_party_gives_relation_and_basis_and_hears_nothing(phone: Phone) -> None:
    """Article 5.2: both are recorded; the message is neutral."""
    phone.dial()
    phone.go("party")
    phone.answer("third_party")
    assert phone.at == "party.relation"
    phone.answer("parent")
    assert phone.at == "party.basis"
    phone.answer("none")
    assert phone.at == "party.message"
    text = " ".join(line.text for line in phone.asked.say)
    assert not any(word in text for word in ("欠", "逾期", "还款", "12,480"))
    phone.answer("other")
    assert phone.at == "result.outcome"


def test_who_says_he_will_pay_hears_what_paying_needs_and_nothing_more(phone: Phone) -> None:
    """Article 5.2, the payer: amount and channel, no term, no consequence, no duty."""
    phone.dial()
    phone.go("party")
    for raw in ("third_party", "spouse", "payer"):
        phone.answer(raw)
    assert phone.asked.step == "disclosure"
    lines = [line.line for line in phone.asked.say]
    assert lines == ["disclosure.payer_free", "disclosure.payer_amount", "disclosure.channels"]


def test_missing_items_are_named_before_the_call(phone: Phone) -> None:
    """A case with too few items is refused at the materials, not in mid-call."""
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE person SET born_on = NULL")
    phone.dial()
    phone.go("materials")
    assert "identity_items" in phone.asked.missing
    with pytest.raises(BadData) as refused:
        phone.answer("done")
    assert refused.value.code == "materials_missing"


def _agent(phone: Phone, until: int) -> int:
    from collectdesk.store.tables import CaseParty, Person

    small = phone.room.small
    with phone.office.writer.begin() as connection:
        agent = add(connection, Person, name="钱代理", id_number="110105199001011234", id_kind="resident")
        authority = {"authority_from": 0, "authority_until": until, "authority_evidence": "委托书 7 号"}
        add(connection, CaseParty, case_id=small.case, person=agent, role="agent", **authority)
    return agent


def test_the_answers_are_hidden_on_every_pane_until_the_desk_has_compared_them(phone: Phone) -> None:
    """Article 5.1: what is asked for cannot be read off the brief; once it has passed it is no secret any more."""
    phone.dial()
    brief = phone.asked.pane
    assert brief is not None
    asked_for = {row.code: row for row in brief.rows if row.code in ("document", "born_on")}
    assert len(asked_for) == 2
    before = phone.prompt.call
    assert all(veil.hides(row, before) for row in asked_for.values())
    assert not any(answer in "\n".join(panes.lines(brief, before)) for answer in ("002X", "1949"))
    phone.go("disclosure")
    after = phone.prompt.call
    assert not any(veil.hides(row, after) for row in asked_for.values())
    assert "1949" in "\n".join(panes.lines(brief, after))


def test_the_last_four_of_a_number_are_hidden_where_they_are_asked_for(phone: Phone) -> None:
    phone.dial()
    row = PaneRow("number", "number", {"number": "+8613800000001", "role": "debtor", "status": "ok"})
    call = phone.prompt.call
    assert veil.number(row, "+8613800000001", call) == "138****0001"
    call = structs.replace(call, case=structs.replace(call.case, identity_items=("mobile_last4", "birth_date")))
    assert veil.number(row, "+8613800000001", call) == "138****"
    other = structs.replace(row, value={**row.value, "role": "parent"})
    assert veil.number(other, "+8613800000001", call) == "138****0001"
