"""The answer against ``collectdesk.decision/1``, and what holds of a verdict as a whole."""

from __future__ import annotations

import ast
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import collectdesk.gate
from collectdesk.gate import Decision, Gate, UnknownRulebook, compile_rulebook, convert_dial, decide, dial, vocabulary
from tests.gate import shipped_rules as shipped
from tests.gate.worlds import WORDS, rulebook

FINDING = [
    "rule", "kind", "status", "severity", "confidence", "cite", "code", "message", "opens_at", "released_by",
    "evidence",
]  # fmt: skip
GATE = Path(collectdesk.gate.__file__).parent
RELEASERS = {"debtor", "third_party", "lead", "admin", "creditor", "attorney", "import", None}
NIGHT = {"at": "2026-03-10T22:30:00+08:00"}


def decided(**changes: Any) -> Decision:
    return shipped.gate().decide(convert_dial(shipped.lawful(**changes)))


def blocks(**changes: Any) -> set[str]:
    return {block.rule for block in decided(**changes).blocks}


def test_the_answer_has_the_contract_s_fields_in_its_order() -> None:
    wire = decided(id="q7", **NIGHT).to_wire()
    assert list(wire) == [
        "schema", "id", "at", "allowed", "next_allowed_at", "allowed_until", "horizon_reached", "rulebooks",
        "calendars", "blocks", "warnings", "passed",
    ]  # fmt: skip
    assert (wire["schema"], wire["id"], wire["at"]) == ("collectdesk.decision/1", "q7", NIGHT["at"])
    assert [list(each) for each in wire["rulebooks"]] == [["id", "version", "digest"]] * len(wire["rulebooks"])
    assert wire["calendars"] == [
        {"region": "CN", "version": wire["calendars"][0]["version"], "confirmed_through": "2026-12-31"}
    ]
    assert [list(each) for each in wire["blocks"]] == [FINDING] * 3
    assert json.loads(json.dumps(wire)) == wire


def test_every_finding_of_every_example_is_of_the_contract() -> None:
    from collectdesk.gate.examples import merged

    for document in shipped.examples().values():
        for example in document["example"]:
            question = merged({"rulebooks": [document["rulebook"]]}, merged(document["base"], example.get("given", {})))
            wire = shipped.gate().decide(convert_dial(question)).to_wire()
            assert [list(each) for each in wire["blocks"]] == [FINDING] * len(wire["blocks"])
            assert [list(each) for each in wire["warnings"]] == [[*FINDING, "needs_ack"]] * len(wire["warnings"])
            assert {each["severity"] for each in wire["blocks"]} <= {"bar"}
            assert {each["severity"] for each in wire["warnings"]} <= {"warn"}
            assert {each["released_by"] for each in (*wire["blocks"], *wire["warnings"])} <= RELEASERS
            assert not {each["rule"] for each in wire["blocks"]} & set(wire["passed"])
            json.dumps(wire)


def test_the_evidence_of_a_cap_names_limit_window_zone_and_calls() -> None:
    """Policy 8.1: which calls were counted and which not, and why."""
    call = {"kind": "call", "direction": "out", "org": "o1", "person": "p1", "number": "n1", "line": "no_answer"}
    events = [{**call, "id": f"e{hour}", "at": f"2026-03-10T0{hour}:00:00+08:00"} for hour in (6, 7, 8, 9)]
    events.append({**call, "id": "in", "at": "2026-03-10T09:10:00+08:00", "direction": "in"})
    found = next(each for each in decided(events=events).to_wire()["blocks"] if each["rule"] == "house/dials-per-day")
    assert found["evidence"] == {
        "limit": 4,
        "window": {"from": "2026-03-10T00:00:00+08:00", "to": "2026-03-11T00:00:00+08:00"},
        "zone": "Asia/Shanghai",
        "measures": ["dial"],
        "per": ["person"],
        "counted": [{"event": each["id"], "at": each["at"], "why": "dialled"} for each in events[:4]],
        "not_counted": [{"event": "in", "at": "2026-03-10T09:10:00+08:00", "why": "inbound"}],
    }


def test_the_evidence_of_a_closed_day_names_its_kind_name_and_source() -> None:
    """Policy 8.2: the day's kind with its source."""
    question = shipped.lawful(at="2026-02-17T10:00:00+08:00", rulebooks=["house"])
    found = next(
        each
        for each in shipped.gate().decide(convert_dial(question)).to_wire()["blocks"]
        if each["rule"] == "house/holidays"
    )
    evidence = found["evidence"]
    assert evidence["local_time"] == "2026-02-17T10:00:00+08:00"
    assert (evidence["day_kind"], evidence["day_confirmed"]) == ("statutory_holiday", True)
    assert evidence["day_name"]["zh_CN"] == "春节"
    assert "放假办法" in evidence["day_source"]


