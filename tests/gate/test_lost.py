"""Lost contact: what counts as a failure, what breaks the run, and from when a number is lost."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Facts
from collectdesk.gate.clock import clock_for
from collectdesk.gate.lost_contact import LostContact, lost_since
from tests.gate.asking import asked, local

SHANGHAI = clock_for("Asia/Shanghai")
TERMS = LostContact(failed_calls=3, failed_days=2)
MOBILE = {"number": "n0", "person": "p1", "class": "mobile"}


def call(at: str, line: str | None = "no_answer", **fields: Any) -> dict[str, Any]:
    """A call of ours to the debtor on a day of March 2026, ``"09 10:00"``."""
    instant = f"2026-03-{at.replace(' ', 'T')}:00+08:00"
    told = {"direction": "out", "person": "p1", "number": "n0", "line": line}
    return {"id": at, "kind": "call", "at": instant, **told, **fields}


def since(terms: LostContact, *events: dict[str, Any], **facts: Any) -> int | None:
    return lost_since(terms, Facts(asked(**{"numbers": [MOBILE], "events": list(events), **facts})), SHANGHAI)[0]


def lost(*events: dict[str, Any], **facts: Any) -> int | None:
    return since(TERMS, *events, **facts)


THREE = [call("05 10:00"), call("05 11:00"), call("05 12:00")]


def test_three_failed_calls_in_a_row_are_lost_from_the_next_date() -> None:
    assert lost(*THREE) == local("2026-03-06 00:00")
    assert lost(*THREE[:2]) is None
    assert lost(*THREE, call("05 13:00"), call("05 14:00")) == local("2026-03-06 00:00")


def test_failed_calls_on_so_many_dates_in_a_row_are_lost_at_once() -> None:
    assert lost(call("05 10:00"), call("06 11:00")) == local("2026-03-06 11:00")
    assert lost(call("05 10:00"), call("07 11:00")) is None
    assert lost(call("04 10:00"), call("06 10:00"), call("07 09:00")) == local("2026-03-07 09:00")
    three = LostContact(failed_calls=9, failed_days=3)
    days = [call(f"0{n} 10:00") for n in (3, 4, 6, 7)]
    assert since(three, *days) is None
    assert since(three, *days, call("07 11:00"), call("08 10:00")) == local("2026-03-08 10:00")
    assert since(LostContact(failed_calls=9, failed_days=1), *THREE) == local("2026-03-05 10:00")


@pytest.mark.parametrize("line", ["busy", "switched_off", "unreachable", "voicemail", "voicemail_full", "no_answer"])
def test_what_is_a_failure(line: str) -> None:
    assert lost(*THREE[:2], call("05 12:00", line)) == local("2026-03-06 00:00")


def test_what_only_who_dials_can_meet_was_dialled() -> None:
    """Nobody calls from a phone that is switched off or a number that is dead."""
    untold = [call(f"05 1{n}:00", "switched_off", direction=None) for n in range(3)]
    assert lost(*untold) == local("2026-03-06 00:00")
    assert lost(call("05 10:00", "void_number", direction=None)) == local("2026-03-05 10:00")
    assert lost(*(each | {"line": "busy"} for each in untold)) is None


@pytest.mark.parametrize("line", ["rejected", "unknown", None, "answered", "dropped"])
def test_what_may_have_reached_somebody_breaks_the_run(line: str | None) -> None:
    """Where it does not tell who answered it may have been the debtor; one another person took is no failure."""
    assert lost(*THREE[:2], call("05 11:30", line), THREE[2]) is None
    assert lost(*THREE[:2], call("05 11:30", line, answered_by="p2"), THREE[2]) is None


@pytest.mark.parametrize("line", ["not_dialled", "carrier_blocked", "network_failed", "ringless"])
def test_what_never_got_to_them_says_nothing(line: str) -> None:
    assert lost(*THREE[:2], call("05 11:30", line)) is None
    assert lost(*THREE[:2], call("05 11:30", line), THREE[2]) == local("2026-03-06 00:00")


@pytest.mark.parametrize(
    ("fields", "breaks"),
    [
        ({"line": "rejected", "number": None}, True),
        ({"line": "rejected", "number": None, "person": None}, True),
        ({"line": "rejected", "number": None, "person": "p2"}, False),
        ({"line": "rejected", "number": "n7"}, False),
        ({"line": "rejected", "channel": "voice_notice"}, True),
        ({"line": "answered", "channel": "voice_notice"}, True),
        ({"line": "no_answer", "channel": "voice_notice"}, False),
        ({"line": "no_answer", "number": None}, False),
        ({"line": "no_answer", "person": "p2", "direction": None}, False),
    ],
)
def test_what_may_have_been_this_number_breaks_a_run_and_makes_none(fields: dict[str, Any], *, breaks: bool) -> None:
    """A call to the debtor nobody says to what number, and a notice by voice."""
    assert lost(*THREE[:2], call("05 11:30", **fields)) is None
    found = lost(*THREE[:2], call("05 11:30", **fields), THREE[2])
    assert found == (None if breaks else local("2026-03-06 00:00"))


@pytest.mark.parametrize(
    ("fields", "dead"),
    [
        ({"line": "no_answer", "channel": "voice_notice"}, False),  # it rang again
        ({"line": "no_answer", "number": None}, False),
        ({"line": "suspended", "channel": "voice_notice"}, True),
        ({"line": "suspended", "number": None}, True),
        ({"line": "no_answer", "number": None, "person": "p2"}, True),
    ],
)
def test_what_may_have_rung_makes_a_dead_number_none(fields: dict[str, Any], *, dead: bool) -> None:
    found = lost(call("05 10:00", "void_number"), call("05 11:00", **fields))
    assert found == (local("2026-03-05 10:00") if dead else None)
    assert lost(call("05 11:00", **{**fields, "line": "void_number"})) is None


@pytest.mark.parametrize(
    ("reached", "still"),
    [
        ({}, None),
        ({"number": "n7"}, None),  # on whatever number
        ({"person": None}, None),
        ({"person": "p2", "number": "n7"}, "2026-03-06 00:00"),
        ({"person": "p2", "number": "n7", "answered_by": "p1"}, None),
        ({"answered_by": "p2", "number": "n7"}, "2026-03-06 00:00"),
        ({"line": "no_answer", "number": "n7"}, "2026-03-06 00:00"),
        ({"line": "voicemail", "answered_by": "p1", "number": "n7"}, "2026-03-06 00:00"),
        ({"direction": "in", "number": "n7"}, None),
        ({"direction": "in", "kind": "message", "channel": "text", "line": None, "number": None}, None),
        ({"direction": "in", "person": "p2", "number": "n7"}, "2026-03-06 00:00"),
        ({"direction": "in", "person": "p2", "answered_by": "p1", "number": "n7"}, None),
        ({"kind": "message", "channel": "text", "line": None, "number": None}, "2026-03-06 00:00"),
        ({"channel": "voice_notice", "number": "n7"}, "2026-03-06 00:00"),  # a machine spoke
        ({"direction": None, "line": "no_answer", "number": "n7"}, None),  # it may have been theirs
        ({"direction": None, "line": "switched_off", "number": "n7"}, "2026-03-06 00:00"),
        ({"direction": None, "line": "network_failed", "number": "n7"}, "2026-03-06 00:00"),
        ({"direction": None, "kind": "message", "channel": "text", "line": None, "number": None}, None),
        ({"direction": None, "line": "no_answer", "person": "p2", "number": "n7"}, "2026-03-06 00:00"),
        ({"kind": "visit", "channel": "visit", "line": None, "number": None}, None),  # nobody says they were out
        ({"kind": "visit", "channel": "visit", "line": None, "number": None, "talk": "unknown"}, None),
        ({"kind": "visit", "channel": "visit", "line": None, "number": None, "talk": "none"}, "2026-03-06 00:00"),
        ({"kind": "visit", "line": None, "number": None, "answered_by": "p2"}, "2026-03-06 00:00"),
        ({"kind": "visit", "line": None, "number": None, "person": "p2"}, "2026-03-06 00:00"),
    ],
)
def test_the_debtor_is_not_lost_once_reached(reached: dict[str, Any], still: str | None) -> None:
    """After three failed calls."""
    found = lost(*THREE, call("07 10:00", **{"line": "answered", **reached}))
    assert found == (None if still is None else local(still))


def test_failures_count_only_since_the_debtor_was_last_reached() -> None:
    answered = call("05 11:30", "answered", number="n7", answered_by="p1")
    assert lost(*THREE, answered) is None
    assert lost(answered, THREE[2], call("05 13:00"), call("05 14:00")) == local("2026-03-06 00:00")
    same = call("05 12:00", "answered", number="n7", answered_by="p1") | {"id": "same-instant"}
    assert lost(THREE[2], same, call("05 13:00"), call("05 14:00")) is None


@pytest.mark.parametrize(("spacing", "found"), [(0, "2026-03-06 00:00"), (60, "2026-03-06 00:00"), (61, None)])
def test_calls_too_near_to_the_last_counted_one_do_not_count(spacing: int, found: str | None) -> None:
    terms = LostContact(failed_calls=3, failed_days=9, spacing_minutes=spacing)
    assert since(terms, *THREE) == (None if found is None else local(found))
    four = [*THREE, call("05 13:00"), call("05 14:00")]
    assert since(LostContact(failed_calls=3, failed_days=9, spacing_minutes=61), *four) == local("2026-03-06 00:00")


@pytest.mark.parametrize(
    ("number", "events", "found"),
    [
        ({}, [call("05 10:00", "void_number")], "2026-03-05 10:00"),
        ({}, [call("05 10:00", "suspended")], "2026-03-05 10:00"),
        ({}, [call("05 10:00", "void_number"), call("05 11:00")], None),  # it rang again
        ({}, [call("05 10:00", "void_number"), call("06 11:00", "not_dialled")], "2026-03-05 10:00"),
        ({"status": "ok", "status_at": "2026-03-05T10:00:00+08:00"}, [call("05 10:00", "void_number")], None),
        (
            {"status": "ok", "status_at": "2026-03-05T09:59:59+08:00"},
            [call("05 10:00", "void_number")],
            "2026-03-05 10:00",
        ),
        ({"status": "ok"}, [call("05 10:00", "void_number")], "2026-03-05 10:00"),
        (
            {"status": "unknown", "status_at": "2026-03-06T10:00:00+08:00"},
            [call("05 10:00", "void_number")],
            "2026-03-05 10:00",
        ),
        ({"status": "invalid", "status_at": "2026-03-05T09:00:00+08:00"}, [], "2026-03-05 09:00"),
    ],
)
def test_a_dead_number_is_lost_at_once(number: dict[str, Any], events: list[dict[str, Any]], found: str | None) -> None:
    instant = None if found is None else local(found)
    assert lost(*events, numbers=[{**MOBILE, **number}]) == instant
    unless = LostContact(invalid=False, failed_calls=9, failed_days=9)
    assert since(unless, *events, numbers=[{**MOBILE, **number}]) is None


def test_a_number_dead_before_the_debtor_was_reached_is_none_any_more() -> None:
    reached = call("06 10:00", "answered", number="n7", answered_by="p1")
    dead = {**MOBILE, "status": "invalid"}
    assert lost(call("05 10:00", "void_number"), reached) is None
    assert lost(reached, call("07 10:00", "void_number")) == local("2026-03-07 10:00")
    assert lost(reached, numbers=[{**dead, "status_at": "2026-03-06T10:00:00+08:00"}]) is None
    assert lost(reached, numbers=[{**dead, "status_at": "2026-03-06T10:00:01+08:00"}]) is not None
    assert lost(reached, numbers=[dead]) is None
    assert lost(numbers=[dead]) is not None


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, None),
        ({"class": "landline"}, "2026-03-06 00:00"),
        ({"class": "voip"}, "2026-03-06 00:00"),
        ({"class": "unknown"}, None),
        ({"class": None}, None),
        ({"status": "wrong"}, "2026-03-06 00:00"),
        ({"person": "p2"}, "2026-03-06 00:00"),
        ({"person": None}, None),
        ({"status": "invalid", "status_at": "2026-03-07T09:00:00+08:00"}, "2026-03-07 09:00"),
    ],
)
def test_every_mobile_of_the_debtor_s_own_must_have_failed(other: dict[str, Any], found: str | None) -> None:
    people = [{"id": "p1", "role": "debtor"}, {"id": "p2", "role": "contact"}]
    numbers = [MOBILE, {**MOBILE, "number": "n8", **other}]
    assert lost(*THREE, numbers=numbers, persons=people) == (None if found is None else local(found))
    assert lost(*THREE, numbers=numbers[::-1], persons=people) == (None if found is None else local(found))


def test_a_debtor_without_a_number_is_not_lost() -> None:
    assert lost(*THREE, numbers=[]) is None


def test_a_number_of_nobody_known_loses_nobody_by_itself() -> None:
    assert lost(*THREE, numbers=[{**MOBILE, "person": None}]) is None
    assert lost(*THREE, numbers=[{**MOBILE, "person": None}, {**MOBILE, "class": "landline"}]) is None


def test_each_trail_names_the_number_and_its_run_of_failures() -> None:
    numbers = [MOBILE, {**MOBILE, "number": "n8"}]
    facts = Facts(asked(numbers=numbers, events=[*THREE[:2], call("06 10:00", number="n8")]))
    found = lost_since(TERMS, facts, SHANGHAI)[1]
    assert [(each.number_index, each.number, each.failures) for each in found] == [
        (0, "n0", ("05 10:00", "05 11:00")),
        (1, "n8", ("06 10:00",)),
    ]


def test_what_is_said_of_lost_contact_where_a_text_says_nothing() -> None:
    """Three calls, three dates; a dead number at once; however near to one another."""
    assert LostContact() == LostContact(failed_calls=3, failed_days=3, invalid=True, spacing_minutes=0)
    assert since(LostContact(), *THREE) == local("2026-03-06 00:00")
