"""A verdict accounted for: what every rule said and saw, and since when its text is in force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from collectdesk.gate.account import Account, account
from tests.gate.asking import asked, gate_of

HOURS = {"kind": "hours", "open": [{"from": "09:00", "to": "20:00"}]}
CAP = {"kind": "cap", "limit": 2, "window": {"dates": 1}, "count": [{"of": "dial"}], "per": ["person"]}
CALL = {"id": "e1", "kind": "call", "at": "2026-03-10T10:00:00+08:00", "person": "p1", "line": "no_answer"}
BOTH = {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": ["d1", "d2"]}


WIDE = {"from": "2025-01-01", "to": "2030-12-31"}
NARROW = {"from": "2026-01-01", "to": "2028-12-31"}


def told(*rules: dict[str, Any], book: dict[str, Any] | None = None, **facts: Any) -> Account:
    return account(gate_of(*rules, **(book or {})), asked(**facts))


def test_what_a_rule_said_stands_beside_its_name() -> None:
    rules = (
        HOURS,
        {"kind": "never"},
        {"kind": "never", "severity": "warn"},
        {"kind": "never", "status": "draft"},
        {"kind": "never", "in_force": {"from": "2026-03-11"}},
        {"kind": "never", "when": {"channels": ["text"]}},
    )
    found = told(*rules)
    assert [(each.name, each.said) for each in found.heard] == [
        ("book/r0", "passes"),
        ("book/r1", "blocks"),
        ("book/r2", "warns"),
        ("book/r3", "warns"),
        ("book/r4", "not_in_force"),
    ]
    assert [each["severity"] for each in found.to_wire()["rules"]] == ["bar", "bar", "warn", "warn", "bar"]


def test_a_rule_that_blocks_and_warns_is_told_as_blocking() -> None:
    (heard,) = told({"kind": "never", "undetermined": {"en": "perhaps"}}).heard
    assert heard.said == "blocks"


@pytest.mark.parametrize(
    ("rule", "facts", "seen"),
    [
        (CAP, {}, True),
        (CAP, {"dial": BOTH}, True),
        ({**CAP, "per": ["person", "debt"]}, {}, True),
        ({**CAP, "per": ["person", "debt"]}, {"dial": BOTH}, False),
        ({**CAP, "per": ["group"]}, {"dial": BOTH}, False),
        (HOURS, {"dial": BOTH}, True),
        ({"kind": "closed_days", "day_kinds": ["statutory_holiday"]}, {}, True),
        ({"kind": "require", "fact": "place.zone"}, {}, False),
        ({**CAP, "limit": 1}, {}, False),  # it objects: its finding says what it rests on
        ({**CAP, "limit": 1, "severity": "warn"}, {}, False),
    ],
)
def test_a_rule_that_lets_pass_shows_what_it_counted_or_read(
    rule: dict[str, Any], facts: dict[str, Any], *, seen: bool
) -> None:
    """Counts of several debts are told only when one of them is full: there is no one count to show."""
    found = told(rule, events=[CALL], **facts)
    (heard,) = found.heard
    assert (heard.seen is not None) is seen
    (wire,) = found.to_wire()["rules"]
    assert (wire["seen"] is not None) is seen
    if rule["kind"] == "cap" and seen:
        assert wire["seen"]["counted"] == [{"event": "e1", "at": "2026-03-10T10:00:00+08:00", "why": "dialled"}]


@pytest.mark.parametrize(("limit", "lifted"), [(3, False), (2, True), (1, True)])
def test_a_cap_that_is_full_lets_pass_only_by_what_lifts_it(limit: int, *, lifted: bool) -> None:
    """Two calls count; the consent of the person called opens the cap however few it allows."""
    rule = {**CAP, "limit": limit, "consent": {"opens": "cap", "evidence": False}}
    consent = {"id": "c1", "opens": ["cap"], "by": "p1", "to": "us", "given_at": "2026-03-01T10:00:00+08:00"}
    calls = [CALL, {**CALL, "id": "e2", "at": "2026-03-10T11:00:00+08:00"}]
    found = told(rule, events=calls, consents=[consent], own_org={"id": "us"})
    (heard,) = found.heard
    assert heard.said == "passes"
    assert heard.seen is not None
    assert ("lifted" in heard.seen) is lifted
    assert ("lifted" in found.to_wire()["rules"][0]["seen"]) is lifted


@pytest.mark.parametrize(("zones", "zone"), [([{"zone": "Asia/Tokyo"}], "Asia/Tokyo"), ([], "UTC")])
def test_the_wire_names_the_zone_its_instants_are_told_in(zones: list[dict[str, str]], zone: str) -> None:
    assert told({"kind": "never"}, zones=zones).to_wire()["zone"] == zone


def test_what_was_seen_is_told_by_the_first_of_the_zones_it_may_be() -> None:
    (heard,) = told(HOURS, zones=[{"zone": "Asia/Shanghai"}, {"zone": "Asia/Tokyo"}]).heard
    assert heard.seen is not None
    assert heard.seen["zone"] == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("rule", "book", "since", "through"),
    [
        ({}, {}, None, None),
        ({"from": "2026-01-01"}, {"to": "2030-12-31"}, "2026-01-01", "2030-12-31"),
        (NARROW, WIDE, "2026-01-01", "2028-12-31"),
        (WIDE, NARROW, "2026-01-01", "2028-12-31"),
    ],
)
def test_a_rule_is_in_force_while_both_it_and_its_book_are(
    rule: dict[str, Any], book: dict[str, Any], since: str | None, through: str | None
) -> None:
    found = told({**HOURS, "in_force": rule}, book={"in_force": book})
    (heard,) = found.heard
    assert heard.since == (None if since is None else date.fromisoformat(since))
    assert heard.through == (None if through is None else date.fromisoformat(through))
    assert found.to_wire()["rules"][0]["in_force"] == {"from": heard.since, "to": heard.through}


@pytest.mark.parametrize(
    ("lang", "titles", "said"),
    [
        ("en", {"zh_CN": "甲", "en": "a"}, "a"),
        ("zh_CN", {"zh_CN": "甲", "en": "a"}, "甲"),
        (None, {"zh_CN": "甲", "en": "a"}, "甲"),
        ("zh_CN", {"en": "a"}, "a"),
        ("en", {"zh_CN": "甲"}, "甲"),
        ("en", {}, ""),
    ],
)
def test_texts_are_told_in_the_language_asked_for(lang: str | None, titles: dict[str, str], said: str) -> None:
    """Else in English, else in any there is; so are those of a finding."""
    spoken = {"title": titles, "text": titles, "cite": titles}
    found = told({**HOURS, **spoken}, {"kind": "never", **spoken}, lang=lang)
    rules = found.to_wire()["rules"]
    assert (rules[0]["title"], rules[0]["text"], rules[0]["cite"]) == (said, said, said)
    assert found.decision.blocks[0].cite == said


def test_the_wire_shows_each_push_and_what_ends_the_permission() -> None:
    """A full cap pushes to midnight, closed hours to nine; twenty o'clock ends it."""
    found = told({**CAP, "limit": 1}, HOURS, events=[CALL]).to_wire()
    midnight, nine = "2026-03-11T00:00:00+08:00", "2026-03-11T09:00:00+08:00"
    assert [(each["rule"], each["from"], each["to"]) for each in found["steps"]] == [
        ("book/r0", "2026-03-10T12:00:00+08:00", midnight),
        ("book/r1", midnight, nine),
    ]
    assert {each["zone"] for each in found["steps"]} == {"Asia/Shanghai"}
    assert (found["ends"]["rule"], found["ends"]["from"]) == ("book/r1", "2026-03-11T20:00:00+08:00")
    assert found["decision"]["next_allowed_at"] == nine
    assert told(CAP, events=[]).to_wire()["ends"] is None


