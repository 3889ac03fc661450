"""Consents: whose talk ends one, how long one lives, and what one more communication is opened by."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from tests.gate.asking import decided, evidence, local

TERMS = {"opens": "contact", "evidence": False}
NEEDED = {"kind": "consent", "terms": TERMS}
CONSENT = {"id": "c1", "opens": ["contact"], "by": "p1", "to": "us", "given_at": "2026-03-09T12:00:00+08:00"}
TALK = {
    "id": "e1",
    "kind": "call",
    "at": "2026-03-09T15:00:00+08:00",
    "person": "p1",
    "answered_by": "p1",
    "line": "answered",
    "org": "us",
}
DEBTS = [{"id": "d1", "group": "g"}, {"id": "d2", "group": "g"}, {"id": "d3", "group": "h"}]


def terms(**changes: Any) -> dict[str, Any]:
    return {**NEEDED, "terms": {**TERMS, **changes}}


def agreed(rule: dict[str, Any], consent: dict[str, Any], **facts: Any) -> Decision:
    """The decision where ``CONSENT``, changed like this, is all that opens."""
    return decided(rule, consents=[{**CONSENT, **consent}], **facts)


@pytest.mark.parametrize(
    ("talk", "open_still"),
    [
        ({}, False),
        ({"debts": ["d1"]}, False),
        ({"debts": ["d2"]}, False),  # of one group with the debt asked about: one debt
        ({"debts": ["d3"]}, True),
        ({"debts": ["d3"], "discussed": ["d2"]}, False),
        ({"at": CONSENT["given_at"]}, True),  # the talk it was given on
        ({"at": "2026-03-09T12:00:01+08:00"}, False),
        ({"answered_by": "p2"}, True),
        ({"person": "p2", "answered_by": None}, True),
        ({"person": None, "answered_by": None}, False),
        ({"org": "others"}, True),
        ({"org": None}, False),
        ({"line": "no_answer"}, True),
        ({"line": None}, False),
        ({"talk": "none"}, True),
        ({"kind": "message", "channel": "text"}, True),
        ({"number": "n9"}, True),  # somebody else's number
    ],
)
def test_the_next_talk_with_us_about_the_debt_ends_it(talk: dict[str, Any], *, open_still: bool) -> None:
    wrong = [{"number": "n9", "person": "p1", "status": "wrong"}]
    found = agreed(terms(ends_on_talk=True), {}, debts=DEBTS, events=[{**TALK, **talk}], numbers=wrong)
    assert found.allowed is open_still


def test_a_talk_ends_a_consent_to_any_debt_it_was_about() -> None:
    """Asked about all debts: a talk about one of them ends it."""
    every = {"person": "p1", "number": "n1", "channel": "voice"}
    about_third = {**TALK, "debts": ["d3"]}
    found = agreed(terms(ends_on_talk=True), {}, dial=every, debts=DEBTS, events=[about_third])
    assert not found.allowed


@pytest.mark.parametrize(
    ("life", "consent", "until"),
    [
        ({"life_dates": 2}, {}, "2026-03-11 00:00"),
        ({"life_dates": 3}, {}, "2026-03-12 00:00"),
        ({"life_dates": 2}, {"from": "2026-03-10T11:00:00+08:00"}, "2026-03-12 00:00"),
        ({"life_dates": 2}, {"only": [{"from": "2026-03-10T11:00:00+08:00"}]}, "2026-03-12 00:00"),
        (
            {"life_dates": 2, "life_from": "given"},
            {"only": [{"from": "2026-03-10T11:00:00+08:00"}]},
            "2026-03-11 00:00",
        ),
        ({"life_dates": 2}, {"until": "2026-03-10T15:00:00+08:00"}, "2026-03-10 15:00"),
        ({"life_dates": 2}, {"revoked_at": "2026-03-10T14:00:00+08:00"}, "2026-03-10 14:00"),
        (
            {},
            {"until": "2026-03-10T15:00:00+08:00", "revoked_at": "2026-03-10T14:00:00+08:00"},
            "2026-03-10 14:00",
        ),
        ({}, {"only": [{"to": "2026-03-10T13:00:00+08:00"}]}, "2026-03-10 13:00"),
        ({}, {"weekly": [{"days": [2], "from": "11:00", "to": "12:30"}]}, "2026-03-10 12:30"),
        (
            {},
            {"weekly": [{"from": "11:00", "to": "12:30"}], "until": "2026-03-10T12:10:00+08:00"},
            "2026-03-10 12:10",
        ),
    ],
)
def test_a_consent_lasts_as_long_as_the_shortest_of_what_limits_it(
    life: dict[str, Any], consent: dict[str, Any], until: str
) -> None:
    found = agreed(terms(**life), consent)
    assert (found.allowed, found.allowed_until) == (True, local(until))


@pytest.mark.parametrize(
    ("consent", "opens"),
    [
        ({"from": "2026-03-10T12:30:00+08:00"}, "2026-03-10 12:30"),
        ({"given_at": "2026-03-10T12:30:00+08:00"}, "2026-03-10 12:30"),
        ({"given_at": "2026-03-10T13:30:00+08:00", "from": "2026-03-10T12:30:00+08:00"}, "2026-03-10 13:30"),
        ({"from": "2026-03-10T13:00:00+08:00", "until": "2026-03-10T13:00:00+08:00"}, None),
        ({"weekly": [{"days": [3], "from": "09:00", "to": "10:00"}]}, "2026-03-11 09:00"),
        ({"weekly": [{"days": [3], "from": "09:00", "to": "10:00"}], "until": "2026-03-11T09:00:00+08:00"}, None),
        ({"weekly": [{"days": [2], "from": "09:00", "to": "12:00"}]}, "2026-03-17 09:00"),
        (
            {
                "weekly": [{"from": "09:00", "to": "10:00"}],
                "only": [{"from": "2026-03-12T09:30:00+08:00", "to": "2026-03-12T20:00:00+08:00"}],
            },
            "2026-03-12 09:30",
        ),
        ({"until": "2026-03-10T12:00:00+08:00"}, None),
        ({"revoked_at": "2026-03-10T12:00:00+08:00"}, None),
    ],
)
def test_a_consent_that_is_closed_now_says_when_it_opens(consent: dict[str, Any], opens: str | None) -> None:
    found = agreed(NEEDED, consent)
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


@pytest.mark.parametrize(
    ("rule", "consent", "allowed"),
    [
        ({}, {"by": "p0"}, False),
        ({}, {"by": "p2"}, False),
        ({}, {"by": None}, False),
        ({}, {"to": None}, True),
        ({}, {"to": "others"}, False),
        ({}, {"to": "zz"}, False),
        ({"direct": True}, {"to": None}, False),
        ({"direct": True}, {}, True),
        ({}, {"numbers": ["n2"]}, False),
        ({}, {"numbers": ["n2", "n1"]}, True),
        ({}, {"channels": ["text"]}, False),
        ({}, {"debts": ["d2"]}, True),
        ({}, {"debts": ["d3"]}, False),
        ({}, {"given_at": None}, False),
        ({"via": ["writing"]}, {"via": "call"}, False),
        ({"via": ["writing"]}, {"via": "writing"}, True),
        ({"via": ["writing"]}, {}, False),  # how it came is not known: it may have been said
        ({"opens": ["hours", "contact"]}, {}, True),
        ({"opens": ["hours", "cap"]}, {}, False),
        ({"opens": "hours"}, {"opens": []}, False),
        ({"by": ["attorney"]}, {"by": "counsel"}, True),
        ({"by": ["attorney"]}, {}, False),
        ({"by": ["attorney"]}, {"by": "nobody-known"}, False),
        ({"evidence": True}, {"via": "writing"}, False),
        ({"evidence": True}, {"via": "writing", "evidence": "letter"}, True),
        ({"evidence": True}, {"evidence": "letter"}, False),  # how it came is not known: it may have been a call
        ({"evidence": True}, {"via": "call", "evidence": "tape"}, False),
    ],
)
def test_a_consent_opens_only_for_whom_and_what_it_was_given(
    rule: dict[str, Any], consent: dict[str, Any], *, allowed: bool
) -> None:
    persons = [{"id": "p1", "role": "debtor"}, {"id": "p2", "role": "spouse"}, {"id": "counsel", "role": "attorney"}]
    found = agreed(terms(**rule), consent, debts=DEBTS, persons=persons)
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("evidence", "call", "allowed"),
    [
        (True, {"identity": "verified"}, True),
        (True, {"identity": "verified", "answered_by": None}, True),
        (True, {"identity": "verified", "answered_by": "p2"}, False),
        (True, {"identity": "not_asked"}, False),
        (True, {}, False),
        (False, {}, True),
        (False, {"identity": "failed"}, False),
        (False, {"identity": "refused"}, False),
        (False, {"identity": "not_asked"}, True),
        (False, {"answered_by": "p2"}, False),
        (False, {"person": None, "answered_by": None}, True),
    ],
)
def test_what_was_said_on_a_call_was_said_by_whoever_was_on_it(
    evidence: bool, call: dict[str, Any], *, allowed: bool
) -> None:
    said = {"via": "call", "in_event": "e1", "evidence": "tape"}
    found = agreed(terms(evidence=evidence), said, events=[{**TALK, **call}])
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("call", "consent", "allowed"),
    [
        ({}, {}, True),
        ({"channel": None}, {}, True),
        ({}, {"via": "contract"}, False),  # it is told
        ({}, {"in_event": "e9"}, False),
        ({"kind": None}, {}, False),
        ({"kind": "message", "channel": "email"}, {}, False),
        ({"channel": "text"}, {}, False),
    ],
)
def test_what_was_agreed_on_a_call_came_by_call(
    call: dict[str, Any], consent: dict[str, Any], *, allowed: bool
) -> None:
    """Nobody need say so twice."""
    asked_for = terms(via=["call", "writing"], evidence=False)
    assert agreed(asked_for, {"in_event": "e1", **consent}, events=[{**TALK, **call}]).allowed is allowed


ONCE = {"kind": "party", "admit": [{"roles": ["contact"], "most": 1, "again": ["asked"]}]}
TOLD = {**TALK, "at": "2026-03-01T10:00:00+08:00", "org": "us", "person": "p1"}
AGAIN = {"id": "c1", "opens": ["contact"], "by": "p1", "given_at": "2026-03-08T12:00:00+08:00"}


@pytest.mark.parametrize(
    ("consent", "allowed"),
    [
        ({}, True),
        ({"by": "p0"}, False),
        ({"by": "p2"}, False),
        ({"by": None}, False),
        ({"to": "us"}, True),
        ({"to": "others"}, False),
        ({"to": "zz"}, False),
        ({"opens": ["cap"]}, False),
        ({"opens": []}, False),
        ({"given_at": None}, False),
        ({"given_at": TOLD["at"]}, True),  # said on that very call
        ({"given_at": "2026-03-01T09:59:59+08:00"}, False),  # used by that call
        ({"from": "2026-03-10T12:00:01+08:00"}, False),
        ({"revoked_at": "2026-03-10T12:00:00+08:00"}, False),
        ({"until": "2026-03-10T12:00:00+08:00"}, False),
    ],
)
def test_a_third_person_is_contacted_again_when_they_agree_to_it_and_nobody_else_does(
    consent: dict[str, Any], *, allowed: bool
) -> None:
    found = decided(ONCE, persons=[{"id": "p1", "role": "contact"}], events=[TOLD], consents=[{**AGAIN, **consent}])
    assert found.allowed is allowed


def test_what_a_third_person_asked_for_opens_when_it_begins_and_ends_when_it_is_taken_back() -> None:
    person = [{"id": "p1", "role": "contact"}]
    later = {**AGAIN, "from": "2026-03-11T09:00:00+08:00", "until": "2026-03-12T09:00:00+08:00"}
    found = decided(ONCE, persons=person, events=[TOLD], consents=[later])
    assert found.next_allowed_at == local("2026-03-11 09:00")
    never = {**later, "revoked_at": "2026-03-11T08:00:00+08:00"}
    assert decided(ONCE, persons=person, events=[TOLD], consents=[never]).next_allowed_at is None
    ends = {**AGAIN, "until": "2026-03-12T09:00:00+08:00", "revoked_at": "2026-03-11T10:00:00+08:00"}
    found = decided(ONCE, persons=person, events=[TOLD], consents=[ends])
    assert found.allowed_until == local("2026-03-11 10:00")


@pytest.mark.parametrize(
    ("named", "event", "allowed"),
    [
        ({"reply_to": "e2"}, {}, True),
        ({"in_call": "e2"}, {}, True),
        ({"reply_to": "e3"}, {}, False),
        ({}, {}, False),
        ({"reply_to": "e2"}, {"direction": "out", "line": "no_answer"}, False),
        ({"reply_to": "e2"}, {"direction": None, "line": "no_answer"}, False),
        ({"reply_to": "e2"}, {"person": "p2"}, False),
        ({"reply_to": "e2"}, {"person": None}, False),
        ({"reply_to": "e2"}, {"at": "2026-03-01T10:00:00+08:00"}, False),  # no later than the call that used it up
    ],
)
def test_whoever_calls_us_asks_for_one_answer(named: dict[str, Any], event: dict[str, Any], *, allowed: bool) -> None:
    begun = {"id": "e2", "kind": "call", "direction": "in", "at": "2026-03-09T10:00:00+08:00", "person": "p1", **event}
    dial = {"person": "p1", "number": "n1", **named}
    found = decided(ONCE, dial=dial, persons=[{"id": "p1", "role": "contact"}], events=[TOLD, begun])
    assert found.allowed is allowed


def test_who_may_not_be_contacted_at_all_unasked_may_be_answered() -> None:
    """No communication is open of itself; the first one asked for is."""
    rule = {"kind": "party", "admit": [{"roles": ["contact"], "most": 0, "again": ["asked", "answer_wrong"]}]}
    person = [{"id": "p1", "role": "contact"}]
    assert not decided(rule, persons=person).allowed
    assert decided(rule, persons=person, consents=[AGAIN]).allowed
    begun = {"id": "e2", "kind": "call", "direction": "in", "at": "2026-03-09T10:00:00+08:00", "person": "p1"}
    answer = {"person": "p1", "number": "n1", "reply_to": "e2"}
    assert decided(rule, dial=answer, persons=person, events=[begun]).allowed


@pytest.mark.parametrize(
    ("event", "allowed"),
    [
        ({}, False),
        ({"person": None}, False),  # it may have been with them
        ({"person": "p2"}, False),  # it was meant for another, and they took it
        ({"person": "p2", "answered_by": "p2"}, True),
        ({"org": "others"}, True),
        ({"line": "no_answer", "answered_by": None}, True),
    ],
)
def test_what_used_up_the_one_communication_is_one_of_ours_that_reached_them(
    event: dict[str, Any], *, allowed: bool
) -> None:
    found = decided(ONCE, persons=[{"id": "p1", "role": "contact"}], events=[{**TOLD, **event}])
    assert found.allowed is allowed


@pytest.mark.parametrize(
    ("number", "allowed"),
    [
        ({}, True),
        ({"status": "invalid"}, True),
        ({"status": "ok"}, False),
        ({"source": "application"}, False),
        ({"status_at": None}, False),
        ({"status_at": TOLD["at"]}, False),  # known when they were last spoken to
    ],
)
def test_an_answer_that_proved_wrong_opens_one_more(number: dict[str, Any], *, allowed: bool) -> None:
    rule = {"kind": "party", "admit": [{"roles": ["contact"], "most": 1, "again": ["answer_wrong"]}]}
    told = {"number": "n9", "source": "told_by_contact", "status": "wrong", "status_at": "2026-03-05T10:00:00+08:00"}
    found = decided(rule, persons=[{"id": "p1", "role": "contact"}], events=[TOLD], numbers=[{**told, **number}])
    assert found.allowed is allowed


MADE = {"kind": "cap", "limit": 1, "window": {"dates": 7}, "count": [{"of": "dial"}], "per": ["person"]}
AGREED = {**CONSENT, "opens": ["cap"], "id": "c9", "until": "2026-03-10T11:00:00+08:00"}


@pytest.mark.parametrize(
    ("consent", "call", "counts"),
    [
        ({}, {}, False),
        ({"in_event": "e1", "given_at": TALK["at"]}, {}, True),  # the call it was given on was made without it
        ({"given_at": "2026-03-09T15:00:01+08:00"}, {}, True),
        ({"revoked_at": "2026-03-09T15:00:00+08:00"}, {}, True),
        ({"by": "p2"}, {}, True),
        ({"numbers": ["n2"]}, {"number": "n1"}, True),
        ({"numbers": ["n1"]}, {"number": "n1"}, False),
        ({"channels": ["text"]}, {}, True),
        ({"channels": ["voice"]}, {}, False),
        ({"channels": ["voice"]}, {"channel": "voice"}, False),
    ],
)
def test_a_call_made_under_an_agreement_is_left_out_where_the_text_says_so(
    consent: dict[str, Any], call: dict[str, Any], *, counts: bool
) -> None:
    """Whether or not the agreement still holds when the next call is asked about."""
    rule = {**MADE, "consent": {"opens": "cap", "evidence": False, "made_under": "left_out"}}
    given = {"consents": [{**AGREED, **consent}], "events": [{**TALK, **call}]}
    found = decided(rule, **given)
    assert found.allowed is not counts
    assert not decided({**MADE, "consent": {"opens": "cap", "evidence": False}}, **given).allowed
    doubtful = {**MADE, "consent": {"opens": "cap", "evidence": False, "made_under": "undetermined"}}
    warned = decided({**doubtful, "undetermined": {"en": "agreed calls"}}, **given)
    assert (warned.allowed, [each.code for each in warned.warnings]) == (False, [] if counts else ["undetermined"])
    rest = {"kind": "rest", "after": [{"of": "talk"}], "per": ["person"], "dates": 3, "consent": rule["consent"]}
    assert decided(rest, **given).allowed is not counts


def test_the_talk_on_the_agreed_call_itself_ends_the_agreement_only_afterwards() -> None:
    """One call was agreed to; a second one is not made under it."""
    terms_of_one = {"opens": "cap", "evidence": False, "made_under": "left_out", "ends_on_talk": True}
    rule = {**MADE, "consent": terms_of_one}
    first, second = TALK, {**TALK, "id": "e2", "at": "2026-03-09T16:00:00+08:00"}
    assert decided(rule, consents=[AGREED], events=[first]).allowed
    (block,) = decided(rule, consents=[AGREED], events=[first, second]).blocks
    assert [(each["event"], each["why"]) for each in block.evidence["not_counted"]] == [("e1", "under_consent")]
    assert [each["event"] for each in block.evidence["counted"]] == ["e2"]


@pytest.mark.parametrize(("opens", "first"), [("contact", "contact"), (["contact", "place", "cap"], "contact")])
def test_what_would_have_to_be_agreed_is_named_and_which_consents_speak_of_it(
    opens: str | list[str], first: str
) -> None:
    """Of several openings that would do the first is named; a consent to another matter is not spoken of."""
    held = [{**CONSENT, "revoked_at": TALK["at"]}, {**CONSENT, "id": "c2", "opens": ["hours"]}]
    told = evidence(terms(opens=opens), consents=held)
    assert (told["opens"], told["consents"]) == (first, ["c1"])
    assert evidence(terms(opens=opens), consents=None)["consents"] == []


def test_terms_that_name_no_opening_are_no_terms() -> None:
    with pytest.raises(ValueError, match="opens"):
        decided({"kind": "consent", "terms": {**TERMS, "opens": []}})


@pytest.mark.parametrize(("lumped", "open_still"), [([], True), (["student"], False)])
def test_a_talk_about_a_debt_that_may_be_of_the_same_group_ends_it(lumped: list[str], *, open_still: bool) -> None:
    debts = [{"id": each, "type": "student"} for each in ("d1", "d2")]
    rule = terms(ends_on_talk=True, lumped=lumped)
    assert agreed(rule, {}, debts=debts, events=[{**TALK, "debts": ["d2"]}]).allowed is open_still


@pytest.mark.parametrize(("ends", "open_still"), [(True, True), ("any", False), (False, True)])
def test_any_talk_may_end_it_whatever_it_was_about(*, ends: bool | str, open_still: bool) -> None:
    talk = {**TALK, "debts": ["d3"]}
    assert agreed(terms(ends_on_talk=ends), {}, debts=DEBTS, events=[talk]).allowed is open_still
