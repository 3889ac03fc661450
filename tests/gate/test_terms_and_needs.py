"""How long a thing lasts by the rule's word, who may be contacted in a minor's place, and how fresh a record is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from collectdesk.gate import Decision, Gate, Malformed, convert_dial
from collectdesk.gate.clock import clock_for
from collectdesk.gate.instant import Instant
from collectdesk.gate.term import Term
from tests.gate.worlds import rulebook

SEOUL = clock_for("Asia/Seoul")


def decided(rule: dict[str, Any], **facts: Any) -> Decision:
    """One rule asked about a call to ``p1`` at noon in Seoul on 2026-03-10."""
    question = {
        "at": "2026-03-10T12:00:00+09:00",
        "rulebooks": ["book"],
        "zones": [{"zone": "Asia/Seoul"}],
        "dial": {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1"]},
        "own_org": {"id": "us"},
        **facts,
    }
    return Gate([rulebook(rule)], {}).decide(convert_dial(question))


@pytest.mark.parametrize(
    ("term", "began", "last"),
    [
        (Term(dates=1), "2026-03-10", "2026-03-10"),
        (Term(dates=10), "2026-03-10", "2026-03-19"),
        (Term(dates=10, first="next"), "2026-03-10", "2026-03-20"),
        (Term(months=3), "2026-03-10", "2026-06-09"),
        (Term(months=3, first="next"), "2026-03-10", "2026-06-10"),
        (Term(months=3, first="next"), "2025-11-30", "2026-02-28"),
        (Term(months=1, first="next"), "2024-01-31", "2024-02-29"),
        (Term(months=1, first="next"), "2026-10-31", "2026-11-30"),
        (Term(months=2, first="next"), "2025-10-31", "2025-12-31"),
        (Term(months=1, first="next"), "2025-12-31", "2026-01-31"),
        (Term(months=12), "2024-02-29", "2025-02-27"),
        (Term(year_end=True), "2026-03-10", "2026-12-31"),
        (Term(year_end=True), "2026-12-31", "2026-12-31"),
    ],
)
def test_a_term_ends_with_its_last_date(term: Term, began: str, last: str) -> None:
    noon = int(Instant.parse(f"{began}T12:00:00+09:00"))
    assert SEOUL.day(term.ends(noon, SEOUL) - 1) == date.fromisoformat(last).toordinal()
    assert SEOUL.day(term.ends(noon, SEOUL)) == date.fromisoformat(last).toordinal() + 1


@pytest.mark.parametrize("term", [{}, {"dates": 1, "months": 1}, {"dates": 0}, {"year_end": True, "dates": 3}])
def test_a_term_has_exactly_one_length(term: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        rulebook({"kind": "hold", "kinds": {"moratorium": []}, "lasts": {"moratorium": term}})


def test_a_moratorium_of_sixty_days_ends_by_itself() -> None:
    """A hold that names no end lasts as long as its kind does by the rule; one that names an end keeps it."""
    rule = {"kind": "hold", "kinds": {"moratorium": []}, "lasts": {"moratorium": {"dates": 60, "first": "next"}}}
    hold = {"id": "h1", "kind": "moratorium", "received_at": "2026-02-01T10:00:00+09:00"}
    assert decided(rule, holds=[hold]).next_allowed_at == Instant.parse("2026-04-03T00:00:00+09:00")
    until = "2026-03-11T09:00:00+09:00"
    assert decided(rule, holds=[{**hold, "until": until}]).next_allowed_at == Instant.parse(until)
    assert decided(rule, holds=[{"id": "h1", "kind": "moratorium"}]).next_allowed_at is None


WISH = {"id": "d1", "by": "p1", "kind": "barred", "channel": "voice", "from": "2026-03-01T10:00:00+09:00"}


@pytest.mark.parametrize(("via", "opens"), [("debtor", "2026-03-11T00:00:00+09:00"), ("agent", None), (None, None)])
def test_a_wish_of_a_sort_lasts_as_long_as_the_rule_says(via: str | None, opens: str | None) -> None:
    """Ten days for the one sort; for any other, and for what is not known, until it is taken back."""
    rule = {"kind": "designation", "lasts": [{"term": {"dates": 10}, "via": ["debtor"]}]}
    found = decided(rule, designations=[{**WISH, "via": via}])
    assert found.next_allowed_at == (None if opens is None else Instant.parse(opens))
    assert not found.allowed


MINOR = [{"id": "p0", "role": "debtor", "born_on": "2008-03-12"}, {"id": "p1", "role": "parent"}]


def test_a_parent_may_be_contacted_until_the_debtor_is_of_age() -> None:
    rule = {"kind": "party", "admit": [{"roles": ["parent"], "needs": ["debtor_minor"]}]}
    assert decided(rule, persons=MINOR).allowed_until == Instant.parse("2026-03-12T00:00:00+09:00")
    grown = [{**MINOR[0], "born_on": "2008-03-10"}, MINOR[1]]
    found = decided(rule, persons=grown)
    assert [each.code for each in found.blocks] == ["party_debtor_minor"]
    assert found.next_allowed_at is None
    assert not decided(rule, persons=[{"id": "p0", "role": "debtor"}, MINOR[1]]).allowed  # age unknown


@pytest.mark.parametrize(("agreed", "allowed"), [(True, True), (False, False), (None, False)])
def test_who_must_have_agreed(agreed: bool | None, allowed: bool) -> None:
    rule = {"kind": "party", "admit": [{"roles": ["contact"], "needs": ["agreed"]}]}
    found = decided(rule, persons=[{"id": "p1", "role": "contact", "agreed": agreed}])
    assert found.allowed == allowed
    assert [each.released_by for each in found.blocks] == ([] if allowed else ["third_party"])


ONCE = {"kind": "party", "admit": [{"roles": ["contact"], "most": 1, "again": ["asked", "answer_wrong"]}]}
THIRD = [{"id": "p1", "role": "contact"}]
TALK = {"id": "e1", "at": "2025-12-01T10:00:00+09:00", "kind": "call", "person": "p1", "line": "answered"}
ASKED = {
    "id": "e2",
    "at": "2026-03-09T10:00:00+09:00",
    "kind": "call",
    "direction": "in",
    "person": "p1",
    "line": "answered",
}
WRONG = {"number": "n9", "source": "told_by_contact", "status": "wrong", "status_at": "2026-03-01T10:00:00+09:00"}


def test_a_third_person_is_contacted_once_ever_unless_they_ask_or_were_mistaken() -> None:
    assert decided(ONCE, persons=THIRD).allowed
    assert decided(ONCE, persons=THIRD, events=[{**TALK, "line": "no_answer"}]).allowed
    found = decided(ONCE, persons=THIRD, events=[TALK])
    assert [(each.code, each.released_by) for each in found.blocks] == [("party_room", "third_party")]
    counted = {"event": "e1", "at": Instant.parse(TALK["at"]), "why": "unknown_who_answered"}
    assert found.blocks[0].evidence["counted"] == [counted]
    answer = {"dial": {"person": "p1", "number": "n1", "reply_to": "e2"}}
    assert decided(ONCE, persons=THIRD, events=[TALK, ASKED], **answer).allowed
    again = {**TALK, "id": "e3", "at": "2026-03-09T11:00:00+09:00"}
    assert not decided(ONCE, persons=THIRD, events=[TALK, ASKED, again], **answer).allowed
    assert decided(ONCE, persons=THIRD, events=[TALK], numbers=[WRONG]).allowed
    early = {**WRONG, "status_at": "2025-11-01T10:00:00+09:00"}
    assert not decided(ONCE, persons=THIRD, events=[TALK], numbers=[early]).allowed


@pytest.mark.parametrize(("confirmed", "allowed"), [("2026-01-09", True), ("2026-01-08", False), (None, False)])
def test_a_number_must_have_been_confirmed_lately(confirmed: str | None, allowed: bool) -> None:
    """Sixty days back from 10 March 2026 is 9 January."""
    number = {"number": "n1", "person": "p1", "confirmed_at": confirmed and f"{confirmed}T10:00:00+09:00"}
    rule = {"kind": "require", "fact": "number.confirmed", "within_dates": 60}
    assert decided(rule, numbers=[number]).allowed == allowed


def test_contacts_recorded_on_a_later_day_are_found() -> None:
    rule = {"kind": "require", "fact": "history.same_day", "unknown": "pass"}
    event = {**TALK, "recorded_at": "2025-12-01T23:59:00+09:00"}
    assert decided(rule, events=[event, {**TALK, "id": "e9"}]).allowed
    late = {**TALK, "recorded_at": "2025-12-02T00:00:00+09:00"}
    found = decided(rule, events=[event | {"id": "e9"}, late])
    assert [part["subject"] for part in found.blocks[0].evidence["parts"]] == ["e1"]


@pytest.mark.parametrize(
    ("call", "allowed"),
    [
        ({}, True),
        ({"ended_by": "them"}, False),
        ({"duration_s": 40}, False),
        ({"person": "p2"}, False),
        ({"number": "n2"}, False),
        ({"direction": "out"}, False),
    ],
)
def test_within_a_call_they_began_a_closed_hour_is_no_bar_until_it_is_over(
    call: dict[str, Any], *, allowed: bool
) -> None:
    rule = {"kind": "hours", "open": [{"from": "13:00", "to": "14:00"}], "reply": {}}
    begun = {
        "id": "e1",
        "at": "2026-03-10T11:50:00+09:00",
        "kind": "call",
        "direction": "in",
        "person": "p1",
        "number": "n1",
    }
    found = decided(rule, dial={"person": "p1", "number": "n1", "in_call": "e1"}, events=[{**begun, **call}])
    assert found.allowed == allowed


def test_an_answer_passes_only_in_the_closed_time_in_which_they_began() -> None:
    """Who called before the hours opened may not be called back after they closed again."""
    rule = {"kind": "hours", "open": [{"from": "08:00", "to": "09:00"}], "reply": {}}
    begun = {"id": "e1", "kind": "call", "direction": "in", "person": "p1", "number": "n1"}
    answer = {"dial": {"person": "p1", "number": "n1", "reply_to": "e1"}}
    early = {**begun, "at": "2026-03-10T07:00:00+09:00"}
    since = {**begun, "at": "2026-03-10T09:00:00+09:00"}
    assert not decided(rule, events=[early], **answer).allowed
    hours_close_again = Instant.parse("2026-03-11T09:00:00+09:00")
    assert decided(rule, events=[since], **answer).allowed_until == hours_close_again
    assert not decided(rule, events=[since], dial={"person": "p1", "number": "n1", "purpose": "callback"}).allowed


WORK = {"number": "n1", "person": "p1", "class": "landline", "place": "work"}
AT_WORK = {"id": "d1", "by": "boss", "kind": "barred", "place": "work"}
STAFF = [{"id": "p1", "role": "debtor"}, {"id": "boss", "role": "employer"}, {"id": "pal", "role": "contact"}]


@pytest.mark.parametrize(
    ("number", "wish", "allowed"),
    [
        (WORK, AT_WORK, False),
        ({**WORK, "place": "home"}, AT_WORK, True),
        ({"number": "n1", "person": "p1", "class": "mobile"}, AT_WORK, True),  # a mobile is tied to no place
        ({"number": "n1", "person": "p1", "class": "landline"}, AT_WORK, False),  # it may be the one at work
        (WORK, {**AT_WORK, "by": "pal"}, True),
        (WORK, {"id": "d1", "by": "boss", "kind": "barred", "channel": "voice"}, True),
        (WORK, {**AT_WORK, "by": "p1"}, False),
    ],
)
def test_an_employer_who_forbids_calls_at_work_is_heard_of_that_place_alone(
    number: dict[str, Any], wish: dict[str, Any], *, allowed: bool
) -> None:
    found = decided({"kind": "designation"}, persons=STAFF, numbers=[number], designations=[wish])
    assert found.allowed == allowed


@pytest.mark.parametrize(
    ("rule", "wish", "allowed"),
    [
        ({"about": ["time"]}, {"channel": "voice"}, True),
        ({"about": ["medium"]}, {"channel": "voice"}, False),
        ({"about": ["time"]}, {"channel": "voice", "weekly": [{"from": "11:00", "to": "13:00"}]}, False),
        ({"about": ["place"]}, {"place": "work", "weekly": [{"from": "11:00", "to": "13:00"}]}, True),
        ({"via": ["debtor"]}, {"channel": "voice", "via": "creditor_note"}, True),
        ({"via": ["debtor"]}, {"channel": "voice"}, False),
    ],
)
def test_a_rule_hears_the_wishes_it_is_about(rule: dict[str, Any], wish: dict[str, Any], *, allowed: bool) -> None:
    entry = {"id": "d1", "by": "p1", "kind": "barred", **wish}
    assert decided({"kind": "designation", **rule}, numbers=[WORK], designations=[entry]).allowed == allowed
