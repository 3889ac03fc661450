"""What a text leaves out of a count, each sort with its own limit; one channel; what only a milder reading allows."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision, Gate, Malformed, convert_dial
from tests.gate import worlds

ALL = ["voice", "voice_notice", "text", "email", "letter", "app", "visit"]
SEVEN = {
    "kind": "cap",
    "limit": 7,
    "window": {"dates": 7},
    "count": [{"of": "touch", "channels": ALL}],
    "per": ["group"],
    "excluding": [
        {"purposes": ["legal_notice"], "speaks_of": "both"},
        {"kinds": ["visit"], "talks": ["none"], "limit": 2, "window": {"dates": 7}},
        {"channels": ["voice"], "ended_by": ["them"], "limit": 2, "window": {"dates": 1}},
    ],
}
"""Seven contacts in seven days; failed visits two of them free, and calls cut short two a day."""


def ask(rule: dict[str, Any], events: list[dict[str, Any]], at: str, **changes: Any) -> Decision:
    question = {
        "at": at,
        "rulebooks": ["book"],
        "zones": [{"zone": "Asia/Seoul"}],
        "own_org": {"id": "us"},
        "dial": {"person": "p", "number": "n", "channel": "voice", "purpose": "collect", "debts": ["d"]},
        "debts": [{"id": "d"}],
        "persons": [{"id": "p", "role": "debtor"}],
        "events": events,
        **changes,
    }
    return Gate([worlds.rulebook(rule)], {}).decide(convert_dial(question))


def contact(name: str, at: str, **more: Any) -> dict[str, Any]:
    call = {"kind": "call", "channel": "voice", "direction": "out", "line": "answered", "answered_by": "p"}
    return {"id": name, "at": f"2026-{at}:00+09:00", "person": "p", "debts": ["d"], **call, **more}


def cut(name: str, at: str) -> dict[str, Any]:
    return contact(name, at, ended_by="them", talk="brief")


def visit(name: str, at: str) -> dict[str, Any]:
    return contact(name, at, kind="visit", channel="visit", line=None, answered_by=None, talk="none")


def counted(decision: Decision) -> list[str]:
    return [each["event"] for each in decision.blocks[0].evidence["counted"]]


def test_two_calls_cut_short_a_day_are_left_out_and_the_third_counts() -> None:
    events = [cut(f"c{hour}", f"03-0{day}T{hour:02}:00") for day in (2, 3, 4) for hour in (9, 10, 11, 12)]
    events = [each | {"id": f"c{n}"} for n, each in enumerate(events)]
    refused = ask(SEVEN, [*events, contact("x", "03-05T09:00")], "2026-03-05T12:00:00+09:00")
    assert counted(refused) == ["c2", "c3", "c6", "c7", "c10", "c11", "x"]
    assert ask(SEVEN, events, "2026-03-05T12:00:00+09:00").allowed


def test_another_is_left_out_as_soon_as_the_first_has_gone() -> None:
    """Four failed visits, two of them free: when the first leaves the seven days, the third is free in its place."""
    visits = [visit(f"v{day}", f"03-0{day}T09:00") for day in (1, 2, 3, 4)]
    calls = [contact(f"c{n}", f"03-0{n}T15:00") for n in (2, 3, 4, 5, 6)]
    refused = ask(SEVEN, visits + calls, "2026-03-07T12:00:00+09:00")
    assert counted(refused) == ["c2", "v3", "c3", "v4", "c4", "c5", "c6"]
    assert refused.next_allowed_at == ask(SEVEN, visits + calls, "2026-03-08T00:00:00+09:00").at
    later = ask(SEVEN, [*visits, *calls, contact("y", "03-07T18:00")], "2026-03-07T20:00:00+09:00")
    assert later.next_allowed_at == ask(SEVEN, [], "2026-03-09T00:00:00+09:00").at


def test_so_it_is_where_a_single_one_is_allowed() -> None:
    """The third failed visit counts until the first has gone and it is free in its place."""
    visits = [visit(f"v{day}", f"03-0{day}T09:00") for day in (1, 2, 3)]
    refused = ask({**SEVEN, "limit": 1}, visits, "2026-03-06T12:00:00+09:00")
    assert counted(refused) == ["v3"]
    assert refused.next_allowed_at == ask(SEVEN, [], "2026-03-08T00:00:00+09:00").at


def test_a_sort_that_is_left_out_is_not_bound_itself() -> None:
    calls = [contact(f"c{n}", f"03-0{n}T09:00") for n in range(1, 8)]
    at = "2026-03-07T12:00:00+09:00"
    assert not ask(SEVEN, calls, at).allowed
    notice = {"person": "p", "number": "n", "channel": "voice", "purpose": "legal_notice", "debts": ["d"]}
    assert ask(SEVEN, calls, at, dial=notice).allowed


def test_what_is_not_known_of_a_contact_leaves_it_in() -> None:
    unknown = [contact(f"c{n}", f"03-0{n}T09:00", purpose=None, ended_by=None) for n in range(1, 8)]
    assert not ask(SEVEN, unknown, "2026-03-07T12:00:00+09:00").allowed


DOUBTFUL = {**SEVEN, "limit": 2, "excluding": [{"lines": ["no_answer"], "undetermined": True}]}
TEXT = {"undetermined": {"en": "unanswered calls"}}


def test_a_doubtful_exclusion_refuses_and_is_told_only_where_it_decides() -> None:
    at = "2026-03-07T12:00:00+09:00"
    unanswered = [contact(f"c{n}", f"03-0{n}T09:00", line="no_answer", answered_by=None) for n in (3, 4)]
    answered = [contact(f"a{n}", f"03-0{n}T09:00") for n in (3, 4)]
    assert [each.code for each in ask(DOUBTFUL | TEXT, unanswered, at).warnings] == ["undetermined"]
    assert ask(DOUBTFUL | TEXT, answered, at).warnings == ()
    assert ask(DOUBTFUL | TEXT, [*answered, contact("a5", "03-05T09:00")], at).warnings == ()
    assert not ask(DOUBTFUL | TEXT, unanswered, at).allowed


ONE = {
    "kind": "one_channel",
    "window": {"calendar": "week"},
    "count": [{"of": "touch", "channels": ALL}],
    "per": ["person"],
}


def test_whoever_was_written_to_this_week_is_not_called_as_well() -> None:
    """Monday's letter keeps the telephone shut until next Monday; another call does not."""
    letter = contact("l", "03-02T09:00", kind="message", channel="letter", line=None, answered_by=None)
    refused = ask(ONE, [letter], "2026-03-05T12:00:00+09:00")
    assert [(each.code, each.evidence["channels"]) for each in refused.blocks] == [("channel_other", ["letter"])]
    assert refused.next_allowed_at == ask(ONE, [], "2026-03-09T00:00:00+09:00").at
    assert ask(ONE, [contact("c", "03-02T09:00", channel="voice_notice")], "2026-03-05T12:00:00+09:00").allowed


