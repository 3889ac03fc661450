"""The verdict: whose reason it gives, when it opens and closes, what it warns of, in which words."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from tests.gate.asking import asked, gate_of, local

NIGHT = {"kind": "hours", "open": [{"from": "13:00", "to": "20:00"}]}
CAP = {"kind": "cap", "limit": 1, "window": {"dates": 1}, "count": [{"of": "dial"}], "per": ["person"]}
CALL = {"id": "e1", "kind": "call", "at": "2026-03-10T10:00:00+08:00", "person": "p1", "line": "busy"}
SHANGHAI, LOS_ANGELES, TOKYO = ({"zone": each} for each in ("Asia/Shanghai", "America/Los_Angeles", "Asia/Tokyo"))


def verdict(*rules: dict[str, Any], book: dict[str, Any] | None = None, **facts: Any) -> Decision:
    return gate_of(*rules, **(book or {})).decide(asked(**facts))


@pytest.mark.parametrize("zones", [[SHANGHAI, TOKYO], [TOKYO, SHANGHAI]])
def test_of_several_zones_the_one_that_opens_last_gives_the_reason(zones: list[dict[str, str]]) -> None:
    """At noon in Shanghai it is one in Tokyo, already open; at half past eleven both are closed."""
    found = verdict(NIGHT, zones=zones)
    assert (found.blocks[0].evidence["zone"], found.next_allowed_at) == ("Asia/Shanghai", local("2026-03-10 13:00"))
    early = verdict(NIGHT, zones=zones, at="2026-03-10T11:30:00+08:00")
    assert early.blocks[0].evidence["zone"] == "Asia/Shanghai"
    assert early.blocks[0].opens_at == early.next_allowed_at == local("2026-03-10 13:00")
    assert verdict(NIGHT, zones=zones, at="2026-03-10T13:00:00+08:00").allowed_until == local("2026-03-10 19:00")


def test_hours_of_two_zones_open_when_both_are_open() -> None:
    """One in the afternoon to eight: of Shanghai and Los Angeles that is never at once; of nine to nine it is."""
    both = [SHANGHAI, LOS_ANGELES]
    found = verdict(NIGHT, zones=both)
    assert (found.blocks[0].opens_at, found.next_allowed_at, found.horizon_reached) == (None, None, True)
    wide = {"kind": "hours", "open": [{"from": "08:00", "to": "23:59"}]}
    found = verdict(wide, zones=both, at="2026-03-10T18:00:00+08:00")  # three in the morning there
    assert found.blocks[0].evidence["zone"] == "America/Los_Angeles"
    assert found.blocks[0].opens_at == found.next_allowed_at == local("2026-03-10 23:00")
    assert verdict(wide, zones=both, at="2026-03-10T23:00:00+08:00").allowed_until == local("2026-03-10 23:59")


def test_each_reason_tells_its_own_opening_and_the_verdict_that_of_all_together() -> None:
    found = verdict(NIGHT, CAP, events=[CALL])
    assert [(each.rule, each.opens_at) for each in found.blocks] == [
        ("book/r0", local("2026-03-10 13:00")),
        ("book/r1", local("2026-03-11 00:00")),
    ]
    assert found.next_allowed_at == local("2026-03-11 13:00")
    assert (found.passed, found.warnings, found.allowed_until) == ((), (), None)


def test_a_rule_that_will_have_closed_for_good_by_then_is_told() -> None:
    """All that refuses now passes by one o'clock; by then a notice has come that no time lifts."""
    stop = {"kind": "notice_stop", "notices": ["dispute_and_sue"]}
    notice = {"kind": "dispute_and_sue", "received_at": "2026-03-10T12:30:00+08:00"}
    found = verdict(NIGHT, stop, notices=[notice])
    assert (found.next_allowed_at, found.horizon_reached) == (None, False)
    (warning,) = found.warnings
    assert (warning.rule, warning.code, warning.released_by) == ("book/r1", "closed_by_then", "debtor")
    assert (warning.severity, warning.opens_at) == ("warn", None)
    assert warning.evidence["by"] == local("2026-03-10 13:00")
    assert warning.evidence["because"] == "notice_stops"
    held = {"id": "h1", "kind": "dispute", "received_at": "2026-03-01T10:00:00+08:00"}
    hold = {"kind": "hold", "kinds": {"dispute": []}}
    assert verdict(NIGHT, stop, hold, notices=[notice], holds=[held]).warnings == ()  # the hold never passes by itself


