"""Wishes: whose are heard, what they touch, and from when to when they bar or want a time."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from collectdesk.gate.instant import Instant
from tests.gate.asking import decided, local

RULE = {"kind": "designation"}
PEOPLE = [
    {"id": "p1", "role": "debtor"},
    {"id": "wife", "role": "spouse"},
    {"id": "agent", "role": "agent"},
    {"id": "counsel", "role": "attorney"},
    {"id": "guardian", "role": "guardian"},
    {"id": "boss", "role": "employer"},
    {"id": "pal", "role": "contact"},
    {"id": "somebody"},
]
LANDLINE = {"number": "n1", "person": "p1", "class": "landline"}


def wish(kind: str | None = "barred", **fields: Any) -> dict[str, Any]:
    return {"id": fields.pop("id", "w1"), "by": "p1", "kind": kind, **fields}


def said(*wishes: dict[str, Any], **facts: Any) -> Decision:
    return decided(RULE, persons=PEOPLE, designations=list(wishes), **facts)


def weekly(start: str, end: str, *days: int) -> list[dict[str, Any]]:
    return [{"from": start, "to": end, "days": list(days)}]


@pytest.mark.parametrize(
    ("by", "person", "heard"),
    [
        ("p1", "p1", True),
        (None, "p1", True),
        ("agent", "p1", True),
        ("counsel", "p1", True),
        ("guardian", "p1", True),
        ("wife", "p1", False),
        ("pal", "p1", False),
        ("boss", "p1", False),  # heard of calls at work alone
        ("unheard-of", "p1", True),
        ("somebody", "p1", True),  # they may speak for the debtor
        ("agent", "wife", False),
        ("p1", "wife", False),
        ("wife", "wife", True),
        ("unheard-of", "wife", True),
        ("agent", "somebody", True),  # they may be the debtor
        ("agent", "unheard-of", False),
        ("wife", None, True),
    ],
)
def test_a_wish_is_heard_from_them_and_from_who_speaks_for_the_debtor(
    by: str | None, person: str | None, *, heard: bool
) -> None:
    dial = {"person": person, "number": "n1", "channel": "voice"}
    assert said(wish(by=by, channel="voice"), dial=dial).allowed is not heard


@pytest.mark.parametrize(
    ("entry", "channel", "number", "barred"),
    [
        ({"channel": "voice"}, "voice", {}, True),
        ({"channel": "voice"}, "voice_notice", {}, True),
        ({"channel": "voice_notice"}, "voice", {}, False),
        ({"channel": "text"}, "voice", {}, False),
        ({"channel": "text"}, "text", {}, True),
        ({"channel": "email"}, "text", {}, False),
        ({"number": "n1"}, "voice", {}, True),
        ({"number": "n2"}, "voice", {}, False),
        ({"number": "n0"}, "voice", {}, False),
        ({"number": "n1"}, "text", {}, False),  # a text is not barred by a number
        (
            {"number": "n1", "channel": "text"},
            "text",
            {},
            True,
        ),  # but where no texts to one are wanted, it may go there
        ({"number": "n2", "channel": "text"}, "text", {}, True),
        ({"number": "n2", "channel": "email"}, "text", {}, False),
        ({"number": "n1", "channel": "text"}, "voice", {}, False),
        ({"place": "work"}, "voice", {"place": "work"}, True),
        ({"place": "work"}, "voice", {"place": "home"}, False),
        ({"place": "home"}, "voice", {"place": "work"}, False),
        ({"place": "work"}, "voice", {"place": "unknown"}, True),
        ({"place": "work"}, "voice", {}, True),
        ({"place": "unknown"}, "voice", {"place": "home"}, True),  # that may be the place
        ({"place": "unknown"}, "voice", {}, True),
        ({"place": "unknown"}, "voice", {"class": "mobile"}, False),
        ({"place": "work"}, "text", {"place": "home"}, True),  # a text is read wherever they are
        ({"place": "work", "channel": "text"}, "voice", {"place": "work"}, False),
        ({"place": "work", "number": "n2"}, "voice", {"place": "work"}, False),
        ({}, "voice", {}, True),
    ],
)
def test_a_wish_bars_what_uses_its_channel_number_and_place(
    entry: dict[str, Any], channel: str, number: dict[str, Any], *, barred: bool
) -> None:
    dial = {"person": "p1", "number": "n1", "channel": channel}
    assert said(wish(**entry), dial=dial, numbers=[{**LANDLINE, **number}]).allowed is not barred


@pytest.mark.parametrize(
    ("entry", "dial", "allowed"),
    [
        ({"number": "n1"}, {"channel": "voice"}, True),
        ({"number": "n2"}, {"channel": "voice"}, False),
        ({"number": "n2"}, {"channel": "voice", "number": None}, False),  # it may be another
        ({"number": "n2"}, {"channel": "text"}, True),  # a text is bound to no number
        ({"channel": "text"}, {"channel": "text"}, True),
        ({"channel": "text"}, {"channel": "voice"}, False),
    ],
)
def test_who_wants_one_way_only_is_contacted_that_way(
    entry: dict[str, Any], dial: dict[str, Any], *, allowed: bool
) -> None:
    found = said(wish("only", **entry), dial={"person": "p1", "number": "n1", **dial})
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("number", "channel", "allowed"),
    [
        ({"place": "home"}, "voice", True),
        ({"place": "work"}, "voice", False),
        ({"place": "unknown"}, "voice", False),  # it may be the place of work
        ({}, "voice", False),
        ({}, "voice_notice", False),
        ({"place": "unknown"}, "text", True),  # a text is tied to no place
        ({"class": "mobile"}, "voice", False),  # nor is a mobile, which is at home only sometimes
    ],
)
def test_who_wants_calls_at_one_place_only_is_called_there(
    number: dict[str, Any], channel: str, *, allowed: bool
) -> None:
    dial = {"person": "p1", "number": "n1", "channel": channel}
    found = said(wish("only", place="home"), dial=dial, numbers=[{**LANDLINE, **number}])
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("entry", "until"),
    [
        ({"weekly": weekly("13:00", "14:00")}, "2026-03-10 13:00"),
        ({"weekly": weekly("11:00", "12:00")}, "2026-03-11 11:00"),
        ({"weekly": weekly("13:00", "14:00", 1)}, "2026-03-16 13:00"),
        ({"weekly": weekly("13:00", "14:00"), "from": "2026-03-10T13:30:00+08:00"}, "2026-03-10 13:30"),
        ({"weekly": weekly("13:00", "14:00"), "from": "2026-03-10T14:00:00+08:00"}, "2026-03-11 13:00"),
        ({"weekly": weekly("13:00", "14:00"), "until": "2026-03-10T13:00:00+08:00"}, None),
        ({"weekly": weekly("13:00", "14:00"), "revoked_at": "2026-03-10T13:00:00+08:00"}, None),
        ({"dates": {"from": "2026-03-12", "until": "2026-03-13"}}, "2026-03-12 00:00"),
        ({"dates": {"from": "2026-12-24"}, "weekly": weekly("13:00", "14:00", 1)}, "2026-12-28 13:00"),
        ({"dates": {"until": "2026-03-15"}, "weekly": weekly("13:00", "14:00", 1)}, None),
        ({"from": "2026-03-10T12:30:00+08:00"}, "2026-03-10 12:30"),
        ({"from": "2026-06-10T12:30:00+08:00", "weekly": weekly("13:00", "14:00", 2)}, "2026-06-16 13:00"),
    ],
)
def test_what_is_barred_closes_when_it_begins(entry: dict[str, Any], until: str | None) -> None:
    found = said(wish(**entry))
    assert (found.allowed, found.allowed_until) == (True, None if until is None else local(until))


@pytest.mark.parametrize(
    ("wishes", "opens"),
    [
        ([wish(weekly=weekly("11:00", "13:00"))], "2026-03-10 13:00"),
        ([wish(weekly=weekly("12:00", "12:01"))], "2026-03-10 12:01"),
        ([wish(weekly=weekly("11:00", "12:30")), wish(weekly=weekly("12:15", "13:00"))], "2026-03-10 13:00"),
        ([wish(weekly=weekly("11:00", "12:30")), wish(weekly=weekly("11:30", "13:00"))], "2026-03-10 13:00"),
        ([wish(weekly=weekly("11:00", "13:00"), until="2026-03-10T12:30:00+08:00")], "2026-03-10 12:30"),
        ([wish(dates={"until": "2026-03-10"})], "2026-03-11 00:00"),
        ([wish(dates={"from": "2026-03-10"})], None),
        ([wish(until="2026-03-10T12:30:00+08:00")], "2026-03-10 12:30"),
        ([wish()], None),
        ([wish("only", weekly=weekly("13:00", "14:00"))], "2026-03-10 13:00"),
        ([wish("only", weekly=weekly("11:00", "12:00", 2))], "2026-03-17 11:00"),
        ([wish("only", weekly=weekly("11:00", "12:00", 2), until="2026-03-10T12:30:00+08:00")], "2026-03-10 12:30"),
        (
            [wish("only", weekly=weekly("15:00", "16:00")), wish("only", weekly=weekly("13:00", "14:00"))],
            "2026-03-10 13:00",
        ),
        (
            [wish("only", number="n2"), wish("only", number="n1", weekly=weekly("13:00", "14:00"))],
            "2026-03-10 13:00",
        ),
        ([wish("only", number="n2", until="2026-03-10T12:30:00+08:00")], "2026-03-10 12:30"),
        ([wish("only", number="n2"), wish("only", **{"from": "2026-03-10T12:30:00+08:00"})], "2026-03-10 12:30"),
        (
            [wish("only", weekly=weekly("13:00", "14:00")), wish(weekly=weekly("11:00", "13:30"))],
            "2026-03-10 13:30",
        ),
        ([wish("only", weekly=weekly("13:00", "14:00")), wish()], None),
    ],
)
def test_a_closed_time_says_when_it_opens(wishes: list[dict[str, Any]], opens: str | None) -> None:
    found = said(*wishes)
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


@pytest.mark.parametrize(
    ("wishes", "until"),
    [
        ([wish("only", weekly=weekly("11:00", "13:00"))], "2026-03-10 13:00"),
        ([wish("only", weekly=weekly("12:00", "13:00"))], "2026-03-10 13:00"),
        (
            [wish("only", weekly=weekly("11:00", "12:30")), wish("only", weekly=weekly("12:15", "13:00"))],
            "2026-03-10 13:00",
        ),
        ([wish("only", weekly=weekly("11:00", "13:00"), until="2026-03-10T12:30:00+08:00")], None),
        ([wish("only", number="n1")], None),
        ([wish("only", number="n2", until="2026-03-10T12:00:00+08:00")], None),
        ([wish("only", **{"from": "2026-03-11T12:00:00+08:00"}, number="n2")], "2026-03-11 12:00"),
        (
            [wish("only", number="n1"), wish("only", **{"from": "2026-03-11T12:00:00+08:00"}, number="n2")],
            None,
        ),
        ([wish("only", weekly=weekly("11:00", "13:00")), wish(weekly=weekly("12:30", "14:00"))], "2026-03-10 12:30"),
        ([wish("only", weekly=weekly("11:00", "12:15")), wish(weekly=weekly("12:30", "14:00"))], "2026-03-10 12:15"),
    ],
)
def test_a_wanted_time_says_until_when_it_lasts(wishes: list[dict[str, Any]], until: str | None) -> None:
    found = said(*wishes)
    assert (found.allowed, found.allowed_until) == (True, None if until is None else local(until))


@pytest.mark.parametrize(
    ("life", "entry", "opens"),
    [
        ({"places": ["work"]}, {"place": "work"}, "2026-03-11 00:00"),
        ({"places": ["home"]}, {"place": "work"}, None),
        ({"places": ["home"]}, {}, None),
        ({"via": ["debtor"]}, {"via": "agent"}, None),
        ({"via": ["debtor", "agent"]}, {"via": "agent"}, "2026-03-11 00:00"),
        ({}, {"until": "2026-04-01T00:00:00+08:00"}, "2026-04-01 00:00"),
        ({}, {"from": None}, None),  # nobody knows since when
        ({}, {"revoked_at": "2026-03-10T13:00:00+08:00"}, "2026-03-10 13:00"),
    ],
)
def test_a_wish_without_an_end_lasts_as_long_as_the_text_says_of_its_sort(
    life: dict[str, Any], entry: dict[str, Any], opens: str | None
) -> None:
    rule = {**RULE, "lasts": [{"term": {"dates": 3}, **life}, {"term": {"dates": 30}, "via": ["creditor_note"]}]}
    given = wish(**{"from": "2026-03-08T10:00:00+08:00", **entry})
    found = decided(rule, designations=[given], numbers=[{**LANDLINE, "place": "work"}])
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


def test_of_a_wish_barred_and_consented_to_the_consent_decides() -> None:
    rule = {**RULE, "consent": {"opens": "channel", "evidence": False}}
    agreed = {"id": "c1", "opens": ["channel"], "by": "p1", "given_at": "2026-03-10T11:00:00+08:00"}
    until = {**agreed, "until": "2026-03-10T12:30:00+08:00"}
    later = {**agreed, "from": "2026-03-10T13:00:00+08:00"}
    barred = wish(until="2026-03-10T14:00:00+08:00")
    found = decided(rule, designations=[barred], consents=[until])
    assert (found.allowed, found.allowed_until) == (True, local("2026-03-10 12:30"))
    found = decided(rule, designations=[barred], consents=[later])
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-10 13:00"))
    assert decided(rule, designations=[barred]).next_allowed_at == local("2026-03-10 14:00")


def test_a_consent_older_than_the_wish_opens_nothing_of_it() -> None:
    rule = {**RULE, "consent": {"opens": "channel", "evidence": False}}
    agreed = {"id": "c1", "opens": ["channel"], "by": "p1", "given_at": "2026-03-10T11:00:00+08:00"}
    later = {**wish(), "from": "2026-03-10T14:00:00+08:00"}
    found = decided(rule, designations=[wish(), later], consents=[agreed])
    assert (found.allowed, found.allowed_until) == (True, local("2026-03-10 14:00"))
    overtaken = {**wish(), "from": "2026-03-10T11:00:01+08:00"}
    assert not decided(rule, designations=[overtaken], consents=[agreed]).allowed
    wanted = {**wish("only"), "channel": "email", "from": "2026-03-10T11:00:01+08:00"}
    assert not decided(rule, designations=[wanted], consents=[agreed]).allowed
    assert decided(rule, designations=[{**wanted, "from": agreed["given_at"]}], consents=[agreed]).allowed


def test_a_consent_between_two_wishes_opens_the_older_once_the_newer_is_over() -> None:
    rule = {**RULE, "consent": {"opens": "channel", "evidence": False}}
    agreed = {"id": "c1", "opens": ["channel"], "by": "p1", "given_at": "2026-03-10T11:00:00+08:00"}
    older = wish(until="2026-03-10T18:00:00+08:00")
    newer = {**wish(until="2026-03-10T14:00:00+08:00"), "from": "2026-03-10T11:30:00+08:00"}
    found = decided(rule, designations=[older, newer], consents=[agreed])
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-10 14:00"))


def test_where_an_hour_comes_twice_what_is_barred_is_long_and_what_is_wanted_short() -> None:
    """New York's clocks go back from two to one on 1 November 2026: half past one comes twice."""
    there = {"at": "2026-11-01T00:45:00-04:00", "zones": [{"zone": "America/New_York"}]}
    hour = weekly("00:30", "01:30")
    assert said(wish(weekly=hour), **there).next_allowed_at == Instant.parse("2026-11-01T01:30:00-05:00")
    assert said(wish(None, weekly=hour), **there).next_allowed_at == Instant.parse("2026-11-01T01:30:00-05:00")
    assert said(wish("only", weekly=hour), **there).allowed_until == Instant.parse("2026-11-01T01:30:00-04:00")


