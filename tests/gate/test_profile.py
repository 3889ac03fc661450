"""What contacts of a profile share is found out once, and never changes an answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from collectdesk.gate import Decision, Facts, Gate, convert_dial
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.plan import Due, Silence
from collectdesk.gate.profile import NO_EVENTS, SOME, WHENEVER, Unsettled, profile_of, settled, shared
from collectdesk.gate.verdict import Verdict
from tests.gate import shipped_rules as shipped
from tests.gate import worlds

HOLD = {"id": "h1", "kind": "complaint", "received_at": "2026-03-01T09:00:00+08:00"}
CONSENT = {"id": "c1", "opens": ["cap"], "by": "p1", "given_at": "2026-03-10T09:00:00+08:00", "evidence": "r1"}


def asked_in_full(gate: Gate, question: dict[str, Any]) -> Decision:
    """The decision when every rule is asked of this very contact."""
    facts = Facts(convert_dial(question))
    plan = Gate(gate.books.values(), gate.calendars)._plan(facts)
    every = Silence(tuple(Due(each) for each in plan.asked), facts.at, -FOREVER, FOREVER)
    return Verdict(facts, replace(plan, silence=every)).decision()


def due(gate: Gate, question: dict[str, Any]) -> set[str]:
    """The names of the rules that are still asked."""
    facts = Facts(convert_dial(question))
    gate._plan(facts)  # what contacts of a profile share is found out at the second of them
    return {each.asked.name for each in gate._plan(facts).due(facts.at)}


@given(data=st.data())
def test_a_gate_that_remembers_answers_as_one_that_asks_every_rule_anew(data: st.DataObject) -> None:
    """Worlds of one profile one after the other, earlier and later ones, by rules of every kind."""
    place = data.draw(worlds.scenes)
    drawn = [data.draw(worlds.worlds(place)) for _ in range(3)]
    drawn += [{**each, "consents": [], "designations": [], "holds": []} for each in drawn]
    kinds = data.draw(st.lists(st.sampled_from(sorted(worlds.RULES)), min_size=1, max_size=4))
    book = worlds.rulebook(*(data.draw(worlds.RULES[kind]) for kind in kinds))
    gate = Gate([book], {"XX": worlds.calendar(drawn[0], place)})
    for world in drawn:
        told = worlds.told(world, place)
        persons = [{"id": "debtor", "role": "debtor"}]
        question = {"persons": persons, **told, "rulebooks": ["book"]}
        assert gate.decide(convert_dial(question)) == asked_in_full(gate, question)


PARTS: dict[str, list[Any]] = {
    "at": ["2026-03-10T10:00:00+08:00", "2025-01-02T08:59:00+08:00", "2026-10-01T23:00:00+08:00"],
    "holds": [[], [HOLD], [{**HOLD, "until": "2026-03-05T09:00:00+08:00"}]],
    "consents": [[], [CONSENT]],
    "permits": [[], [{"id": "t1", "person": "p1", "until": "2026-03-10T10:01:00+08:00"}]],
    "place": [{"country": "CN"}, {"country": "US", "region": "NY", "city": "New York"}, None],
    "zones": [[{"zone": "Asia/Shanghai", "from": "address"}], [{"zone": "America/New_York", "from": "told"}], []],
    "history": [None, {"complete_from": "2025-01-01T00:00:00+08:00", "complete_through": "2027-01-01T00:00:00+08:00"}],
}


@given(data=st.data())
def test_shipped_rules_answer_alike_whether_remembered_or_asked_anew(data: st.DataObject) -> None:
    """One gate for all examples: what it remembers of one debtor is never told of another."""
    changes = {name: data.draw(st.sampled_from(values)) for name, values in PARTS.items()}
    question = shipped.lawful(**changes)
    person = {
        **question["persons"][0],
        **data.draw(st.sampled_from([{}, {"died_on": "2026-01-01"}, {"role": "contact"}])),
    }
    number = {**question["numbers"][0], **data.draw(st.sampled_from([{}, {"status": "wrong"}, {"person": "p9"}]))}
    times = data.draw(st.lists(st.integers(0, 59), max_size=6))
    call = {"person": "p1", "number": "n1", "line": "answered"}
    calls = [{"id": f"e{key}", "at": f"2026-03-10T09:{minute:02}:00+08:00", **call} for key, minute in enumerate(times)]
    question |= {"persons": [person, *question["persons"][1:]], "numbers": [number], "events": calls}
    assert shipped.gate().decide(convert_dial(question)) == asked_in_full(shipped.gate(), question)


def test_a_rule_with_nothing_on_file_to_look_at_is_not_asked_again() -> None:
    """Nothing on hold, nothing said, a number of lawful source: those rules are settled for all such contacts."""
    question = shipped.lawful(rulebooks=["house"])
    asked = due(Gate(shipped.rulebooks().values(), shipped.calendars()), question)
    assert asked.isdisjoint({"house/holds", "house/inconvenient", "house/one-call-at-a-time", "house/number-source"})
    assert {"house/hours", "house/statement-fresh", "house/collector-qualified"} <= asked
    assert "house/holds" in due(shipped.gate(), {**question, "holds": [HOLD]})
    asked = due(Gate(shipped.rulebooks().values(), shipped.calendars()), shipped.lawful(rulebooks=["cn-law"]))
    assert asked.isdisjoint({"cn-law/living", "cn-law/debt-open", "cn-law/settled-or-barred"})
    assert "cn-law/limitation" in asked


def test_a_question_of_an_earlier_day_is_asked_in_full_of_what_was_settled_later() -> None:
    """What holds from an instant on is said of no instant before it."""
    gate = Gate(shipped.rulebooks().values(), shipped.calendars())
    late, early = shipped.lawful(at="2026-03-10T10:00:00+08:00"), shipped.lawful(at="2024-03-12T10:00:00+08:00")
    for question in (late, early, late):
        assert gate.decide(convert_dial(question)) == asked_in_full(gate, question)


@pytest.mark.parametrize(
    "name", ["events", "times", "at", "history", "persons", "creditors", "dial.notices", "dial.at"]
)
def test_what_a_profile_does_not_say_is_unsettled(name: str) -> None:
    value: Any = shared(profile_of(Facts(convert_dial(shipped.lawful()))))
    for part in name.split(".")[:-1]:
        value = getattr(value, part)
    with pytest.raises(Unsettled):
        getattr(value, name.split(".")[-1])
    assert settled(lambda: getattr(value, name.split(".")[-1])) is None


def test_what_is_there_but_hidden_can_be_neither_compared_nor_counted() -> None:
    told = shared(profile_of(Facts(convert_dial(shipped.lawful(holds=[HOLD])))), **NO_EVENTS)
    assert told.dial.holds
    assert not told.dial.consents
    assert told.events == ()
    for ask in (
        lambda: list(told.dial.holds or ()),
        lambda: len(told.dial.holds or ()),
        lambda: SOME == "d1",
        lambda: SOME != "d1",
        lambda: {SOME},
        lambda: WHENEVER + 1,
        lambda: WHENEVER // 86400,
        lambda: WHENEVER > 5,
        lambda: int(WHENEVER),
        lambda: told.attempt.person == "p1",
    ):
        with pytest.raises(Unsettled):
            ask()


def test_a_number_is_the_person_s_own_or_another_s() -> None:
    question = shipped.lawful()
    own = shared(profile_of(Facts(convert_dial(question))))
    theirs = [{**question["numbers"][0], "person": "p9"}]
    other = shared(profile_of(Facts(convert_dial({**question, "numbers": theirs}))))
    assert own.number is not None
    assert other.number is not None
    assert own.number.person == own.attempt.person
    assert other.number.person != other.attempt.person
