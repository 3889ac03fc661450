"""Notices: which ones stop contact and while when, and how far back the date of one can matter."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate.facts import FOREVER
from tests.gate.asking import asked, decided, evidence, gate_of, local
from tests.gate.worlds import rulebook

STOP = {"kind": "notice_stop", "notices": ["dispute_and_sue"]}
HALF_PAST = "2026-03-10T12:30:00+08:00"
NOON = "2026-03-10T12:00:00+08:00"
BOTH = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1", "d2"]}


def sue(**fields: Any) -> dict[str, Any]:
    return {"kind": "dispute_and_sue", **fields}


def test_a_notice_stops_from_its_receipt_until_it_comes_back() -> None:
    """The very second of receipt is stopped, the very second of its coming back is not."""
    to_come = decided(STOP, notices=[sue(received_at=HALF_PAST)])
    assert (to_come.allowed, to_come.allowed_until) == (True, local("2026-03-10 12:30"))
    standing = decided(STOP, notices=[sue(received_at=NOON)])
    assert (standing.allowed, standing.next_allowed_at, standing.horizon_reached) == (False, None, False)
    to_return = decided(STOP, notices=[sue(received_at="2026-03-01T09:00:00+08:00", returned_at=HALF_PAST)])
    assert (to_return.allowed, to_return.next_allowed_at) == (False, local("2026-03-10 12:30"))
    for returned in (NOON, "2026-03-05T09:00:00+08:00"):
        over = decided(STOP, notices=[sue(received_at="2026-03-01T09:00:00+08:00", returned_at=returned)])
        assert (over.allowed, over.allowed_until) == (True, None)


def test_the_refusal_names_the_notices_that_stand_then_and_no_others() -> None:
    since = "2026-03-02T09:00:00+08:00"
    notices = [
        sue(received_at="2026-03-01T09:00:00+08:00", returned_at=NOON),
        sue(received_at="2026-03-01T09:00:00+08:00", returned_at="2026-03-05T09:00:00+08:00"),
        sue(received_at=since, sent_at="2026-02-27T09:00:00+08:00"),
        sue(sent_at=NOON),
        sue(received_at=HALF_PAST),
        sue(received_at=since, debts=["d2"]),
        sue(received_at=since, person="p2"),
        {"kind": "debt", "received_at": since},
    ]
    named = evidence(STOP, notices=notices)["notices"]
    assert named == [
        {"kind": "dispute_and_sue", "since": local("2026-03-02 09:00")},
        {"kind": "dispute_and_sue", "since": local("2026-03-10 12:00")},
    ]


def test_a_notice_to_a_person_stops_where_nobody_in_particular_is_called() -> None:
    meant = sue(received_at="2026-03-01T09:00:00+08:00", person="p2")
    assert not decided(STOP, dial={"number": "n1", "debts": ["d1"]}, notices=[meant]).allowed


def test_a_notice_of_no_known_date_has_always_stopped() -> None:
    for at in (NOON, "1950-03-10T12:00:00+08:00"):
        assert not decided(STOP, at=at, notices=[sue()]).allowed


WAIT = {"kind": "notice_wait", "notices": ["debt"], "days": 5}


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 8),  # the notice's own date, five, the date after them, and one to spare for dates of 25 hours
        ({"days": 0}, 3),
        ({"business": True}, 203),  # no two working days lie more than forty dates apart
    ],
)
def test_the_date_of_a_notice_matters_no_longer_than_the_wait_after_it(changes: dict[str, Any], days: int) -> None:
    (rule,) = rulebook({**WAIT, **changes}).rule
    assert rule.looks_back.notices == days * 86_400
    assert rule.looks_back.events == 0


@pytest.mark.parametrize("rule", [{**WAIT, "since_placed": True}, STOP])
def test_where_a_placement_or_the_notice_alone_decides_its_date_matters_for_ever(rule: dict[str, Any]) -> None:
    (compiled,) = rulebook(rule).rule
    assert (compiled.looks_back.events, compiled.looks_back.notices) == (0, FOREVER)


@pytest.mark.parametrize(
    ("sent", "opens"),
    [
        ("2026-03-05T00:00:00+08:00", "2026-03-11 00:00"),
        ("2026-03-05T23:59:59+08:00", "2026-03-11 00:00"),
        ("2026-03-10T12:30:00+08:00", "2026-03-16 00:00"),
    ],
)
def test_contact_may_come_after_the_last_date_of_the_wait(sent: str, opens: str) -> None:
    found = decided(WAIT, notices=[{"kind": "debt", "sent_at": sent}])
    assert (found.allowed, found.next_allowed_at) == (False, local(opens))
    assert found.blocks[0].code == ("notice_wait" if sent <= NOON else "notice_missing")


def test_of_several_notices_the_one_that_opens_first_is_told() -> None:
    early, late = "2026-03-06T09:00:00+08:00", "2026-03-09T09:00:00+08:00"
    sent = [{"kind": "debt", "sent_at": each} for each in (late, early)]
    (part,) = evidence(WAIT, notices=sent)["parts"]
    assert part == {"subject": "d1", "at": local("2026-03-06 09:00"), "opens": local("2026-03-12 00:00")}


def test_what_is_no_notice_of_the_rule_hides_none_that_is() -> None:
    """One of another kind, one about another debt and one sent before the debts were placed with us."""
    sent = "2026-03-01T09:00:00+08:00"
    others: list[dict[str, Any]] = [
        {"kind": "validation", "sent_at": sent},
        {"kind": "debt", "debts": ["d2"], "sent_at": sent},
        {"kind": "debt"},
        {"kind": "debt", "sent_at": "2026-02-01T09:00:00+08:00"},
    ]
    since = {**WAIT, "since_placed": True}
    placed = {"id": "us", "placed_at": "2026-03-01T20:00:00+08:00"}
    for on_or_after in (sent, "2026-03-02T09:00:00+08:00"):
        notices = [*others, {"kind": "debt", "sent_at": on_or_after}]
        assert decided(since, own_org=placed, notices=notices).allowed
    assert not decided(since, own_org=placed, notices=others).allowed
    assert decided(since, own_org={"id": "us"}, notices=others).allowed
    assert decided(WAIT, own_org=placed, notices=others).allowed


@pytest.mark.parametrize(
    ("days", "last", "opens"),
    [
        (45, {}, "2026-03-10 00:00"),
        (45, {"on_last": True}, "2026-03-09 00:00"),
        (1, {}, "2026-01-07 00:00"),
        (4, {}, "2026-01-10 00:00"),
        (5, {}, "2026-01-13 00:00"),
        (0, {}, "2026-01-05 09:00"),
        (0, {"on_last": True}, "2026-01-05 09:00"),
    ],
)
def test_a_wait_of_working_days_counts_no_others(days: int, last: dict[str, Any], opens: str) -> None:
    """From Monday 5 January 2026; forty-five working days are nine weeks."""
    rule = {**WAIT, "business": True, "days": days, **last}
    sent = [{"kind": "debt", "sent_at": "2026-01-05T09:00:00+08:00"}]
    before = decided(rule, at="2026-01-05T08:00:00+08:00", notices=sent)
    assert (before.allowed, before.next_allowed_at) == (False, local(opens))


@pytest.mark.parametrize(
    ("sent", "opens"),
    [
        ("2024-06-01T09:00:00+08:00", "2024-12-19 00:00"),
        ("2024-12-30T09:00:00+08:00", "2025-01-08 00:00"),
    ],
)
def test_a_wait_no_calendar_tells_is_as_long_as_any_could_make_it(sent: str, opens: str) -> None:
    """The calendar begins with 2025: five working days are over two hundred dates later, or once it has told five."""
    rule = {**WAIT, "business": True}
    before = decided(rule, at=sent, notices=[{"kind": "debt", "sent_at": sent}])
    assert (before.allowed, before.next_allowed_at) == (False, local(opens))
    assert decided(rule, notices=[{"kind": "debt", "sent_at": "2012-01-02T09:00:00+08:00"}]).allowed


@pytest.mark.parametrize(
    ("sent", "at", "warned"),
    [
        ("2025-12-29T09:00:00+08:00", "2025-12-30T09:00:00+08:00", False),  # all five are of a year that is settled
        ("2024-12-30T09:00:00+08:00", "2025-01-03T09:00:00+08:00", True),  # no calendar knows the 31st
        ("2024-12-30T09:00:00+08:00", "2025-01-08T09:00:00+08:00", True),  # over, as far as is known
        ("2024-12-30T09:00:00+08:00", "2025-07-19T09:00:00+08:00", False),  # over, however it is counted
        ("2024-12-30T09:00:00+08:00", "2025-07-18T09:00:00+08:00", True),
        ("2024-12-31T09:00:00+08:00", "2025-01-03T09:00:00+08:00", False),  # the notice's own date counts not
    ],
)
def test_a_wait_over_days_nobody_has_settled_says_so(sent: str, at: str, *, warned: bool) -> None:
    found = decided({**WAIT, "business": True}, at=at, notices=[{"kind": "debt", "sent_at": sent}])
    assert [each.code for each in found.warnings] == ["calendar_unconfirmed"] * warned
    other = decided(WAIT, at=at, notices=[{"kind": "debt", "sent_at": sent}])
    assert other.warnings == ()


def test_a_wait_of_one_working_day_says_so_too_and_each_debt_for_itself() -> None:
    """No calendar knows the 31st; of the first debt there is no notice, or one of a year that is settled."""
    rule = {**WAIT, "business": True, "days": 1}
    unsettled = {"kind": "debt", "debts": ["d2"], "sent_at": "2024-12-30T09:00:00+08:00"}
    settled = {"kind": "debt", "debts": ["d1"], "sent_at": "2025-01-01T00:00:00+08:00"}
    for notices in ([unsettled], [settled, unsettled]):
        found = decided(rule, at="2025-01-01T09:00:00+08:00", dial=BOTH, notices=notices)
        assert [each.code for each in found.warnings] == ["calendar_unconfirmed"]


@pytest.mark.parametrize(
    ("counted", "notice", "opens"),
    [
        ({}, {"sent_at": "2026-03-08T09:00:00+08:00", "received_at": "2026-03-09T09:00:00+08:00"}, "2026-03-14 00:00"),
        ({}, {"received_at": "2026-03-09T09:00:00+08:00"}, "2026-03-15 00:00"),
        ({"counted_from": "received"}, {"sent_at": "2026-03-01T09:00:00+08:00"}, None),
        (
            {"counted_from": "received"},
            {"sent_at": "2026-03-01T09:00:00+08:00", "received_at": "2026-03-09T09:00:00+08:00"},
            "2026-03-15 00:00",
        ),
        (
            {"counted_from": "later"},
            {"sent_at": "2026-03-09T09:00:00+08:00", "received_at": "2026-03-08T09:00:00+08:00"},
            "2026-03-15 00:00",
        ),
        (
            {"counted_from": "later"},
            {"sent_at": "2026-03-08T09:00:00+08:00", "received_at": "2026-03-09T09:00:00+08:00"},
            "2026-03-15 00:00",
        ),
        ({"counted_from": "later"}, {"sent_at": "2026-03-09T09:00:00+08:00"}, "2026-03-15 00:00"),
    ],
)
def test_a_wait_counts_from_what_the_text_names(
    counted: dict[str, Any], notice: dict[str, Any], opens: str | None
) -> None:
    found = decided({**WAIT, **counted}, notices=[{"kind": "debt", **notice}])
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


@pytest.mark.parametrize(
    ("missing", "returned", "allowed", "changes"),
    [
        ("bar", None, True, None),
        ("bar", "2026-03-10T12:30:00+08:00", True, "2026-03-10 12:30"),
        ("bar", NOON, False, None),
        ("pass", NOON, True, None),
    ],
)
def test_a_notice_that_came_back_is_none_from_then_on(
    missing: str, returned: str | None, *, allowed: bool, changes: str | None
) -> None:
    sent = {"kind": "debt", "sent_at": "2026-03-01T09:00:00+08:00", "returned_at": returned}
    found = decided({**WAIT, "missing": missing}, notices=[sent])
    assert (found.allowed, found.allowed_until) == (allowed, None if changes is None else local(changes))


@pytest.mark.parametrize("returned", ["2026-03-09T09:00:00+08:00", "2026-03-10T12:30:00+08:00", None])
def test_a_notice_that_came_back_does_not_bring_the_call_forward(returned: str | None) -> None:
    """Where none need be on file, one that is makes wait its days whether or not it came back."""
    sent = {"kind": "debt", "sent_at": "2026-03-08T09:00:00+08:00", "returned_at": returned}
    found = decided({**WAIT, "missing": "pass"}, notices=[sent])
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-14 00:00"))
    (block,) = found.blocks
    assert (block.code, block.released_by) == ("notice_wait", None)
    over = decided({**WAIT, "missing": "pass"}, at="2026-03-14T00:00:00+08:00", notices=[sent])
    assert (over.allowed, over.allowed_until) == (True, None)


@pytest.mark.parametrize("at", ["2026-03-14T00:00:00+08:00", "2026-03-14T12:00:00+08:00"])
def test_the_wait_of_one_that_came_back_opens_nothing_when_it_is_over(at: str) -> None:
    """Another stands, and makes wait until its own is over."""
    came_back = {"kind": "debt", "sent_at": "2026-03-08T09:00:00+08:00", "returned_at": NOON}
    stands = {"kind": "debt", "sent_at": NOON}
    found = decided({**WAIT, "missing": "pass"}, at=at, notices=[came_back, stands])
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-16 00:00"))


def test_one_that_came_back_within_its_wait_is_missing() -> None:
    """Where one must be on file; from the second at which one is sent it is there."""
    came_back = {"kind": "debt", "sent_at": "2026-03-08T09:00:00+08:00", "returned_at": NOON}
    assert [each.code for each in decided(WAIT, notices=[came_back]).blocks] == ["notice_missing"]
    assert [each.code for each in decided(WAIT, notices=[{"kind": "debt", "sent_at": NOON}]).blocks] == ["notice_wait"]


def test_every_debt_needs_a_notice_of_its_own() -> None:
    sent = {"kind": "debt", "debts": ["d1"], "sent_at": "2026-03-01T09:00:00+08:00"}
    (part,) = evidence(WAIT, dial=BOTH, notices=[sent])["parts"]
    assert part == {"subject": "d2", "at": None, "opens": None}
    found = decided(WAIT, dial=BOTH, notices=[sent])
    assert (found.next_allowed_at, found.horizon_reached) == (None, False)
    later = {"kind": "debt", "debts": ["d2"], "sent_at": "2026-03-09T09:00:00+08:00"}
    (block,) = decided(WAIT, dial=BOTH, notices=[sent, later]).blocks
    doubtful = {**WAIT, "undetermined": {"en": "the last date"}}
    assert decided(doubtful, dial=BOTH, notices=[sent, later]).warnings == ()
    assert (block.code, block.released_by, block.opens_at) == ("notice_wait", None, local("2026-03-15 00:00"))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-03-10T23:59:59+08:00", True),
        ("2026-03-10T00:00:00+08:00", True),
        ("2026-03-09T23:59:59+08:00", False),
    ],
)
def test_what_the_text_leaves_open_is_the_last_date_alone(at: str, *, said: bool) -> None:
    """Whether contact may come on the fifth date or only after it."""
    rule = {**WAIT, "undetermined": {"en": "the last date"}}
    found = decided(rule, at=at, notices=[{"kind": "debt", "sent_at": "2026-03-05T09:00:00+08:00"}])
    assert not found.allowed
    assert [each.code for each in found.warnings] == (["undetermined"] if said else [])


def test_what_came_back_or_is_yet_to_come_leaves_nothing_open() -> None:
    """Of those not standing, no last date matters."""
    rule = {**WAIT, "undetermined": {"en": "the last date"}}
    last = "2026-03-05T09:00:00+08:00"
    came_back = {"kind": "debt", "sent_at": last, "returned_at": NOON}
    new = {"kind": "debt", "sent_at": "2026-03-09T09:00:00+08:00"}
    to_come = {"kind": "debt", "sent_at": HALF_PAST}
    assert decided(rule, notices=[came_back, new]).warnings == ()
    assert decided({**rule, "days": 1, "on_last": True}, notices=[to_come]).warnings == ()
    standing = decided(rule, notices=[came_back, new, {"kind": "debt", "sent_at": last}])
    assert [each.code for each in standing.warnings] == ["undetermined"]


def test_a_stop_needs_a_local_time_only_for_a_consent() -> None:
    """Nobody knows where the debtor is: a notice stops all the same, by whatever clock."""
    consenting = {**STOP, "consent": {"opens": "contact", "life_dates": 1}}
    given = {"id": "c1", "opens": ["contact"], "by": "p1", "given_at": NOON, "evidence": "letter", "via": "writing"}
    notice = sue(received_at="2026-03-01T09:00:00+08:00")

    def code(rule: dict[str, Any], **facts: Any) -> str:
        (block,) = gate_of(rule).decide(asked(zones=[], notices=[notice], **facts)).blocks
        return block.code

    assert code(STOP, consents=[given]) == "notice_stops"
    assert code(consenting) == "notice_stops"
    assert code(consenting, consents=[given]) == "zone_unknown"


def test_a_debt_the_rule_does_not_speak_of_needs_no_notice() -> None:
    """On one contact about a debt taken over and one granted itself, only the first must have been told of."""
    rule = {**WAIT, "days": 0, "when": {"assigned": True}}
    taken_over = {"id": "d1", "creditor": "bank", "assigned_at": "2026-02-02T09:00:00+08:00"}
    debts = [taken_over, {"id": "d2", "creditor": "bank"}]
    both = {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": ["d1", "d2"]}
    told = {"kind": "debt", "sent_at": "2026-03-01T09:00:00+08:00"}
    assert decided(rule, dial=both, debts=debts, notices=[{**told, "debts": ["d1"]}]).allowed
    assert not decided(rule, dial=both, debts=debts, notices=[{**told, "debts": ["d2"]}]).allowed
    assert evidence(rule, dial=both, debts=debts, notices=[])["parts"] == [{"subject": "d1", "at": None, "opens": None}]
