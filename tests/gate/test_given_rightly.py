"""A consent that only counts if it was given in a contact the rule itself allowed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gate.asking import decided

TERMS: dict[str, Any] = {"opens": "hours", "direct": True, "evidence": False, "rightly": True}
HOURS: dict[str, Any] = {"kind": "hours", "open": [{"from": "08:00", "to": "21:00"}], "consent": TERMS}
CONSENT: dict[str, Any] = {"id": "c1", "opens": ["hours"], "by": "p1", "to": "us", "via": "call", "in_event": "e1"}
CALL = {"id": "e1", "kind": "call", "direction": "out", "person": "p1", "org": "us", "line": "answered"}
NOON = "2026-03-10T12:00:00+08:00"
LATE = "2026-03-10T22:00:00+08:00"


def allowed(at: str, *, rule: dict[str, Any] = HOURS, consent: dict[str, Any], **facts: Any) -> bool:
    return decided(rule, at=at, consents=[{**CONSENT, **consent}], **facts).allowed


@pytest.mark.parametrize(
    ("called", "given", "call", "counts"),
    [
        ("2026-03-09T20:59:59+08:00", "2026-03-09T20:59:59+08:00", {}, True),
        ("2026-03-09T20:55:00+08:00", "2026-03-09T21:00:00+08:00", {}, False),
        ("2026-03-09T22:30:00+08:00", "2026-03-09T22:35:00+08:00", {}, False),
        ("2026-03-09T22:30:00+08:00", "2026-03-09T22:35:00+08:00", {"direction": None}, False),
        ("2026-03-09T22:30:00+08:00", "2026-03-09T22:35:00+08:00", {"direction": "in"}, True),
        ("2026-03-09T22:30:00+08:00", "2026-03-09T22:35:00+08:00", {"reply_to": "e0"}, True),
    ],
)
def test_a_call_of_ours_at_a_closed_hour_yields_no_consent(
    called: str, given: str, call: dict[str, Any], *, counts: bool
) -> None:
    event = {**CALL, "at": called, **call}
    assert allowed(LATE, consent={"given_at": given}, events=[event]) is counts
    as_ever = {**HOURS, "consent": {**TERMS, "rightly": False}}
    assert allowed(LATE, rule=as_ever, consent={"given_at": given}, events=[event])


@pytest.mark.parametrize(
    ("given", "via", "counts"),
    [
        ("2026-03-09T12:00:00+08:00", "call", True),
        ("2026-03-09T22:00:00+08:00", "call", False),
        ("2026-03-09T22:00:00+08:00", None, False),
        ("2026-03-09T22:00:00+08:00", "email", True),
    ],
)
def test_a_call_not_on_file_is_judged_by_when_the_consent_was_given(
    given: str, via: str | None, *, counts: bool
) -> None:
    assert allowed(LATE, consent={"given_at": given, "via": via, "in_event": None}) is counts


def test_a_late_call_that_was_itself_agreed_to_may_yield_the_next_consent() -> None:
    first = {**CONSENT, "given_at": "2026-03-09T12:00:00+08:00", "in_event": None, "until": "2026-03-10T00:00:00+08:00"}
    second = {**CONSENT, "id": "c2", "given_at": "2026-03-09T22:35:00+08:00"}
    late = {**CALL, "at": "2026-03-09T22:30:00+08:00"}
    assert decided(HOURS, at=LATE, consents=[first, second], events=[late]).allowed
    assert not decided(HOURS, at=LATE, consents=[first, second], events=[{**late, "at": LATE}]).allowed


def test_nor_does_one_at_a_time_they_had_barred_or_while_an_attorney_stands_for_them() -> None:
    barred = {"id": "w1", "by": "p1", "kind": "barred", "weekly": [{"days": [1, 2], "from": "00:00", "to": "24:00"}]}
    wishes = {"kind": "designation", "about": ["time"], "consent": TERMS}
    held = {"kind": "hold", "kinds": {"attorney": []}, "consent": [TERMS]}
    attorney = {"id": "h1", "kind": "attorney", "received_at": "2026-03-09T00:00:00+08:00"}
    for rule, facts in ((wishes, {"designations": [barred]}), (held, {"holds": [attorney]})):
        noon = {"given_at": "2026-03-09T12:00:00+08:00"}
        ours = {**CALL, "at": noon["given_at"]}
        assert not allowed(NOON, rule=rule, consent=noon, events=[ours], **facts)
        theirs = {**ours, "direction": "in"}
        assert allowed(NOON, rule=rule, consent=noon, events=[theirs], **facts)
        before = {**ours, "at": "2026-03-08T12:00:00+08:00"}
        assert allowed(NOON, rule=rule, consent={"given_at": before["at"]}, events=[before], **facts)
