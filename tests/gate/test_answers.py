"""Answers to what they began: through what, to which number, how often, until when, and while which call runs."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from tests.gate.asking import decided, local

RULE = {"kind": "designation", "reply": {}}
NOW = "2026-03-10T12:00:00+08:00"
BARRED = {"id": "w1", "by": "p1", "kind": "barred", "weekly": [{"from": "08:00", "to": "18:00"}]}
BEGUN = {
    "id": "e1",
    "kind": "call",
    "direction": "in",
    "at": "2026-03-10T11:00:00+08:00",
    "person": "p1",
    "number": "n1",
    "channel": "voice",
}


def answered(begun: dict[str, Any], *more: dict[str, Any], **changes: Any) -> Decision:
    """A call at noon within hours they barred, in answer to what they began."""
    reply, dial = changes.pop("reply", {}), changes.pop("dial", {"reply_to": "e1"})
    asked = {"person": "p1", "number": "n1", "channel": "voice", **dial}
    events = [{**BEGUN, **begun}, *more]
    return decided({**RULE, "reply": reply}, dial=asked, events=events, designations=[BARRED], **changes)


@pytest.mark.parametrize(
    ("begun", "dial", "reply", "allowed"),
    [
        ({}, {"reply_to": "e1"}, {}, True),
        ({}, {}, {}, False),
        ({}, {"reply_to": "e9"}, {}, False),
        ({}, {"reply_to": "e1", "person": "p2"}, {}, True),  # the wish is not heard of another
        ({"person": None}, {"reply_to": "e1"}, {}, False),
        ({"person": "p2"}, {"reply_to": "e1"}, {}, False),
        ({"direction": "out"}, {"reply_to": "e1"}, {}, False),
        ({"direction": None}, {"reply_to": "e1"}, {}, False),
        ({"channel": "text", "kind": "message"}, {"reply_to": "e1"}, {}, False),
        ({"channel": "text", "kind": "message"}, {"reply_to": "e1"}, {"same_medium": False}, True),
        ({"channel": None}, {"reply_to": "e1"}, {}, True),
        ({"channel": None, "kind": None}, {"reply_to": "e1"}, {}, False),
        ({"channel": None, "kind": "message"}, {"reply_to": "e1"}, {}, False),
        ({"number": "n2"}, {"reply_to": "e1"}, {}, False),
        ({"number": None}, {"reply_to": "e1"}, {}, False),
        ({"number": "n2"}, {"reply_to": "e1", "number": None}, {}, True),
        ({"number": "n2"}, {"reply_to": "e1"}, {"same_number": False}, True),
        ({"channel": "text", "kind": "message", "number": "n2"}, {"reply_to": "e1", "channel": "text"}, {}, True),
        ({"at": "2026-03-10T08:00:00+08:00"}, {"reply_to": "e1"}, {}, True),
        ({"at": "2026-03-10T07:59:59+08:00"}, {"reply_to": "e1"}, {}, False),  # they were not barred then
        ({"at": "2026-03-09T17:00:00+08:00"}, {"reply_to": "e1"}, {}, False),  # of yesterday's barred hours
        ({"at": NOW}, {"reply_to": "e1"}, {}, True),
    ],
)
def test_an_answer_passes_the_way_they_came(
    begun: dict[str, Any], dial: dict[str, Any], reply: dict[str, Any], *, allowed: bool
) -> None:
    assert answered(begun, dial=dial, reply=reply).allowed is allowed


@pytest.mark.parametrize(
    ("used", "reply", "allowed"),
    [
        ({"reply_to": "e1"}, {}, False),
        ({"reply_to": "e1", "direction": "out"}, {}, False),
        ({"reply_to": "e1", "direction": "in"}, {}, True),
        ({"reply_to": "e0"}, {}, True),
        ({"reply_to": "e1"}, {"once": False}, True),
        ({}, {}, False),  # what it answered is not known
        ({}, {"once": False}, True),
        ({"person": None, "org": "us"}, {}, False),
        ({"purpose": "callback"}, {}, False),
        ({"purpose": "collect"}, {}, True),
        ({"direction": "in"}, {}, True),
        ({"org": "them"}, {}, True),
        ({"person": "p2"}, {}, True),
        ({"kind": "message", "channel": "text"}, {}, True),
        ({"channel": "voice_notice"}, {}, False),
        ({"at": "2026-03-10T08:30:00+08:00"}, {}, True),  # before they called
    ],
)
def test_one_answer_uses_it_up(used: dict[str, Any], reply: dict[str, Any], *, allowed: bool) -> None:
    ours = {"id": "e2", "kind": "call", "at": "2026-03-10T11:30:00+08:00", "person": "p1", **used}
    assert answered({}, ours, reply=reply).allowed is allowed


@pytest.mark.parametrize(
    ("begun", "more", "allowed"),
    [
        ({}, {}, True),
        ({"ended_by": "unknown"}, {}, True),
        ({"ended_by": "line"}, {}, False),
        ({"duration_s": 0}, {}, False),
        ({}, {"at": "2026-03-10T11:30:00+08:00"}, False),
        ({}, {"at": "2026-03-10T11:30:00+08:00", "person": None}, False),
        ({}, {"at": "2026-03-10T11:30:00+08:00", "person": "p2"}, True),
        ({}, {"at": "2026-03-10T11:00:00+08:00"}, True),
    ],
)
def test_a_call_they_began_runs_until_something_says_it_is_over(
    begun: dict[str, Any], more: dict[str, Any], *, allowed: bool
) -> None:
    later = [{"id": "e2", "kind": "call", "person": "p1", "direction": "out", **more}] if more else []
    assert answered(begun, *later, dial={"in_call": "e1"}).allowed is allowed


def test_the_event_named_as_answered_goes_before_the_call_that_runs() -> None:
    ended = {"ended_by": "them"}
    assert answered(ended, dial={"reply_to": "e1", "in_call": "e1"}).allowed
    assert not answered(ended, dial={"in_call": "e1"}).allowed


@pytest.mark.parametrize("within", [None, 1, 2])
def test_an_answer_passes_while_the_time_stays_closed(within: int | None) -> None:
    """Then it is open anyway; the permission lasts until the next morning's barred hours."""
    found = answered({}, reply={} if within is None else {"within_dates": within})
    assert (found.allowed, found.allowed_until) == (True, local("2026-03-11 08:00"))


