"""Holds: whom and what they stop, what passes all the same, until when, and by whose act they end."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from collectdesk.gate.kinds.base import NOTHING
from tests.gate.asking import decided, local
from tests.gate.worlds import rulebook

RULE = {"kind": "hold", "kinds": {"dispute": [], "hardship": ["remind", "callback"], "attorney": []}}
SINCE = "2026-03-01T10:00:00+08:00"
NOON = "2026-03-10T12:00:00+08:00"
LATER = "2026-03-10T13:00:00+08:00"


def hold(kind: str | None = "dispute", **fields: Any) -> dict[str, Any]:
    return {"id": fields.pop("id", "h1"), "kind": kind, "received_at": SINCE, **fields}


def held(*holds: dict[str, Any], purpose: str = "collect", **changes: Any) -> Decision:
    own = ("contacts", "counsel", "reaches", "any_debt", "lasts", "extendable", "consent", "agreement")
    rule: dict[str, Any] = {key: changes.pop(key) for key in own if key in changes}
    dial = {"person": "p1", "number": "n1", "channel": "voice", "purpose": purpose, "debts": ["d1"]}
    return decided({**RULE, **rule}, **{"dial": dial, "holds": list(holds), **changes})


@pytest.mark.parametrize(
    ("entry", "purpose", "allowed"),
    [
        ({}, "collect", False),
        ({"kind": "complaint"}, "collect", True),  # no kind of this rule's
        ({"kind": None}, "collect", False),
        ({"kind": None}, "remind", False),  # of unknown kind it is any of them
        ({"kind": None, "allows": ["remind"]}, "remind", True),
        ({"kind": "hardship"}, "remind", True),
        ({"kind": "hardship"}, "collect", False),
        ({"allows": ["remind"]}, "remind", True),
        ({"allows": ["remind"]}, "collect", False),
        ({"kind": "hardship", "allows": ["locate"]}, "callback", True),
        ({"debts": ["d1"]}, "collect", False),
        ({"debts": ["d2"]}, "collect", True),
        ({"debts": ["d2", "d1"]}, "collect", False),
        ({"persons": ["p1"]}, "collect", False),
        ({"persons": ["p2"]}, "collect", True),
        ({"received_at": None}, "collect", False),  # begun
        ({"received_at": NOON}, "collect", False),
        ({"received_at": LATER}, "collect", True),
        ({"until": NOON}, "collect", True),
        ({"lifted_at": NOON}, "collect", True),
        ({"until": LATER, "lifted_at": NOON}, "collect", True),
    ],
)
def test_a_hold_stops_whom_and_what_it_is_on(entry: dict[str, Any], purpose: str, *, allowed: bool) -> None:
    assert held(hold(**entry), purpose=purpose).allowed is allowed


def test_a_hold_on_a_person_stops_calls_to_nobody_in_particular() -> None:
    assert not held(hold(persons=["p2"]), dial={"number": "n1"}).allowed


PEOPLE = [
    {"id": "p1", "role": "debtor"},
    {"id": "also", "role": "co_debtor"},
    {"id": "wife", "role": "spouse"},
    {"id": "pal", "role": "contact"},
    {"id": "guardian", "role": "guardian"},
    {"id": "surety", "role": "guarantor"},
    {"id": "boss", "role": "employer"},
    {"id": "somebody"},
]


@pytest.mark.parametrize(
    ("on", "called", "allowed"),
    [
        (["p1"], "p1", False),
        (["p1"], "wife", False),
        (["p1"], "guardian", False),
        (["p1"], "pal", True),
        (["p1"], "also", True),
        (["p1"], "somebody", False),  # they may be the spouse
        (["p1"], "unheard-of", False),
        (["unheard-of"], "wife", False),  # that may be the debtor
        (["also"], "wife", False),
        (["surety"], "wife", True),  # whose stead she does not take
        (["boss"], "wife", True),
        (["somebody"], "wife", False),
        (["guardian"], "wife", True),
        (["wife"], "p1", True),
        (["wife", "p1"], "guardian", False),
    ],
)
def test_a_hold_reaches_who_stands_in_for_the_person_it_is_on(on: list[str], called: str, *, allowed: bool) -> None:
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    reaching = held(hold(persons=on), reaches=["spouse", "guardian"], persons=PEOPLE, dial=dial)
    assert reaching.allowed is allowed
    assert held(hold(persons=on), persons=PEOPLE, dial=dial).allowed is (called not in on)


@pytest.mark.parametrize(
    ("persons", "called", "on"),
    [
        (["p1"], "wife", ["debtor"]),
        (["p1", "unheard-of"], "wife", ["debtor", None]),
        (["wife", "p1"], "wife", None),
        ([], "wife", None),
        (["p1"], None, None),  # that may be them
    ],
)
def test_a_hold_that_reaches_another_tells_whom_it_is_on(
    persons: list[str], called: str | None, on: list[str | None] | None
) -> None:
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    (block,) = held(hold(persons=persons), reaches="all", persons=PEOPLE, dial=dial).blocks
    assert block.evidence["holds"][0].get("on") == on


@pytest.mark.parametrize(
    ("on", "called", "allowed"),
    [
        ("p1", "agent", False),
        ("p1", "counsel", False),
        ("also", "agent", True),  # the debtor, for whom they act, may be called
        ("also", "counsel", True),
        ("surety", "agent", True),
        ("somebody", "agent", False),  # that may be the debtor
        ("p1", "somebody", False),  # they may be the agent
        ("also", "somebody", True),
        ("p1", "wife", True),
    ],
)
def test_who_acts_for_the_debtor_acts_for_no_co_debtor(on: str, called: str, *, allowed: bool) -> None:
    people = [*PEOPLE, {"id": "agent", "role": "agent"}, {"id": "counsel", "role": "attorney"}]
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    found = held(hold(persons=[on]), reaches=["agent", "attorney"], persons=people, dial=dial)
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("kind", "called", "allowed"),
    [
        ("cease", "agent", True),
        ("contact_refused", "agent", True),
        ("cease", "wife", False),
        ("cease", "p1", False),
        ("dispute", "agent", False),
        (None, "agent", False),
    ],
)
def test_who_wants_no_calls_may_be_spoken_for(kind: str | None, called: str, *, allowed: bool) -> None:
    rule = {
        "kind": "hold",
        "kinds": {"cease": [], "contact_refused": [], "dispute": []},
        "reaches": ["spouse", "agent"],
    }
    people = [*PEOPLE, {"id": "agent", "role": "agent"}]
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    assert decided(rule, dial=dial, holds=[hold(kind=kind, persons=["p1"])], persons=people).allowed is allowed


@pytest.mark.parametrize("called", ["p1", "also", "wife", "pal", "somebody", "unheard-of"])
def test_a_hold_on_the_debt_reaches_everybody(called: str) -> None:
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    assert not held(hold(persons=["guardian"]), reaches="all", persons=PEOPLE, dial=dial).allowed
    assert held(hold(persons=["guardian"], debts=["d2"]), reaches="all", persons=PEOPLE, dial=dial).allowed


def test_a_hold_reaches_nobody_about_another_debt() -> None:
    dial = {"person": "wife", "number": "n1", "channel": "voice", "debts": ["d2"]}
    assert held(hold(persons=["p1"], debts=["d1"]), reaches=["spouse"], persons=PEOPLE, dial=dial).allowed


@pytest.mark.parametrize(
    ("entry", "allowed"),
    [
        ({"persons": ["p1"], "debts": ["d2"]}, False),
        ({"persons": ["p1"], "debts": ["d2"], "kind": None}, False),  # it may be of that kind
        ({"persons": ["p2"], "debts": ["d2"], "kind": None}, True),
        ({"persons": ["p2"], "debts": ["d2"]}, True),
        ({"persons": [], "debts": ["d2"]}, True),  # it is on the debt, and on nobody
        ({"persons": ["p1"], "debts": ["d2"], "kind": "hardship"}, True),
        ({"persons": ["p1"], "debts": ["d1"], "kind": "hardship"}, False),
    ],
)
def test_a_hold_on_a_person_may_hold_whatever_the_debt(entry: dict[str, Any], *, allowed: bool) -> None:
    assert held(hold(**entry), any_debt=["dispute"]).allowed is allowed


@pytest.mark.parametrize(
    ("whatever", "role", "allowed"),
    [
        ("cease", "debtor", False),
        ("dispute", "debtor", False),
        ("contact_refused", "debtor", True),
        ("contact_refused", "contact", False),
    ],
)
def test_a_hold_of_unknown_kind_is_no_refusal_by_a_contact_where_it_is_on_who_owes(
    whatever: str, role: str, *, allowed: bool
) -> None:
    people = [{"id": "p1", "role": role}]
    entry = hold(None, persons=["p1"], debts=["d2"])
    assert held(entry, any_debt=[whatever], persons=people).allowed is allowed


@pytest.mark.parametrize(
    ("called", "kind", "allowed"),
    [
        ("p1", None, True),
        ("surety", None, True),
        ("pal", None, False),  # it may be that refusal
        ("somebody", None, False),
        ("treated", None, False),  # as debtor in whom may be called, and in nothing else
        ("p1", "contact_refused", False),
    ],
)
def test_who_owes_is_no_contact_who_refused(called: str, kind: str | None, *, allowed: bool) -> None:
    rule = {"kind": "hold", "kinds": {"contact_refused": []}, "any_debt": ["contact_refused"]}
    dial = {"person": called, "number": "n1", "channel": "voice", "debts": ["d1"]}
    entry = hold(kind=kind, persons=[called], debts=["d2"])
    people = [*PEOPLE, {"id": "treated", "role": "spouse", "treated_as_debtor": True}]
    assert decided(rule, dial=dial, holds=[entry], persons=people).allowed is allowed


@pytest.mark.parametrize(
    ("holds", "allowed", "changes"),
    [
        ([hold(until=LATER)], False, "2026-03-10 13:00"),
        ([hold(until=LATER), hold(until="2026-03-10T14:00:00+08:00")], False, "2026-03-10 14:00"),
        ([hold(until="2026-03-10T14:00:00+08:00", lifted_at=LATER)], False, "2026-03-10 13:00"),
        ([hold(until=LATER), hold(received_at=LATER, until="2026-03-10T14:00:00+08:00")], False, "2026-03-10 14:00"),
        ([hold(until=LATER), hold()], False, None),
        ([hold()], False, None),
        ([hold(received_at=LATER)], True, "2026-03-10 13:00"),
        ([hold(received_at="2026-03-10T14:00:00+08:00"), hold(received_at=LATER)], True, "2026-03-10 13:00"),
        ([hold(received_at=LATER, until=LATER)], True, None),
        ([hold(received_at=LATER, lifted_at=NOON)], True, None),
        ([hold(until=NOON)], True, None),
        ([hold(until="2026-03-05T10:00:00+08:00")], True, None),
    ],
)
def test_a_hold_lasts_until_its_end(holds: list[dict[str, Any]], changes: str | None, *, allowed: bool) -> None:
    found = held(*holds)
    instant = None if changes is None else local(changes)
    assert found.allowed is allowed
    assert (found.allowed_until if allowed else found.next_allowed_at) == instant


def test_the_refusal_names_the_holds_that_stand() -> None:
    """Who must act is told by the first that no time ends; those over, to come or not on this debt are not named."""
    holds = [
        hold("hardship", id="timed", until=LATER),
        hold("attorney", id="lasting"),
        hold(id="over", until=NOON),
        hold(id="long-over", until="2026-03-05T10:00:00+08:00"),
        hold(id="to-come", received_at=LATER),
        hold(id="other-debt", debts=["d2"]),
        hold(id="just-begun", received_at=NOON),
    ]
    (block,) = held(*holds).blocks
    assert [each["hold"] for each in block.evidence["holds"]] == ["timed", "lasting", "just-begun"]
    assert block.evidence["holds"][0] == {
        "hold": "timed",
        "kind": "hardship",
        "since": local("2026-03-01 10:00"),
        "until": local("2026-03-10 13:00"),
    }
    assert block.evidence["holds"][1]["until"] is None
    assert block.released_by == "attorney"
    (block,) = held(holds[0]).blocks
    assert block.released_by == "lead"
    (block,) = held(hold(None)).blocks
    assert block.released_by == "lead"


@pytest.mark.parametrize(
    ("counsel", "known", "allowed"),
    [("any", False, False), ("known", False, True), ("known", None, False), ("known", True, False)],
)
def test_counsel_nobody_can_reach_holds_nothing(counsel: str, known: bool | None, *, allowed: bool) -> None:
    """Where the text asks for name and address; what is not said of them is taken as known."""
    assert held(hold("attorney", counsel_known=known), counsel=counsel).allowed is allowed
    assert not held(hold("dispute", counsel_known=known), counsel=counsel).allowed


REMINDED = {"id": "e1", "kind": "call", "at": "2026-03-02T10:00:00+08:00", "person": "p1", "org": "us"}


@pytest.mark.parametrize(
    ("event", "allowed"),
    [
        ({"purpose": "remind"}, False),
        ({"purpose": "callback"}, False),
        ({"purpose": "collect"}, True),
        ({}, True),
        ({"purpose": "remind", "direction": "in"}, True),
        ({"purpose": "remind", "direction": "out"}, False),
        ({"purpose": "remind", "person": None}, False),
        ({"purpose": "remind", "person": "p2"}, True),
        ({"purpose": "remind", "org": None}, False),
        ({"purpose": "remind", "org": "bank"}, True),
        ({"purpose": "remind", "at": SINCE}, False),
        ({"purpose": "remind", "at": "2026-03-01T09:59:59+08:00"}, True),
    ],
)
def test_a_hold_lets_through_so_many_contacts_in_all(event: dict[str, Any], *, allowed: bool) -> None:
    found = held(hold("hardship"), purpose="remind", contacts={"hardship": 1}, events=[{**REMINDED, **event}])
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("before", "since", "most", "allowed"),
    [
        (0, 1, 1, False),
        (0, 2, 1, False),
        (0, 1, 2, True),
        (1, 0, 1, True),
        (1, 1, 2, True),
        (1, 2, 2, False),
        (3, 1, 2, True),
    ],
)
def test_the_contacts_a_hold_lets_through_are_those_made_since_it_began(
    before: int, since: int, most: int, *, allowed: bool
) -> None:
    early = [f"2026-02-0{each + 1}T10:00:00+08:00" for each in range(before)]
    instants = early + [f"2026-03-0{each + 2}T10:00:00+08:00" for each in range(since)]
    events = [{**REMINDED, "id": f"e{n}", "purpose": "remind", "at": at} for n, at in enumerate(instants)]
    assert held(hold("hardship"), purpose="remind", contacts={"hardship": most}, events=events).allowed is allowed


def test_a_number_of_contacts_is_of_one_kind_of_hold() -> None:
    events = [{**REMINDED, "purpose": "remind"}]
    assert held(hold("hardship"), purpose="remind", contacts={"hardship": 2}, events=events).allowed
    assert held(hold("hardship"), purpose="remind", contacts={"dispute": 1}, events=events).allowed
    assert not held(hold("hardship"), purpose="remind", contacts={"hardship": 0}).allowed
    unknown = hold(None, allows=["remind"])
    assert held(unknown, purpose="remind", contacts={"hardship": 1}, events=events).allowed


AGREED = {"id": "c1", "opens": ["contact"], "by": "p1", "given_at": "2026-03-09T10:00:00+08:00"}
CONTACT = {"opens": "contact", "evidence": False}
CHANNEL = {"opens": "channel", "evidence": False}


@pytest.mark.parametrize(
    ("terms", "agreement", "consents", "allowed", "changes"),
    [
        ([CONTACT], "any", [AGREED], True, None),
        ([CONTACT], "any", [{**AGREED, "until": LATER}], True, "2026-03-10 13:00"),
        ([CONTACT], "any", [{**AGREED, "from": LATER}], False, "2026-03-10 13:00"),
        ([CONTACT], "any", [{**AGREED, "by": "p2"}], False, "2026-03-10 18:00"),
        ([CONTACT, CHANNEL], "any", [AGREED], True, None),
        ([CONTACT, CHANNEL], "all", [AGREED], False, "2026-03-10 18:00"),
        ([CONTACT, CHANNEL], "all", [{**AGREED, "opens": ["channel", "contact"]}], True, None),
        ([], "all", [AGREED], False, "2026-03-10 18:00"),  # there is nothing anybody could agree to
        ([CONTACT], "all", [], False, "2026-03-10 18:00"),
    ],
)
def test_who_may_agree_opens_a_hold(
    terms: list[dict[str, Any]], agreement: str, consents: list[dict[str, Any]], changes: str | None, *, allowed: bool
) -> None:
    found = held(hold(until="2026-03-10T18:00:00+08:00"), consent=terms, agreement=agreement, consents=consents)
    assert found.allowed is allowed
    instant = None if changes is None else local(changes)
    assert (found.allowed_until if allowed else found.next_allowed_at) == instant


@pytest.mark.parametrize(
    ("second", "spent"),
    [
        ({}, True),
        ({"received_at": LATER}, False),
        ({"received_at": NOON}, True),
        ({"until": NOON}, False),
        ({"until": "2026-03-10T11:00:00+08:00"}, False),  # of itself over
        ({"lifted_at": "2026-03-10T12:00:01+08:00"}, True),
        ({"debts": ["d2"]}, False),
        ({"persons": ["p2"]}, False),
        ({"cause": "flood"}, False),
        ({"cause": None}, False),
        ({"kind": "dispute"}, False),
    ],
)
def test_a_hold_whose_cause_had_its_time_is_told(second: dict[str, Any], *, spent: bool) -> None:
    """The first of this cause ended on 8 March; the second does not bind, and the verdict says that it is there."""
    rule = {"kind": "hold", "kinds": {"hardship": []}, "once": ["hardship"]}
    first = hold("hardship", id="h1", cause="surgery", until="2026-03-08T00:00:00+08:00")
    other = {
        **hold("hardship", id="h2", cause="surgery", received_at="2026-03-09T00:00:00+08:00"),
        **second,
    }
    found = decided(rule, holds=[first, other])
    assert [(each.code, each.evidence["holds"]) for each in found.warnings] == (
        [("hold_spent", ["h2"])] if spent else []
    )


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ({"debts": ["d1"]}, {"debts": ["d1", "d2"]}, True),
        ({"debts": ["d2"]}, {"debts": ["d1"]}, False),  # of another debt: a cause of its own
        ({"debts": ["d2"]}, {}, True),
        ({"persons": ["p2"]}, {"persons": ["p1"]}, False),
        ({"persons": ["p2"]}, {}, True),
        ({"received_at": "2026-03-09T00:00:00+08:00"}, {}, True),  # of one instant: the first on file is the first
    ],
)
def test_a_cause_had_its_time_on_the_same_debts_and_persons(
    first: dict[str, Any], second: dict[str, Any], *, allowed: bool
) -> None:
    rule = {"kind": "hold", "kinds": {"hardship": []}, "once": ["hardship"]}
    early = {**hold("hardship", id="h1", cause="surgery", until="2026-03-09T12:00:00+08:00"), **first}
    late = {
        **hold("hardship", id="h2", cause="surgery", received_at="2026-03-09T00:00:00+08:00"),
        **second,
    }
    assert decided(rule, holds=[early, late]).allowed is allowed


def test_of_who_has_no_hold_on_file_nothing_past_matters() -> None:
    (rule,) = rulebook({**RULE, "contacts": {"hardship": 1}}).rule
    assert rule.looks_back == NOTHING


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "hold"),
        ({"lasts": {"dispute": {"dates": 9}}}, "zone_unknown"),
        ({"extendable": True}, "zone_unknown"),
        ({"consent": [CONTACT], "consents": [AGREED]}, "zone_unknown"),
        ({"consent": [CONTACT]}, "hold"),
        ({"consents": [AGREED]}, "hold"),
    ],
)
def test_a_hold_needs_a_local_time_only_to_end_or_be_opened_by_dates(asked: dict[str, Any], code: str) -> None:
    assert [each.code for each in held(hold(), zones=[], **asked).blocks] == [code]
