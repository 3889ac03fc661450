"""Exclusions to the letter: how many are left out, for which answer, on which date, and who is not bound at all."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from tests.gate.asking import decided, local

COUNT = {"of": "touch", "channels": ["voice", "voice_notice", "text", "visit"], "direction": "any"}
RULE = {"kind": "cap", "limit": 1, "window": {"dates": 7}, "count": [COUNT], "per": ["person"]}
CALL = {"id": "e1", "kind": "call", "at": "2026-03-10T09:00:00+08:00", "person": "p1", "channel": "voice"}
REQUEST = {**CALL, "id": "q1", "direction": "in", "at": "2026-03-10T08:00:00+08:00"}
ANSWER = {"person": "p1", "number": "n1", "channel": "voice", "reply_to": "q1"}


def asked_of(exclusion: dict[str, Any], *events: dict[str, Any], limit: int = 1, **facts: Any) -> Decision:
    return decided({**RULE, "limit": limit, "excluding": [exclusion]}, events=list(events), **facts)


def calls(*instants: str, **fields: Any) -> list[dict[str, Any]]:
    return [{**CALL, "id": f"e{n}", "at": f"2026-03-{at}:00+08:00", **fields} for n, at in enumerate(instants, 1)]


def counted(found: Decision) -> list[str]:
    return [each["event"] for block in found.blocks for each in block.evidence["counted"]]


BUSY = {"lines": ["busy"]}


@pytest.mark.parametrize(
    ("window", "instants", "left"),
    [
        ({"dates": 1}, ["09T09:00", "09T10:00", "09T11:00", "10T09:00"], ["e3"]),
        ({"dates": 2}, ["09T09:00", "09T10:00", "10T09:00"], ["e3"]),
        ({"dates": 2}, ["08T09:00", "09T10:00", "10T09:00"], []),
        ({"dates": 3}, ["08T09:00", "09T10:00", "10T09:00"], ["e3"]),
        ({"minutes": 60}, ["10T09:00", "10T09:30", "10T09:59", "10T10:00"], ["e3"]),
        ({"ever": True}, ["08T09:00", "09T10:00", "10T09:00"], ["e3"]),
    ],
)
def test_of_any_stretch_so_many_are_left_out_the_earliest_first(
    window: dict[str, Any], instants: list[str], left: list[str]
) -> None:
    """Two in any such stretch; what counts fills a cap of one."""
    found = asked_of({**BUSY, "limit": 2, "window": window}, *calls(*instants, line="busy"))
    assert counted(found) == left


def test_several_sorts_may_share_one_limit_and_several_limits_one_event() -> None:
    made = [*calls("10T09:00", "10T09:10", line="busy"), {**CALL, "id": "v", "kind": "visit", "channel": "visit"}]
    shared = {**BUSY, "also": [{"kinds": ["visit"]}], "limit": 2, "window": {"dates": 1}}
    assert counted(asked_of(shared, *made)) == ["e2"]
    both = [{**BUSY, "limit": 1, "window": {"dates": 1}}, {"kinds": ["call"], "limit": 1, "window": {"dates": 1}}]
    found = decided({**RULE, "excluding": both}, events=made)
    assert counted(found) == ["v"]  # the second call is left out by the second sort


@pytest.mark.parametrize(
    ("exclusion", "answers", "left"),
    [
        ({"reply": True, "each_request": True}, ["q1", "q1"], ["e2"]),
        ({"reply": True, "each_request": True}, ["q1", "q2"], []),
        ({"reply": True}, ["q1", "q1"], []),
        ({"reply": False}, ["q1", None], ["e1"]),
    ],
)
def test_one_answer_to_each_request_is_left_out(
    exclusion: dict[str, Any], answers: list[str | None], left: list[str]
) -> None:
    requests = [REQUEST, {**REQUEST, "id": "q2"}]
    made = [{**each, "reply_to": to} for each, to in zip(calls("10T09:00", "10T10:00"), answers, strict=True)]
    rule = {**RULE, "count": [{**COUNT, "direction": "out"}], "excluding": [exclusion]}
    assert counted(decided(rule, events=[*requests, *made])) == left


@pytest.mark.parametrize(("at", "left"), [("10T00:00", []), ("09T23:59", ["e1"])])
def test_an_answer_of_the_same_date_is_left_out(at: str, left: list[str]) -> None:
    request = {**REQUEST, "at": f"2026-03-{at}:00+08:00"}
    answer = {**CALL, "reply_to": "q1"}
    rule = {**RULE, "count": [{**COUNT, "direction": "out"}], "excluding": [{"reply": True, "same_date": True}]}
    assert counted(decided(rule, events=[request, answer])) == left
    assert counted(decided(rule, events=[answer])) == ["e1"]  # what it answers is not on file


FULL = calls("09T09:00", "09T10:00")


@pytest.mark.parametrize(
    ("exclusion", "dial", "events", "allowed"),
    [
        ({"purposes": ["safety"], "speaks_of": "asked"}, {"purpose": "safety"}, [], True),
        ({"purposes": ["safety"], "speaks_of": "asked"}, {"purpose": "collect"}, [], False),
        ({"purposes": ["safety"], "speaks_of": "asked"}, {}, [], False),  # unknown purpose: it may be collection
        ({"purposes": ["safety"], "speaks_of": "past"}, {"purpose": "safety"}, [], False),
        ({"purposes": ["safety"], "speaks_of": "both"}, {"purpose": "safety"}, [], True),
        ({"purposes": ["safety"], "speaks_of": "both", "undetermined": True}, {"purpose": "safety"}, [], False),
        ({"channels": ["text"], "kinds": ["message"], "speaks_of": "asked"}, {"channel": "text"}, [], True),
        ({"kinds": ["visit"], "speaks_of": "asked"}, {"channel": "visit"}, [], True),
        ({"kinds": ["call"], "speaks_of": "asked"}, {"channel": "voice_notice"}, [], True),
        ({"kinds": ["call"], "speaks_of": "asked"}, {"channel": None}, [], True),
        ({"kinds": ["call"], "speaks_of": "asked"}, {"channel": "text"}, [], False),
        ({"lines": ["busy"], "speaks_of": "asked"}, {}, [], True),  # its result is taken to be as it should
        ({"talks": ["none"], "identities": ["failed"], "speaks_of": "asked"}, {}, [], True),
        ({"ended_by": ["them"], "messages": ["limited"], "max_seconds": 9, "speaks_of": "asked"}, {}, [], True),
        ({"roles": ["debtor"], "speaks_of": "asked"}, {}, [], True),
        ({"roles": ["spouse"], "speaks_of": "asked"}, {}, [], False),
        ({"places": ["work"], "speaks_of": "asked"}, {}, [], False),
        ({"reply": True, "speaks_of": "asked"}, {"reply_to": "q1"}, [REQUEST], True),
        ({"reply": True, "speaks_of": "asked"}, {"reply_to": "q1"}, [], False),
        ({"reply": True, "speaks_of": "asked"}, {}, [REQUEST], False),
        ({"reply": True, "speaks_of": "asked"}, {"reply_to": "q1"}, [{**REQUEST, "person": "p2"}], False),
        (
            {"reply": True, "speaks_of": "asked"},
            {"reply_to": "q1"},
            [{**REQUEST, "person": "p2", "answered_by": "p1"}],
            True,
        ),
        ({"reply": True, "speaks_of": "asked"}, {"reply_to": "q1"}, [{**REQUEST, "direction": "out"}], False),
        (
            {"reply": True, "speaks_of": "asked"},
            {"reply_to": "q1"},
            [{**REQUEST, "direction": "out", "talk": "brief"}],
            True,
        ),
        (
            {"reply": True, "speaks_of": "asked"},
            {"reply_to": "q1"},
            [{**REQUEST, "direction": "out", "talk": "none"}],
            False,
        ),
    ],
)
def test_who_is_not_bound_by_the_count(
    exclusion: dict[str, Any], dial: dict[str, Any], events: list[dict[str, Any]], *, allowed: bool
) -> None:
    attempt = {"person": "p1", "number": "n1", "channel": "voice", **dial}
    assert asked_of(exclusion, *FULL, *events, dial=attempt).allowed is allowed


def test_an_answer_of_the_same_date_is_not_bound_until_the_date_ends() -> None:
    exclusion = {"reply": True, "speaks_of": "asked", "same_date": True}
    found = asked_of(exclusion, *FULL, REQUEST, dial=ANSWER)
    assert (found.allowed, found.allowed_until) == (True, local("2026-03-11 00:00"))
    yesterday = {**REQUEST, "at": "2026-03-09T23:59:00+08:00"}
    assert not asked_of(exclusion, *FULL, yesterday, dial=ANSWER).allowed
    lasting = asked_of({"reply": True, "speaks_of": "asked"}, *FULL, yesterday, dial=ANSWER)
    assert (lasting.allowed, lasting.allowed_until) == (True, None)
    both = [exclusion, {"reply": True, "speaks_of": "asked"}]
    found = decided({**RULE, "excluding": both}, events=[*FULL, REQUEST], dial=ANSWER)
    assert (found.allowed, found.allowed_until) == (True, None)


@pytest.mark.parametrize(
    ("window", "opens"),
    [({"dates": 1}, "2026-03-11 00:00"), ({"minutes": 240}, "2026-03-10 13:00"), ({"ever": True}, "2026-03-16 00:00")],
)
def test_one_who_is_not_bound_so_often_waits_until_the_next_is_free(window: dict[str, Any], opens: str) -> None:
    """Or until the count itself has room, whichever is sooner."""
    exclusion = {"purposes": ["safety"], "speaks_of": "both", "limit": 1, "window": window}
    used = {**CALL, "id": "s1", "purpose": "safety"}
    attempt = {"person": "p1", "number": "n1", "channel": "voice", "purpose": "safety"}
    assert asked_of(exclusion, *FULL, dial=attempt).allowed
    found = asked_of(exclusion, *FULL, used, dial=attempt)
    assert (found.allowed, found.next_allowed_at) == (False, local(opens))
    others = [{**used, "person": "p2"}, {**used, "id": "s2", "direction": "in"}]
    assert asked_of(exclusion, *FULL, *others[:1], dial=attempt).allowed
    assert asked_of(exclusion, *FULL, others[1], dial=attempt).allowed


def test_what_is_left_out_of_a_rest_starts_none() -> None:
    rest = {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"], "dates": 3, "excluding": [BUSY]}
    assert decided(rest, events=calls("10T09:00", line="busy")).allowed
    assert not decided(rest, events=calls("10T09:00", line="no_answer")).allowed
    doubtful = {**rest, "excluding": [{**BUSY, "undetermined": True}], "undetermined": {"en": "busy lines"}}
    found = decided(doubtful, events=calls("10T09:00", line="busy"))
    assert (found.allowed, [each.code for each in found.warnings]) == (False, ["undetermined"])
    found = decided(doubtful, events=[*calls("10T09:00", line="busy"), {**CALL, "id": "x", "line": "no_answer"}])
    assert (found.allowed, found.warnings) == (False, ())
    unbound = {**rest, "excluding": [{"purposes": ["safety"], "speaks_of": "asked"}]}
    attempt = {"person": "p1", "number": "n1", "channel": "voice", "purpose": "safety"}
    assert decided(unbound, events=calls("10T09:00"), dial=attempt).allowed


OUTSIDERS = [
    {"id": "p1", "role": "debtor"},
    {"id": "p2", "role": "spouse"},
    {"id": "p3", "role": "guarantor"},
    {"id": "p4"},
]


@pytest.mark.parametrize(
    ("met", "outsider"),
    [
        ({"answered_by": "p2"}, True),
        ({"answered_by": "p1"}, False),
        ({"answered_by": "p3"}, False),  # who owes as well
        ({}, False),
        ({"answered_by": "p4"}, None),  # may owe
        ({"answered_by": "nobody on file"}, None),
        ({"person": None, "answered_by": "p2"}, None),  # may have been meant for them
    ],
)
def test_who_was_met_instead_is_an_outsider_or_not_only_if_that_is_known(
    met: dict[str, Any], *, outsider: bool | None
) -> None:
    """Of whom nothing is known it may be either: the contact counts, whichever of the two is left out."""
    rule = {**RULE, "per": []}
    for wanted in (True, False):
        found = decided({**rule, "excluding": [{"by_outsider": wanted}]}, events=[{**CALL, **met}], persons=OUTSIDERS)
        assert counted(found) == ([] if wanted is outsider else ["e1"])


def test_two_calls_of_one_id_are_two() -> None:
    """Of one of them the line was busy; the other is not left out with it."""
    busy, answered = {**CALL, "line": "busy"}, {**CALL, "at": "2026-03-10T09:30:00+08:00", "line": "answered"}
    assert counted(asked_of(BUSY, busy, answered)) == ["e1"]
    rest = {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"], "dates": 3, "excluding": [BUSY]}
    assert counted(decided(rest, events=[busy, answered])) == ["e1"]


@pytest.mark.parametrize(
    ("asked", "answered", "left"),
    [
        ("bank", "bank", True),
        ("agency", "bank", False),  # what was asked of one the other does not answer
        ("agency", "agency", True),
        ("bank", "agency", False),
        (None, "bank", True),
        ("agency", None, True),
        ("bank", None, False),  # of an answer by nobody named it may be ours
    ],
)
def test_an_answer_is_one_to_what_was_asked_of_who_answered(
    asked: str | None, answered: str | None, *, left: bool
) -> None:
    """Where the contacts of all organisations add up, each answers what was asked of it."""
    events = [{**REQUEST, "org": asked}, {**CALL, "org": answered, "reply_to": "q1"}]
    rule = {**RULE, "count": [{**COUNT, "direction": "out"}], "excluding": [{"reply": True}]}
    assert decided(rule, events=events, own_org={"id": "agency"}).allowed is left


MARRIED = [{"id": "p1", "role": "debtor"}, {"id": "p2", "role": "spouse"}, {"id": "p3", "role": "contact"}]


@pytest.mark.parametrize(
    ("person", "to", "left"),
    [("p2", "p1", True), ("p1", "p2", True), ("p3", "p1", False), ("p2", "p3", False), ("nobody on file", "p1", False)],
)
def test_where_several_count_as_one_whoever_asked_any_of_them_is_answered(person: str, to: str, *, left: bool) -> None:
    """Asked of past contacts and of the one that is to be made."""
    exclusion = {"reply": True, "asked_by": ["debtor", "spouse"], "each_request": True, "speaks_of": "both"}
    rule = {**RULE, "per": [], "count": [{**COUNT, "direction": "out"}], "excluding": [exclusion]}
    request, answer = {**REQUEST, "person": person}, {**CALL, "person": to, "reply_to": "q1"}
    assert decided(rule, events=[request, answer], persons=MARRIED).allowed is left
    asked = {"events": [request, CALL], "persons": MARRIED, "dial": {**ANSWER, "person": to}}
    assert decided(rule, **asked).allowed is left
    assert not decided(rule, **{**asked, "events": [request, CALL, {**answer, "person": "p2"}]}).allowed