ALWAYS = {"id": "w1", "by": "p1", "kind": "barred", "channel": "voice"}


@pytest.mark.parametrize(
    ("at", "within", "until", "allowed"),
    [
        ("2026-03-10T11:00:00+08:00", 1, "2026-03-11 00:00", True),
        ("2026-03-09T23:59:59+08:00", 1, None, False),
        ("2026-03-09T00:00:00+08:00", 2, "2026-03-11 00:00", True),
        ("2026-03-09T00:00:00+08:00", 3, "2026-03-12 00:00", True),
        ("2026-03-01T00:00:00+08:00", None, None, True),
    ],
)
def test_an_answer_may_be_due_within_so_many_dates(
    at: str, within: int | None, until: str | None, *, allowed: bool
) -> None:
    """Of which the event's own is the first."""
    rule = {**RULE, "reply": {} if within is None else {"within_dates": within}}
    dial = {"person": "p1", "number": "n1", "channel": "voice", "reply_to": "e1"}
    found = decided(rule, dial=dial, events=[{**BEGUN, "at": at}], designations=[ALWAYS])
    assert (found.allowed, found.allowed_until) == (allowed, None if until is None else local(until))


def test_an_answer_ends_with_the_closed_time_or_with_its_dates_whichever_is_sooner() -> None:
    """A wish that ends at three in the afternoon; what is then open is open without an answer."""
    rule = {**RULE, "reply": {"within_dates": 1}}
    dial = {"person": "p1", "number": "n1", "channel": "voice", "reply_to": "e1"}
    ends = {**ALWAYS, "until": "2026-03-10T15:00:00+08:00"}
    found = decided(rule, dial=dial, events=[BEGUN], designations=[ends])
    assert (found.allowed, found.allowed_until) == (True, None)
    later = {**ALWAYS, "until": "2026-03-12T15:00:00+08:00"}
    found = decided(rule, dial=dial, events=[BEGUN], designations=[later])
    assert found.allowed_until == local("2026-03-11 00:00")


def test_two_wishes_one_after_the_other_are_one_closed_time() -> None:
    """They called while the first ran; the second began before it ended."""
    dial = {"person": "p1", "number": "n1", "channel": "voice", "reply_to": "e1"}
    first = {**ALWAYS, "until": "2026-03-10T11:30:00+08:00"}
    second = {**ALWAYS, "from": "2026-03-10T11:30:00+08:00"}
    gap = {**ALWAYS, "from": "2026-03-10T11:30:01+08:00"}
    assert decided(RULE, dial=dial, events=[BEGUN], designations=[first, second]).allowed
    assert not decided(RULE, dial=dial, events=[BEGUN], designations=[first, gap]).allowed


REBUTTABLE = {
    "kind": "cap",
    "limit": 1,
    "window": {"dates": 1},
    "count": [{"of": "dial"}],
    "per": ["person"],
    "rebuttals": ["safety"],
}


@pytest.mark.parametrize(
    ("purpose", "events", "warned"), [("safety", [BEGUN], True), ("collect", [BEGUN], False), ("safety", [], False)]
)
def test_a_purpose_that_speaks_against_a_violation_is_on_record_with_the_refusal(
    purpose: str, events: list[dict[str, Any]], *, warned: bool
) -> None:
    made = [{**each, "direction": "out"} for each in events]
    found = decided(REBUTTABLE, dial={"person": "p1", "number": "n1", "purpose": purpose}, events=made)
    assert found.allowed is (not events)
    assert [(each.code, each.evidence) for each in found.warnings] == (
        [("rebuttal", {"purpose": purpose})] if warned else []
    )


@pytest.mark.parametrize(
    ("org", "allowed"), [("agency", True), ("bank", False), (None, True)], ids=["ours", "another's", "nobody named"]
)
def test_what_they_began_with_another_is_not_ours_to_answer(org: str | None, *, allowed: bool) -> None:
    ours = {"own_org": {"id": "agency", "kind": "agency"}}
    assert answered({"org": org}, **ours).allowed is allowed
    assert answered({"org": org}, dial={"in_call": "e1"}, **ours).allowed is allowed
