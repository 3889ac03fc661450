"""The worked examples beside the rulebooks, run against the gate, and whether they leave a rule unproven."""

from __future__ import annotations

import gc
from collections import Counter
from functools import cache
from typing import Any

import pytest

from collectdesk.gate.examples import Outcome, run_examples
from collectdesk.gate.kinds.base import Rule
from collectdesk.gate.kinds.require import Require
from tests.gate import shipped_rules as shipped

CASES = [(book, each["name"]) for book, document in shipped.examples().items() for each in document["example"]]
RULES = [(book.id, rule.id) for book in shipped.rulebooks().values() for rule in book.rule]

EDGE_CASES_OF_PERMITTING = (*range(1, 24), *range(25, 31), 33, 34, 35)
"""Those of the forty edge cases that ask whether a call may be made; the others are about what is said and kept."""


@cache
def outcomes(book: str) -> dict[str, Outcome]:
    return {each.name: each for each in run_examples(shipped.examples()[book], shipped.gate())}


def all_examples() -> list[dict[str, Any]]:
    return [each for document in shipped.examples().values() for each in document["example"]]


@pytest.mark.parametrize(("book", "name"), CASES, ids=[f"{book}/{name}" for book, name in CASES])
def test_example(book: str, name: str) -> None:
    """Policy 8 and the texts behind each rulebook: the decision is the one the text asks for."""
    assert outcomes(book)[name].differences == ()


@pytest.mark.parametrize("book", shipped.examples())
def test_a_decision_leaves_no_garbage_to_look_for(book: str) -> None:
    """A whole book is judged without looks for garbage (``check --all``): it would fill the memory."""
    run_examples(shipped.examples()[book], shipped.gate())  # what is remembered from now on stays
    gc.collect()
    gc.disable()
    try:
        run_examples(shipped.examples()[book], shipped.gate())
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("book", shipped.rulebooks())
def test_every_rulebook_has_examples_of_its_own(book: str) -> None:
    assert shipped.examples()[book]["rulebook"] == book


@pytest.mark.parametrize(("book", "rule"), RULES, ids=[f"{book}/{rule}" for book, rule in RULES])
def test_every_rule_objects_in_one_example_and_passes_in_another(book: str, rule: str) -> None:
    """A rule that can block does so in an example; one that only warns, warns."""
    name = f"{book}/{rule}"
    found = next(each for each in shipped.rulebooks()[book].rule if each.id == rule)
    only_warns = found.severity == "warn" or found.status == "draft" or _merely_asks(found)
    blocks = {each.name for each in outcomes(book).values() if name in each.blocked}
    warns = {each.name for each in outcomes(book).values() if name in each.warned}
    passes = {each.name for each in outcomes(book).values() if name in each.passed}
    assert blocks or (only_warns and warns)
    assert passes - blocks - warns


def _merely_asks(rule: Rule) -> bool:
    """Whether others' calls must be known, and nothing that may be known of them refuses."""
    return isinstance(rule, Require) and rule.fact == "history.others" and rule.unknown == "warn"


@pytest.mark.parametrize("book", shipped.examples())
def test_names_are_unique_and_reasons_are_given_in_both_languages(book: str) -> None:
    examples = shipped.examples()[book]["example"]
    assert [name for name, count in Counter(each["name"] for each in examples).items() if count > 1] == []
    assert [each["name"] for each in examples if set(each["why"]) != {"zh_CN", "en"}] == []
    assert [each["name"] for each in examples if not all(text.strip() for text in each["why"].values())] == []
    assert [each["name"] for each in examples if not each.get("source")] == []
    assert [each["name"] for each in examples if not each["why"]["en"].isascii() and "–" not in each["why"]["en"]] == []


@pytest.mark.parametrize("number", EDGE_CASES_OF_PERMITTING)
def test_every_edge_case_of_permitting_a_call_is_an_example(number: int) -> None:
    cited = {word.strip(";,") for each in all_examples() for word in _cases(each["source"])}
    assert str(number) in cited


def _cases(source: str) -> list[str]:
    _, found, rest = source.partition("edge case")
    return rest.removeprefix("s").replace("and", " ").split() if found else []
