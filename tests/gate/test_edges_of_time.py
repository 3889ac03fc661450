"""Where time begins and ends for the gate: windows to the second, stretches to the day, instants to the century."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.instant import EARLIEST, LATEST, Instant, iso
from collectdesk.gate.periods import Weekly
from collectdesk.gate.spans import inside, joined, minutes, next_start, weekly_spans
from collectdesk.gate.window import Window
from tests.gate.asking import asked, gate_of

SHANGHAI, HAVANA = clock_for("Asia/Shanghai"), clock_for("America/Havana")
DAY = 86_400


def midnight(day: str) -> int:
    return SHANGHAI.start_of(date.fromisoformat(day).toordinal())


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (Window(dates=1), "2026-03-10T00:00:00", "2026-03-11T00:00:00"),
        (Window(dates=7), "2026-03-10T00:00:00", "2026-03-17T00:00:00"),
        (Window(months=1), "2026-03-10T00:00:00", "2026-04-10T00:00:00"),
        (Window(months=14), "2026-03-10T00:00:00", "2027-05-10T00:00:00"),
        (Window(calendar="week"), "2026-03-09T00:00:00", "2026-03-16T00:00:00"),
        (Window(calendar="week", week_starts=7), "2026-03-08T00:00:00", "2026-03-15T00:00:00"),
        (Window(calendar="week", week_starts=2), "2026-03-10T00:00:00", "2026-03-17T00:00:00"),
        (Window(calendar="month"), "2026-03-01T00:00:00", "2026-04-01T00:00:00"),
        (Window(minutes=90), "2026-03-10T15:00:00", "2026-03-10T16:30:00"),
    ],
)
def test_a_call_counts_to_the_second(window: Window, first: str, last: str) -> None:
    """``last`` is the first instant at which a call of three in the afternoon, Tuesday 2026-03-10, no longer counts."""
    happened = Instant.parse("2026-03-10T15:00:00+08:00")
    leaves = window.leaves(happened, SHANGHAI)
    assert iso(leaves, SHANGHAI.zone) == f"{last}+08:00"
    assert window.begins(leaves - 1, SHANGHAI) <= happened < window.begins(leaves, SHANGHAI)
    if window.calendar or window.dates == 1:
        assert iso(window.begins(happened, SHANGHAI), SHANGHAI.zone) == f"{first}+08:00"


@pytest.mark.parametrize(
    ("window", "begins", "ends"),
    [
        (Window(dates=1), "2026-03-10T00:00:00", "2026-03-11T00:00:00"),
        (Window(dates=7), "2026-03-04T00:00:00", "2026-03-11T00:00:00"),
        (Window(months=1), "2026-02-11T00:00:00", "2026-03-11T00:00:00"),
        (Window(calendar="week"), "2026-03-09T00:00:00", "2026-03-16T00:00:00"),
        (Window(calendar="month"), "2026-03-01T00:00:00", "2026-04-01T00:00:00"),
        (Window(minutes=90), "2026-03-10T13:30:01", "2026-03-10T15:00:01"),
    ],
)
def test_the_evidence_names_the_window_around_a_call(window: Window, begins: str, ends: str) -> None:
    start, end = window.bounds(Instant.parse("2026-03-10T15:00:00+08:00"), SHANGHAI)
    assert (iso(start, SHANGHAI.zone), iso(end, SHANGHAI.zone)) == (f"{begins}+08:00", f"{ends}+08:00")


@pytest.mark.parametrize("at", [1_773_108_000, 1_773_108_001])
def test_elapsed_minutes_are_counted_from_any_second(at: int) -> None:
    """A call of exactly ninety minutes ago no longer counts, at an even second or an odd one."""
    assert Window(minutes=90).begins(at, SHANGHAI) == at - 5399
    assert Window(minutes=90).leaves(at, SHANGHAI) == at + 5400
    assert Window(minutes=90).bounds(at, SHANGHAI) == (at - 5399, at + 1)


@pytest.mark.parametrize(("last", "first"), [("2026-12-31", "2027-01-01"), ("2027-12-31", "2028-01-01")])
def test_december_ends_with_the_year(last: str, first: str) -> None:
    assert Window(calendar="month").leaves(midnight(last), SHANGHAI) == midnight(first)
    assert Window(months=1).leaves(midnight(last), SHANGHAI) == midnight(f"{first[:4]}-01-31")
    assert Window(months=12).begins(midnight(last), SHANGHAI) == midnight(f"{last[:4]}-01-01")


def test_windows_of_dates_follow_each_other() -> None:
    noons = [midnight("2026-03-10") + DAY * number + 43_200 for number in range(4)]
    ends = [Window(dates=1).bounds(noon, SHANGHAI) for noon in noons]
    assert ends == [(noon - 43_200, noon + 43_200) for noon in noons]


def test_what_counts_for_ever_is_told_from_the_beginning_to_the_end_of_time() -> None:
    assert Window(ever=True).bounds(0, SHANGHAI) == (-2_208_988_800, 221_845_392_000)
    assert Window(ever=True).begins(0, SHANGHAI) == -FOREVER


@pytest.mark.parametrize(
    ("window", "days"),
    [
        (Window(dates=1), 2),
        (Window(dates=7), 8),
        (Window(months=2), 63),
        (Window(calendar="week"), 8),
        (Window(calendar="month"), 32),
        (Window(minutes=1439), 1),
        (Window(minutes=1440), 2),
        (Window(minutes=4000), 3),
        (Window(ever=True), 13_343_998_895_912),
    ],
)
def test_no_older_event_than_its_longest_counts(window: Window, days: int) -> None:
    """The longest a date, week or month can be, and a day for the hours of today; for ever, before anything was."""
    assert window.longest_days == days
    assert isinstance(window.longest_days, int)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"dates": 1, "months": 1},
        {"dates": 1, "months": 1, "minutes": 1},
        {"calendar": "week", "ever": True},
        {"dates": 0},
        {"months": -1},
        {"minutes": 0},
    ],
)
def test_a_window_has_exactly_one_length_of_at_least_one(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a window"):
        Window(**wrong)


def test_a_stretch_that_repeats_is_looked_for_four_hundred_days_ahead() -> None:
    today = SHANGHAI.day(midnight("2026-03-10"))

    def on(day: int) -> Any:
        start = SHANGHAI.start_of(day) + 3600
        return lambda each: [(start, start + 3600)] if each == day else []

    at = midnight("2026-03-10")
    assert next_start(on(today), at, SHANGHAI) == at + 3600
    assert next_start(on(today + 399), at, SHANGHAI) == at + 399 * DAY + 3600
    assert next_start(on(today + 400), at, SHANGHAI) is None
    assert next_start(on(today + 400), at, SHANGHAI, today + 500) is None
    for last in (today, today + 1, today + 2, today + 3, today + 5, today + 10):
        assert next_start(on(last), at, SHANGHAI, last) == at + (last - today) * DAY + 3600
        assert next_start(on(last + 1), at, SHANGHAI, last) is None
    assert next_start(on(today - 1), at, SHANGHAI) is None


def test_a_stretch_begins_after_now_on_its_own_date() -> None:
    today = SHANGHAI.day(midnight("2026-03-10"))
    at = midnight("2026-03-10") + 7200

    def spans(day: int) -> list[tuple[int, int]]:
        start = SHANGHAI.start_of(day)
        return [(start + 7200, start + 9000), (start + 10800, start + 10800), (start + 20000, start + 21000)]

    assert next_start(spans, at, SHANGHAI) == at + 12800  # the one that begins now has begun; the empty one is none
    assert next_start(spans, at - 1, SHANGHAI) == at
    assert next_start(lambda day: [(at + DAY, at + 2 * DAY)] if day == today else [], at, SHANGHAI) is None
    evening = (at + 50_000, at + DAY)
    assert next_start(lambda day: [evening] if day == today + 1 else [], at, SHANGHAI) is None
    assert next_start(lambda day: [evening[::-1]] if day == today + 1 else [], at, SHANGHAI) is None


@pytest.mark.parametrize(
    ("spans", "made"),
    [
        ([], []),
        ([(5, 5), (7, 3)], []),
        ([(0, 5), (5, 9)], [(0, 9)]),
        ([(6, 9), (0, 5)], [(0, 5), (6, 9)]),
        ([(0, 1), (5, 20), (6, 8)], [(0, 1), (5, 20)]),
        ([(0, 9), (3, 3), (12, 10), (8, 11)], [(0, 11)]),
    ],
)
def test_stretches_that_touch_are_one(spans: list[tuple[int, int]], made: list[tuple[int, int]]) -> None:
    assert joined(spans) == made


def test_of_the_stretches_around_an_instant_the_longest_lasting_is_taken() -> None:
    assert inside([(0, 10), (5, 20), (3, 15)], 6) == (5, 20)
    assert inside([(5, 20), (0, 10)], 6) == (5, 20)
    assert inside([(0, 20), (5, 20)], 6) == (0, 20)
    assert inside([(0, 10)], 0) == (0, 10)
    assert inside([(0, 10)], 10) is None
    assert inside([], 0) is None


def test_wall_times_are_minutes_since_midnight() -> None:
    assert [minutes(each) for each in ("00:00", "09:05", "23:59", "24:00")] == [0, 545, 1439, 1440]


def test_the_end_of_a_date_is_its_end_however_often_midnight_comes() -> None:
    """In Havana the clocks went back in 2025 from one o'clock to midnight on the first Sunday of November."""
    saturday = date(2025, 11, 1).toordinal()
    whole = [msgspec.convert({"from": "00:00", "to": "24:00"}, Weekly)]
    end = HAVANA.start_of(saturday + 1)
    assert end == Instant.parse("2025-11-02T00:00:00-04:00")
    for wanted in (True, False):
        assert weekly_spans(whole, saturday, HAVANA, wanted=wanted) == [(HAVANA.start_of(saturday), end)]
    # a stretch from midnight begins, where it is wanted, at the later midnight, and else at the earlier
    late, early = (weekly_spans(whole, saturday + 1, HAVANA, wanted=wanted)[0][0] for wanted in (True, False))
    assert (late - early, early) == (3600, end)
    assert weekly_spans(whole, saturday + 1, HAVANA)[0][0] == late  # wanted, where nothing is said
    # and what ends at half past midnight ends, where it is wanted, at the earlier of the two, and else at the later
    half = [msgspec.convert({"from": "00:00", "to": "00:30"}, Weekly)]
    first, last = (weekly_spans(half, saturday + 1, HAVANA, wanted=wanted)[0][1] for wanted in (True, False))
    assert (first, last) == (end + 1800, end + 5400)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.5Z", -1),
        ("2026-03-10T10:00:00.999+08:00", 1_773_108_000),
        ("1900-01-01T00:00:00Z", -2_208_988_800),
        ("1899-12-31T23:59:59Z", -2_208_988_800),
        ("0001-01-01T00:00:00Z", -2_208_988_800),
        ("9000-01-01T00:00:00Z", 221_845_392_000),
        ("9999-12-31T23:59:59Z", 221_845_392_000),
        ("8999-12-31T23:59:59Z", 221_845_391_999),
    ],
)
def test_an_instant_is_whole_seconds_within_the_time_that_is_told(text: str, at: int) -> None:
    assert Instant.parse(text) == at
    assert (EARLIEST, LATEST) == (-2_208_988_800, 221_845_392_000)