@pytest.mark.parametrize(
    ("severity", "status", "bars"), [("bar", "house", True), ("warn", "law", False), ("bar", "draft", False)]
)
def test_only_what_bars_moves_the_instants(severity: str, status: str, *, bars: bool) -> None:
    rule = {**NIGHT, "severity": severity, "status": status, "needs_ack": True}
    found = verdict(rule)
    told = found.blocks if bars else found.warnings
    assert [(each.severity, each.opens_at, each.needs_ack) for each in told] == [
        ("bar" if bars else "warn", local("2026-03-10 13:00"), not bars)
    ]
    assert found.allowed is not bars
    assert found.next_allowed_at == local("2026-03-10 13:00" if bars else "2026-03-10 12:00")
    open_now = verdict(rule, at="2026-03-10T14:00:00+08:00")
    assert open_now.allowed_until == (local("2026-03-10 20:00") if bars else None)
    assert open_now.passed == ("book/r0",)


def test_without_a_zone_a_rule_that_bars_leaves_no_instant_and_one_that_warns_does() -> None:
    zoneless: dict[str, Any] = {"zones": []}
    never_late = {"kind": "notice_stop", "notices": ["dispute_and_sue"]}
    notice = {"kind": "dispute_and_sue", "received_at": "2026-03-01T10:00:00+08:00"}
    came_back = {**notice, "returned_at": "2026-03-10T13:00:00+08:00"}
    barred = verdict({**NIGHT, "remedy": {"en": "wait"}}, never_late, notices=[came_back], **zoneless)
    assert [(each.code, each.released_by) for each in barred.blocks] == [
        ("zone_unknown", "import"),
        ("notice_stops", "debtor"),
    ]
    assert (barred.next_allowed_at, barred.horizon_reached) == (None, False)
    assert barred.blocks[0].evidence == {"zones": []}  # no remedy: what mends the rule does not mend the place
    warned = verdict({**NIGHT, "severity": "warn"}, never_late, notices=[came_back], **zoneless)
    assert [each.code for each in warned.warnings] == ["zone_unknown"]
    assert warned.next_allowed_at == local("2026-03-10 13:00")


@pytest.mark.parametrize(("lang", "said"), [("en", "wait"), ("zh_CN", "等"), (None, "等")])
def test_a_refusal_shows_what_mends_it_and_what_the_text_leaves_open(lang: str | None, said: str) -> None:
    words = {"zh_CN": "等", "en": "wait"}
    found = verdict({**NIGHT, "remedy": words, "undetermined": words, "cite": words}, lang=lang)
    (block,) = found.blocks
    assert (block.evidence["remedy"], block.cite) == (said, said)
    (warning,) = found.warnings
    assert (warning.code, warning.evidence["text"], warning.evidence["remedy"]) == ("undetermined", said, said)
    assert "remedy" not in verdict({**NIGHT, "cite": words}).blocks[0].evidence


@pytest.mark.parametrize(
    ("rule", "book", "allowed", "changes"),
    [
        ({"from": "2026-03-11"}, {}, True, "2026-03-11 00:00"),
        ({"from": "2026-03-10"}, {}, False, None),
        ({"to": "2026-03-10"}, {}, False, "2026-03-11 00:00"),
        ({"to": "2026-03-09"}, {}, True, None),
        ({"from": "2026-03-01"}, {"from": "2026-03-12"}, True, "2026-03-12 00:00"),
        ({"from": "2026-03-12"}, {"from": "2026-03-01"}, True, "2026-03-12 00:00"),
        ({"to": "2026-03-20"}, {"to": "2026-03-15"}, False, "2026-03-16 00:00"),
        ({"to": "2026-03-15"}, {"to": "2026-03-20"}, False, "2026-03-16 00:00"),
    ],
)
def test_a_text_binds_on_the_dates_on_which_it_and_its_book_are_in_force(
    rule: dict[str, Any], book: dict[str, Any], changes: str | None, *, allowed: bool
) -> None:
    found = verdict({"kind": "never", "in_force": rule}, book={"in_force": book})
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == (None if changes is None else local(changes))
    assert found.passed == ()  # what is not in force passes nothing


BEYOND = {"kind": "designation", "quota": {"hours_a_week": 1}}
WISH = {"id": "w1", "by": "p1", "kind": "barred", "weekly": [{"days": [2], "from": "09:00", "to": "14:00"}]}


