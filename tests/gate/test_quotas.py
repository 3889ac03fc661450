"""Quotas of wishes: of what was barred, in the order of giving, only so much binds."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from collectdesk.gate.dial import Designation
from collectdesk.gate.quota import Quota
from tests.gate.asking import decided, local

MONDAY = date(2026, 3, 9).toordinal()
TUESDAY, SUNDAY = MONDAY + 1, MONDAY + 6


def wishes(*entries: dict[str, Any]) -> list[Designation]:
    return [msgspec.convert({"id": f"w{n}", "kind": "barred", **each}, Designation) for n, each in enumerate(entries)]


def weekly(start: str, end: str, *days: int) -> dict[str, Any]:
    return {"from": start, "to": end, "days": list(days)}


def times(*stretches: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"weekly": list(stretches), **fields}


def bound(hours: int, day: int, *entries: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """What binds of each wish on ``day``, in hours."""
    kept = Quota(hours_a_week=hours).hours_kept(wishes(*entries), day)
    return [[(start // 60, end // 60) for start, end in each] for each in kept]


def test_the_first_so_many_hours_of_a_week_bind() -> None:
    """Ten of the twelve hours from Monday on: Saturday's second is beyond, and so is the whole of Sunday."""
    entry = times(weekly("08:00", "10:00"))
    assert [bound(11, MONDAY + n, entry) for n in range(7)] == [[[(8, 10)]]] * 5 + [[[(8, 9)]], [[]]]
    assert bound(11, MONDAY + 7, entry) == [[(8, 10)]]  # a new week
    assert bound(11, MONDAY - 1, entry) == [[]]


def test_a_wish_within_another_costs_nothing_again() -> None:
    """The same hours given twice are counted once, wherever they lie within one another."""
    morning, around, end = (
        times(weekly("09:00", "10:00", 1)),
        times(weekly("08:00", "12:00", 1)),
        times(weekly("11:00", "13:00", 1)),
    )
    assert bound(4, MONDAY, morning, around) == [[(9, 10)], [(9, 10), (8, 9), (10, 12)]]
    assert bound(5, MONDAY, morning, around, end) == [[(9, 10)], [(9, 10), (8, 9), (10, 12)], [(11, 12), (12, 13)]]
    assert bound(4, MONDAY, morning, around, end) == [[(9, 10)], [(9, 10), (8, 9), (10, 12)], [(11, 12)]]
    assert bound(2, MONDAY, morning, around, end) == [[(9, 10)], [(9, 10), (8, 9)], []]
    assert bound(3, MONDAY, around, morning) == [[(8, 11)], [(9, 10)]]
    assert bound(9, MONDAY, morning, times(weekly("10:00", "11:00", 1))) == [[(9, 10)], [(10, 11)]]


def test_what_is_given_first_takes_the_hours_of_the_whole_week() -> None:
    """Sunday's wish, given first, leaves Monday's later one nothing."""
    first, second = times(weekly("08:00", "10:00", 7)), times(weekly("08:00", "10:00", 1))
    assert bound(3, MONDAY, first, second) == [[], [(8, 9)]]
    assert bound(3, SUNDAY, first, second) == [[(8, 10)], []]
    assert bound(2, MONDAY, first, second) == [[], []]


def test_dates_without_hours_are_whole_days_within_them() -> None:
    whole = {"dates": {"from": "2026-03-10", "until": "2026-03-11"}}
    assert [bound(30, MONDAY + n, whole) for n in range(4)] == [[[]], [[(0, 24)]], [[(0, 6)]], [[]]]
    from_then = {"dates": {"from": "2026-03-10"}, **times(weekly("08:00", "09:00"))}
    assert [bound(30, MONDAY + n, from_then) for n in (0, 1, 6)] == [[[]], [[(8, 9)]], [[(8, 9)]]]
    until_then = {"dates": {"until": "2026-03-10"}, **times(weekly("08:00", "09:00"))}
    assert [bound(30, MONDAY + n, until_then) for n in (0, 1, 2)] == [[[(8, 9)]], [[(8, 9)]], [[]]]