def test_an_instant_is_written_with_its_offset() -> None:
    assert iso(0) == "1970-01-01T00:00:00+00:00"
    assert iso(0, SHANGHAI.zone) == "1970-01-01T08:00:00+08:00"
    with pytest.raises(ValueError, match="offset"):
        Instant.parse("2026-03-10T10:00:00")


@pytest.mark.parametrize(("first", "last"), [("1899-01-01", "1900-01-02"), ("1900-01-01", "1900-01-02")])
def test_local_time_is_told_between_two_dates(first: str, last: str) -> None:
    """Before and after them the first and the last are told."""
    begin, end = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    assert SHANGHAI.start_of(begin) == SHANGHAI.start_of(end)
    assert SHANGHAI.start_of(end + 1) == SHANGHAI.start_of(end) + DAY
    final = date(9000, 1, 1).toordinal()
    assert SHANGHAI.start_of(final + 400) == SHANGHAI.start_of(final) == SHANGHAI.start_of(final - 1) + DAY
    assert SHANGHAI.offset(LATEST + 10 * DAY) == SHANGHAI.offset(LATEST) == 28_800
    assert SHANGHAI.offset(EARLIEST - 10 * DAY) == SHANGHAI.offset(EARLIEST)


def test_what_is_remembered_of_one_time_is_not_taken_for_another() -> None:
    """London kept summer time all through 1970; the clock has been asked about every quarter of its first days."""
    clock = LocalClock("Europe/London")
    assert {clock.offset(quarter * 900) for quarter in range(900)} == {3600}
    assert clock.day(Instant.parse("2026-03-10T23:30:00Z")) == date(2026, 3, 10).toordinal()


