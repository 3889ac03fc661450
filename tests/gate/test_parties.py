"""Parties: which way in is open to whom, from when, until when, and what the nearest one lacks."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from collectdesk.gate.kinds.base import EVER, NOTHING
from tests.gate.asking import decided, local
from tests.gate.worlds import rulebook

NOON = "2026-03-10T12:00:00+08:00"
LATER = "2026-03-10T13:00:00+08:00"
LETTER = {"from": "2026-03-01T10:00:00+08:00", "evidence": "letter"}
DEBTOR = {"id": "p0", "role": "debtor"}
OF_THE_DEBTOR = {"opens": "contact", "by": ["debtor"], "direct": True, "evidence": False, "named_number": True}


def called(admit: list[dict[str, Any]], person: dict[str, Any], *others: dict[str, Any], **changes: Any) -> Decision:
    """Asked of a call to ``p1``, who is this person."""
    rule = {"kind": "party", "admit": admit, **changes.pop("rule", {})}
    return decided(rule, persons=[{"id": "p1", **person}, *others], **changes)


@pytest.mark.parametrize(
    ("admit", "person", "code", "released_by"),
    [
        ([{"roles": ["debtor"]}], {"role": "spouse"}, "party_role", "lead"),
        ([{"roles": ["debtor"]}], {}, "party_role", "lead"),
        ([{"roles": ["spouse"], "purposes": ["locate"]}], {"role": "spouse"}, "party_purpose", None),
        ([{"roles": ["contact"], "needs": ["reserved"]}], {"role": "contact"}, "party_reserved", "debtor"),
        (
            [{"roles": ["contact"], "needs": ["reserved"]}],
            {"role": "contact", "reserved": False},
            "party_reserved",
            "debtor",
        ),
        ([{"roles": ["contact"], "needs": ["agreed"]}], {"role": "contact"}, "party_agreed", "third_party"),
        (
            [{"roles": ["debtor"], "needs": ["alive"]}],
            {"role": "debtor", "died_on": "2026-01-01"},
            "party_alive",
            "lead",
        ),
        ([{"roles": ["agent"], "needs": ["authority"]}], {"role": "agent"}, "party_authority", "lead"),
        ([{"roles": ["heir"], "needs": ["debtor_gone"]}], {"role": "heir"}, "party_debtor_gone", None),
        ([{"roles": ["parent"], "needs": ["debtor_minor"]}], {"role": "parent"}, "party_debtor_minor", None),
        ([{"roles": ["contact"], "needs": ["debtor_lost"]}], {"role": "contact"}, "party_not_lost", None),
        ([{"roles": ["contact"], "consent": OF_THE_DEBTOR}], {"role": "contact"}, "party_consent", "debtor"),
        (
            [{"roles": ["contact"], "needs": ["reserved", "debtor_lost"]}],
            {"role": "contact"},
            "party_not_lost",
            "debtor",
        ),
        (
            [{"roles": ["contact"], "needs": ["agreed", "reserved"]}, {"roles": ["contact"], "needs": ["reserved"]}],
            {"role": "contact"},
            "party_reserved",  # the way that lacks least
            "debtor",
        ),
        (
            [{"roles": ["contact"], "needs": ["agreed", "reserved"]}],
            {"role": "contact"},
            "party_agreed",  # what is named first
            "third_party",
        ),
    ],
)
def test_the_refusal_tells_what_the_nearest_way_in_lacks(
    admit: list[dict[str, Any]], person: dict[str, Any], code: str, released_by: str | None
) -> None:
    found = called(admit, person, DEBTOR)
    (block,) = found.blocks
    assert (block.code, block.released_by, found.next_allowed_at) == (code, released_by, None)


def test_the_refusal_tells_the_purposes_for_which_that_role_may_be_called() -> None:
    admit = [
        {"roles": ["spouse"], "purposes": ["locate", "callback"]},
        {"roles": ["spouse", "parent"], "purposes": ["legal_notice"]},
        {"roles": ["parent"], "purposes": ["safety"]},
    ]
    (block,) = called(admit, {"role": "spouse"}).blocks
    assert block.evidence["purposes"] == ["callback", "legal_notice", "locate"]
    locating = {"person": "p1", "number": "n1", "purpose": "locate"}
    assert called(admit, {"role": "spouse"}, dial=locating).allowed


def test_somebody_unknown_to_the_case_may_not_be_called() -> None:
    everyone = [{"roles": ["debtor", "other"]}]
    found = called(everyone, {"role": "debtor"}, dial={"person": "p9", "number": "n1"})
    assert [(each.code, each.released_by) for each in found.blocks] == [("party_unknown", "lead")]
    assert not called(everyone, {"role": "debtor"}, dial={"number": "n1"}).allowed


@pytest.mark.parametrize(
    ("authority", "allowed", "changes"),
    [
        (LETTER, True, None),
        ({**LETTER, "until": LATER}, True, "2026-03-10 13:00"),
        ({**LETTER, "until": NOON}, False, None),
        ({**LETTER, "until": "2026-03-10T11:00:00+08:00"}, False, None),
        ({**LETTER, "from": LATER}, False, "2026-03-10 13:00"),
        ({**LETTER, "from": NOON}, True, None),
        ({"evidence": "letter"}, True, None),
        ({"evidence": "letter", "until": LATER}, True, "2026-03-10 13:00"),
        ({"from": "2026-03-01T10:00:00+08:00"}, False, None),
        ({"from": "2026-03-01T10:00:00+08:00", "evidence": ""}, False, None),
    ],
)
def test_an_agent_speaks_while_the_proven_authority_runs(
    authority: dict[str, Any], changes: str | None, *, allowed: bool
) -> None:
    found = called([{"roles": ["agent"], "needs": ["authority"]}], {"role": "agent", "authority": authority}, DEBTOR)
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == (None if changes is None else local(changes))


def test_of_several_ways_in_the_one_that_lasts_longest_or_opens_first_counts() -> None:
    by_letter = {"roles": ["agent"], "needs": ["authority"]}
    agent = {"role": "agent", "authority": {**LETTER, "until": LATER}, "agreed": True}
    assert called([by_letter], agent).allowed_until == local("2026-03-10 13:00")
    assert called([by_letter, {"roles": ["agent"], "needs": ["agreed"]}], agent).allowed_until is None
    minor = {**DEBTOR, "born_on": "2008-03-12"}
    of_age_first = [by_letter, {"roles": ["agent"], "needs": ["debtor_minor"]}]
    assert called(of_age_first, agent, minor).allowed_until == local("2026-03-12 00:00")
    both = [{"roles": ["agent"], "needs": ["authority", "debtor_minor"]}]
    assert called(both, agent, minor).allowed_until == local("2026-03-10 13:00")
    begins = {**agent, "authority": {**LETTER, "from": LATER}}
    assert called([{"roles": ["agent"], "needs": ["authority", "reserved"]}], begins).next_allowed_at is None
    assert called([by_letter, *both], begins, minor).next_allowed_at == local("2026-03-10 13:00")


@pytest.mark.parametrize(
    ("debtor", "gone"),
    [
        ({"died_on": "2026-01-01"}, True),
        ({"capacity": "none"}, True),
        ({"capacity": "limited"}, True),
        ({"capacity": "full"}, False),
        ({"capacity": "unknown"}, False),
        ({}, False),
        ({"role": "spouse", "died_on": "2026-01-01"}, False),
    ],
)
def test_others_may_be_called_in_place_of_a_debtor_who_cannot_act(debtor: dict[str, Any], *, gone: bool) -> None:
    admit = [{"roles": ["heir"], "needs": ["debtor_gone"]}]
    assert called(admit, {"role": "heir"}, {**DEBTOR, **debtor}).allowed is gone


@pytest.mark.parametrize(
    ("others", "until"),
    [
        ([{**DEBTOR, "born_on": "2008-03-12"}], "2026-03-12 00:00"),
        ([{**DEBTOR, "born_on": "2008-03-12"}, {**DEBTOR, "id": "p3", "born_on": "2008-04-01"}], "2026-04-01 00:00"),
        (
            [{**DEBTOR, "born_on": "2008-03-12"}, {"id": "p3", "role": "contact", "born_on": "2010-01-01"}],
            "2026-03-12 00:00",
        ),
        (
            [{**DEBTOR, "born_on": "2008-03-12"}, {"id": "p3", "role": "heir", "born_on": "2010-01-01"}],
            "2026-03-12 00:00",
        ),
    ],
)
def test_a_parent_is_called_until_the_last_of_the_debtors_is_of_age(others: list[dict[str, Any]], until: str) -> None:
    found = called([{"roles": ["parent"], "needs": ["debtor_minor"]}], {"role": "parent"}, *others)
    assert found.allowed_until == local(until)


@pytest.mark.parametrize(("at", "minor"), [("2026-03-09T23:59:59+08:00", True), ("2026-03-10T00:00:00+08:00", False)])
def test_a_debtor_is_of_age_from_the_first_instant_of_the_birthday(at: str, *, minor: bool) -> None:
    born = {**DEBTOR, "born_on": "2008-03-10"}
    ways = {"parent": "debtor_minor", "contact": "debtor_able"}
    allowed = {
        role: called([{"roles": [role], "needs": [need]}], {"role": role}, born, at=at).allowed
        for role, need in ways.items()
    }
    assert allowed == {"parent": minor, "contact": not minor}


def test_whoever_is_treated_as_the_debtor_passes_as_one_but_where_that_is_the_question() -> None:
    admit = [{"roles": ["debtor"]}]
    wife = {"role": "spouse", "treated_as_debtor": True}
    assert called(admit, wife).allowed
    (block,) = called(admit, wife, rule={"as_they_are": True}).blocks
    assert (block.code, block.evidence["role"]) == ("party_role", "spouse")
    assert not called(admit, {"role": "spouse", "treated_as_debtor": False}).allowed


FAILED = [
    {
        "id": f"e{n}",
        "kind": "call",
        "at": f"2026-03-0{n}T10:00:00+08:00",
        "direction": "out",
        "person": "p0",
        "number": "n0",
        "line": "busy",
    }
    for n in (7, 8, 9)
]
OWN = [{"number": "n0", "person": "p0", "class": "mobile"}]


def test_a_contact_person_may_be_called_once_the_debtor_is_lost_and_the_refusal_shows_the_trail() -> None:
    admit = [{"roles": ["contact"], "needs": ["debtor_lost"]}]
    assert called(admit, {"role": "contact"}, DEBTOR, numbers=OWN, events=FAILED).allowed
    found = called(admit, {"role": "contact"}, DEBTOR, numbers=OWN, events=FAILED[1:])
    (block,) = found.blocks
    assert block.evidence["trails"] == [{"failures": ["e8", "e9"]}]
    today = [{**each, "at": f"2026-03-10T1{n}:00:00+08:00"} for n, each in enumerate(FAILED)]
    found = called(admit, {"role": "contact"}, DEBTOR, numbers=OWN, events=today)
    assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-11 00:00"))


def test_the_room_of_a_way_is_told_with_what_used_it() -> None:
    talk = {"kind": "call", "person": "p1", "line": "answered", "org": "us"}
    events = [{**talk, "id": f"e{n}", "at": f"2026-02-0{n}T10:00:00+08:00"} for n in (1, 2, 3)]
    two = [{"roles": ["contact"], "most": 2}]
    assert called(two, {"role": "contact"}, events=events[:1]).allowed
    (block,) = called(two, {"role": "contact"}, events=events).blocks
    assert (block.code, block.released_by, block.evidence["limit"]) == ("party_room", "third_party", 2)
    assert [each["event"] for each in block.evidence["counted"]] == ["e1", "e2", "e3"]
    ways = [{"roles": ["contact"], "most": 1}, {"roles": ["contact"], "most": 3}]
    assert called(ways, {"role": "contact"}, events=events[:2]).allowed
    (block,) = called(ways, {"role": "contact"}, events=events).blocks
    assert block.evidence["limit"] == 3
    (block,) = called([{"roles": ["contact"], "most": 0}], {"role": "contact"}).blocks
    assert (block.evidence["limit"], block.evidence["counted"]) == (0, [])


REQUEST = {"id": "c1", "opens": ["contact"], "by": "p1", "given_at": "2026-03-05T10:00:00+08:00"}
YESTERDAY = "2026-03-09T12:00:00+08:00"


@pytest.mark.parametrize(
    ("talks", "requests", "allowed", "changes"),
    [
        (0, [], True, None),
        (1, [], False, None),
        (1, [{}], True, None),
        (1, [{"until": LATER}], True, "2026-03-10 13:00"),
        (2, [{"until": LATER}], True, "2026-03-10 13:00"),  # however many there have been
        (1, [{"from": NOON, "until": LATER}], True, "2026-03-10 13:00"),
        (1, [{"until": NOON}], False, None),
        (1, [{"until": YESTERDAY}], False, None),
        (1, [{"until": YESTERDAY}, {"from": LATER}], False, "2026-03-10 13:00"),
        (1, [{"until": LATER}, {"from": "2026-03-10T14:00:00+08:00"}], True, "2026-03-10 13:00"),
        (1, [{"until": LATER}, {"until": "2026-03-10T14:00:00+08:00"}], True, "2026-03-10 14:00"),
    ],
)
def test_one_more_communication_is_open_for_as_long_as_they_asked_for_it(
    talks: int, requests: list[dict[str, Any]], changes: str | None, *, allowed: bool
) -> None:
    """Beyond the number that is open to everybody, while a request that none has answered runs."""
    talk = {"kind": "call", "person": "p1", "line": "answered", "org": "us"}
    events = [{**talk, "id": f"e{n}", "at": f"2026-02-0{n + 1}T10:00:00+08:00"} for n in range(talks)]
    admit = [{"roles": ["contact"], "most": 1, "again": ["asked"]}]
    consents = [{**REQUEST, **each} for each in requests]
    found = called(admit, {"role": "contact"}, events=events, consents=consents)
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == (None if changes is None else local(changes))


@pytest.mark.parametrize(
    ("admit", "back"),
    [
        ([{"roles": ["debtor"]}], NOTHING),
        ([{"roles": ["debtor"], "needs": ["alive"]}], NOTHING),
        ([{"roles": ["contact"], "needs": ["debtor_lost"], "most": 1}], NOTHING),  # never the way to a debtor
        ([{"roles": ["debtor"]}, {"roles": ["contact"], "most": 1}], NOTHING),
        ([{"roles": ["debtor"], "needs": ["debtor_lost"]}], EVER),
        ([{"roles": ["debtor", "contact"], "most": 1}], EVER),
        ([{"roles": ["debtor"], "most": 0}], EVER),
    ],
)
def test_the_past_matters_where_a_way_to_the_debtors_asks_about_it(admit: list[dict[str, Any]], back: object) -> None:
    (rule,) = rulebook({"kind": "party", "admit": admit}).rule
    assert rule.looks_back == back


@pytest.mark.parametrize(
    ("needs", "role", "needed"),
    [
        (["debtor_lost"], "contact", True),
        (["debtor_minor"], "contact", True),
        (["reserved"], "contact", False),
        (["debtor_lost"], "spouse", False),  # no way in of theirs
    ],
)
def test_a_local_time_is_needed_where_their_own_way_in_is_one_of_dates(
    needs: list[str], role: str, *, needed: bool
) -> None:
    found = called([{"roles": ["contact"], "needs": needs}], {"role": role}, DEBTOR, zones=[])
    assert (found.blocks[0].code == "zone_unknown") is needed


@pytest.mark.parametrize(
    ("terms", "consents", "needed"),
    [
        (OF_THE_DEBTOR, [{"id": "c1", "opens": ["contact"], "by": "p0"}], True),
        (OF_THE_DEBTOR, [], False),
        (None, [{"id": "c1", "opens": ["contact"], "by": "p0"}], False),
    ],
)
def test_a_local_time_is_needed_where_what_they_agreed_to_may_open_the_way(
    terms: dict[str, Any] | None, consents: list[dict[str, Any]], *, needed: bool
) -> None:
    ways = [{"roles": ["contact"], "needs": ["reserved"], "consent": terms}]
    found = called(ways, {"role": "contact"}, DEBTOR, zones=[], consents=consents)
    assert (found.blocks[0].code == "zone_unknown") is needed


PERMIT = {"id": "k1", "person": "p1", "debts": ["d1"]}


@pytest.mark.parametrize(
    ("permits", "allowed", "opens"),
    [
        ([PERMIT], False, None),
        ([{**PERMIT, "until": LATER}], False, "2026-03-10 13:00"),
        (
            [{**PERMIT, "until": LATER}, {**PERMIT, "id": "k2", "until": "2026-03-10T14:00:00+08:00"}],
            False,
            "2026-03-10 14:00",
        ),
        ([{**PERMIT, "until": LATER}, {**PERMIT, "id": "k2"}], False, None),
        ([{**PERMIT, "until": NOON}], True, None),
        ([{**PERMIT, "person": "p2"}], False, None),  # about the same debt
        ([{**PERMIT, "person": "p2", "debts": ["d2"]}], True, None),
        ([{**PERMIT, "person": "p2", "debts": []}], False, None),
        ([{**PERMIT, "person": None, "debts": ["d2"]}], False, None),
        ([{**PERMIT, "debts": ["d2"]}], False, None),
        ([], True, None),
    ],
)
def test_one_call_at_a_time(permits: list[dict[str, Any]], opens: str | None, *, allowed: bool) -> None:
    found = decided({"kind": "one_permit"}, permits=permits)
    assert found.allowed is allowed
    if not allowed:
        assert found.next_allowed_at == (None if opens is None else local(opens))
        told = found.blocks[0].evidence["permits"]
        assert [each["permit"] for each in told] == [each["id"] for each in permits]


@pytest.mark.parametrize(("purpose", "allowed"), [("collect", False), ("safety", True), (None, False)])
def test_what_is_ruled_out_altogether_is_so_but_for_a_few_purposes(purpose: str | None, *, allowed: bool) -> None:
    dial = {"person": "p1", "number": "n1", "channel": "voice", "purpose": purpose}
    found = decided({"kind": "never", "allows": ["safety"]}, dial=dial, zones=[])
    assert found.allowed is allowed
    assert [(each.code, each.evidence) for each in found.blocks] == (
        [] if allowed else [("never", {"channel": "voice", "purpose": "collect", "role": "debtor"})]
    )


CONTACT = {"role": "contact"}
AGREED: dict[str, Any] = {"id": "c1", "opens": ["contact"], "by": "p0", "to": "us", "given_at": NOON, "numbers": ["n1"]}


@pytest.mark.parametrize(
    ("consent", "allowed", "until"),
    [
        ({}, True, None),
        ({"until": LATER}, True, LATER),
        ({"revoked_at": NOON}, False, None),
        ({"numbers": []}, False, None),
        ({"numbers": ["n2"]}, False, None),
        ({"by": "p1"}, False, None),
        ({"by": None}, False, None),
        ({"to": None}, False, None),
        ({"to": "bank"}, False, None),
        ({"opens": ["number"]}, False, None),
        ({"given_at": None}, False, None),
    ],
)
def test_the_debtor_may_agree_that_a_named_number_of_somebody_else_is_called(
    consent: dict[str, Any], until: str | None, *, allowed: bool
) -> None:
    found = called(
        [{"roles": ["contact"], "consent": OF_THE_DEBTOR}], CONTACT, DEBTOR, consents=[{**AGREED, **consent}]
    )
    assert (found.allowed, found.allowed_until) == (allowed, until and local(until[:16].replace("T", " ")))


def test_what_the_debtor_agreed_to_for_later_opens_then() -> None:
    """Where it opens nothing yet, another way in may be nearer."""
    later = [{**AGREED, "from": LATER}]
    ways: list[dict[str, Any]] = [
        {"roles": ["contact"], "consent": OF_THE_DEBTOR},
        {"roles": ["contact"], "purposes": ["locate"], "most": 0},
    ]
    for admit in (ways, ways[:1]):
        found = called(admit, CONTACT, DEBTOR, consents=later)
        assert (found.allowed, found.next_allowed_at) == (False, local("2026-03-10 13:00"))


@pytest.mark.parametrize(("debtor", "allowed"), [({}, True), ({"died_on": "2026-01-01"}, False)])
def test_a_way_in_may_end_with_the_debtors_death(debtor: dict[str, Any], *, allowed: bool) -> None:
    ways = [{"roles": ["contact"], "needs": ["debtor_living"]}]
    others = [{"id": role, "role": role, "died_on": "2026-01-01"} for role in ("guarantor", "contact")]
    found = called(ways, CONTACT, {**DEBTOR, **debtor}, *others)
    assert found.allowed is allowed
    assert [(each.code, each.released_by) for each in found.blocks] == [("party_debtor_living", "lead")][: not allowed]


@pytest.mark.parametrize(
    ("debtors", "opens"),
    [
        ([DEBTOR], "now"),
        ([{**DEBTOR, "capacity": "unknown"}], "now"),
        ([{**DEBTOR, "capacity": "limited"}], None),
        ([{**DEBTOR, "capacity": "none"}], None),
        ([DEBTOR, {"id": "p2", "role": "debtor", "capacity": "none"}], None),
        ([DEBTOR, {"id": "p2", "role": "guarantor", "capacity": "none"}], "now"),
        ([DEBTOR, {"id": "p2", "role": "contact", "capacity": "none"}], "now"),
        ([{**DEBTOR, "born_on": "2008-03-11"}], "2026-03-11 00:00"),
        ([{**DEBTOR, "born_on": "2008-03-10"}], "now"),
    ],
)
def test_a_way_in_may_ask_that_the_debtor_can_act(debtors: list[dict[str, Any]], opens: str | None) -> None:
    found = called([{"roles": ["contact"], "needs": ["debtor_able"]}], CONTACT, *debtors)
    expected = found.at if opens == "now" else None if opens is None else local(opens)
    assert (found.allowed, found.next_allowed_at) == (opens == "now", expected)
    if not found.allowed:
        assert [(each.code, each.released_by) for each in found.blocks] == [("party_debtor_able", "lead")]


@pytest.mark.parametrize(
    ("debtor", "code"),
    [({}, "party_debtor_dead"), ({"capacity": "none"}, "party_debtor_dead"), ({"died_on": "2026-03-01"}, None)],
)
def test_an_estate_is_represented_when_the_debtor_is_dead(debtor: dict[str, Any], code: str | None) -> None:
    found = called([{"roles": ["heir"], "needs": ["debtor_dead"]}], {"role": "heir"}, {**DEBTOR, **debtor})
    assert [(each.code, each.released_by) for each in found.blocks] == ([(code, "lead")] if code else [])
