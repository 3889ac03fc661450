"""Closed days, and what a person wants of the hours: which dates, who may open them, what is told of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from collectdesk.gate import Decision, Gate, Malformed, compile_calendar
from collectdesk.gate.instant import Instant
from tests.gate.asking import asked, decided, local
from tests.gate.worlds import rulebook

YEAR = {
    "schema": "collectdesk.calendar/1",
    "region": "XX",
    "year": 2026,
    "version": "1",
    "confirmed": True,
    "confirmed_through": "2026-12-31",
    "source": {},
    "days": [
        {"date": "2026-03-10", "kind": "statutory_holiday", "name": {"en": "Day of Trees"}, "source": "Trees Act"},
        {"date": "2026-03-11", "kind": "announced_holiday", "name": {"en": "Bridge"}},
        {"date": "2026-03-14", "kind": "makeup_workday", "name": {"en": "Made up"}},
    ],
}
HOLIDAYS = {"kind": "closed_days", "day_kinds": ["statutory_holiday", "announced_holiday"]}


def of_the_year(rule: dict[str, Any], year: dict[str, Any] = YEAR, **facts: Any) -> Decision:
    return Gate([rulebook(rule)], {"XX": compile_calendar([year])}).decide(asked(**facts))


@pytest.mark.parametrize(
    ("rule", "at", "allowed", "changes"),
    [
        (HOLIDAYS, "2026-03-09T12:00", True, "2026-03-10 00:00"),
        (HOLIDAYS, "2026-03-10T00:00", False, "2026-03-12 00:00"),
        (HOLIDAYS, "2026-03-11T23:59", False, "2026-03-12 00:00"),
        (HOLIDAYS, "2026-03-12T00:00", True, "2027-01-01 00:00"),  # a year no calendar knows
        ({"kind": "closed_days", "day_kinds": ["statutory_holiday"]}, "2026-03-10T12:00", False, "2026-03-11 00:00"),
        ({"kind": "closed_days", "weekdays": [7]}, "2026-03-10T12:00", True, "2026-03-15 00:00"),
        ({"kind": "closed_days", "weekdays": [2, 3]}, "2026-03-10T12:00", False, "2026-03-12 00:00"),
        ({"kind": "closed_days", "weekdays": [1, 2, 3, 4, 5, 6, 7]}, "2026-03-10T12:00", False, None),
        ({"kind": "closed_days", "day_kinds": ["rest_day"]}, "2026-03-10T12:00", True, "2026-03-15 00:00"),
        ({"kind": "closed_days", "day_kinds": ["makeup_workday"]}, "2026-03-10T12:00", True, "2026-03-14 00:00"),
        ({**HOLIDAYS, "weekdays": [4]}, "2026-03-10T12:00", False, "2026-03-13 00:00"),
        ({"kind": "closed_days"}, "2026-03-10T12:00", True, None),
    ],
)
def test_which_dates_are_closed(rule: dict[str, Any], at: str, changes: str | None, *, allowed: bool) -> None:
    found = of_the_year(rule, at=f"{at}:00+08:00")
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == (None if changes is None else local(changes))


def test_a_closed_day_is_told_with_its_name_and_whose_act_opens_it() -> None:
    (block,) = of_the_year(HOLIDAYS).blocks
    assert (block.code, block.released_by) == ("day_closed", None)
    assert block.evidence == {
        "local_time": local("2026-03-10 12:00"),
        "zone": "Asia/Shanghai",
        "weekday": 2,
        "day_kind": "statutory_holiday",
        "day_name": {"en": "Day of Trees"},
        "day_source": "Trees Act",
        "day_confirmed": True,
    }
    (block,) = of_the_year(HOLIDAYS, at="2031-03-10T12:00:00+08:00").blocks
    assert (block.code, block.released_by) == ("calendar_missing", "admin")
    (block,) = of_the_year({**HOLIDAYS, "weekdays": [1]}, at="2031-03-10T12:00:00+08:00").blocks
    assert (block.code, block.released_by) == ("day_closed", "admin")  # closed on Mondays; no later day is known
    (block,) = of_the_year({"kind": "closed_days", "weekdays": [2]}, at="2026-12-29T12:00:00+08:00").blocks
    assert (block.code, block.released_by) == ("day_closed", None)
    (block,) = of_the_year({"kind": "closed_days", "day_kinds": ["workday"]}, at="2026-03-09T12:00:00+08:00").blocks
    assert (block.code, block.released_by) == ("day_closed", None)
    nowhere = Gate([rulebook({"kind": "closed_days", "weekdays": [2]})], {}).decide(asked())
    assert nowhere.blocks[0].evidence["weekday"] == 2
    assert "day_kind" not in nowhere.blocks[0].evidence


def test_an_agreement_opens_a_closed_day_and_no_longer() -> None:
    rule = {**HOLIDAYS, "consent": {"opens": "hours", "evidence": False}}
    agreed = {"id": "c1", "opens": ["hours"], "by": "p1", "given_at": "2026-03-09T12:00:00+08:00"}
    until = {**agreed, "until": "2026-03-10T13:00:00+08:00"}
    assert of_the_year(rule, consents=[until]).allowed_until == local("2026-03-10 13:00")
    assert of_the_year(rule, consents=[agreed]).allowed_until is None  # it opens every closed day to come
    later = {**agreed, "from": "2026-03-10T18:00:00+08:00"}
    assert of_the_year(rule, consents=[later]).next_allowed_at == local("2026-03-10 18:00")
    assert of_the_year(rule).next_allowed_at == local("2026-03-12 00:00")


@pytest.mark.parametrize(
    ("rule", "through", "warned"),
    [
        (HOLIDAYS, "2026-03-08", True),
        (HOLIDAYS, "2026-03-09", False),
        (HOLIDAYS, None, True),
        ({"kind": "closed_days", "weekdays": [7]}, None, False),
        ({"kind": "hours", "open": [{"from": "08:00", "to": "20:00"}]}, None, False),
        ({"kind": "hours", "open": [{"from": "08:00", "to": "20:00"}], "holidays": "as_sunday"}, None, True),
        (
            {
                "kind": "hours",
                "open": [{"from": "08:00", "to": "20:00", "day_kinds": ["workday", "announced_holiday"]}],
            },
            None,
            True,
        ),
    ],
)
def test_a_day_no_notice_has_settled_is_warned_of_where_the_calendar_decides(
    rule: dict[str, Any], through: str | None, *, warned: bool
) -> None:
    """Monday the ninth, with no day listed for that year."""
    unlisted = {**YEAR, "days": [], "confirmed": through is not None, "confirmed_through": through}
    found = of_the_year(rule, unlisted, at="2026-03-09T12:00:00+08:00")
    assert found.allowed
    assert [each.code for each in found.warnings] == (["calendar_unconfirmed"] if warned else [])
    for each in found.warnings:
        assert each.released_by == "admin"
        told = (each.evidence["region"], each.evidence["date"], each.evidence["confirmed_through"])
        assert told == ("XX", date(2026, 3, 9), None if through is None else date.fromisoformat(through))


HOURS = {"kind": "hours", "open": [{"from": "13:00", "to": "14:00"}]}
WANTED = {"id": "w1", "by": "p1", "kind": "only", "weekly": [{"from": "11:00", "to": "12:30"}]}


@pytest.mark.parametrize(
    ("wish", "allowed", "changes"),
    [
        ({}, True, "2026-03-10 12:30"),
        ({"weekly": [{"from": "12:00", "to": "12:30"}]}, True, "2026-03-10 12:30"),
        ({"weekly": [{"from": "11:00", "to": "12:00"}]}, False, "2026-03-10 13:00"),
        ({"weekly": [{"from": "12:15", "to": "12:30"}]}, False, "2026-03-10 12:15"),
        ({"kind": "barred"}, False, "2026-03-10 13:00"),
        ({"kind": None}, False, "2026-03-10 13:00"),
        ({"by": "p2"}, False, "2026-03-10 13:00"),
        ({"number": "n2"}, False, "2026-03-10 13:00"),
        ({"channel": "text"}, False, "2026-03-10 13:00"),
        ({"debts": ["d2"]}, False, "2026-03-10 13:00"),
        ({"debts": ["d1"]}, True, "2026-03-10 12:30"),
        ({"weekly": [], "number": "n1"}, False, "2026-03-10 13:00"),  # it wants no time
        ({"weekly": [], "dates": {"from": "2026-03-10", "until": "2026-03-10"}}, True, "2026-03-11 00:00"),
        ({"from": "2026-03-10T12:10:00+08:00"}, False, "2026-03-10 12:10"),
        ({"from": "2026-03-10T12:00:00+08:00"}, True, "2026-03-10 12:30"),
        ({"from": "2026-03-10T12:00:00+08:00", "until": "2026-03-10T12:00:00+08:00"}, False, "2026-03-10 13:00"),
        ({"until": "2026-03-10T12:10:00+08:00"}, True, "2026-03-10 12:10"),
        ({"until": "2026-03-10T12:00:00+08:00"}, False, "2026-03-10 13:00"),
        ({"revoked_at": "2026-03-10T12:10:00+08:00"}, True, "2026-03-10 12:10"),
    ],
)
def test_a_time_they_want_opens_the_hours(wish: dict[str, Any], changes: str, *, allowed: bool) -> None:
    """What is wanted beside those hours only; a whole day wanted is open with the hours in it."""
    people = [{"id": "p1", "role": "debtor"}, {"id": "p2", "role": "spouse"}]
    found = decided({**HOURS, "wanted": True}, designations=[{**WANTED, **wish}], persons=people)
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == local(changes)
    assert not decided(HOURS, designations=[{**WANTED, **wish}], persons=people).allowed


def test_what_is_agreed_and_what_is_wanted_open_each_by_itself() -> None:
    rule = {**HOURS, "wanted": True, "consent": {"opens": "hours", "evidence": False}}
    agreed = {"id": "c1", "opens": ["hours"], "by": "p1", "given_at": "2026-03-09T12:00:00+08:00"}
    until = {**agreed, "until": "2026-03-10T12:20:00+08:00"}
    later = {**agreed, "from": "2026-03-10T12:05:00+08:00"}
    soon = {**WANTED, "weekly": [{"from": "12:10", "to": "12:30"}]}
    assert decided(rule, consents=[until], designations=[soon]).allowed_until == local("2026-03-10 12:30")
    assert decided(rule, consents=[later], designations=[soon]).next_allowed_at == local("2026-03-10 12:05")
    assert decided(rule, designations=[soon]).next_allowed_at == local("2026-03-10 12:10")


@pytest.mark.parametrize(
    "wrong",
    [
        {"open": [{"from": "08:00", "to": "08:00"}]},
        {"open": [{"from": "24:00", "to": "08:00"}]},
        {},
        {"barred": [{"from": "08:00", "to": "09:00"}], "holidays": "own"},
        {"open": [{"from": "08:00", "to": "09:00"}], "holiday_hours": [{"from": "08:00", "to": "09:00"}]},
    ],
)
def test_hours_that_say_nothing_do_not_compile(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        rulebook({"kind": "hours", **wrong})


@pytest.mark.parametrize(
    ("rule", "at", "allowed", "changes"),
    [
        ({"open": [{"from": "08:00", "to": "20:00"}], "closing_minutes": 10}, "19:49", True, "2026-03-10 19:50"),
        ({"open": [{"from": "08:00", "to": "20:00"}], "closing_minutes": 10}, "19:50", False, "2026-03-11 08:00"),
        (
            {"open": [{"from": "08:00", "to": "12:00"}, {"from": "12:00", "to": "20:00"}]},
            "11:00",
            True,
            "2026-03-10 20:00",
        ),
        (
            {"open": [{"from": "08:00", "to": "13:00"}, {"from": "12:00", "to": "20:00"}]},
            "11:00",
            True,
            "2026-03-10 20:00",
        ),
        (
            {"open": [{"from": "08:00", "to": "20:00"}, {"from": "12:00", "to": "13:00"}]},
            "11:00",
            True,
            "2026-03-10 20:00",
        ),
        (
            {"open": [{"from": "08:00", "to": "11:00"}, {"from": "12:00", "to": "20:00"}]},
            "11:00",
            False,
            "2026-03-10 12:00",
        ),
        (
            {"open": [{"from": "20:00", "to": "24:00"}, {"from": "00:00", "to": "04:00"}]},
            "21:00",
            True,
            "2026-03-11 04:00",
        ),
        ({"open": [{"from": "20:00", "to": "04:00"}]}, "21:00", True, "2026-03-11 04:00"),
        ({"open": [{"from": "20:00", "to": "04:00", "weekdays": [1]}]}, "03:00", True, "2026-03-10 04:00"),
        ({"open": [{"from": "20:00", "to": "04:00", "weekdays": [2]}]}, "03:00", False, "2026-03-10 20:00"),
        ({"barred": [{"from": "12:00", "to": "13:00"}]}, "11:00", True, "2026-03-10 12:00"),
        ({"barred": [{"from": "12:00", "to": "13:00"}]}, "12:00", False, "2026-03-10 13:00"),
        ({"barred": [{"from": "20:00", "to": "08:00", "weekdays": [1]}]}, "07:59", False, "2026-03-10 08:00"),
        ({"barred": [{"from": "20:00", "to": "08:00", "weekdays": [2]}]}, "07:59", True, "2026-03-10 20:00"),
        (
            {"open": [{"from": "08:00", "to": "20:00"}], "barred": [{"from": "10:00", "to": "11:00"}]},
            "10:30",
            False,
            "2026-03-10 11:00",
        ),
        (
            {"open": [{"from": "08:00", "to": "20:00"}], "barred": [{"from": "07:00", "to": "09:00"}]},
            "08:30",
            False,
            "2026-03-10 09:00",
        ),
        (
            {"open": [{"from": "08:00", "to": "20:00"}], "barred": [{"from": "19:00", "to": "21:00"}]},
            "18:00",
            True,
            "2026-03-10 19:00",
        ),
    ],
)
def test_hours_of_a_date(rule: dict[str, Any], at: str, changes: str, *, allowed: bool) -> None:
    found = decided({"kind": "hours", **rule}, at=f"2026-03-10T{at}:00+08:00")
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == local(changes)


def test_open_hours_are_told_whole_from_the_date_before_to_the_date_after() -> None:
    """Barred in the night from Sunday on and on Tuesday at noon: open since eight on Monday."""
    barred = [{"from": "21:00", "to": "08:00", "weekdays": [7]}, {"from": "12:00", "to": "13:00", "weekdays": [2]}]
    (block,) = decided({"kind": "hours", "barred": barred}).blocks
    assert block.evidence["hours"] == [
        [local("2026-03-09 08:00"), local("2026-03-10 12:00")],
        [local("2026-03-10 13:00"), local("2026-03-12 00:00")],
    ]


def test_where_an_hour_comes_twice_a_barred_one_is_barred_twice() -> None:
    """New York's clocks go back from two to one on 1 November 2026."""
    rule = {"kind": "hours", "barred": [{"from": "00:30", "to": "01:30"}]}
    there = {"zones": [{"zone": "America/New_York"}]}
    for at in ("2026-11-01T01:15:00-04:00", "2026-11-01T01:45:00-04:00", "2026-11-01T01:15:00-05:00"):
        found = decided(rule, at=at, **there)
        assert (found.allowed, found.next_allowed_at) == (False, Instant.parse("2026-11-01T01:30:00-05:00"))
    assert decided(rule, at="2026-11-01T01:30:00-05:00", **there).allowed