def test_an_offset_of_any_layout_is_read_alike_every_time() -> None:
    """Those of whole minutes are remembered as they are written, others read anew; a wall time may not have two."""
    for text, at in [
        ("2026-03-10T10:00:00+0800", 1_773_108_000),
        ("2026-03-10T10:00:00.5+08:00", 1_773_108_000),
        ("2026-03-10T10:00:00+08:00:30", 1_773_107_970),
        ("2026-03-10T10:00:00+08", 1_773_108_000),
        ("2026-03-09T20:30:00-05:30", 1_773_108_000),
    ]:
        assert [Instant.parse(text) for _ in range(3)] == [at] * 3
    for text in (
        "2026-03-10T10:00:00+08:00Z",
        "2026-03-10T10:00Z+08:00",
        "2026-03-10T10:00+01:00+08:00",
        "2026-03-10T10:00:00+08.70",
    ):
        for _ in range(2):
            with pytest.raises(ValueError, match=r"offset|isoformat|ISO 8601"):
                Instant.parse(text)


def test_no_change_is_told_before_the_instant_it_is_told_of() -> None:
    """East of Greenwich the last date's beginning is told for its end."""
    rule = {"kind": "hours", "open": [{"from": "09:00", "to": "10:00"}]}
    closed = gate_of(rule).decide(asked(at="8999-12-31T20:00:00Z", zones=[{"zone": "Pacific/Kiritimati"}])).blocks[0]
    assert closed.opens_at is None or closed.opens_at > Instant.parse("8999-12-31T20:00:00Z")


