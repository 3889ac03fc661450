"""Caps and pauses: how much they let through, when they open again, and what they say of it."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate.facts import FOREVER
from collectdesk.gate.kinds.base import NOTHING
from tests.gate.asking import asked, decided, evidence, gate_of, local
from tests.gate.worlds import rulebook

DAY = 86_400
CAP = {"kind": "cap", "limit": 3, "window": {"dates": 7}, "count": [{"of": "dial"}], "per": ["person"]}


def call(name: str, at: str, **fields: Any) -> dict[str, Any]:
    """An unanswered call of ours on a day of March 2026, ``"09 10:00"``."""
    instant = f"2026-03-{at.replace(' ', 'T')}:00+08:00"
    return {"id": name, "kind": "call", "at": instant, "person": "p1", "line": "no_answer", "org": "us", **fields}


CALLS = [call("e1", "05 10:00"), call("e2", "06 10:00"), call("e3", "07 10:00"), call("e4", "09 10:00")]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_one_window_has_counted_a_longer_one_counts_as_well(order: tuple[int, int]) -> None:
    """Rules that count alike share what was weighed: the longer asks about the earlier ones only."""
    today = [call("e5", "10 09:00"), call("e6", "10 10:00"), call("other", "10 11:00", person="p2")]
    short, long = {**CAP, "limit": 3, "window": {"dates": 1}}, {**CAP, "limit": 6}
    gate = gate_of(*[(short, long)[each] for each in order])
    found = gate.decide(asked(events=[*CALLS, *today])).blocks
    assert [each.rule for each in found] == [f"book/r{order.index(1)}"]
    assert [each["event"] for each in found[0].evidence["counted"]] == ["e1", "e2", "e3", "e4", "e5", "e6"]
    assert gate.decide(asked(events=[*CALLS[1:], *today])).allowed


@pytest.mark.parametrize(
    ("changes", "events", "least", "dates"),
    [
        ({}, 8 * DAY, 3, 7),
        ({"unknown_others_cost": 1}, 8 * DAY, 2, 7),
        ({"limit": 2, "unknown_others_cost": 1}, 8 * DAY, 1, 7),
        ({"limit": 1, "unknown_others_cost": 1}, 8 * DAY, 1, 7),
        ({"limit": 0}, 8 * DAY, 1, 7),
        ({"window": {"calendar": "week"}}, 8 * DAY, 3, None),
        ({"window": {"calendar": "month"}}, 32 * DAY, 3, None),
        ({"window": {"months": 3}}, 94 * DAY, 3, None),
        ({"window": {"minutes": 60}}, DAY, 3, None),
        ({"window": {"minutes": 2880}}, 3 * DAY, 3, None),
        ({"window": {"ever": True}}, FOREVER // DAY * DAY, 3, None),
        ({"or_window": [{"calendar": "month"}]}, 32 * DAY, 3, None),
    ],
)
def test_a_cap_looks_back_as_far_as_its_longest_window(
    changes: dict[str, Any], events: int, least: int, dates: int | None
) -> None:
    """And needs so many contacts there as fill it."""
    (rule,) = rulebook({**CAP, **changes}).rule
    back = rule.looks_back
    assert (back.events, back.least, back.dates, back.notices) == (events, least, dates, 0)


@pytest.mark.parametrize(
    ("limit", "opens"),
    [(1, "2026-03-16 00:00"), (2, "2026-03-14 00:00"), (3, "2026-03-13 00:00"), (4, "2026-03-12 00:00"), (0, None)],
)
def test_a_full_cap_opens_when_enough_have_left_the_window(limit: int, opens: str | None) -> None:
    found = decided({**CAP, "limit": limit}, events=CALLS)
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


def test_not_more_than_n_permits_the_nth() -> None:
    assert decided({**CAP, "limit": 5}, events=CALLS).allowed
    assert decided({**CAP, "limit": 4, "window": {"dates": 5}}, events=CALLS).allowed
    assert not decided({**CAP, "limit": 4, "window": {"dates": 6}}, events=CALLS).allowed


UNKNOWN: dict[str, Any] = {"orgs": [{"id": "bank", "kind": "lender"}]}
TOLD: dict[str, Any] = {
    "history": {"complete_from": "2026-01-01T00:00:00+08:00", "complete_through": "2026-03-10T12:00:00+08:00"}
}


@pytest.mark.parametrize(
    ("limit", "cost", "events", "left"),
    [(6, 2, 4, 4), (5, 2, 4, 3), (1, 2, 4, 0), (2, 2, 0, 0)],
)
def test_calls_of_others_that_are_not_known_are_taken_off(limit: int, cost: int, events: int, left: int) -> None:
    """What was taken off is told; where nothing is left, time does not open it."""
    rule = {**CAP, "limit": limit, "unknown_others_cost": cost}
    found = decided(rule, events=CALLS[:events], **UNKNOWN, **TOLD)
    (block,) = found.blocks
    assert (block.evidence["limit"], block.evidence["unknown_others_cost"]) == (left, limit - left)
    assert (block.opens_at is None) is (left == 0)


def test_where_all_calls_are_known_nothing_is_taken_off() -> None:
    rule = {**CAP, "unknown_others_cost": 2}
    by_org = [{"org": "bank", "complete_through": "2026-03-10T12:00:00+08:00"}]
    known: dict[str, Any] = {"orgs": UNKNOWN["orgs"], "history": {**TOLD["history"], "by_org": by_org}}
    assert decided(rule, events=CALLS[:2], **known).allowed
    shown = evidence(rule, events=CALLS, **known)
    assert shown["limit"] == 3
    assert "unknown_others_cost" not in shown
    since = {**known["history"], "complete_from": "2026-03-04T00:00:01+08:00"}
    assert not decided(rule, events=CALLS[:2], orgs=UNKNOWN["orgs"], history=since).allowed
    since = {**known["history"], "complete_from": "2026-03-04T00:00:00+08:00"}
    assert decided(rule, events=CALLS[:2], orgs=UNKNOWN["orgs"], history=since).allowed
    since = {**known["history"], "complete_from": None}
    assert not decided(rule, events=CALLS[:2], orgs=UNKNOWN["orgs"], history=since).allowed


def test_what_is_known_up_to_now_is_not_unknown_to_the_forecast() -> None:
    """No call of an instant to come is made yet; asked then, with what is known by then, the answer is the same."""
    rule = {**CAP, "limit": 2, "window": {"minutes": 60}, "unknown_others_cost": 1}
    events = [call("e1", "10 11:30"), call("e2", "10 11:50")]
    by_org = [{"org": "bank", "complete_through": "2026-03-10T12:00:00+08:00"}]
    found = decided(rule, events=events, orgs=UNKNOWN["orgs"], history={**TOLD["history"], "by_org": by_org})
    assert found.next_allowed_at == local("2026-03-10 12:30")
    assert decided(rule, events=events, **UNKNOWN, **TOLD).next_allowed_at == local("2026-03-10 12:50")


def test_a_refusal_tells_what_counted_and_what_did_not() -> None:
    other = [call("x1", "08 10:00", channel="text", kind="message"), call("x2", "08 11:00", direction="in")]
    nobody = [call("x3", "08 12:00", person="p2"), call("old", "03 10:00"), call("e5", "10 12:00")]
    shown = evidence(CAP, events=[*CALLS, *other, *nobody])
    assert [each["event"] for each in shown["counted"]] == ["e1", "e2", "e3", "e4", "e5"]
    assert [(each["event"], each["why"]) for each in shown["not_counted"]] == [
        ("x1", "other_channel"),
        ("x2", "inbound"),
    ]
    assert shown["window"] == {"from": local("2026-03-04 00:00"), "to": local("2026-03-11 00:00")}
    assert shown["counted"][0] == {"event": "e1", "at": local("2026-03-05 10:00"), "why": "dialled"}
    assert "debt" not in shown


@pytest.mark.parametrize(
    ("kind", "least"), [({"kind": "cap"}, 3), ({"kind": "rest", "after": [{"of": "dial"}], "dates": 7}, 1)]
)
@pytest.mark.parametrize(("of", "barred"), [("d1", True), ("d2", False), ("d3", True), ("d4", True)])
def test_what_was_done_about_a_debt_the_rule_does_not_mean_fills_nothing(
    kind: dict[str, Any], least: int, of: str, *, barred: bool
) -> None:
    """Of a debt of unknown type, or one that is not on file, it may."""
    own = {**(CAP if kind["kind"] == "cap" else kind), "per": ["debt"], "when": {"debt_types": ["mortgage"]}}
    types = {"d1": "mortgage", "d2": "business", "d3": None}
    debts = [{"id": each, "creditor": "bank", "type": sort} for each, sort in types.items()]
    dial = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1", "d2", "d3", "d4"]}
    calls = [{**each, "debts": [of]} for each in CALLS[1:]][:least]
    assert decided(own, dial=dial, debts=debts, events=calls).allowed is not barred


def test_a_count_per_debt_is_full_for_the_debt_it_names() -> None:
    rule = {**CAP, "limit": 2, "per": ["person", "debt"]}
    both = {"person": "p1", "number": "n1", "debts": ["d1", "d2"]}
    events = [call("e1", "08 10:00", debts=["d2"]), call("e2", "09 10:00", debts=["d2"])]
    found = decided(rule, dial=both, events=events)
    assert found.blocks[0].evidence["debt"] == "d2"
    assert found.next_allowed_at == local("2026-03-15 00:00")
    assert decided(rule, events=events).allowed
    assert not decided({**rule, "per": ["person"]}, events=events).allowed


TWO_READINGS = {
    **CAP,
    "window": {"dates": 7},
    "or_window": [{"calendar": "week"}],
    "undetermined": {"en": "which week"},
}


@pytest.mark.parametrize(
    ("events", "allowed", "doubt"),
    [
        (CALLS, False, True),  # full by seven dates, not by the week from Monday
        ([call(f"e{n}", f"09 1{n}:00") for n in range(3)], False, False),  # full by both
        (CALLS[:2], True, False),
    ],
)
def test_a_window_read_in_two_ways_must_have_room_by_both(
    events: list[dict[str, Any]], *, allowed: bool, doubt: bool
) -> None:
    """Where one reading has room the refusal rests on the other, and says so."""
    found = decided(TWO_READINGS, events=events)
    assert found.allowed is allowed
    assert [each.code for each in found.warnings] == (["undetermined"] if doubt else [])


def test_the_window_that_is_full_is_the_one_told() -> None:
    """The first has room, the second has not."""
    rule = {**TWO_READINGS, "window": {"calendar": "week"}, "or_window": [{"dates": 7}]}
    shown = evidence(rule, events=CALLS)
    assert shown["window"] == {"from": local("2026-03-04 00:00"), "to": local("2026-03-11 00:00")}
    assert len(shown["counted"]) == 4


def test_only_what_came_after_the_first_talk_is_counted() -> None:
    rule = {**CAP, "limit": 1, "after_first": [{"of": "talk"}]}
    talk = {"line": "answered", "answered_by": "p1"}
    assert decided(rule, events=CALLS).allowed  # there was no talk
    first = [*CALLS[:2], call("t1", "07 09:00", **talk)]
    assert decided(rule, events=first).allowed
    shown = evidence(rule, events=[*first, *CALLS[3:]])
    assert [each["event"] for each in shown["counted"]] == ["e4"]
    assert {each["why"] for each in shown["not_counted"]} == {"before_first_talk"}
    assert len(shown["not_counted"]) == 3


@pytest.mark.parametrize(
    ("first", "debts", "allowed"),
    [
        ({}, ["d1"], False),
        ({}, ["d2"], True),  # of this debt nobody has talked yet
        ({"after_first_per": ["person"]}, ["d2"], False),  # of any debt somebody has
        ({"after_first_per": ["person", "debt"]}, ["d2"], True),
    ],
)
def test_the_first_talk_may_be_of_each_debt_or_of_any(
    first: dict[str, Any], debts: list[str], *, allowed: bool
) -> None:
    rule = {**CAP, "limit": 1, "per": ["person", "debt"], "after_first": [{"of": "talk"}], **first}
    talk = call("t1", "07 09:00", line="answered", answered_by="p1", debts=["d1"])
    events = [talk, call("e1", "08 09:00", debts=["d1"]), call("e2", "08 10:00", debts=["d2"])]
    asking = {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": debts}
    assert decided(rule, dial=asking, events=events).allowed is allowed


AGREED = {"id": "s1", "opens": ["cap"], "by": "p1", "to": "us", "given_at": "2026-03-01T10:00:00+08:00"}


@pytest.mark.parametrize(
    ("rule", "consents", "needed"),
    [
        ({"window": {"minutes": 60}}, [], False),
        ({"window": {"ever": True}}, [], False),
        ({"window": {"dates": 1}}, [], True),
        ({"window": {"calendar": "week"}}, [], True),
        ({"window": {"minutes": 60}, "or_window": [{"dates": 1}]}, [], True),
        ({"window": {"minutes": 60}, "excluding": [{"lines": ["busy"]}]}, [], True),
        ({"window": {"minutes": 60}}, [AGREED], False),
        ({"window": {"minutes": 60}, "consent": {"opens": "cap"}}, [], False),
        ({"window": {"minutes": 60}, "consent": {"opens": "cap"}}, [AGREED], True),
    ],
)
def test_a_local_time_is_needed_where_dates_are_counted_or_hours_were_agreed_to(
    rule: dict[str, Any], consents: list[dict[str, Any]], *, needed: bool
) -> None:
    found = decided({**CAP, **rule}, zones=[], consents=consents)
    assert [each.code for each in found.blocks] == (["zone_unknown"] if needed else [])


@pytest.mark.parametrize(
    ("rule", "consents", "needed"),
    [
        ({"minutes": 60}, [], False),
        ({"dates": 1}, [], True),
        ({"minutes": 60, "excluding": [{"lines": ["busy"]}]}, [], True),
        ({"minutes": 60}, [AGREED], False),
        ({"minutes": 60, "consent": {"opens": "cap"}}, [], False),
        ({"minutes": 60, "consent": {"opens": "cap"}}, [AGREED], True),
    ],
)
def test_a_pause_needs_a_local_time_where_a_cap_does(
    rule: dict[str, Any], consents: list[dict[str, Any]], *, needed: bool
) -> None:
    pause = {"kind": "gap", "after": [{"of": "dial"}], "per": ["person"], **rule}
    found = decided(pause, zones=[], consents=consents)
    assert [each.code for each in found.blocks] == (["zone_unknown"] if needed else [])


@pytest.mark.parametrize(
    ("permit", "opens"),
    [
        ({"shown": False, "until": "2026-03-10T12:10:00+08:00"}, "2026-03-10 12:10"),  # it lapses if never shown
        ({"shown": True, "until": "2026-03-10T12:10:00+08:00"}, "2026-03-11 00:00"),
        ({"shown": False}, "2026-03-11 00:00"),
        ({"until": "2026-03-10T12:10:00+08:00"}, "2026-03-11 00:00"),
    ],
)
def test_an_open_permit_counts_as_a_call_until_it_lapses(permit: dict[str, Any], opens: str) -> None:
    rule = {**CAP, "limit": 1, "window": {"dates": 1}}
    given = {"id": "k1", "person": "p1", "number": "n1", "at": "2026-03-10T11:55:00+08:00", **permit}
    assert decided(rule, permits=[given]).next_allowed_at == local(opens)
    assert [each["why"] for each in evidence(rule, permits=[given])["counted"]] == ["permit"]
    rest = {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"], "dates": 1}
    assert decided(rest, permits=[given]).next_allowed_at == local(opens)


@pytest.mark.parametrize("lapsed", ["11:58", "12:00"])
def test_a_permit_that_has_lapsed_is_not_told_of(lapsed: str) -> None:
    """Of two that were given in the same minute the other is still open."""
    rest = {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"], "dates": 1}
    permits = [
        {"id": f"k{until}", "person": "p1", "at": "2026-03-10T11:55:00+08:00", "until": until, "shown": False}
        for until in (f"2026-03-10T{lapsed}:00+08:00", "2026-03-10T12:10:00+08:00")
    ]
    assert [each["event"] for each in evidence(rest, permits=permits)["counted"]] == [permits[1]["id"]]


def test_one_at_a_time_needs_no_local_time_and_nothing_of_the_past() -> None:
    permits = [{"id": "k1", "person": "p1", "at": "2026-03-10T11:55:00+08:00"}]
    assert decided({"kind": "one_permit"}, zones=[]).allowed
    assert [each.code for each in decided({"kind": "one_permit"}, zones=[], permits=permits).blocks] == ["permit_live"]
    (rule,) = rulebook({"kind": "one_permit"}).rule
    assert rule.looks_back == NOTHING


def test_a_call_of_the_id_of_a_permit_does_not_lapse_with_it() -> None:
    lapsed = {"id": "e1", "person": "p2", "until": "2026-03-10T11:58:00+08:00", "shown": False}
    for rule in ({**CAP, "limit": 1}, {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"], "dates": 7}):
        (block,) = decided(rule, events=[call("e1", "10 10:00")], permits=[lapsed]).blocks
        assert [(each["event"], each["why"]) for each in block.evidence["counted"]] == [("e1", "dialled")]


REST = {"kind": "rest", "after": [{"of": "talk"}], "per": ["person"]}
TALK = {"line": "answered", "answered_by": "p1"}


@pytest.mark.parametrize(
    ("length", "opens", "left"),
    [
        ({"minutes": 60}, "2026-03-10 12:30", 1800),
        ({"minutes": 1440}, "2026-03-11 11:30", 84_600),
        ({"dates": 1}, "2026-03-11 00:00", 43_200),
        ({"dates": 7}, "2026-03-17 00:00", 6 * DAY + 43_200),
    ],
)
def test_a_rest_is_counted_from_the_last_talk(length: dict[str, int], opens: str, left: int) -> None:
    events = [call("t1", "10 11:05", **TALK), call("t2", "10 11:30", **TALK), call("e1", "10 11:45")]
    (block,) = decided({**REST, **length}, events=events).blocks
    assert (block.code, block.opens_at) == ("rest_short", local(opens))
    assert (block.evidence["left_s"], block.evidence["ends"]) == (left, local(opens))
    assert [(each["event"], each["why"]) for each in block.evidence["counted"]] == [
        ("t1", "answered"),
        ("t2", "answered"),
    ]


@pytest.mark.parametrize(
    ("length", "events"), [({"minutes": 60}, 3600), ({"dates": 1}, 2 * DAY), ({"dates": 7}, 8 * DAY)]
)
def test_a_rest_looks_back_as_far_as_it_lasts(length: dict[str, int], events: int) -> None:
    """A local date may be longer than twenty-four hours."""
    (rule,) = rulebook({**REST, **length}).rule
    assert (rule.looks_back.events, rule.looks_back.least, rule.looks_back.notices) == (events, 1, 0)


@pytest.mark.parametrize(
    ("at", "doubt"), [("10 12:00", False), ("11 12:00", False), ("12 12:00", True), ("13 12:00", None)]
)
def test_a_shorter_reading_of_a_rest_is_told_once_it_would_be_over(at: str, *, doubt: bool | None) -> None:
    """Three dates from the talk, or two."""
    rule = {**REST, "dates": 3, "or_dates": 2, "undetermined": {"en": "which date is the first"}}
    found = decided(rule, at=f"2026-03-{at.replace(' ', 'T')}:00+08:00", events=[call("t1", "10 11:00", **TALK)])
    assert found.allowed is (doubt is None)
    assert [each.code for each in found.warnings] == (["undetermined"] if doubt else [])


def test_what_a_text_leaves_undetermined_of_a_pause_is_told_with_each_refusal() -> None:
    rule = {**REST, "dates": 3, "undetermined": {"en": "from which end of the talk"}}
    found = decided(rule, events=[call("e1", "09 10:00", **TALK)])
    assert [each.code for each in found.warnings] == ["undetermined"]


def test_several_pauses_are_in_doubt_only_where_every_one_is() -> None:
    rule = {**REST, "dates": 3, "or_dates": 2, "undetermined": {"en": "which date is the first"}}
    old, new = call("t1", "08 11:00", **TALK), call("t2", "10 11:00", **TALK)
    assert [each.code for each in decided(rule, events=[old]).warnings] == ["undetermined"]
    assert decided(rule, events=[old, new]).warnings == ()


@pytest.mark.parametrize("order", [(1, 3, 7, 30), (30, 7, 3, 1), (3, 30, 1, 7)])
def test_caps_that_count_alike_over_shorter_and_longer_windows_each_count_their_own(order: tuple[int, ...]) -> None:
    """Whichever is asked first; those of another measure, or for one debt alone, are counted apart."""
    made = [call("a", "01 10:00"), call("b", "05 10:00", debts=["d2"]), call("c", "08 10:00"), call("d", "10 11:00")]
    talk = call("t", "09 10:00", line="answered", answered_by="p1", debts=["d1"])
    rules = [{**CAP, "limit": 1, "window": {"dates": dates}} for dates in order]
    talks = {**CAP, "limit": 1, "window": {"dates": 30}, "count": [{"of": "talk"}, {"of": "touch", "direction": "in"}]}
    of_debts = {**CAP, "limit": 1, "window": {"dates": 30}, "per": ["person", "debt"]}
    both = {"person": "p1", "number": "n1", "debts": ["d1", "d2"]}
    found = gate_of(*rules, talks, of_debts).decide(asked(dial=both, events=[*made, talk]))
    seen = {1: ["d"], 3: ["c", "t", "d"], 7: ["b", "c", "t", "d"], 30: ["a", "b", "c", "t", "d"]}
    wanted = [seen[dates] for dates in order] + [["t"], ["a", "c", "t", "d"]]
    assert [[each["event"] for each in block.evidence["counted"]] for block in found.blocks] == wanted
    opens = {1: "11", 3: "13", 7: "17"}
    instants = [local(f"2026-03-{opens[dates]} 00:00" if dates in opens else "2026-04-09 00:00") for dates in order]
    assert [block.opens_at for block in found.blocks][:4] == instants


def test_what_counts_by_none_of_several_measures_is_told_by_the_first() -> None:
    counts = [{"of": "talk"}, {"of": "touch", "direction": "in"}, {"of": "contact", "channels": ["text"]}]
    written = call("m1", "09 09:00", kind="message", channel="text", line=None)
    began = call("i1", "09 11:00", direction="in")
    shown = evidence({**CAP, "limit": 2, "count": counts}, events=[*CALLS[:2], written, began])
    assert [(each["event"], each["why"]) for each in shown["not_counted"]] == [("e1", "no_answer"), ("e2", "no_answer")]
    assert [(each["event"], each["why"]) for each in shown["counted"]] == [("m1", "contact"), ("i1", "touch")]


OWED = [
    {"id": "d1", "creditor": "bank"},
    {"id": "d2", "creditor": "bank"},
    {"id": "d3", "creditor": "shop"},
    {"id": "d4"},
]


@pytest.mark.parametrize(
    ("about", "asked_of", "counted"),
    [
        (["d1", "d3"], ["d1", "d3"], []),
        (["d1", "d3"], [], []),
        (["d1", "d2"], ["d1", "d3"], ["e1", "e2"]),
        (["d3", "d3"], ["d1", "d3"], ["e1", "e2"]),
        (["d1", "d4"], ["d1", "d3"], ["e1", "e2"]),  # owed to whom is not known
        (["d1", "d3"], ["d1", "d4"], ["e1", "e2"]),
        (["d1", "d9"], ["d1", "d3"], ["e1", "e2"]),
    ],
)
def test_a_contact_for_several_creditors_needs_room_with_each(
    about: list[str], asked_of: list[str], counted: list[str]
) -> None:
    """And not with all of them together."""
    rule = {**CAP, "limit": 2, "per": ["person", "creditor"], "undetermined": {"en": "whose week"}}
    made = [call(f"e{n}", f"09 1{n}:00", debts=[debt]) for n, debt in enumerate(about, 1)]
    attempt = {"person": "p1", "number": "n1", "channel": "voice", "debts": asked_of}
    debts = OWED if asked_of else OWED[:3]
    found = decided(rule, events=made, debts=debts, dial=attempt)
    assert [each["event"] for block in found.blocks for each in block.evidence["counted"]] == counted
    assert [each.code for each in found.warnings] == (["undetermined"] if counted else [])
