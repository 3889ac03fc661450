"""What is told where a worked example comes out otherwise, and how an example changes the common question."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate.examples import merged, run_examples
from tests.gate import shipped_rules as shipped
from tests.gate.asking import gate_of

Json = dict[str, Any]

HOURS = {"id": "hours", "kind": "hours", "open": [{"from": "08:00", "to": "20:00"}]}
TWICE = {"id": "twice", "kind": "cap", "limit": 1, "window": {"dates": 1}, "count": [{"of": "dial"}], "per": ["person"]}
QUALIFIED = {"id": "staff", "kind": "require", "fact": "collector.standing", "unknown": "warn"}
LISTED = {"id": "listed", "kind": "require", "fact": "number.listed", "unknown": "warn"}
OPENS = "2026-03-11T00:00:00+00:00"
BASE = {
    "at": "2026-03-10T21:00:00+08:00",
    "zones": [{"zone": "Asia/Shanghai"}],
    "dial": {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1"]},
    "persons": [{"id": "p1", "role": "debtor"}],
    "own_org": {"id": "us"},
    "events": [{"id": "e1", "kind": "call", "at": "2026-03-10T09:00:00+08:00", "person": "p1", "line": "answered"}],
}
"""After nine in the evening, a day on which one call was made already; two things are not known."""
SO: Json = {
    "allowed": False,
    "blocks": ["hours", "twice"],
    "next_allowed_at": "2026-03-11T08:00:00+08:00",
    "allowed_until": "never",
    "warns": ["staff:fact_unknown", "listed:fact_unknown"],
    "counted": ["e1"],
    "not_counted": [],
}


def told(expect: Json, **given: Any) -> tuple[str, ...]:
    """The differences of one example of four rules."""
    example = {"name": "one", "why": {"en": "so it is"}, "expect": expect, "given": given}
    document = {"rulebook": "book", "base": BASE, "example": [example]}
    (outcome,) = run_examples(document, gate_of(HOURS, TWICE, QUALIFIED, LISTED))
    return outcome.differences


@pytest.mark.parametrize(
    "expect",
    [
        SO,
        {"allowed": False},
        {**SO, "blocks": ["twice", "hours"], "next_allowed_at": "2026-03-11T00:00:00Z"},
        {**SO, "warns": ["listed:fact_unknown"]},
    ],
)
def test_what_comes_out_as_expected_is_no_difference(expect: Json) -> None:
    """In any order, at the same instant written otherwise; of the warnings those that are named."""
    assert told(expect) == ()


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("allowed", True, "expected True, got False"),
        ("blocks", ["hours"], "expected ['hours'], got ['hours', 'twice']"),
        ("blocks", ["hours", "twice", "a"], "expected ['a', 'hours', 'twice'], got ['hours', 'twice']"),
        ("blocks", ["hours", "a"], "expected ['a', 'hours'], got ['hours', 'twice']"),
        ("next_allowed_at", "never", f"expected never, got {OPENS}"),
        ("next_allowed_at", "2026-03-11T00:00:01Z", f"expected 2026-03-11T00:00:01+00:00, got {OPENS}"),
        ("next_allowed_at", "2026-03-10T23:59:59Z", f"expected 2026-03-10T23:59:59+00:00, got {OPENS}"),
        ("allowed_until", "2026-03-11T00:00:00Z", f"expected {OPENS}, got never"),
        ("released_by", "lead", "expected lead, got None"),
        ("warns", [], "expected [], got ['listed:fact_unknown', 'staff:fact_unknown']"),
        ("warns", ["a:b", "staff:fact_unknown"], "expected ['a:b', 'staff:fact_unknown'], got ['staff:fact_unknown']"),
        ("counted", [], "expected [], got ['e1']"),
        ("not_counted", ["e1"], "expected ['e1'], got []"),
    ],
)  # fmt: skip
def test_what_comes_out_otherwise_is_told(name: str, wrong: Any, said: str) -> None:
    assert told({**SO, name: wrong}) == (f"{name}: {said}",)


def test_an_instant_that_is_none_is_an_error_of_the_example() -> None:
    for text in ("now", "", "tomorrow"):
        with pytest.raises(ValueError, match="isoformat"):
            told({**SO, "next_allowed_at": text})


def test_an_example_changes_the_common_question() -> None:
    noon = {"at": "2026-03-10T12:00:00+08:00", "events": []}
    open_still = {"allowed": True, "blocks": [], "allowed_until": "2026-03-10T20:00:00+08:00"}
    assert told(open_still, **noon) == ()
    assert told({**open_still, "warns": []}, **noon, numbers=[{"number": "n1", "person": "p1"}]) == (
        "warns: expected [], got ['staff:fact_unknown']",
    )


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({}, {"a": {"b": 1, "c": [1, 2]}, "d": 3}),
        ({"a": {"b": 2}}, {"a": {"b": 2, "c": [1, 2]}, "d": 3}),
        ({"a": {"c": [3]}}, {"a": {"b": 1, "c": [3]}, "d": 3}),
        ({"a": None}, {"a": None, "d": 3}),
        ({"d": {"e": 4}, "f": {}}, {"a": {"b": 1, "c": [1, 2]}, "d": {"e": 4}, "f": {}}),
    ],
)
def test_tables_are_merged_and_all_else_is_replaced(change: Json, result: Json) -> None:
    base = {"a": {"b": 1, "c": [1, 2]}, "d": 3}
    assert merged(base, change) == result
    assert base == {"a": {"b": 1, "c": [1, 2]}, "d": 3}


def test_a_wrong_expectation_is_told() -> None:
    document = {
        "rulebook": "house",
        "base": shipped.lawful(),
        "example": [
            {
                "name": "wrong",
                "why": {"en": "nothing of this is so"},
                "expect": {
                    "allowed": False,
                    "blocks": ["hours"],
                    "next_allowed_at": "never",
                    "allowed_until": "never",
                    "warns": ["hours:hours_closed"],
                    "counted": ["e1"],
                },
            },
            {"name": "right", "why": {"en": "nothing objects"}, "expect": {"allowed": True, "warns": []}},
        ],
    }
    wrong, right = run_examples(document, shipped.gate())
    assert [each.partition(":")[0] for each in wrong.differences] == [
        "allowed", "blocks", "next_allowed_at", "allowed_until", "warns", "counted",
    ]  # fmt: skip
    assert right.differences == ()
