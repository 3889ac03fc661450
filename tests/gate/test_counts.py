"""What a contact counts as by each measure and scope, what surely or perhaps is of a sort, one channel at a time."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from collectdesk.gate import Facts
from collectdesk.gate.counting import Count, Weigher, talked
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.scopes import about
from collectdesk.gate.sort import Sort
from tests.gate.asking import asked, decided, evidence, local
from tests.gate.worlds import rulebook

CALL = {"id": "e1", "at": "2026-03-09T10:00:00+08:00", "kind": "call", "person": "p1", "org": "us"}


def event(**fields: Any) -> Event:
    (found,) = asked(events=[{**CALL, **fields}]).events or ()
    return found


def why(measure: str, contact: dict[str, Any], per: tuple[Any, ...] = (), **facts: Any) -> tuple[bool, str]:
    """Whether the contact counts by the measure, and the reason."""
    fields = facts.pop("count", {})
    known = Facts(asked(**{"events": [{**CALL, **contact}], **facts}))
    (happened,) = known.events
    count = msgspec.convert({"of": measure, **fields}, Count)
    found = Weigher(count, per).weigh(happened, known, facts.get("debt"))
    return found.counts, found.why


ANSWERED = {"line": "answered", "answered_by": "p1"}


@pytest.mark.parametrize(
    ("contact", "dial", "connected", "unanswered", "answered", "talk", "reached"),
    [
        (ANSWERED, "dialled", "connected", "-answered", "answered", "answered", "answered"),
        (
            {"line": "answered"},
            "dialled",
            "connected",
            "unknown_who_answered",
            "unknown_who_answered",
            "unknown_who_answered",
            "unknown_who_answered",
        ),
        (
            {"line": "answered", "answered_by": "p2"},
            "dialled",
            "connected",
            "other_person_answered",
            "-other_person_answered",
            "-other_person_answered",
            "-other_person_answered",
        ),
        *(
            (
                contact,
                "unknown_line",
                "connected",
                "unknown_line",
                "unknown_line",
                "unknown_line",
                "unknown_line",
            )
            for contact in ({}, {"line": None, "answered_by": "p1"}, {"line": "unknown", "answered_by": "p1"})
        ),
        ({"line": "no_answer"}, "dialled", "connected", "no_answer", "-no_answer", "-no_answer", "-no_answer"),
        ({"line": "busy"}, "dialled", "-busy", "busy", "-busy", "-busy", "-busy"),
        (
            {"line": "not_dialled"},
            "dialled",
            "-not_dialled",
            "not_dialled",
            "-not_dialled",
            "-not_dialled",
            "-not_dialled",
        ),
        ({"line": "voicemail"}, "dialled", "connected", "voicemail", "-voicemail", "-voicemail", "message_left"),
        (
            {"line": "voicemail", "message": "none"},
            "dialled",
            "connected",
            "voicemail",
            "-voicemail",
            "-voicemail",
            "-voicemail",
        ),
        (
            {"line": "no_answer", "message": "limited"},
            "dialled",
            "connected",
            "no_answer",
            "-no_answer",
            "-no_answer",
            "message_left",
        ),
        ({"line": "ringless"}, "dialled", "connected", "ringless", "-ringless", "-ringless", "message_left"),
        (
            {**ANSWERED, "talk": "none"},
            "dialled",
            "connected",
            "-answered",
            "answered",
            "-no_words",
            "answered",
        ),
        (
            {"kind": "message", "channel": "text"},
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "contact",
        ),
        (
            {"kind": "visit"},
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "contact",
        ),
        (
            {"channel": "letter"},
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "-not_a_call",
            "contact",
        ),
    ],
)
def test_every_measure_of_a_contact(
    contact: dict[str, Any], dial: str, connected: str, unanswered: str, answered: str, talk: str, reached: str
) -> None:
    """A minus: it does not count, for that reason. Anything at all is a touch."""
    wanted = {
        "dial": dial,
        "connected": connected,
        "unanswered": unanswered,
        "answered": answered,
        "talk": talk,
        "contact": reached,
        "touch": "touch",
    }
    count = {"channels": ["voice", "text", "letter", "visit"]}
    found = {measure: why(measure, contact, ("person",), count=count) for measure in wanted}
    assert found == {measure: (not said.startswith("-"), said.lstrip("-")) for measure, said in wanted.items()}


@pytest.mark.parametrize(
    ("contact", "count", "said"),
    [
        ({"channel": "text"}, {}, "-other_channel"),
        ({"channel": "voice_notice"}, {}, "-other_channel"),
        ({"direction": "in"}, {}, "-inbound"),
        ({"direction": "out"}, {"direction": "in"}, "-outbound"),
        ({}, {"direction": "in"}, "-outbound"),
        ({"direction": "in"}, {"direction": "in"}, "dialled"),
        ({"direction": "in"}, {"direction": "any"}, "dialled"),
        ({"org": "bank"}, {"orgs": "own"}, "-other_organisation"),
        ({"org": "zz"}, {"orgs": "own"}, "-other_organisation"),
        ({"org": None}, {"orgs": "own"}, "dialled"),
        ({"org": "us"}, {"orgs": "own"}, "dialled"),
        ({"org": "bank"}, {}, "dialled"),
        ({"automated": True}, {"automated": False}, "-automated"),
        ({"automated": False}, {"automated": True}, "-not_automated"),
        ({"automated": None}, {"automated": True}, "dialled"),
        ({"automated": True}, {"automated": True}, "dialled"),
        ({"purpose": "safety"}, {"only": {"purposes": ["collect"]}}, "-other_sort"),
        ({"purpose": "collect"}, {"only": {"purposes": ["collect"]}}, "dialled"),
        ({}, {"only": {"purposes": ["collect"]}}, "dialled"),
        ({"number": "n9"}, {}, "-wrong_number"),
        ({"number": "n8"}, {}, "dialled"),
    ],
)
def test_what_is_of_another_sort_does_not_count(contact: dict[str, Any], count: dict[str, Any], said: str) -> None:
    numbers = [
        {"number": "n9", "person": "p1", "status": "wrong"},
        {"number": "n8", "person": "p1", "status": "invalid"},
    ]
    found = why("dial", {"line": "busy", **contact}, count=count, numbers=numbers)
    assert found == (not said.startswith("-"), said.lstrip("-"))


@pytest.mark.parametrize(
    ("contact", "channels", "said"),
    [
        ({"kind": "visit"}, ["visit"], "touch"),
        ({"kind": "visit"}, ["voice", "text"], "-other_channel"),
        ({"kind": "message"}, ["email"], "touch"),
        ({"kind": "message"}, ["letter"], "touch"),
        ({"kind": "message"}, ["voice_notice"], "touch"),
        ({"kind": "message"}, ["visit"], "-other_channel"),
        ({"kind": "message", "channel": "text"}, ["email"], "-other_channel"),
        ({"kind": "call"}, ["text", "visit"], "-other_channel"),
        ({"kind": None}, ["text"], "-other_channel"),
        ({"kind": None}, ["voice"], "touch"),
    ],
)
def test_a_message_of_unknown_channel_may_have_gone_any_way_and_a_visit_went_its_own(
    contact: dict[str, Any], channels: list[str], said: str
) -> None:
    """What is not on file is not taken for nothing; a call without more is a voice call."""
    found = why("touch", contact, count={"channels": channels})
    assert found == (not said.startswith("-"), said.lstrip("-"))


@pytest.mark.parametrize("channel", ["voice", "text", "letter"])
def test_a_message_of_unknown_channel_counts_for_each_channel(channel: str) -> None:
    attempt = {"dial": {"person": "p1", "channel": channel}}
    assert why("contact", {"kind": "message"}, ("channel",), count={"channels": ["text", "letter"]}, **attempt)[0]


@pytest.mark.parametrize("measure", ["answered", "talk", "contact"])
def test_where_nobody_says_who_is_called_whoever_answered_may_be_the_one(measure: str) -> None:
    """Of the contact asked about, or of the one that happened where no person has a count of their own."""
    nobody = {"dial": {"number": "n1", "channel": "voice"}}
    assert why(measure, ANSWERED, ("person",), **nobody) == (True, "answered")
    assert why(measure, {**ANSWERED, "person": None}, ("number",)) == (True, "answered")
    assert why(measure, {**ANSWERED, "person": "p2"}, ("number",)) == (False, "other_person_answered")


@pytest.mark.parametrize(
    ("measure", "seconds", "counts"),
    [
        ("answered", 29.9, False),
        ("answered", 30, True),
        ("answered", None, True),
        ("talk", 29, False),
        ("contact", 29, False),
    ],
)
def test_a_call_may_be_too_short_to_count(measure: str, seconds: float | None, *, counts: bool) -> None:
    found = why(measure, {**ANSWERED, "duration_s": seconds}, count={"min_seconds": 30})
    assert found == ((True, "answered") if counts else (False, "too_short"))


PLACES = [
    {"number": "n1", "person": "p1", "class": "landline", "place": "home"},
    {"number": "n2", "person": "p1", "class": "landline", "place": "home"},
    {"number": "n3", "person": "p1", "class": "landline", "place": "work"},
    {"number": "n4", "person": "p1", "class": "landline"},
    {"number": "n5", "person": "p1", "class": "mobile"},
]
OWED = [
    {"id": "d1", "creditor": "bank", "group": "g"},
    {"id": "d2", "creditor": "bank", "group": "g"},
    {"id": "d3", "creditor": "shop"},
    {"id": "d4"},
]


@pytest.mark.parametrize(
    ("per", "contact", "said"),
    [
        ("person", {"person": "p2"}, "-other_person"),
        ("person", {"person": None}, "dialled"),
        ("person", {"person": "p0"}, "-other_person"),
        ("number", {"number": "n1"}, "dialled"),
        ("number", {"number": "n2"}, "-other_number"),
        ("number", {}, "dialled"),
        ("place", {"number": "n2"}, "dialled"),
        ("place", {"number": "n3"}, "-other_place"),
        ("place", {"number": "n4"}, "dialled"),
        ("place", {"number": "n5"}, "-other_place"),
        ("place", {"number": "n7"}, "dialled"),
        ("place", {}, "dialled"),
        ("channel", {"channel": "voice_notice"}, "dialled"),
        ("channel", {"channel": "text"}, "-other_channel"),
        ("channel", {}, "dialled"),
        ("creditor", {"debts": ["d2"]}, "dialled"),
        ("creditor", {"debts": ["d3"]}, "-other_creditor"),
        ("creditor", {"debts": ["d3", "d2"]}, "dialled"),
        ("creditor", {"discussed": ["d2"], "debts": ["d3"]}, "dialled"),
        ("creditor", {"debts": ["d4"]}, "dialled"),
        ("creditor", {"debts": ["d9"]}, "dialled"),
        ("creditor", {}, "dialled"),
        ("creditor", {"org": "bank"}, "dialled"),
        ("creditor", {"org": "shop"}, "-other_creditor"),
        ("creditor", {"org": "agency"}, "dialled"),
    ],
)
def test_what_lies_outside_the_scope_does_not_count(per: str, contact: dict[str, Any], said: str) -> None:
    """What is not known may lie within it."""
    orgs = [{"id": "bank", "kind": "lender"}, {"id": "shop", "kind": "lender"}, {"id": "agency", "kind": "agency"}]
    count = {"channels": ["voice", "voice_notice", "text"]}
    facts = {"numbers": PLACES, "debts": OWED, "orgs": orgs, "count": count}
    found = why("touch" if contact.get("channel") == "text" else "dial", {"line": "busy", **contact}, (per,), **facts)
    assert found == (not said.startswith("-"), said.lstrip("-"))


def test_where_the_place_called_is_not_known_every_call_may_have_gone_there() -> None:
    call = {"line": "busy", "number": "n3"}
    for number in ("n4", "n7"):
        dial = {"person": "p1", "number": number, "channel": "voice"}
        assert why("dial", call, ("place",), numbers=PLACES, dial=dial) == (True, "dialled")
    work, home = {"person": "p1", "number": "n3", "channel": "voice"}, {"line": "busy", "number": "n1"}
    assert why("dial", home, ("place",), numbers=PLACES, dial=work) == (False, "other_place")


def test_a_call_to_another_counts_for_whoever_took_it_where_it_was_answered() -> None:
    """Meant for the wife, taken by the debtor: a talk with the debtor, but a call to her."""
    call = {"person": "p2", "line": "answered", "answered_by": "p1"}
    for measure in ("answered", "talk", "contact"):
        assert why(measure, call, ("person",)) == (True, "answered")
    for measure in ("dial", "connected", "unanswered", "touch"):
        assert why(measure, call, ("person",)) == (False, "other_person")
    assert why("talk", {**call, "answered_by": "p2"}, ("person",)) == (False, "other_person")
    for other in ("p0", "p2"):
        taken = {"line": "answered", "answered_by": other}
        assert why("unanswered", taken, ("person",)) == (True, "other_person_answered")
    assert why("talk", {**call, "answered_by": "p2"}) == (True, "answered")


@pytest.mark.parametrize(
    ("contact", "grouped", "allotted", "concerned"),
    [
        ({}, False, False, True),
        ({"debts": ["d1"]}, False, False, True),
        ({"debts": ["d2"]}, False, False, False),
        ({"debts": ["d2"]}, True, False, True),
        ({"debts": ["d3"]}, True, False, False),
        ({"debts": ["d4"]}, True, False, False),
        ({"debts": ["d9"]}, True, False, False),
        ({"discussed": ["d1"]}, False, False, True),
        ({"debts": ["d3"], "discussed": ["d1"]}, False, False, True),
        ({"debts": ["d3"], "discussed": ["d1"]}, False, True, False),
        ({"discussed": ["d1"]}, False, True, True),  # allotted to none
        ({"debts": ["d3"], "discussed": ["d2"]}, True, False, True),
    ],
)
def test_what_a_call_was_about(contact: dict[str, Any], *, grouped: bool, allotted: bool, concerned: bool) -> None:
    facts = Facts(asked(debts=OWED))
    assert about(event(**contact), "d1", facts, grouped=grouped, allotted=allotted) is concerned


LOANS = [
    {"id": "s1", "type": "student"},
    {"id": "s2", "type": "student"},
    {"id": "s3", "type": "student", "group": "g"},
    {"id": "s4", "type": "student", "group": "h"},
    {"id": "card", "type": "credit_card"},
    {"id": "untold"},
]


@pytest.mark.parametrize(
    ("called", "debt", "one"),
    [
        ("s2", "s1", True),
        ("s3", "s1", True),
        ("s1", "s3", True),
        ("s4", "s3", False),
        ("card", "s1", False),
        ("s1", "card", False),
        ("untold", "s1", False),
        ("d9", "s1", False),
    ],
)
def test_debts_of_some_types_are_one_while_their_group_is_not_known(called: str, debt: str, *, one: bool) -> None:
    facts = Facts(asked(debts=LOANS))
    contact = event(debts=[called])
    assert about(contact, debt, facts, grouped=True, lumped=("student",)) is one
    assert not about(contact, debt, facts, grouped=True)
    assert not about(contact, debt, facts, grouped=False, lumped=("student",))


@pytest.mark.parametrize(("lumped", "full"), [(["student"], True), (["medical"], False), ([], False)])
def test_a_count_lumps_only_the_types_it_names(lumped: list[str], *, full: bool) -> None:
    count = {"of": "dial", "lumped": lumped}
    rule = {"kind": "cap", "limit": 1, "window": {"dates": 7}, "count": [count], "per": ["person", "group"]}
    dial = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["s1"]}
    assert decided(rule, dial=dial, debts=LOANS, events=[{**CALL, "debts": ["s2"]}]).allowed is not full


def test_a_debt_without_a_group_is_of_none() -> None:
    facts = Facts(asked(debts=LOANS))
    assert not about(event(debts=["s4"]), "s3", facts, grouped=True)
    assert not about(event(debts=["s3"]), "s4", facts, grouped=True)
    facts = Facts(asked(debts=OWED))
    assert not about(event(debts=["d4"]), "d3", facts, grouped=True)
    assert not about(event(debts=["d1"]), "d9", facts, grouped=True)
    assert about(event(debts=["d9"]), "d9", facts, grouped=True)


PEOPLE = [{"id": "p1", "role": "debtor"}, {"id": "p2", "role": "other"}, {"id": "p3", "role": "guarantor"}]


@pytest.mark.parametrize(
    ("measure", "contact", "expected"),
    [
        ("contact", {"person": "p2", "answered_by": "p1"}, (True, "answered")),
        ("contact", {"person": "p1", "answered_by": "p3"}, (True, "answered")),
        ("talk", {"person": "p2", "answered_by": "p1", "talk": "none"}, (False, "no_words")),
        ("contact", {"person": "p2", "answered_by": "p2"}, (False, "other_sort")),
        ("contact", {"person": "p2"}, (False, "other_sort")),
        ("contact", {"person": "p2", "answered_by": "nobody"}, (False, "other_sort")),
        ("contact", {"person": "p1", "answered_by": "p2"}, (False, "other_person_answered")),
        ("touch", {"person": "p2", "answered_by": "p1"}, (False, "other_sort")),
    ],
)
def test_who_answered_counts_for_some_roles_whoever_was_meant_to(
    measure: str, contact: dict[str, Any], expected: tuple[bool, str]
) -> None:
    only = {"only": {"roles": ["debtor", "guarantor"]}}
    assert why(measure, {"line": "answered", **contact}, ("group",), count=only, persons=PEOPLE) == expected


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ({"line": "answered"}, True),
        ({}, True),
        ({"line": "dropped", "talk": "brief"}, True),
        ({"line": "answered", "talk": "none"}, False),
        ({"line": "voicemail"}, False),
        ({"line": "answered", "channel": "voice_notice"}, True),
        ({"line": "answered", "kind": "message"}, False),
        ({"line": "answered", "channel": "text"}, False),
        ({"channel": "visit"}, False),
    ],
)
def test_whether_words_may_have_been_exchanged_on_the_telephone(contact: dict[str, Any], *, words: bool) -> None:
    assert talked(event(**contact)) is words


@pytest.mark.parametrize(
    ("wanted", "contact", "may", "surely"),
    [
        ({}, {}, True, True),
        ({"kinds": ("call",)}, {}, True, True),
        ({"kinds": ("visit",)}, {}, False, False),
        ({"kinds": ("visit",)}, {"kind": None}, True, False),
        ({"channels": ("text",)}, {"channel": "text"}, True, True),
        ({"lines": ("busy",)}, {"line": "busy"}, True, True),
        ({"lines": ("busy",)}, {"line": "unknown"}, True, False),
        ({"lines": ("unknown",)}, {"line": "unknown"}, True, True),
        ({"lines": ("busy",)}, {"line": "busy", "kind": "message"}, True, False),
        ({"lines": ("busy",)}, {"line": "answered", "kind": None, "channel": "text"}, True, False),
        ({"ended_by": ("them",)}, {"ended_by": "them", "kind": "visit"}, True, False),
        ({"max_seconds": 30}, {"duration_s": 5, "kind": "visit"}, True, False),
        ({"max_seconds": 30}, {"duration_s": 500, "channel": "letter"}, True, False),
        ({"talks": ("brief",)}, {"talk": "none"}, False, False),
        ({"identities": ("failed",)}, {"identity": "failed"}, True, True),
        ({"ended_by": ("them",)}, {"ended_by": "us"}, False, False),
        ({"messages": ("limited",)}, {"message": "limited"}, True, True),
        ({"purposes": ("safety",)}, {"purpose": "collect"}, False, False),
        ({"roles": ("debtor",)}, {}, True, True),
        ({"roles": ("spouse",)}, {}, False, False),
        ({"roles": ("spouse",)}, {"person": None}, True, False),
        ({"places": ("work",)}, {"number": "n3"}, True, True),
        ({"places": ("work",)}, {"number": "n1"}, False, False),
        ({"places": ("work",)}, {"number": "n4"}, True, False),
        ({"places": ("none",)}, {"number": "n5"}, True, True),
        ({"reply": True}, {"reply_to": "e0"}, True, True),
        ({"reply": True}, {}, False, False),
        ({"reply": False}, {}, True, True),
        ({"max_seconds": 30}, {"duration_s": 30}, True, True),
        ({"max_seconds": 30}, {"duration_s": 5}, True, True),
        ({"max_seconds": 30}, {"duration_s": 30.5}, False, False),
        ({"max_seconds": 30}, {}, True, False),
        ({"kinds": ("call",), "lines": ("busy",)}, {"line": "answered"}, False, False),
        ({"kinds": ("call",), "max_seconds": 30}, {"kind": "visit", "duration_s": 5}, False, False),
    ],
)
def test_what_may_be_of_a_sort_and_what_surely_is(
    wanted: dict[str, Any], contact: dict[str, Any], *, may: bool, surely: bool
) -> None:
    facts = Facts(asked(numbers=PLACES))
    sort, happened = Sort(**wanted), event(**contact)
    assert (sort.may_be(happened, facts), sort.surely(happened, facts)) == (may, surely)


ONE = {
    "kind": "one_channel",
    "window": {"dates": 7},
    "count": [{"of": "touch", "channels": ["voice", "voice_notice", "text", "letter"]}],
    "per": ["person"],
}
TEXT = {**CALL, "kind": "message", "channel": "text"}


def test_the_other_channel_opens_when_the_last_that_went_there_has_left_the_window() -> None:
    letter = {**TEXT, "id": "e2", "channel": "letter", "at": "2026-03-06T10:00:00+08:00"}
    found = decided(ONE, events=[TEXT, letter, {**CALL, "id": "e3"}])
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-16 00:00"))
    shown = found.blocks[0].evidence
    assert (shown["channel"], shown["channels"]) == ("voice", ["letter", "text"])
    assert [(each["event"], each["why"]) for each in shown["counted"]] == [
        ("e2", "other_channel"),
        ("e1", "other_channel"),
    ]
    assert shown["window"] == {"from": local("2026-03-04 00:00"), "to": local("2026-03-11 00:00")}


@pytest.mark.parametrize(
    ("contact", "allowed"),
    [
        ({}, False),
        ({"at": "2026-03-04T00:00:00+08:00"}, False),
        ({"at": "2026-03-03T23:59:59+08:00"}, True),
        ({"channel": "app"}, True),  # not counted
        ({"channel": "voice_notice", "kind": "call"}, True),
        ({"channel": None}, False),  # it may have been a letter
        ({"channel": None, "kind": "call"}, True),
        ({"channel": None, "kind": "visit"}, True),  # not counted
        ({"person": "p2"}, True),
        ({"direction": "in"}, True),
    ],
)
def test_only_the_contacts_named_bind_to_their_channel(contact: dict[str, Any], *, allowed: bool) -> None:
    assert decided(ONE, events=[{**TEXT, **contact}]).allowed is allowed


def test_a_channel_once_used_may_bind_for_ever_and_be_opened_by_consent() -> None:
    ever = {**ONE, "window": {"ever": True}, "consent": {"opens": "channel", "evidence": False}}
    assert decided(ever, events=[TEXT]).next_allowed_at is None
    agreed = {"id": "c1", "opens": ["channel"], "by": "p1", "given_at": "2026-03-09T12:00:00+08:00"}
    assert decided(ever, events=[TEXT], consents=[agreed]).allowed


def test_one_channel_of_each_debt() -> None:
    rule = {**ONE, "per": ["person", "debt"]}
    both = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1", "d2"]}
    shown = evidence(rule, dial=both, events=[{**TEXT, "debts": ["d2"]}, {**TEXT, "id": "e2"}])
    assert [each["event"] for each in shown["counted"]] == ["e2", "e1"]
    assert decided(rule, events=[{**TEXT, "debts": ["d2"]}]).allowed


@pytest.mark.parametrize(
    ("window", "events"), [({"dates": 7}, 8 * 86_400), ({"calendar": "week"}, 8 * 86_400), ({"ever": True}, None)]
)
def test_one_channel_looks_back_as_far_as_its_window(window: dict[str, Any], events: int | None) -> None:
    (rule,) = rulebook({**ONE, "window": window}).rule
    assert rule.looks_back.events == (FOREVER // 86_400 * 86_400 if events is None else events)
    assert (rule.looks_back.least, rule.looks_back.notices) == (1, 0)
