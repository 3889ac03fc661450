"""Consequences (policy article 7.2): told only when the case's facts bear them out."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.consequences import (
    Consequences,
    applicable,
    compile_consequences,
    said_of,
    unmet,
)
from collectdesk.errors import BadData
from tests.desk.shipped_words import consequences, read

CASE: dict[str, Any] = {
    "days_past_due": 47,
    "debt_status": "open",
    "debt_type": "credit_card",
    "signed_on": date(2025, 3, 1),
    "term_late_fee": True,
    "term_interest": True,
    "term_acceleration": True,
    "term_service_stop": True,
    "term_guarantee": True,
    "term_recovery_cost": True,
    "adverse_credit_notice_on": date(2026, 10, 20),
    "open_objection": False,
    "plan_in_force": True,
}


def told(**changes: object) -> set[str]:
    """The consequences that may be told of the case, so changed."""
    return {each.code for each in applicable(consequences(), {**CASE, **changes})}  # type: ignore[dict-item]


def test_all_of_them_apply_to_a_case_that_bears_them_out() -> None:
    assert told() == {each.code for each in consequences().consequences}


@pytest.mark.parametrize("notice", [None, False])
def test_no_credit_record_without_the_notice_that_must_precede(notice: object) -> None:
    """Policy article 7.2; credit reporting regulation, article 15."""
    assert told() - told(adverse_credit_notice_on=notice) == {"credit_record"}


def test_the_notice_gives_its_date_to_the_line() -> None:
    record = next(each for each in consequences().consequences if each.code == "credit_record")
    assert said_of(record, CASE) == {"notice_on": date(2026, 10, 20)}


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("term_late_fee", "late_fee"),
        ("term_interest", "interest"),
        ("term_acceleration", "acceleration"),
        ("term_service_stop", "service_stop"),
        ("term_guarantee", "guarantor_liable"),
        ("term_recovery_cost", "recovery_cost"),
        ("plan_in_force", "plan_ends"),
    ],
)
def test_a_contract_consequence_needs_its_term(term: str, code: str) -> None:
    """Policy articles 7.2 and 9.3: nothing is invented."""
    assert told() - told(**{term: None}) == {code}
    assert told() - told(**{term: False}) == {code}


@pytest.mark.parametrize(("signed", "told_then"), [(date(2026, 7, 31), True), (date(2026, 8, 1), False)])
def test_newer_contracts_name_only_what_stands_in_the_cost_table(signed: date, told_then: bool) -> None:
    assert ("late_fee" in told(signed_on=signed)) is told_then
    assert "late_fee" in told(signed_on=signed, cost_table_late_fee=True)


def test_court_is_not_mentioned_over_a_dispute_or_an_old_debt() -> None:
    """Policy article 9.5; an objection holds pressure, and a time-barred debt bears no suit."""
    assert "legal_action" not in told(open_objection=True)
    assert "legal_action" not in told(days_past_due=1096)
    assert "legal_action" in told(days_past_due=1096, within_limitation=True)


def test_only_what_the_creditor_stated_is_told() -> None:
    stated = applicable(consequences(), CASE, stated={"late_fee", "unheard_of"})
    assert [each.code for each in stated] == ["late_fee"]


@given(st.sets(st.sampled_from(sorted(CASE))))
def test_what_is_not_known_bears_nothing_out(unknown: set[str]) -> None:
    """Taking facts away never adds a consequence; with none known none is told."""
    fewer = {name: value for name, value in CASE.items() if name not in unknown}
    assert {each.code for each in applicable(consequences(), fewer)} <= told()
    assert applicable(consequences(), {}) == ()


def test_what_keeps_a_consequence_back_is_named() -> None:
    record = next(each for each in consequences().consequences if each.code == "credit_record")
    assert [test.fact for test in unmet(record.when, {"days_past_due": 3})] == [
        "adverse_credit_notice_on", "open_objection"
    ]  # fmt: skip


def test_a_fact_of_another_kind_never_fits() -> None:
    assert "late_fee" not in told(term_late_fee="yes")
    assert "late_fee" not in told(days_past_due="47")


def test_compiled_consequences_are_plain_data() -> None:
    again = msgspec.json.decode(msgspec.json.encode(consequences()), type=Consequences)
    assert again == consequences()


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"all_of": []},
        {"all_of": [{"fact": "mood", "op": "is", "value": True}]},
        {"all_of": [{"fact": "term_late_fee", "op": "at_least", "value": 1}]},
        {"all_of": [{"fact": "term_late_fee", "op": "is", "value": 1}]},
        {"all_of": [{"fact": "days_past_due", "op": "at_least", "value": True}]},
        {"all_of": [{"fact": "signed_on", "op": "before", "value": "2026-08-01"}]},
        {"all_of": [{"fact": "debt_type", "op": "one_of", "values": []}]},
    ],
)
def test_a_condition_that_could_not_hold_cannot_be_compiled(when: dict[str, object]) -> None:
    mapping = read("consequences.toml")
    mapping["consequence"][0]["when"] = when
    with pytest.raises(BadData):
        compile_consequences(mapping)


def test_a_line_says_only_facts_its_condition_assures() -> None:
    mapping = read("consequences.toml")
    mapping["consequence"][0]["variables"] = {"notice_on": "adverse_credit_notice_on"}
    with pytest.raises(BadData):
        compile_consequences(mapping)
