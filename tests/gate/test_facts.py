"""The question indexed: what happened, on whose number, about which debts, for whom, and what is known of others."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Facts
from collectdesk.gate.others import others_known, own_known, unknown_others
from tests.gate.asking import asked, local

NOON = "2026-03-10T12:00:00+08:00"
DEBTS = [
    {"id": "d1", "creditor": "bank", "group": "g"},
    {"id": "d2", "creditor": "bank", "group": "g"},
    {"id": "d3", "creditor": "shop"},
    {"id": "d4"},
]


def facts(**told: Any) -> Facts:
    return Facts(asked(**told))


def about(*debts: str) -> dict[str, Any]:
    return {"dial": {"person": "p1", "number": "n1", "debts": list(debts)}, "debts": DEBTS}


def test_only_what_happened_by_then_is_looked_at_oldest_first() -> None:
    told = [("e3", "12:00"), ("e1", "10:00"), ("to-come", "12:01"), ("e2", "11:00"), ("e4", "12:00")]
    events = [{"id": name, "at": f"2026-03-10T{at}:00+08:00"} for name, at in told]
    found = facts(events=events)
    assert [each.id for each in found.events] == ["e1", "e2", "e3", "e4"]
    assert [each.id for each in found.events_since(local("2026-03-10 11:00"))] == ["e2", "e3", "e4"]
    assert [each.id for each in found.events_since(local("2026-03-10 11:00") + 1)] == ["e3", "e4"]
    assert list(found.events_since(local("2026-03-10 12:00") + 1)) == []
    assert list(found.times) == [each.at for each in found.events]
    assert list(facts(events=[]).events) == []


def test_an_open_permit_stands_among_what_happened_as_a_call_that_may_have_connected() -> None:
    event = {"id": "e1", "at": "2026-03-10T11:00:00+08:00"}
    permits = [
        {"id": "k1", "person": "p1", "number": "n1", "debts": ["d1"], "at": "2026-03-10T10:00:00+08:00"},
        {"id": "k2"},
    ]
    found = facts(events=[event], permits=permits)
    assert [each.id for each in found.events] == ["k1", "e1", "k2"]
    call = found.events[0]
    shown = (call.kind, call.direction, call.person, call.number, call.channel, call.line, call.talk, call.debts)
    assert shown == ("call", "out", "p1", "n1", "voice", "unknown", "unknown", ("d1",))
    assert found.events[-1].at == local("2026-03-10 12:00")  # taken out when nobody knows: now


@pytest.mark.parametrize(
    ("numbers", "source"),
    [
        ([("p1", "n1", "contract")], "contract"),
        ([("p2", "n1", "public"), ("p1", "n1", "contract")], "contract"),
        ([("p1", "n1", "contract"), ("p2", "n1", "public")], "contract"),
        ([("p2", "n1", "public"), ("p3", "n1", "debtor")], "debtor"),
        ([("p1", "n2", "contract")], None),
    ],
)
def test_a_number_two_people_share_is_read_as_the_one_called_has_it(
    numbers: list[tuple[str, str, str]], source: str | None
) -> None:
    on_file = [{"person": person, "number": number, "source": source} for person, number, source in numbers]
    found = facts(numbers=on_file).number
    assert (found.source if found else None) == source


@pytest.mark.parametrize(
    ("number", "event", "wrong"),
    [
        ({"person": "p1"}, {"number": "n9", "person": "p1"}, True),
        ({"person": "p1"}, {"number": "n9", "person": "p2"}, False),  # hers it may be
        ({"person": "p1"}, {"number": "n9"}, False),
        ({}, {"number": "n9"}, True),
        ({}, {"number": "n9", "person": "p2"}, True),
        ({"person": "p1"}, {"number": "n8", "person": "p1"}, False),
        ({"person": "p1", "status": "invalid"}, {"number": "n9", "person": "p1"}, False),
        ({"person": "p1"}, {"person": "p1"}, False),
    ],
)
def test_a_call_to_a_number_that_was_not_theirs(number: dict[str, Any], event: dict[str, Any], *, wrong: bool) -> None:
    on_file = [{"number": "n9", "status": "wrong", **number}]
    found = facts(numbers=on_file, events=[{"id": "e1", "at": NOON, **event}])
    assert found.misdialled(found.events[0]) is wrong


@pytest.mark.parametrize(
    ("named", "record", "overlaps", "within"),
    [
        (["d1"], [], True, True),
        (["d1"], ["d1"], True, True),
        (["d1"], ["d2"], True, True),  # of one group
        (["d1"], ["d3"], False, False),
        (["d1", "d3"], ["d3"], True, False),
        (["d1", "d3"], ["d2", "d3"], True, True),
        (["d4"], ["d3"], False, False),  # neither is of a group
        (["d9"], ["d9"], True, True),
        (["d9"], ["d1"], False, False),
        ([], ["d1"], True, False),  # no debt named: all of them
        ([], ["d1", "d3", "d4"], True, True),
        ([], [], True, True),
    ],
)
def test_which_records_touch_the_debts_asked_about_and_which_speak_of_them_all(
    named: list[str], record: list[str], *, overlaps: bool, within: bool
) -> None:
    found = facts(**about(*named))
    assert (found.overlaps_debts(record), found.within_debts(record)) == (overlaps, within)


def test_where_no_debt_is_known_at_all_every_record_touches_and_none_speaks_of_all() -> None:
    found = facts(dial={"person": "p1"})
    assert (found.overlaps_debts(["d1"]), found.within_debts(["d1"]), found.within_debts([])) == (True, False, True)


def test_the_debts_meant_are_those_named_an_unlisted_one_as_wholly_unknown() -> None:
    assert [each.id for each in facts(**about("d3", "d1", "d3", "d9")).debts] == ["d3", "d1", "d9"]
    assert facts(**about("d9")).debts[0].creditor is None
    assert [each.id for each in facts(**about()).debts] == ["d1", "d2", "d3", "d4"]
    assert facts(**about("d1")).debt_ids == {"d1"}
    assert facts(**about()).debt_ids == {"d1", "d2", "d3", "d4"}


@pytest.mark.parametrize(
    ("event", "creditors"),
    [
        ({"debts": ["d1"]}, {"bank"}),
        ({"debts": ["d1"], "discussed": ["d3"]}, {"bank", "shop"}),
        ({"discussed": ["d4"]}, {None}),
        ({"debts": ["d9", "d1"]}, {None, "bank"}),
        ({"org": "bank"}, {"bank"}),
        ({"org": "agency"}, {None}),
        ({"org": "bank", "debts": ["d3"]}, {"shop"}),
        ({}, {None}),
    ],
)
def test_for_whom_a_contact_happened(event: dict[str, Any], creditors: set[str | None]) -> None:
    orgs = [{"id": "bank", "kind": "lender"}, {"id": "agency", "kind": "agency"}]
    found = facts(debts=DEBTS, orgs=orgs, events=[{"id": "e1", "at": NOON, **event}])
    assert found.creditors_of(found.events[0]) == creditors


def test_the_others_are_those_named_and_the_creditors_but_not_ourselves() -> None:
    orgs = [{"id": "agency"}, {"id": "us"}]
    assert facts(**about("d1", "d3", "d4"), orgs=orgs).others == {"agency", "bank", "shop"}
    assert facts(**about("d4")).others == set()
    assert facts(**about("d1"), own_org={"id": "bank"}).others == set()
    assert facts(dial={"person": "p1"}).creditors == {None}


THROUGH = "2026-03-10T11:00:00+08:00"


@pytest.mark.parametrize(
    ("history", "since", "at", "own"),
    [
        (None, 0, 0, False),
        ({}, 0, 0, False),
        ({"complete_through": THROUGH}, 0, 0, False),
        ({"complete_from": THROUGH}, 0, 0, False),
        ({"complete_through": THROUGH, "complete_from": THROUGH}, 0, 1, False),
        ({"complete_through": THROUGH, "complete_from": THROUGH}, 0, 0, True),
        ({"complete_through": THROUGH, "complete_from": THROUGH}, -1, 0, False),
        ({"complete_through": THROUGH, "complete_from": THROUGH}, 1, 0, True),
    ],
)
def test_whether_our_own_calls_are_known(history: dict[str, Any] | None, since: int, at: int, *, own: bool) -> None:
    """Seconds from eleven o'clock, to which all is on file."""
    eleven = local("2026-03-10 11:00")
    found = facts(history=history)
    assert own_known(found, eleven + since, eleven + at) is own
    assert others_known(found, eleven + since, eleven + at) is own  # there are no others


def test_whose_calls_are_not_known() -> None:
    eleven = local("2026-03-10 11:00")
    by_org = [
        {"org": "bank", "complete_through": THROUGH},
        {"org": "shop"},
        {"org": "nobody", "complete_through": THROUGH},
    ]
    known = {"complete_from": THROUGH, "complete_through": NOON, "by_org": by_org}
    found = facts(**about("d1", "d3"), orgs=[{"id": "agency"}], history=known)
    assert unknown_others(found, eleven) == ["agency", "shop"]
    assert unknown_others(found, eleven + 1) == ["agency", "bank", "shop"]
    assert not others_known(found, eleven, eleven)
    only = facts(**about("d1"), history=known)
    assert others_known(only, eleven, eleven)
    assert not others_known(only, eleven, eleven + 1)
    for twice in ([*by_org, {"org": "bank"}], [{"org": "bank"}, *by_org]):
        found = facts(**about("d1"), history={**known, "by_org": twice})
        assert unknown_others(found, eleven) == ["bank"]
