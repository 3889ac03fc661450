"""A gate that has met a sort of contact before leaves rules unasked, and says the same all the same."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Facts, Gate, UnknownRulebook
from tests.gate.asking import asked, gate_of, local

CAP = {"kind": "cap", "limit": 2, "window": {"dates": 3}, "count": [{"of": "dial"}], "per": ["person"]}
REST = {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"]}
OLD, FIRST = "2026-03-07T23:59:59+08:00", "2026-03-08T00:00:00+08:00"


def calls(*instants: str) -> list[dict[str, Any]]:
    return [{"id": f"e{n}", "kind": "call", "at": at, "person": "p1", "line": "busy"} for n, at in enumerate(instants)]


def met(*rules: dict[str, Any]) -> Gate:
    """A gate that has been asked about people to whom nothing has happened yet."""
    gate = gate_of(*rules)
    for _ in range(3):
        assert gate.decide(asked()).allowed
    return gate


@pytest.mark.parametrize(
    ("rule", "instants", "allowed"),
    [
        (CAP, [FIRST, FIRST], False),
        (CAP, [OLD, FIRST], True),
        (CAP, [OLD, OLD, FIRST], True),
        (CAP, [FIRST], True),
        (CAP, [FIRST, "2026-03-10T12:00:00+08:00"], False),
        ({**CAP, "limit": 1}, [FIRST], False),
        ({**CAP, "limit": 1}, [OLD], True),
        ({**CAP, "window": {"minutes": 60}}, ["2026-03-10T11:00:01+08:00"] * 2, False),
        ({**CAP, "window": {"minutes": 60}}, ["2026-03-10T11:00:00+08:00"] * 2, True),
        ({**CAP, "window": {"months": 1}}, ["2026-02-11T00:00:00+08:00"] * 2, False),
        ({**CAP, "window": {"months": 1}}, ["2026-02-10T23:59:59+08:00"] * 2, True),
        ({**CAP, "window": {"calendar": "week"}}, ["2026-03-09T00:00:00+08:00"] * 2, False),
        ({**CAP, "window": {"calendar": "month"}}, ["2026-03-01T00:00:00+08:00"] * 2, False),
        ({**CAP, "window": {"ever": True}}, ["1999-03-01T00:00:00+08:00"] * 2, False),
        ({**CAP, "limit": 0}, [], False),
        ({**REST, "minutes": 60}, ["2026-03-10T11:00:01+08:00"], False),
        ({**REST, "minutes": 60}, ["2026-03-10T11:00:00+08:00"], True),
        ({**REST, "dates": 3}, [FIRST], False),
        ({**REST, "dates": 3}, [OLD], True),
    ],
)
def test_what_lies_within_a_rule_s_reach_is_seen_by_a_gate_that_has_met_many_without(
    rule: dict[str, Any], instants: list[str], *, allowed: bool
) -> None:
    """To the second, and to the first instant of the first date."""
    gate = met(rule) if rule.get("limit") != 0 else gate_of(rule)
    assert [gate.decide(asked(events=calls(*instants))).allowed for _ in range(3)] == [allowed] * 3


@pytest.mark.parametrize("zones", [["Asia/Shanghai", "America/Los_Angeles"], ["America/Los_Angeles", "Asia/Shanghai"]])
def test_dates_of_every_zone_the_debtor_may_be_in_are_seen(zones: list[str]) -> None:
    """At noon in Shanghai it is still the ninth in Los Angeles, which began there at three in Shanghai's afternoon."""
    candidates = [{"zone": each} for each in zones]
    gate = gate_of({**CAP, "window": {"dates": 1}, "limit": 1})
    for _ in range(3):
        assert gate.decide(asked(zones=candidates)).allowed
    assert not gate.decide(asked(zones=candidates, events=calls("2026-03-09T15:00:00+08:00"))).allowed
    assert gate.decide(asked(zones=candidates, events=calls("2026-03-09T14:59:59+08:00"))).allowed


def test_one_contact_after_another_each_has_its_own_answer() -> None:
    gate = met(CAP, {**REST, "minutes": 60})
    full, fresh = asked(events=calls(FIRST, FIRST)), asked(events=calls("2026-03-10T11:30:00+08:00"))
    for _ in range(3):
        assert [each.rule for each in gate.decide(full).blocks] == ["book/r0"]
        assert [each.rule for each in gate.decide(fresh).blocks] == ["book/r1"]
        assert gate.decide(asked()).passed == ("book/r0", "book/r1")
    assert gate.decide(full).passed == ("book/r1",)
    assert gate.decide(fresh).passed == ("book/r0",)


def test_a_question_of_an_earlier_instant_is_judged_by_the_texts_then_in_force() -> None:
    """A rule that passed everybody since it ended still barred before."""
    never = {"kind": "never", "in_force": {"to": "2026-03-09"}}
    later = {"kind": "never", "in_force": {"from": "2026-03-11"}}
    gate = met(never, later)
    before = "2026-03-09T23:59:59+08:00"
    assert [each.rule for each in gate.decide(asked(at=before)).blocks] == ["book/r0"]
    assert gate.decide(asked()).allowed
    after = "2026-03-11T00:00:00+08:00"
    assert [each.rule for each in gate.decide(asked(at=after)).blocks] == ["book/r1"]
    assert gate.decide(asked()).passed == ()