def test_what_the_next_instant_rests_on_is_warned_of_as_well() -> None:
    """At one o'clock the hours open, and what was barred beyond the quota would bar that call."""
    found = verdict(NIGHT, BEYOND, designations=[WISH])
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-10 13:00"))
    assert [(each.rule, each.code) for each in found.warnings] == [("book/r1", "designation_beyond")]
    later = {**WISH, "weekly": [{"days": [2], "from": "12:50", "to": "14:00"}]}
    # (the first hour of it binds until 13:50: only from then on is it beyond)
    found = verdict(NIGHT, BEYOND, designations=[later])
    assert found.next_allowed_at == local("2026-03-10 13:50")
    assert [(each.rule, each.code) for each in found.warnings] == [("book/r1", "designation_beyond")]
    over = {**WISH, "weekly": [{"days": [2], "from": "09:00", "to": "13:00"}]}
    found = verdict(NIGHT, BEYOND, designations=[over])
    assert [(each.rule, each.code) for each in found.warnings] == [("book/r1", "designation_beyond")]  # of now


def test_a_missing_fact_let_through_is_warned_of_once() -> None:
    unknown = {"kind": "require", "fact": "debt.status", "unknown": "warn", "severity": "warn", "needs_ack": True}
    found = verdict(NIGHT, unknown)
    assert [(each.rule, each.code, each.needs_ack) for each in found.warnings] == [("book/r1", "fact_unknown", True)]
    assert found.passed == ("book/r1",)
    assert [each.code for each in verdict(unknown).warnings] == ["fact_unknown"]


def test_nothing_opens_beyond_four_hundred_days() -> None:
    """An opening so far ahead is none, of one reason and of all."""
    held = {"id": "h1", "kind": "dispute", "received_at": "2026-03-01T10:00:00+08:00"}
    hold = {"kind": "hold", "kinds": {"dispute": []}}
    last = verdict(hold, holds=[{**held, "until": "2027-04-14T12:00:00+08:00"}])
    assert last.blocks[0].opens_at == last.next_allowed_at == local("2027-04-14 12:00")
    beyond = verdict(hold, holds=[{**held, "until": "2027-04-14T12:00:01+08:00"}])
    assert (beyond.blocks[0].opens_at, beyond.next_allowed_at, beyond.horizon_reached) == (None, None, True)
    begins = verdict(hold, holds=[{**held, "received_at": "2027-04-14T12:00:00+08:00"}])
    assert begins.allowed_until == local("2027-04-14 12:00")
    begins = verdict(hold, holds=[{**held, "received_at": "2027-04-14T12:00:01+08:00"}])
    assert (begins.allowed_until, begins.horizon_reached) == (None, False)


HORIZON_MINUTES = 400 * 24 * 60


@pytest.mark.parametrize(("minutes", "opens"), [(HORIZON_MINUTES, "2027-04-14 12:00"), (HORIZON_MINUTES + 1, None)])
def test_what_opens_at_the_horizon_is_told_and_what_opens_beyond_it_is_not(minutes: int, opens: str | None) -> None:
    """To the first who asks, and to whoever asks the same after them."""
    rest = {"kind": "rest", "after": [{"of": "dial"}], "per": ["person"], "minutes": minutes}
    gate, expected = gate_of(rest), None if opens is None else local(opens)
    for _ in range(3):
        found = gate.decide(asked(events=[{**CALL, "at": "2026-03-10T12:00:00+08:00"}]))
        assert (found.blocks[0].opens_at, found.next_allowed_at) == (expected, expected)
        assert found.horizon_reached is (opens is None)


@pytest.mark.parametrize("zones", [[SHANGHAI], [SHANGHAI, TOKYO]])
def test_up_to_the_horizon_a_rule_that_closes_as_it_opens_is_asked_again(zones: list[dict[str, str]]) -> None:
    """Barred until a day and a half before it, and from then on until an hour before it."""
    stretches = [("2026-03-01T00:00", "2027-04-13T00:00"), ("2027-04-13T00:00", "2027-04-14T11:00")]
    wishes = [
        {"id": f"w{start}", "by": "p1", "kind": "barred", "from": f"{start}:00+08:00", "until": f"{end}:00+08:00"}
        for start, end in stretches
    ]
    found = verdict({"kind": "designation"}, zones=zones, designations=wishes)
    assert (found.blocks[0].opens_at, found.next_allowed_at) == (local("2027-04-14 11:00"), local("2027-04-14 11:00"))