def test_hours_outside_those_that_count_bind_and_use_up_nothing() -> None:
    """Of whole days only eight to nine in the evening counts: two of them are 26 hours, of the third there are two."""
    quota = Quota(hours_a_week=28, hours_between=("08:00", "21:00"))
    whole = {"dates": {"from": "2026-03-10", "until": "2026-03-12"}}
    kept = [
        [(a // 60, b // 60) for a, b in sorted(quota.hours_kept(wishes(whole), MONDAY + n)[0])] for n in range(1, 5)
    ]
    assert kept == [[(0, 8), (8, 21), (21, 24)]] * 2 + [[(0, 8), (8, 10), (21, 24)], []]


def test_what_binds_only_because_the_night_is_not_counted_is_told() -> None:
    rule = {"kind": "designation", "quota": {"hours_a_week": 13, "hours_between": ["08:00", "21:00"]}}
    doubt = {**rule, "undetermined": {"en": "whether the night counts"}}
    wish = {"id": "w1", "by": "p1", "kind": "barred", "dates": {"from": "2026-03-10", "until": "2026-03-10"}}
    for at, told in (("2026-03-10T12:00:00+08:00", []), ("2026-03-10T13:00:00+08:00", ["undetermined"])):
        found = decided(doubt, at=at, designations=[wish])
        assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-11 00:00"))
        assert [each.code for each in found.warnings] == told


def channels(quota: Quota, *entries: dict[str, Any]) -> list[str]:
    return [each.id for each in quota.channels_kept(wishes(*entries))]


VOICE, TEXT, EMAIL, LETTER = ({"channel": each} for each in ("voice", "text", "email", "letter"))


@pytest.mark.parametrize(
    ("quota", "entries", "kept"),
    [
        (Quota(channels=2), [VOICE, TEXT, EMAIL], ["w0", "w1"]),
        (Quota(channels=2), [VOICE, VOICE, {"number": "n1"}, TEXT, EMAIL], ["w0", "w1", "w2", "w3"]),
        (Quota(channels=1), [{"place": "work"}, TEXT, {"place": "home"}, VOICE], ["w0", "w1", "w2"]),
        (Quota(channels=1), [{"number": "n1"}, TEXT], ["w0"]),
        (Quota(not_together=(("voice", "text"),)), [TEXT, VOICE, EMAIL], ["w0", "w2"]),
        (Quota(not_together=(("voice", "text"),)), [VOICE, EMAIL, TEXT], ["w0", "w1"]),
        (Quota(not_together=(("voice", "text"), ("email", "letter"))), [VOICE, EMAIL, LETTER, TEXT], ["w0", "w1"]),
        (Quota(media=("voice", "text", "email"), leave=1), [TEXT, LETTER, VOICE, EMAIL], ["w0", "w2"]),
        (Quota(media=("voice", "text", "email")), [TEXT, LETTER, VOICE, EMAIL], ["w0", "w2", "w3"]),
        (Quota(media=("voice", "text"), leave=2), [TEXT], []),
        (Quota(), [VOICE, TEXT, EMAIL, LETTER], ["w0", "w1", "w2", "w3"]),
    ],
)
def test_of_channels_the_first_so_many_bind(quota: Quota, entries: list[dict[str, Any]], kept: list[str]) -> None:
    assert channels(quota, *entries) == kept


def test_what_goes_beyond_the_quota_is_told_and_opens() -> None:
    """One hour a week: of Tuesday's two from eleven the second is free."""
    rule = {"kind": "designation", "quota": {"hours_a_week": 1}}
    wish = {"id": "w1", "by": "p1", "kind": "barred", "weekly": [weekly("11:00", "13:00", 2)]}
    found = decided(rule, designations=[wish])
    assert [(each.code, each.evidence["designations"]) for each in found.warnings] == [("designation_beyond", ["w1"])]
    assert found.allowed_until == local("2026-03-17 11:00")
    closed = decided(rule, at="2026-03-10T11:59:59+08:00", designations=[wish])
    assert (closed.allowed, closed.next_allowed_at) == (False, local("2026-03-10 12:00"))


def test_the_quota_is_shared_anew_when_a_wish_ends() -> None:
    """While the first wish runs the second is beyond it; from its end on the second binds."""
    rule = {"kind": "designation", "quota": {"hours_a_week": 1}}
    first = {"id": "w1", "by": "p1", "kind": "barred", "weekly": [weekly("08:00", "09:00", 1)]}
    second = {**first, "id": "w2", "weekly": [weekly("12:00", "13:00", 2)], "from": "2026-03-01T00:00:00+08:00"}
    ends = {**first, "until": "2026-03-10T12:20:00+08:00"}
    assert decided(rule, designations=[ends, second]).allowed_until == local("2026-03-10 12:20")
    begins = {**first, "from": "2026-02-01T00:00:00+08:00", "until": "2026-03-10T12:20:00+08:00"}
    assert decided(rule, designations=[second, begins]).allowed_until == local("2026-03-10 12:20")


def test_a_wish_that_begins_or_ends_this_very_second_is_shared_once() -> None:
    """The permission lasts until the next of it, not until now."""
    rule = {"kind": "designation", "quota": {"hours_a_week": 1}}
    wish = {"id": "w1", "by": "p1", "kind": "barred", "weekly": [weekly("13:00", "14:00", 2)]}
    now = "2026-03-10T12:00:00+08:00"
    assert decided(rule, designations=[{**wish, "from": now}]).allowed_until == local("2026-03-10 13:00")
    over = {**wish, "id": "w2", "until": now}
    assert decided(rule, designations=[over, wish]).allowed_until == local("2026-03-10 13:00")
    assert decided(rule, designations=[over]).allowed_until is None