def test_a_rule_that_closes_again_as_it_opens_is_one_push() -> None:
    """Barred until half past twelve, and from then on until one; a second rule pushes in between and is told apart."""
    times = [("11:00", "12:30"), ("12:30", "13:00")]
    wishes = [
        {"id": f"w{n}", "by": "p1", "kind": "barred", "weekly": [{"from": start, "to": end}]}
        for n, (start, end) in enumerate(times)
    ]
    found = told({"kind": "designation"}, designations=wishes).to_wire()
    noon, half, one = (f"2026-03-10T{each}:00+08:00" for each in ("12:00", "12:30", "13:00"))
    assert [(each["from"], each["to"]) for each in found["steps"]] == [(noon, one)]
    hours = {"kind": "hours", "open": [{"from": "13:30", "to": "20:00"}]}
    later = [wishes[0], {**wishes[1], "weekly": [{"from": "13:30", "to": "14:00"}]}]
    found = told({"kind": "designation"}, hours, designations=later).to_wire()
    assert [(each["rule"], each["from"], each["to"]) for each in found["steps"]] == [
        ("book/r0", noon, half),
        ("book/r1", half, "2026-03-10T13:30:00+08:00"),
        ("book/r0", "2026-03-10T13:30:00+08:00", "2026-03-10T14:00:00+08:00"),
    ]