def test_where_midnight_comes_twice_a_date_barred_to_its_end_is_barred_to_the_first() -> None:
    """Havana's clocks go back from one to midnight on 2 November 2025."""
    there = {"zones": [{"zone": "America/Havana"}], "at": "2025-11-02T00:30:00-04:00"}
    assert not decided({"kind": "hours", "barred": [{"from": "21:00", "to": "00:45"}]}, **there).allowed
    assert decided({"kind": "hours", "barred": [{"from": "21:00", "to": "24:00"}]}, **there).allowed


def test_where_an_hour_comes_twice_an_open_one_is_open_once() -> None:
    """Hours that end at 01:30 end where the wall first shows it."""
    rule = {"kind": "hours", "open": [{"from": "00:30", "to": "01:30"}]}
    there = {"zones": [{"zone": "America/New_York"}]}
    found = decided(rule, at="2026-11-01T01:15:00-04:00", **there)
    assert (found.allowed, found.allowed_until) == (True, Instant.parse("2026-11-01T01:30:00-04:00"))
    assert not decided(rule, at="2026-11-01T01:15:00-05:00", **there).allowed


def test_a_barred_time_the_clocks_skip_ends_no_hours() -> None:
    """New York's clocks go from two to three on 8 March 2026: at 01:55 there are no last minutes before 02:15."""
    rule = {"kind": "hours", "barred": [{"from": "02:15", "to": "02:45"}], "closing_minutes": 10}
    there = {"zones": [{"zone": "America/New_York"}]}
    assert decided(rule, at="2026-03-08T01:55:00-05:00", **there).allowed
    assert not decided(rule, at="2026-03-09T02:10:00-04:00", **there).allowed


@pytest.mark.parametrize(("kind", "allowed"), [("statutory_holiday", False), ("makeup_workday", True)])
def test_before_a_notice_only_statutory_holidays_close_the_days_around_them(kind: str, *, allowed: bool) -> None:
    """Tuesday the tenth, four days before the one listed."""
    listed = [{"date": "2026-03-14", "kind": kind, "name": {}}]
    unsettled = {**YEAR, "days": listed, "confirmed": False, "confirmed_through": None}
    assert of_the_year(HOLIDAYS, unsettled).allowed is allowed
    announced = [{"date": "2026-03-14", "kind": "announced_holiday", "name": {}}]
    assert of_the_year(HOLIDAYS, {**unsettled, "days": announced}).allowed