@pytest.mark.parametrize(("about", "kept"), [(["d1"], True), (["d2"], False), ([], True)])
def test_what_was_said_about_one_debt_may_hold_for_every(about: list[str], *, kept: bool) -> None:
    entry = wish(debts=about, channel="voice")
    assert said(entry).allowed is not kept
    assert not decided({**RULE, "any_debt": True}, persons=PEOPLE, designations=[entry]).allowed


MORNING, NOON_ON = weekly("08:00", "11:00"), weekly("11:00", "13:00")


@pytest.mark.parametrize(
    ("wishes", "opens"),
    [
        ([wish("only", weekly=MORNING), wish("only", by=None, weekly=NOON_ON)], "2026-03-11 08:00"),
        ([wish("only", weekly=MORNING), wish("only", by="somebody", weekly=NOON_ON)], "2026-03-11 08:00"),
        ([wish("only", weekly=MORNING), wish("only", by="agent", weekly=NOON_ON)], None),
        ([wish("only", by=None, weekly=MORNING), wish("only", by=None, weekly=NOON_ON)], None),
        (
            [wish("only", weekly=MORNING, until="2026-03-10T11:59:59+08:00"), wish("only", by=None, weekly=NOON_ON)],
            None,
        ),
    ],
)
def test_what_may_be_somebody_elses_wish_widens_none_of_theirs(wishes: list[dict[str, Any]], opens: str | None) -> None:
    found = said(*wishes)
    assert (found.allowed, found.next_allowed_at) == (opens is None, found.at if opens is None else local(opens))


