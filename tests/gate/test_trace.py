"""The way to the next instant: what the tracer tells is what the gate decided, push by push."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectdesk.gate import Dial, convert_dial
from collectdesk.gate.account import account
from collectdesk.gate.examples import merged
from collectdesk.gate.trace import way
from tests.gate import shipped_rules as shipped

DAY = 86_400


@cache
def questions() -> list[tuple[str, dict[str, Any]]]:
    """Every worked example of every shipped rulebook."""
    found = []
    for name, file in shipped.examples().items():
        for each in file["example"]:
            question = merged({"rulebooks": [name]}, file["base"])
            found.append((f"{name}/{each['name']}", merged(question, each.get("given", {}))))
    return found


def talked(hour: str, **changes: Any) -> Dial:
    """A question at 19:45 on make-up Saturday 2026-02-14, the debtor having talked at ``hour`` that day."""
    at = f"2026-02-14T{hour}:00+08:00"
    event = {"id": "e1", "at": at, "kind": "call", "person": "p1", "answered_by": "p1", "line": "answered"}
    sent = [{"kind": "outsourcing", "sent_at": "2026-01-01T09:00:00+08:00"}]
    question = shipped.lawful(at="2026-02-14T19:45:00+08:00", events=[event], notices=sent)
    debt = {**question["debts"][0], "statement_at": "2026-02-14T00:00:00+08:00"}
    return convert_dial({**question, "debts": [debt], **changes})


@pytest.mark.parametrize("book", sorted(shipped.examples()))
def test_the_way_ends_where_the_decision_says(book: str) -> None:
    """For every worked example of the book."""
    gate = shipped.gate()
    for name, question in questions():
        if not name.startswith(f"{book}/"):
            continue
        dial = convert_dial(question)
        decision = gate.decide(dial)
        found = way(*gate.rules_for(dial))
        assert (found.opens, found.beyond) == (decision.next_allowed_at, decision.horizon_reached), name
        if decision.allowed:
            assert found.steps == (), name
            assert (found.ends.at if found.ends else None) == decision.allowed_until, name
        bars = {each.rule for each in decision.blocks}
        assert not found.steps or found.steps[0].asked.name in bars, name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(questions()), st.integers(0, 40 * DAY))
def test_each_push_begins_where_the_last_one_ended(found: tuple[str, dict[str, Any]], later: int) -> None:
    """At the instant of a push its rule really is closed, and every push leads on to the next."""
    _name, question = found
    gate, first = shipped.gate(), convert_dial(question)
    dial = type(first)(**{name: getattr(first, name) for name in first.__struct_fields__} | {"at": first.at + later})
    facts, asked = gate.rules_for(dial)
    steps = way(facts, asked).steps
    at: int = dial.at
    for step in steps:
        assert step.at == at
        assert not step.point.state(facts, step.at).open
        assert step.to is None or step.to > step.at
        at = step.to if step.to is not None else -1
    assert way(facts, asked).opens in (at if at >= 0 else None, None)


def test_the_pushes_are_told_in_order() -> None:
    """A talk at 18:10 holds until 22:10; the guideline's night until eight, the house's until nine; the statement."""
    gate, dial = shipped.gate(), talked("18:10")
    told = account(gate, dial).to_wire()
    pushes = [(step["rule"], step["from"][11:16], step["to"] and step["to"][:16]) for step in told["steps"]]
    assert pushes[0] == ("house/rest-after-talk", "19:45", "2026-02-14T22:10")
    assert [rule for rule, _, _ in pushes[1:3]] == ["cn-cba-2026/night", "house/hours"]
    assert told["steps"][-1]["to"] is None, "by the time the holiday is over the statement is too old"
    assert told["decision"]["next_allowed_at"] is None


def test_a_passing_cap_tells_what_it_counted_and_what_not() -> None:
    told = account(shipped.gate(), talked("12:10")).to_wire()
    seen = {each["rule"]: each["seen"] for each in told["rules"] if each["said"] == "passes" and each["seen"]}
    assert [each["event"] for each in seen["house/talks-per-day"]["counted"]] == ["e1"]
    assert [each["why"] for each in seen["cn-cba-2026/unanswered-per-number"]["not_counted"]] == ["answered"]
    assert told["ends"]["rule"] == "house/hours"


def test_a_rule_tells_since_when_its_text_is_in_force() -> None:
    told = account(shipped.gate(), talked("12:10")).to_wire()
    since = {each["rule"]: each["in_force"]["from"] for each in told["rules"]}
    assert str(since["cn-cba-2026/night"]) == "2026-01-30", "the rulebook's, for the rule names none"
    assert since["house/hours"] is None


def test_without_a_zone_no_step_is_taken() -> None:
    gate, dial = shipped.gate(), talked("12:10", zones=[], place={"country": "FR"}, rulebooks=["house"])
    found = way(*gate.rules_for(dial))
    assert (found.steps, found.opens, found.beyond) == ((), None, False)