@pytest.mark.parametrize(
    ("on_file", "least"),
    [
        ({}, 2),
        ({"consents": [{"id": "c1", "opens": ["cap"], "by": "p1"}]}, 0),
        ({"permits": [{"id": "k1", "person": "p1"}]}, 0),
        ({"designations": [{"id": "w1", "by": "p1", "channel": "text"}]}, 0),
        ({"holds": [{"id": "h1", "kind": "other"}]}, 0),
        ({"dial": {"person": "p1", "number": "n1", "debts": ["d1"], "reply_to": "e0"}}, 0),
        ({"persons": [{"id": "p1", "role": "spouse"}]}, 0),
        ({"persons": []}, 0),
    ],
)
def test_how_many_contacts_a_cap_waits_for_is_said_only_of_debtors_with_nothing_on_file(
    on_file: dict[str, Any], least: int
) -> None:
    """Of anybody else it is asked each time: what it says of the past does not speak of them."""
    gate, facts = gate_of(CAP), Facts(asked(**on_file))
    gate.decide(asked(**on_file))
    assert [each.least for each in gate._plan(facts).due(facts.at)] == [least]


def test_a_rule_that_lets_everybody_pass_is_passed_only_while_in_force() -> None:
    """To the second on which its text ends or begins."""
    zoned = {"kind": "require", "fact": "place.zone"}
    gate = gate_of({**zoned, "in_force": {"to": "2026-03-10"}}, {**zoned, "in_force": {"from": "2026-03-11"}})
    for _ in range(3):
        assert gate.decide(asked()).passed == ("book/r0",)
    assert gate.decide(asked(at="2026-03-10T23:59:59+08:00")).passed == ("book/r0",)
    assert gate.decide(asked(at="2026-03-11T00:00:00+08:00")).passed == ("book/r1",)
    one = gate_of({**zoned, "in_force": {"to": "2026-03-10"}})
    for _ in range(3):
        assert one.decide(asked()).passed == ("book/r0",)
    assert one.decide(asked(at="2026-03-10T23:59:59+08:00")).passed == ("book/r0",)
    assert one.decide(asked(at="2026-03-11T00:00:00+08:00")).passed == ()
    assert one.decide(asked(at="2026-03-11T00:00:01+08:00")).passed == ()


def test_what_a_sort_of_contact_shares_is_found_out_once_and_anew_for_an_earlier_instant() -> None:
    gate = gate_of(CAP)
    gate.decide(asked())
    now = gate._plan(Facts(asked()))
    assert gate._plan(Facts(asked(at="2026-03-20T12:00:00+08:00"))) is now
    assert gate._plan(Facts(asked())) is now
    before = gate._plan(Facts(asked(at="2026-03-01T12:00:00+08:00")))
    assert before.silence.since == local("2026-03-01 12:00")
    assert gate._plan(Facts(asked())) is before


def test_sorts_of_contact_that_take_turns_are_each_remembered() -> None:
    gate = gate_of(CAP)
    one, other = asked(place={"country": "C1"}), asked(place={"country": "C2"})
    plans = [gate._plan(Facts(each)) for each in (one, other, one, other, one, other)]
    assert plans[4] is plans[2]
    assert plans[5] is plans[3]
    assert plans[2] is not plans[0]


def test_a_gate_asked_about_ever_new_sorts_of_contact_keeps_no_more_than_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And answers each of them as before, when it comes again."""
    monkeypatch.setattr("collectdesk.gate.gate.REMEMBERED", 3)
    gate = gate_of({"kind": "never", "when": {"countries": ["C1", "C4"]}}, CAP)
    sorts = [asked(place={"country": f"C{n}"}) for n in range(6)]
    for each in (*sorts, *sorts):
        for _ in range(3):
            assert gate.decide(each).allowed is (each.place is not None and each.place.country not in ("C1", "C4"))
        assert sum(len(met.plans) for met in gate._profiles.values()) == gate._kept <= 3
        assert len(gate._met) <= 3
    full = asked(place={"country": "C0"}, events=calls(FIRST, FIRST))
    assert not gate.decide(full).allowed


def test_of_those_to_whom_nothing_applies_nothing_is_kept() -> None:
    gate = gate_of({"kind": "never"}, applies={"countries": ["C1"]})
    for country in ("C2", "C3") * 3:
        with pytest.raises(UnknownRulebook):
            gate.decide(asked(place={"country": country}, rulebooks=None))
    assert not gate._profiles


def test_whose_number_it_is_is_not_taken_from_one_contact_for_another() -> None:
    """Their own, somebody else's, nobody's on file: asked in turns, each has its answer."""
    gate = gate_of({"kind": "require", "fact": "number.listed"}, {"kind": "require", "fact": "number.source"})
    listed = {"number": "n1", "source": "contract"}
    turns = [
        ({"person": "p1"}, []),
        ({"person": "p2"}, ["book/r0"]),
        ({"person": "p0"}, ["book/r0"]),
        ({}, ["book/r0"]),
    ]
    for _ in range(4):
        for owner, blocks in turns:
            found = gate.decide(asked(numbers=[{**listed, **owner}]))
            assert [each.rule for each in found.blocks] == blocks
    asked_of = [
        {each.asked.name for each in gate._plan(facts).due(facts.at)}
        for facts in (Facts(asked(numbers=[{**listed, **owner}])) for owner, _ in turns)
    ]
    assert asked_of == [set(), {"book/r0"}, {"book/r0"}, {"book/r0"}]  # what lets a whole sort pass is not asked again