def test_instants_are_told_in_the_debtor_s_own_time() -> None:
    wire = decided(at="2026-03-10T02:00:00Z", place={"country": "JP"}, zones=[{"zone": "Asia/Tokyo"}]).to_wire()
    assert wire["at"] == "2026-03-10T11:00:00+09:00"
    assert wire["allowed_until"] == "2026-03-10T19:50:00+09:00"


def test_citations_are_in_the_language_of_the_question() -> None:
    chinese, english = (decided(lang=lang, **NIGHT).blocks[0].cite for lang in ("zh_CN", "en"))
    assert not chinese.isascii()
    assert english.isascii()


def test_wording_is_left_to_the_face() -> None:
    assert {block.message for block in decided(**NIGHT).blocks} == {""}


def test_every_rule_is_asked_not_only_the_first_that_objects() -> None:
    question = shipped.lawful(
        at="2026-02-17T22:30:00+08:00", numbers=[], standing=None, notices=[], holds=[{"id": "h", "kind": "complaint"}]
    )
    assert {block.rule for block in shipped.gate().decide(convert_dial(question)).blocks} >= {
        "house/hours", "house/holidays", "house/number-belongs", "house/number-source", "house/holds",
        "house/collector-qualified", "cn-law/outsourcing-notice", "cn-gbt-45251-2025/night", "cn-cba-2026/night",
    }  # fmt: skip


def test_rulebooks_apply_by_product_where_none_is_named() -> None:
    """Which apply follows from product and company kind."""

    def applied(kind: str) -> list[str]:
        debt = {**shipped.lawful()["debts"][0], "type": kind}
        return [book.id for book in decided(debts=[debt]).rulebooks]

    assert applied("online_consumer_loan") == ["cn-cba-2026", "cn-gbt-45251-2025", "cn-law", "house"]
    assert applied("credit_card") == ["cn-card-2011", "cn-cba-2026", "cn-law", "house"]
    assert applied("utility") == ["cn-law", "house"]


def test_what_is_not_known_applies() -> None:
    """A debt of unknown type, a debtor of unknown country: every text that might speak to them does."""
    debt = {key: value for key, value in shipped.lawful()["debts"][0].items() if key != "type"}
    ids = {book.id for book in decided(debts=[debt], place=None).rulebooks}
    chinese = {"cn-card-2011", "cn-cba-2026", "cn-gbt-45251-2025", "cn-law", "house"}
    assert {each for each in ids if each.startswith("cn-")} | {"house"} == chinese
    assert {"house", "kr"} <= ids
    assert {book.id for book in decided(debts=[debt]).rulebooks} == chinese


def test_presets_apply_only_where_they_are_named() -> None:
    assert {"cn-guangdong", "cn-strict"} & {book.id for book in decided().rulebooks} == set()
    named = decided(rulebooks=["cn-guangdong", "cn-strict", "cn-guangdong"], **NIGHT)
    assert [book.id for book in named.rulebooks] == ["cn-guangdong", "cn-strict"]


@pytest.mark.parametrize("names", [["no-such-book"], ["house", "no-such-book"], []])
def test_a_rulebook_that_is_not_at_hand_is_an_error(names: list[str]) -> None:
    with pytest.raises(UnknownRulebook):
        decided(rulebooks=names)