@pytest.mark.parametrize(
    "wrong",
    [
        {**SEVEN, "excluding": [{"limit": 2}]},
        {**SEVEN, "excluding": [{"limit": 0, "window": {"dates": 1}}]},
        {"kind": "rest", "dates": 7, "or_dates": 8, "after": [{"of": "talk"}], "per": []},
        {"kind": "rest", "dates": 7, "or_dates": 7, "after": [{"of": "talk"}], "per": []},
        {"kind": "rest", "dates": 7, "after": [{"of": "talk"}], "per": [], "excluding": [{"each_request": True}]},
    ],
)
def test_what_cannot_be_counted_does_not_compile(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        worlds.rulebook(wrong)


REST = {"kind": "rest", "dates": 7, "after": [{"of": "talk", "direction": "any"}], "per": ["person"]}
CAP = {"kind": "cap", "limit": 1, "window": {"dates": 7}, "count": [{"of": "dial"}], "per": ["person"]}
THEIRS = contact("in", "03-05T11:59", direction="in", number="n", answered_by=None)


@pytest.mark.parametrize("rule", [REST, CAP])
@pytest.mark.parametrize(
    ("dial", "begun", "allowed"),
    [
        ({"in_call": "in"}, {}, True),
        ({"in_call": "in"}, {"talk": "conversation"}, True),
        ({"in_call": "in"}, {"ended_by": "them"}, False),
        ({"in_call": "in"}, {"direction": "out"}, False),
        ({"in_call": "in"}, {"number": "n2"}, False),
        ({"in_call": "in"}, {"channel": "text", "number": None}, False),
        ({"in_call": "in"}, {"kind": "message", "channel": None}, False),
        ({"in_call": "in"}, {"channel": None}, True),
        ({"in_call": "in"}, {"person": "q", "answered_by": "p"}, False),
        ({"in_call": "in"}, {"at": "2026-03-05T12:00:01+09:00"}, False),
        ({"in_call": "in", "reply_to": "in"}, {}, False),
        ({"reply_to": "in"}, {}, False),
        ({"in_call": "other"}, {}, False),
        ({}, {}, False),
    ],
)
def test_who_goes_on_in_a_call_of_theirs_calls_nobody(
    rule: dict[str, Any], dial: dict[str, Any], begun: dict[str, Any], *, allowed: bool
) -> None:
    asked = {"person": "p", "number": "n", "channel": "voice", "purpose": "collect", "debts": ["d"], **dial}
    events = [contact("e", "03-04T09:00", talk="conversation"), {**THEIRS, **begun}]
    going_on = {**rule, "excluding": [{"goes_on": True, "speaks_of": "asked"}]}
    assert ask(going_on, events, "2026-03-05T12:00:00+09:00", dial=asked).allowed is allowed
    assert not ask(rule, events, "2026-03-05T12:00:00+09:00", dial=asked).allowed


def test_what_is_past_goes_on_no_more() -> None:
    with pytest.raises(Malformed):
        worlds.rulebook({**CAP, "excluding": [{"goes_on": True}]})


def test_a_talk_they_began_may_be_left_out() -> None:
    inbound = contact("in", "03-05T09:00", direction="in", talk="conversation", answered_by=None)
    of_both = {**CAP, "count": [{"of": "talk", "direction": "any"}]}
    left_out = {**of_both, "excluding": [{"directions": ["in"]}]}
    assert not ask(of_both, [inbound], "2026-03-05T12:00:00+09:00").allowed
    assert ask(left_out, [inbound], "2026-03-05T12:00:00+09:00").allowed
    for other in (None, "out"):
        assert not ask(left_out, [inbound | {"direction": other}], "2026-03-05T12:00:00+09:00").allowed


ONE_ANSWER = {**CAP, "excluding": [{"reply": True, "each_request": True}]}


@pytest.mark.parametrize(
    ("first", "at", "allowed"),
    [
        ("02-23T12:00", "2026-03-05T12:00:00+09:00", False),  # answered already, though that left the window since
        ("02-23T12:00", "2026-03-08T23:59:59+09:00", False),
        ("02-23T12:00", "2026-03-09T00:00:00+09:00", True),
        ("03-02T10:00", "2026-03-05T12:00:00+09:00", False),
        (None, "2026-03-05T12:00:00+09:00", True),
    ],
)
def test_a_request_is_answered_once_however_long_ago(first: str | None, at: str, *, allowed: bool) -> None:
    request = contact("in", "02-22T12:00", direction="in")
    answers = [contact("a", first, reply_to="in")] if first else []
    decision = ask(ONE_ANSWER, [request, *answers, contact("b", "03-02T12:00", reply_to="in")], at)
    assert decision.allowed is allowed
    if not allowed:
        assert counted(decision) == ["b"]


@pytest.mark.parametrize(("other", "allowed"), [("03-02T11:00", False), ("03-02T13:00", True)])
def test_a_request_answered_about_one_debt_is_answered(other: str, *, allowed: bool) -> None:
    request = contact("in", "03-01T12:00", direction="in")
    answers = [contact("a", other, reply_to="in", debts=["d2"]), contact("b", "03-02T12:00", reply_to="in")]
    rule = {**ONE_ANSWER, "per": ["person", "debt"]}
    debts = [{"id": "d"}, {"id": "d2"}]
    assert ask(rule, [request, *answers], "2026-03-05T12:00:00+09:00", debts=debts).allowed is allowed


def test_what_counts_by_another_measure_answers_nothing() -> None:
    request = contact("in", "02-22T12:00", direction="in")
    letter = contact("l", "02-23T12:00", kind="message", channel="letter", line=None, answered_by=None, reply_to="in")
    events = [request, letter, contact("b", "03-02T12:00", reply_to="in")]
    assert ask(ONE_ANSWER, events, "2026-03-05T12:00:00+09:00").allowed