def test_a_hold_of_the_last_date_is_not_told_as_one_whose_cause_had_its_time() -> None:
    """Its own term is told to end before it began."""
    rule = {"kind": "hold", "kinds": {"hardship": []}, "once": ["hardship"], "lasts": {"hardship": {"dates": 1}}}
    holds = [{"id": "h1", "kind": "hardship", "cause": "surgery", "received_at": "8999-12-31T12:00:00Z"}]
    question = asked(at="8999-12-31T20:00:00Z", zones=[{"zone": "Pacific/Kiritimati"}], holds=holds)
    assert gate_of(rule).decide(question).warnings == ()


def test_of_the_first_date_that_is_told_the_hours_are_told_once() -> None:
    """The dates before it are taken for it: a night that began on one of them has ended before it begins."""
    rule = {"kind": "hours", "barred": [{"from": "21:00", "to": "08:00"}]}
    (block,) = gate_of(rule).decide(asked(at="1900-01-02T21:30:00Z", zones=[{"zone": "UTC"}])).blocks
    assert block.evidence["hours"] == [[Instant.parse(f"1900-01-02T{at}:00Z") for at in ("00:00", "21:00")]]


def test_what_is_remembered_of_dates_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collectdesk.gate.clock.REMEMBERED", 4)
    clock = LocalClock("Asia/Shanghai")
    for quarter in range(40):
        assert clock.day(quarter * 900) == date(1970, 1, 1).toordinal() + (quarter >= 64)
        assert len(clock._days) <= 4


def test_what_a_rule_has_worked_out_of_dates_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that is kept may be asked about any date; it answers alike, however much it has forgotten."""
    rules = (
        {"kind": "hours", "open": [{"from": "09:00", "to": "10:00", "weekdays": [1, 2, 3, 4, 5]}]},
        {"kind": "closed_days", "weekdays": [6, 7]},
    )
    instants = [f"{year}-{month:02}-15T09:30:00+08:00" for year in (2025, 2026) for month in range(1, 13)]
    expected = [gate_of(*rules).decide(asked(at=at)) for at in instants]
    monkeypatch.setattr("collectdesk.gate.kinds.base.REMEMBERED", 3)
    gate = gate_of(*rules)
    for at, decision in zip(instants, expected, strict=True):
        assert gate.decide(asked(at=at)) == decision
    memos = [point.ground.memo for point in gate._standpoints.values()]
    assert [1 <= len(memo) <= 3 for memo in memos] == [True, True]