FACTS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "person": ({"persons": []}, {"house/parties", "cn-cba-2026/parties", "cn-gbt-45251-2025/parties"}),
    "person-asked": (
        {"dial": {**shipped.lawful()["dial"], "person": None}},
        {"house/parties", "cn-cba-2026/parties", "cn-gbt-45251-2025/parties", "house/number-belongs"},
    ),
    "number": ({"numbers": []}, {"house/number-belongs", "house/number-source", "cn-cba-2026/number-source"}),
    "number-asked": (
        {"dial": {**shipped.lawful()["dial"], "number": None}},
        {"house/number-belongs", "house/number-source", "cn-cba-2026/number-source"},
    ),
    "source": (
        {"numbers": [{"number": "n1", "person": "p1"}]},
        {"house/number-source", "cn-cba-2026/number-source"},
    ),
    "owner-of-number": ({"numbers": [{"number": "n1", "source": "contract"}]}, {"house/number-belongs"}),
    "role": (
        {"persons": [{"id": "p1", "born_on": "1990-05-01"}]},
        {"house/parties", "cn-cba-2026/parties", "cn-gbt-45251-2025/parties"},
    ),
    "statement": ({"debts": [{"id": "d1", "creditor": "o2", "status": "open"}]}, {"house/statement-fresh"}),
    "debts": ({"debts": []}, {"house/statement-fresh"}),
    "notice": ({"notices": []}, {"cn-law/outsourcing-notice"}),
    "own-organisation": (
        {"own_org": None, "notices": []},
        {"cn-law/outsourcing-notice", "cn-law/assignment-notice-of-buyer"},
    ),
    "standing": ({"standing": None}, {"house/collector-qualified"}),
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_missing_fact_bars(fact: str) -> None:
    """Unknown is no permission: what a rule needs and does not find bars, and names whose act supplies it."""
    changes, expected = FACTS[fact]
    assert blocks(**changes) == expected


def test_no_zone_bars_every_rule_that_needs_the_hour() -> None:
    decision = decided(place={"country": "CA"}, zones=[], rulebooks=["house"])
    assert {block.code for block in decision.blocks} == {"zone_unknown"}
    assert {block.released_by for block in decision.blocks} == {"import"}
    assert (decision.next_allowed_at, decision.horizon_reached) == (None, False)


def test_what_needs_no_hour_is_judged_without_a_zone() -> None:
    """An unknown place hides no reason that has nothing to do with the hour."""
    dialled = {
        "id": "e1",
        "at": "2026-03-10T01:55:00Z",
        "kind": "call",
        "line": "no_answer",
        "org": "o1",
        "direction": "out",
    }
    decision = decided(
        place={"country": "CA"},
        zones=[],
        rulebooks=["house"],
        holds=[{"id": "h1", "kind": "objection", "received_at": "2026-03-01T00:00:00Z"}],
        numbers=[{"number": "n1", "person": "p1", "class": "mobile", "status": "invalid"}],
        events=[{**dialled, "person": "p1", "number": "n1"}],
    )
    codes = {block.rule.removeprefix("house/"): block.code for block in decision.blocks}
    assert (
        codes.items()
        >= {
            "hours": "zone_unknown",
            "dials-per-day": "zone_unknown",
            "gap-after-dial": "gap_short",
            "number-source": "fact_missing",
            "number-usable": "fact_not_allowed",
            "holds": "hold",
        }.items()
    )
    assert decision.next_allowed_at is None


def test_a_zone_without_data_is_named_and_no_other_remedy_is() -> None:
    zones = [{"zone": "Mars/Olympus", "from": "address"}]
    decision = decided(place={"country": "CA"}, zones=zones, rulebooks=["house"])
    assert {block.code for block in decision.blocks} == {"zone_unknown"}
    assert {str(block.evidence) for block in decision.blocks} == {str({"zones": ["Mars/Olympus"]})}


def test_no_calendar_bars_what_depends_on_the_day() -> None:
    question = convert_dial(shipped.lawful(rulebooks=["house"]))
    decision = decide(question, shipped.rulebooks().values(), {})
    assert [(block.rule, block.code) for block in decision.blocks] == [("house/holidays", "calendar_missing")]


def test_calls_of_others_not_known_warn_and_cost_one() -> None:
    """Policy 8.1: unknown is not zero, and not a wall."""
    decision = decided(history=None)
    assert decision.allowed
    assert [(each.rule, each.code) for each in decision.warnings] == [
        ("cn-gbt-45251-2025/others-calls-known", "fact_unknown"), ("house/others-calls-known", "fact_unknown"),
    ]  # fmt: skip


def book(**rule: Any) -> Gate:
    return Gate([rulebook({"kind": "hours", "open": [{"from": "09:00", "to": "10:00"}], **rule})], {})


@pytest.mark.parametrize("rule", [{"severity": "warn"}, {"status": "draft"}, {"status": "draft", "severity": "bar"}])
def test_what_only_warns_never_bars(rule: dict[str, Any]) -> None:
    """A company may set a guideline to warn; a draft never bars, whatever it says."""
    decision = book(**rule).decide(convert_dial(shipped.lawful(rulebooks=["book"])))
    assert decision.allowed
    assert [(each.code, each.severity) for each in decision.warnings] == [("hours_closed", "warn")]
    assert (decision.next_allowed_at, decision.allowed_until, decision.passed) == (decision.at, None, ())