@pytest.mark.parametrize(
    ("debts", "opens"),
    [
        (["d1"], None),
        (["d2"], "2026-03-11 08:00"),
        (["d1", "d2"], "never"),  # one wants noon, the other the morning
        (["d1", "d3"], None),
        (["d2", "d3"], "2026-03-11 08:00"),
    ],
)
def test_what_was_wanted_of_one_debt_widens_nothing_for_another(debts: list[str], opens: str | None) -> None:
    wishes = [wish("only", debts=["d1"], weekly=NOON_ON), wish("only", debts=["d2"], weekly=MORNING)]
    found = said(*wishes, dial={"person": "p1", "number": "n1", "channel": "voice", "debts": debts})
    expected = None if opens == "never" else found.at if opens is None else local(opens)
    assert (found.allowed, found.next_allowed_at) == (opens is None, expected)


@pytest.mark.parametrize(("wishes", "codes"), [([], []), ([wish(channel="text")], ["zone_unknown"])])
def test_without_a_local_time_nothing_is_barred_where_nothing_was_designated(
    wishes: list[dict[str, Any]], codes: list[str]
) -> None:
    assert [each.code for each in said(*wishes, zones=[]).blocks] == codes


@pytest.mark.parametrize(
    ("hour", "change", "opened"),
    [
        ("21:00", "10 22:00", False),  # wanted for one of the two
        ("21:59", "10 22:00", False),
        ("22:00", "10 23:00", True),
        ("22:59", "10 23:00", True),
        ("23:00", "11 08:00", False),
    ],
)
def test_an_hour_is_wanted_for_a_contact_about_two_debts_where_it_is_for_each(
    hour: str, change: str, *, opened: bool
) -> None:
    """Each debt has a wish of its own; one of them alone opens nothing for both."""
    each = [
        wish("only", id="g1", debts=["d1"], weekly=weekly("20:30", "23:00", 2)),
        wish("only", id="g2", debts=["d2"], weekly=weekly("22:00", "24:00", 2)),
    ]
    dial = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1", "d2"]}
    facts = {"at": f"2026-03-10T{hour}:00+08:00", "dial": dial, "debts": [{"id": "d1"}, {"id": "d2"}]}
    rule = {"kind": "hours", "open": [{"from": "08:00", "to": "20:00"}], "wanted": True}
    found = decided(rule, **facts, persons=PEOPLE, designations=each)
    assert found.allowed is opened
    assert (found.allowed_until if opened else found.next_allowed_at) == local(f"2026-03-{change}")
    assert not decided(rule, **facts, persons=PEOPLE, designations=each[:1]).allowed
