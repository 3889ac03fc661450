"""The disclosure lock: no line that speaks of the debt before identity, or relation and basis, are recorded here."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectdesk.desk.call import lock
from collectdesk.desk.call.state import Call
from collectdesk.errors import BadData, NotPermitted, UsageProblem
from tests.desk.call.phone import Phone

ROUTES: Mapping[str, dict[str, str]] = {
    "debtor": {},
    "refuses": {"identity.id_last4": "-"},
    "wrong answers": {"identity.id_last4": "1111"},
    "stranger": {"party.party": "third_party", "party.relation": "friend", "party.basis": "none"},
    "claims authority": {"party.party": "third_party", "party.relation": "agent", "party.basis": "claims_authority"},
    "payer": {"party.party": "third_party", "party.relation": "spouse", "party.basis": "payer"},
    "unknown agent": {"party.party": "agent", "party.person": "not_recorded"},
    "unknown guarantor": {"party.party": "obligor", "party.person": "not_recorded"},
    "silent": {"party.party": "not_said"},
    "wrong number": {"party.party": "wrong_number"},
}


def hears(call: Call) -> set[str]:
    """The lines that can be rendered as the call stands."""
    found = set()
    for line in call.library.scripts.languages["zh_CN"].lines:
        try:
            lock.say(call, line.id)
        except NotPermitted:
            continue
        except BadData:  # something unknown, but it would have been allowed
            pass
        found.add(line.id)
    return found


def of_the_debt(call: Call) -> set[str]:
    """The lines that speak of the debt."""
    return {line.id for line in call.library.scripts.languages["zh_CN"].lines if line.speaks_of_debt}


@pytest.mark.parametrize("route", ROUTES)
def test_every_line_at_every_state_of_every_route(phone: Phone, route: str) -> None:
    """Articles 5.1, 5.2, 9.2: at each answer of each route every line of the script is tried."""
    phone.dial()
    for _ in range(90):
        call = phone.prompt.call
        spoken = hears(call) & of_the_debt(call)
        if route == "debtor" and phone.prompt.call.said.get("identity") == "verified":
            assert "disclosure.amount" in spoken
        elif route == "payer" and call.given("party", "basis") is not None:
            assert all("payer" in call.library.scripts.languages["zh_CN"].by_id[line].audience for line in spoken)
        else:
            assert not spoken, f"{sorted(spoken)} at {phone.at}"
        if phone.prompt.ended:
            return
        answers = ROUTES[route]
        raw = answers.get(phone.at)
        if raw is None and phone.at == "result.outcome":
            raw = phone.asked.options[0].code if route == "debtor" else "no_result"
        phone.answer(raw) if raw is not None else phone.go_one()
    raise AssertionError("the call never ended")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=12))
def test_no_guess_opens_the_lock(phone: Phone, typed: str) -> None:
    """Article 5.1: whatever is typed that is not the answer, the debt stays unsaid."""
    if not hasattr(phone, "prompt"):
        phone.dial()
        phone.go("identity.id_last4")
    if phone.at == "identity.id_last4" and typed.strip().upper() != "002X":
        with suppress(BadData, UsageProblem):  # a refusal of the form is as good
            phone.answer(typed)
    assert not hears(phone.prompt.call) & of_the_debt(phone.prompt.call)


def test_no_figure_is_in_a_question_before_identity(phone: Phone) -> None:
    """Article 5.2: what to say before the lock opens names no amount, no product, no contract."""
    phone.dial()
    phone.go("opening")
    for step in ("opening", "party", "identity"):
        phone.go(step)
        text = " ".join(line.text for line in phone.asked.say)
        assert not any(word in text for word in ("12,480", "信用卡", "逾期", "CC-2024"))


def test_a_line_with_something_unknown_is_refused_not_half_said(phone: Phone) -> None:
    phone.dial()
    phone.go("disclosure")
    with pytest.raises(BadData) as refused:
        lock.say(phone.prompt.call, "consequence.credit_record")
    assert refused.value.code == "line_variable_missing"
