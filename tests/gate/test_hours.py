"""Hours: what is open or barred, across midnight, on holidays, and what the person called may open."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision, Gate, compile_calendar, convert_dial
from tests.gate import shipped_rules as shipped
from tests.gate.asking import local
from tests.gate.worlds import rulebook

Json = dict[str, Any]

YEAR = {
    "schema": "collectdesk.calendar/1",
    "region": "XX",
    "year": 2026,
    "version": "1",
    "confirmed": True,
    "confirmed_through": "2026-12-31",
    "source": {},
    "days": [
        {
            "date": "2026-03-11",
            "kind": "statutory_holiday",
            "name": {"zh_CN": "植树节", "en": "Arbor Day"},
            "source": "Trees Act, s. 1",
        },
        {"date": "2026-03-13", "kind": "announced_holiday", "name": {"en": "Bridge day"}},
    ],
}
NIGHT = {"from": "21:00", "to": "08:00"}


def decide(rule: Json, at: str, **changes: Any) -> Decision:
    gate = Gate([rulebook({"kind": "hours", **rule})], {"XX": compile_calendar([YEAR])})
    return gate.decide(convert_dial(shipped.lawful(at=f"{at}+08:00", rulebooks=["book"], **changes)))


def opens(rule: Json, at: str, **changes: Any) -> str:
    """``open until`` or ``closed until``, as local time."""
    wire = decide(rule, at, **changes).to_wire()
    kind, key = ("open", "allowed_until") if wire["allowed"] else ("closed", "next_allowed_at")
    return f"{kind} {(wire[key] or 'never').removesuffix(':00+08:00')}"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-10T07:59:59", "closed 2026-03-10T08:00"),
        ("2026-03-10T08:00:00", "open 2026-03-10T21:00"),
        ("2026-03-10T20:59:59", "open 2026-03-10T21:00"),
        ("2026-03-10T21:00:00", "closed 2026-03-11T08:00"),
        ("2026-03-11T00:00:00", "closed 2026-03-11T08:00"),
    ],
)
def test_a_barred_night_and_the_open_day_say_the_same(at: str, expected: str) -> None:
    assert opens({"barred": [NIGHT]}, at) == expected
    assert opens({"open": [{"from": "08:00", "to": "21:00"}]}, at) == expected


def test_open_hours_across_midnight_are_of_the_evening_they_begin_on() -> None:
    friday_night = {"open": [{"from": "20:00", "to": "02:00", "weekdays": [5]}]}
    assert opens(friday_night, "2026-03-13T21:00:00") == "open 2026-03-14T02:00"
    assert opens(friday_night, "2026-03-14T01:59:00") == "open 2026-03-14T02:00"
    assert opens(friday_night, "2026-03-14T20:00:00") == "closed 2026-03-20T20:00"


def test_a_barred_night_of_weekdays_runs_into_the_saturday_but_not_out_of_it() -> None:
    weeknights = {"barred": [{**NIGHT, "weekdays": [1, 2, 3, 4, 5]}]}
    assert opens(weeknights, "2026-03-14T07:00:00") == "closed 2026-03-14T08:00"
    assert opens(weeknights, "2026-03-14T22:00:00").startswith("open")


def test_open_hours_less_barred_ones() -> None:
    rule = {"open": [{"from": "08:00", "to": "20:00"}], "barred": [{"from": "12:00", "to": "13:30"}]}
    assert opens(rule, "2026-03-10T11:00:00") == "open 2026-03-10T12:00"
    assert opens(rule, "2026-03-10T12:00:00") == "closed 2026-03-10T13:30"


def test_the_last_minutes_are_those_of_the_whole_stretch() -> None:
    rule = {"open": [{"from": "08:00", "to": "12:00"}, {"from": "12:00", "to": "20:00"}], "closing_minutes": 10}
    assert opens(rule, "2026-03-10T11:55:00") == "open 2026-03-10T19:50"
    assert opens({"barred": [NIGHT], "closing_minutes": 10}, "2026-03-10T20:50:00") == "closed 2026-03-11T08:00"
    round_the_clock = {"open": [{"from": "00:00", "to": "24:00"}], "closing_minutes": 10}
    assert opens(round_the_clock, "2026-03-10T23:55:00") == "open never"
    until_four = {"open": [{"from": "20:00", "to": "24:00"}, {"from": "00:00", "to": "04:00"}], "closing_minutes": 10}
    assert opens(until_four, "2026-03-10T23:55:00") == "open 2026-03-11T03:50"


def test_the_closing_instant_belongs_to_hours_that_run_through_it() -> None:
    through = {"open": [{"from": "08:00", "to": "21:00", "through": True}]}
    assert decide(through, "2026-03-10T21:00:00").allowed
    assert not decide(through, "2026-03-10T21:00:01").allowed
    barred = {"barred": [{**NIGHT, "through": True}]}
    assert not decide(barred, "2026-03-10T08:00:00").allowed
    assert decide(barred, "2026-03-10T08:00:01").allowed


def test_the_closing_instant_is_one_second_of_whatever_clock() -> None:
    """Until 1901 Shanghai's clocks were 8:05:43 ahead: 21:00 there was 20:54:17 of today's clocks."""
    through = {"open": [{"from": "08:00", "to": "21:00", "through": True}]}
    assert decide(through, "1900-06-01T20:54:17").allowed
    assert not decide(through, "1900-06-01T20:54:18").allowed


@pytest.mark.parametrize(
    ("rule", "at", "told"),
    [
        ({"barred": [NIGHT]}, "07:00", [("10 08:00", "10 21:00")]),
        ({"barred": [{"from": "21:00", "to": "24:00"}]}, "22:00", [("10 00:00", "10 21:00")]),
        ({"barred": [{"from": "00:00", "to": "08:00"}]}, "07:00", [("10 08:00", "11 00:00")]),
        (
            {"open": [{"from": "08:00", "to": "20:00"}], "barred": [{"from": "12:00", "to": "20:00"}]},
            "13:00",
            [("10 08:00", "10 12:00")],
        ),
        (
            {"open": [{"from": "08:00", "to": "20:00"}], "barred": [{"from": "21:00", "to": "22:00"}]},
            "21:30",
            [("10 08:00", "10 20:00")],
        ),
    ],
)
def test_the_refusal_tells_the_hours_of_its_date_alone(rule: Json, at: str, told: list[tuple[str, str]]) -> None:
    """Nothing of the evening before or the morning after, and nothing without length."""
    (block,) = decide(rule, f"2026-03-10T{at}:00").blocks
    assert block.evidence["hours"] == [[local(f"2026-03-{each}") for each in span] for span in told]


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ({}, "open 2026-03-11T20:00"),
        ({"holidays": "closed"}, "closed 2026-03-12T08:00"),
        ({"holidays": "as_sunday"}, "closed 2026-03-11T13:00"),
        ({"holidays": "own", "holiday_hours": [{"from": "10:00", "to": "11:00"}]}, "open 2026-03-11T11:00"),
        ({"holidays": "closed", "holiday_kinds": ["announced_holiday"]}, "open 2026-03-11T20:00"),
    ],
)
def test_what_becomes_of_a_holiday(treatment: Json, expected: str) -> None:
    weekdays = [1, 2, 3, 4, 5, 6]
    hours = [{"from": "08:00", "to": "20:00", "weekdays": weekdays}, {"from": "13:00", "to": "17:00", "weekdays": [7]}]
    assert opens({"open": hours, **treatment}, "2026-03-11T10:00:00") == expected


def test_the_evidence_of_a_holiday_names_the_day_its_kind_and_its_source() -> None:
    block = decide({"barred": [NIGHT], "holidays": "closed"}, "2026-03-11T10:00:00").to_wire()["blocks"][0]
    assert block["code"] == "day_closed"
    shown = ("local_time", "day_kind", "day_name", "day_source", "day_confirmed", "holidays")
    assert [block["evidence"][key] for key in shown] == [
        "2026-03-11T10:00:00+08:00",
        "statutory_holiday",
        {"zh_CN": "植树节", "en": "Arbor Day"},
        "Trees Act, s. 1",
        True,
        "closed",
    ]


def test_a_date_no_calendar_knows_is_closed_unless_holidays_are_ignored() -> None:
    hours = {"open": [{"from": "08:00", "to": "20:00"}]}
    own = {"holidays": "own", "holiday_hours": hours["open"]}
    for treatment in ({"holidays": "as_sunday"}, {"holidays": "closed"}, own):
        block = decide({**hours, **treatment}, "2031-03-11T10:00:00").blocks[0]
        assert (block.code, block.released_by) == ("calendar_missing", "admin")
        assert decide({**hours, **treatment}, "2026-03-10T07:00:00").blocks[0].code == "hours_closed"
    assert decide(hours, "2031-03-11T10:00:00").allowed


@pytest.mark.parametrize("treatment", ["closed", "as_sunday", "own"])
def test_a_date_no_calendar_knows_opens_to_a_wish_for_that_date_alone(treatment: str) -> None:
    hours = [{"from": "08:00", "to": "20:00"}]
    rule = {"open": hours, "holidays": treatment, "holiday_hours": hours if treatment == "own" else [], "wanted": True}
    by_weekday = {"id": "g1", "by": "p1", "kind": "only", "weekly": [{"days": [2], "from": "09:00", "to": "11:00"}]}
    by_date = {**by_weekday, "weekly": [], "dates": {"from": "2031-03-11", "until": "2031-03-11"}}
    for wish, allowed in ((by_weekday, False), (by_date, True)):
        spoken = {"designations": [wish], "persons": [{"id": "p1", "role": "debtor"}]}
        assert decide(rule, "2031-03-11T10:00:00", **spoken).allowed is allowed


def test_an_evening_before_a_closed_day_ends_with_its_date() -> None:
    rule = {"open": [{"from": "20:00", "to": "02:00"}], "holidays": "closed"}
    assert opens(rule, "2026-03-10T23:00:00") == "open 2026-03-11T00:00"
    assert opens(rule, "2026-03-11T01:00:00") == "closed 2026-03-12T20:00"


WANTED = {"id": "g1", "by": "p1", "kind": "only", "weekly": [{"days": [2], "from": "21:30", "to": "23:00"}]}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "open 2026-03-10T23:00"),
        ({"kind": "barred"}, "closed 2026-03-11T08:00"),
        ({"by": "p2"}, "closed 2026-03-11T08:00"),
        ({"by": "p3"}, "open 2026-03-10T23:00"),  # who speaks for them
        ({"by": "p4"}, "closed 2026-03-11T08:00"),  # a role nobody knows
        ({"by": "nobody"}, "closed 2026-03-11T08:00"),
        ({"by": None}, "closed 2026-03-11T08:00"),
        ({"by": None, "via": "agent"}, "closed 2026-03-11T08:00"),
        ({"debts": ["d1"]}, "closed 2026-03-11T08:00"),  # the contact is about more
        ({"debts": ["d1", "d2"]}, "open 2026-03-10T23:00"),
        ({"number": "n2"}, "closed 2026-03-11T08:00"),
        ({"revoked_at": "2026-03-10T12:00:00+08:00"}, "closed 2026-03-11T08:00"),
        ({"weekly": [{"days": [2], "from": "22:30", "to": "23:00"}]}, "closed 2026-03-10T22:30"),
    ],
)
def test_a_time_the_person_wants_opens_the_hours(changes: Json, expected: str) -> None:
    rule = {"barred": [NIGHT], "wanted": True}
    roles = {"p1": "debtor", "p2": "contact", "p3": "agent", "p4": None}
    persons = [{"id": each, "role": role} for each, role in roles.items()]
    dial = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1", "d2"]}
    spoken = {"designations": [{**WANTED, **changes}], "persons": persons, "dial": dial}
    assert opens(rule, "2026-03-10T22:00:00", **spoken) == expected
    assert not decide({"barred": [NIGHT]}, "2026-03-10T22:00:00", **spoken).allowed


@pytest.mark.parametrize(
    ("called", "others", "via", "opened"),
    [
        ("p1", {}, "debtor", True),
        ("p1", {"p2": "contact"}, "debtor", True),
        ("p1", {}, "creditor_note", False),
        ("p1", {}, None, False),
        ("p2", {"p2": "contact"}, "debtor", False),
        ("p1", {"p2": None}, "debtor", False),  # who may be a debtor too
        (None, {}, "debtor", False),
    ],
)
def test_a_time_the_debtor_named_is_the_debtors_though_nobody_is_named(
    called: str | None, others: dict[str, str | None], via: str | None, *, opened: bool
) -> None:
    persons = [{"id": each, "role": role} for each, role in {"p1": "debtor", **others}.items()]
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    spoken = {"designations": [{**WANTED, "by": None, "via": via}], "persons": persons, "dial": dial}
    assert opens({"barred": [NIGHT], "wanted": True}, "2026-03-10T22:00:00", **spoken).startswith("open") is opened


MARCH = {"from": "2026-03-01", "until": "2026-03-31"}


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"weekly": [{"days": [3], "from": "18:00", "to": "22:00"}]}, "closed 2026-03-12T08:00"),
        ({"weekly": [{"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00"}]}, "closed 2026-03-12T00:00"),
        ({"dates": {"from": "2026-03-11", "until": "2026-03-11"}}, "open 2026-03-12T00:00"),
        ({"dates": {"from": "2026-03-12", "until": "2026-03-12"}}, "closed 2026-03-12T00:00"),
        ({"dates": {"from": "2026-03-10", "until": "2026-03-11"}}, "open 2026-03-12T00:00"),
        ({"dates": {"from": "2026-03-10"}}, "closed 2026-03-12T00:00"),  # for good
        ({"dates": {"until": "2026-03-31"}}, "closed 2026-03-12T00:00"),
        ({"dates": MARCH, "weekly": [{"days": [3], "from": "18:00", "to": "22:00"}]}, "closed 2026-03-12T08:00"),
        ({"dates": MARCH, "weekly": [{"from": "18:00", "to": "22:00"}]}, "open 2026-03-11T22:00"),
        (
            {"dates": {"from": "2026-03-11", "until": "2026-03-11"}, "weekly": [{"days": [3], "from": "18:00"}]},
            "open 2026-03-12T00:00",
        ),
    ],
)
def test_a_holiday_opens_to_a_wish_for_that_date_and_to_none_for_its_weekday(wish: Json, expected: str) -> None:
    """Wednesday the 11th is a holiday; on another Wednesday the same wish opens."""
    rule = {"open": [{"from": "08:00", "to": "18:00"}], "holidays": "closed", "wanted": True}
    persons = [{"id": "p1", "role": "debtor"}]
    spoken = {"designations": [{"id": "g1", "by": "p1", "kind": "only", **wish}], "persons": persons}
    assert opens(rule, "2026-03-11T19:00:00", **spoken) == expected
    if "dates" not in wish:
        assert decide(rule, "2026-03-18T19:00:00", **spoken).allowed
        before = opens(rule, "2026-03-10T23:00:00", **spoken)
        assert before == ("open 2026-03-11T00:00" if len(wish["weekly"][0]["days"]) == 7 else "closed 2026-03-12T08:00")


def test_who_writes_at_night_is_answered_at_night_by_the_same_medium_once() -> None:
    rule = {"barred": [NIGHT], "reply": {}}
    called = {"person": "p1", "number": "n1", "channel": "voice", "reply_to": "in"}
    theirs = {
        "id": "in",
        "at": "2026-03-10T21:50:00+08:00",
        "kind": "call",
        "direction": "in",
        "person": "p1",
        "number": "n1",
    }
    assert decide(rule, "2026-03-10T22:00:00", dial=called, events=[theirs]).allowed
    assert not decide(rule, "2026-03-10T22:00:00", dial={**called, "channel": "text"}, events=[theirs]).allowed
    answered = {**theirs, "id": "out", "direction": "out", "at": "2026-03-10T21:55:00+08:00", "reply_to": "in"}
    assert not decide(rule, "2026-03-10T22:00:00", dial=called, events=[theirs, answered]).allowed


@pytest.mark.parametrize(("at", "said"), [("21:00:00", True), ("20:55:00", False), ("21:00:01", False)])
def test_an_unsettled_end_is_told_of_at_that_instant_alone(at: str, said: bool) -> None:
    doubt = {"undetermined": {"en": "21:00 itself"}, "ends_unsettled": True, "closing_minutes": 10}
    warnings = decide({"open": [{"from": "08:00", "to": "21:00"}], **doubt}, f"2026-03-10T{at}").warnings
    assert [warning.code for warning in warnings] == (["undetermined"] if said else [])