@pytest.mark.parametrize(
    ("needs", "shown"), [({"severity": "warn", "needs_ack": True}, True), ({"severity": "warn"}, False)]
)
def test_a_warning_says_whether_it_must_be_acknowledged(needs: dict[str, Any], shown: bool) -> None:
    wire = book(**needs).decide(convert_dial(shipped.lawful(rulebooks=["book"]))).to_wire()
    assert [each["needs_ack"] for each in wire["warnings"]] == [shown]


def test_the_horizon_is_said_where_it_was_reached() -> None:
    """Two rules that never meet: no instant, and not because a person would have to act."""
    hours = [
        {"kind": "hours", "open": [{"from": start, "to": end}]}
        for start, end in (("09:00", "10:00"), ("10:00", "11:00"))
    ]
    decision = Gate([rulebook(*hours)], {}).decide(convert_dial(shipped.lawful(rulebooks=["book"])))
    assert (decision.allowed, decision.next_allowed_at, decision.horizon_reached) == (False, None, True)


def test_a_person_s_act_is_awaited_without_a_horizon() -> None:
    decision = decided(holds=[{"id": "h", "kind": "complaint", "received_at": "2026-03-01T00:00:00Z"}])
    assert (decision.allowed, decision.next_allowed_at, decision.horizon_reached) == (False, None, False)
    assert [(each.rule, each.released_by) for each in decision.blocks] == [("house/holds", "lead")]


def test_a_gate_remembers_plans_and_nothing_else() -> None:
    """Asked in any order, again and again, by one gate or a fresh one: the same answer."""
    from collectdesk.gate.examples import merged

    questions = [
        convert_dial(merged(document["base"], example.get("given", {})))
        for document in shipped.examples().values()
        for example in document["example"][:12]
    ]
    kept = Gate(shipped.rulebooks().values(), shipped.calendars())
    first = [kept.decide(each).to_wire() for each in questions]
    again = [kept.decide(each).to_wire() for each in reversed(questions)]
    fresh = [decide(each, shipped.rulebooks().values(), shipped.calendars()).to_wire() for each in questions[::7]]
    assert again[::-1] == first
    assert fresh == first[::7]


def test_every_field_of_the_contract_is_read_by_the_gate() -> None:
    """Whatever a question may say, some kind of rule asks for it; two fields are there for people to read."""
    files = [each for each in GATE.rglob("*.py") if each.name not in ("dial.py", "parse.py", "periods.py")]
    nodes = (node for each in files for node in ast.walk(ast.parse(each.read_text(encoding="utf-8"))))
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
    facts = [each for each in vars(dial).values() if isinstance(each, type) and issubclass(each, vocabulary.Fact)]
    fields = {(each.__name__, name) for each in facts for name in each.__struct_fields__}
    assert {field for field in fields if field[1] not in read} == {("Dial", "schema"), ("Standing", "collector")}


def test_nothing_is_said_of_fields_that_are_not_given() -> None:
    assert decided().warnings == ()


def test_the_digest_is_of_the_content_not_of_the_layout() -> None:
    plain = {"id": "b", "version": "1", "title": {"en": "t"}, "source": {"en": "s"}}
    turned = dict(reversed(plain.items()))
    assert compile_rulebook(plain).digest == compile_rulebook(turned).digest
    assert compile_rulebook(plain).digest != compile_rulebook({**plain, "version": "2"}).digest


def test_a_rule_in_force_from_a_date_begins_at_its_midnight() -> None:
    rule = {
        "kind": "hours",
        "open": [{"from": "09:00", "to": "10:00"}],
        "in_force": {"from": "2026-03-11", "until": "2026-03-11"},
    }
    with pytest.raises(ValueError, match="until"):
        rulebook(rule)
    rule["in_force"] = {"from": "2026-03-11", "to": "2026-03-11"}
    gate = Gate([rulebook({**WORDS, **rule})], {})

    def asked(at: str) -> Decision:
        return gate.decide(convert_dial(shipped.lawful(at=at, rulebooks=["book"])))

    before, during, after = (asked(f"2026-03-{day}:00:00+08:00") for day in ("10T23", "11T00", "12T00"))
    assert before.allowed
    assert before.allowed_until == datetime.fromisoformat("2026-03-11T00:00:00+08:00").timestamp()
    assert not during.allowed
    assert during.next_allowed_at == datetime.fromisoformat("2026-03-11T09:00:00+08:00").timestamp()
    assert (after.allowed, after.allowed_until, after.passed) == (True, None, ())
