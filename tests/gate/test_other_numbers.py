"""The last way: a number that may be called only when the person's other ones were tried in vain, or with consent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gate.asking import decided, evidence

RULE = {"kind": "consent", "terms": {"opens": "workplace", "evidence": False}, "or_last": True}
WORK = {"number": "n1", "person": "p1", "place": "work"}
MOBILE = {"number": "n2", "person": "p1", "place": "none"}
HOME = {"number": "n3", "person": "p1", "place": "home"}
TRY = {
    "id": "e1",
    "kind": "call",
    "at": "2026-03-09T15:00:00+08:00",
    "direction": "out",
    "person": "p1",
    "number": "n2",
    "line": "no_answer",
    "org": "us",
}
FACTS: dict[str, Any] = {"own_org": {"id": "us"}, "persons": [{"id": "p1", "role": "debtor"}]}


@pytest.mark.parametrize(
    ("numbers", "allowed"),
    [
        ([WORK], True),
        ([{**WORK, "place": "other"}], True),
        ([WORK, MOBILE], False),
        ([WORK, {**MOBILE, "person": "p2"}], True),
        ([WORK, {**MOBILE, "person": None}], False),  # of nobody known: it may be theirs
        ([WORK, {**MOBILE, "status": "wrong"}], True),
        ([WORK, {**MOBILE, "status": "invalid"}], True),
        ([WORK, {**MOBILE, "place": "work"}], True),
        ([WORK, {**MOBILE, "place": None}], False),
        ([WORK, {**MOBILE, "place": "unknown"}], False),
    ],
)
def test_a_number_is_the_last_where_no_other_would_do(numbers: list[dict[str, Any]], *, allowed: bool) -> None:
    assert decided(RULE, numbers=numbers, **FACTS).allowed is allowed


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"line": "voicemail"}, True),
        ({"line": "answered"}, False),
        ({"line": "unknown"}, False),
        ({"line": "not_dialled"}, False),
        ({"number": "n3"}, False),
        ({"number": None}, False),
        ({"org": "others"}, False),
        ({"org": "without"}, False),
        ({"org": None}, False),  # whose it was is not known: it was perhaps none of ours
        ({"direction": "in"}, False),
        ({"kind": "message", "channel": "text"}, False),
        ({"at": "2026-03-10T12:00:01+08:00"}, False),  # not yet
    ],
)
def test_the_other_number_must_have_failed_last(changes: dict[str, Any], *, allowed: bool) -> None:
    assert decided(RULE, numbers=[WORK, MOBILE], events=[{**TRY, **changes}], **FACTS).allowed is allowed


def test_who_was_reached_since_can_be_reached_there() -> None:
    reached = {**TRY, "id": "e2", "at": "2026-03-09T16:00:00+08:00", "line": "answered"}
    assert not decided(RULE, numbers=[WORK, MOBILE], events=[TRY, reached], **FACTS).allowed
    assert evidence(RULE, numbers=[WORK, MOBILE, HOME], events=[TRY], **FACTS)["untried"] == 1


def test_the_home_goes_before_a_mobile_and_is_enough() -> None:
    at_home = {**TRY, "number": "n3"}
    assert decided(RULE, numbers=[WORK, MOBILE, HOME], events=[at_home], **FACTS).allowed
    assert not decided(RULE, numbers=[WORK, MOBILE, HOME], events=[TRY], **FACTS).allowed
    assert not decided(RULE, numbers=[WORK, {**MOBILE, "place": "other"}, HOME], events=[TRY], **FACTS).allowed


def test_consent_opens_it_at_once() -> None:
    given = {"id": "c1", "opens": ["workplace"], "by": "p1", "to": "us", "given_at": "2026-03-09T12:00:00+08:00"}
    assert decided(RULE, numbers=[WORK, MOBILE], consents=[given], **FACTS).allowed
