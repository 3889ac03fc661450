"""Required facts: what is known of each, when it becomes good enough, when it no longer is, and what lacks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from collectdesk.gate import Decision, Facts, convert_dial, known
from collectdesk.gate.clock import clock_for
from collectdesk.gate.examples import merged
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.known import TIMELESS, FactName, birthday, due_day
from tests.gate import shipped_rules as shipped
from tests.gate.asking import decided, local
from tests.gate.worlds import rulebook

NOON = "2026-03-10T12:00:00+08:00"
EVENING = "2026-03-10T19:00:00+08:00"
DEBT_TOLD = {"kind": "debt", "sent_at": "2026-03-01T09:00:00+08:00"}
SPOUSE_TOLD = {"notices": [{**DEBT_TOLD, "person": "p1"}]}
DAY = 86_400
SHANGHAI = clock_for("Asia/Shanghai")
BOTH = {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1", "d2"]}


def required(fact: str, facts: dict[str, Any], **rule: Any) -> Decision:
    return decided({"kind": "require", "fact": fact, **rule}, **facts)


def person(**fields: Any) -> dict[str, Any]:
    return {"persons": [{"id": "p1", "role": "debtor", **fields}]}


def number(**fields: Any) -> dict[str, Any]:
    return {"numbers": [{"number": "n1", "person": "p1", **fields}]}


def standing(**fields: Any) -> dict[str, Any]:
    return {"standing": {"collector": "k1", **fields}}


FREE_UNTIL_APRIL = {"qualified_until": "2026-04-01T00:00:00+08:00"}


@pytest.mark.parametrize(
    ("fact", "facts", "until"),
    [
        ("number.listed", number(), None),
        ("number.owner", number(), None),
        ("number.source", number(source="contract"), None),
        ("number.status", number(status="ok"), None),
        ("number.confirmed", number(confirmed_at=NOON), None),
        ("person.adult", person(born_on="2008-03-10"), None),
        ("person.capacity", person(capacity="full"), None),
        ("person.capacity", person(born_on="2008-03-10"), None),
        ("person.alive", person(), None),
        ("person.agreed", person(agreed=True), None),
        ("person.alive", {**person(died_on="2026-03-01"), "dial": {"person": "p2"}}, None),
        ("person.alive", {**person(), "dial": {"purpose": "collect"}}, None),
        ("person.alive", {**person(role="spouse", died_on="2026-03-01"), "dial": {"purpose": "collect"}}, None),
        ("debt.status", {"debts": [{"id": "d1", "status": "open"}]}, None),
        ("debt.due", {"debts": [{"id": "d1", "due_on": "2026-03-01"}]}, None),
        ("debt.due", {"debts": [{"id": "d1", "days_past_due": 9, "as_of": "2026-03-10"}]}, None),
        ("debt.payable", {"debts": [{"id": "d1", "due_on": "2026-03-10"}]}, None),
        ("debt.payable", {"debts": [{"id": "d1", "days_past_due": 0, "as_of": "2026-03-10"}]}, None),
        ("debt.statement", {"debts": [{"id": "d1", "statement_at": NOON}]}, None),
        ("debt.statement", {"debts": [{"id": "d1", "as_of": "2026-03-10"}]}, None),
        ("collector.standing", standing(**FREE_UNTIL_APRIL), "2026-04-01 00:00"),
        ("collector.recordings", standing(recordings_overdue=0), None),
        ("place.zone", {}, None),
        ("org.licensed", {"own_org": {"id": "us", "licensed": True}}, None),
        ("notice.debt", {"notices": [{"kind": "debt", "sent_at": NOON}]}, None),
        (
            "notice.debt",
            {**SPOUSE_TOLD, "persons": [{"id": "p1", "role": "spouse"}] * 2},
            None,
        ),  # told twice, one person
        ("notice.debt", {**SPOUSE_TOLD, "persons": []}, None),
        ("notice.debt", {"notices": [{"kind": "debt", "sent_at": NOON, "returned_at": EVENING}]}, "2026-03-10 19:00"),
        ("notice.debt", {"notices": [{"kind": "debt", "sent_at": NOON, "returned_at": EVENING}, DEBT_TOLD]}, None),
        ("history.others", {"history": {"complete_through": NOON, "complete_from": "2026-03-10T00:00:00+08:00"}}, None),
        ("history.same_day", {}, None),
    ],
)
def test_what_is_known_and_good_lets_pass(fact: str, facts: dict[str, Any], until: str | None) -> None:
    found = required(fact, facts)
    assert (found.allowed, found.allowed_until) == (True, None if until is None else local(until))


@pytest.mark.parametrize(
    ("fact", "facts", "code", "opens"),
    [
        ("number.listed", {}, "fact_missing", None),
        ("number.owner", {}, "fact_missing", None),
        ("number.owner", number(person=None), "fact_missing", None),
        ("number.owner", number(person="nobody"), "fact_missing", None),
        ("debt.due", {"debts": [{"id": "d1", "days_past_due": 9}]}, "fact_missing", None),
        ("debt.due", {"debts": [{"id": "d1", "as_of": "2026-03-10"}]}, "fact_missing", None),
        ("number.listed", number(person=None), "fact_missing", None),
        ("number.listed", number(person="p0"), "fact_not_allowed", None),
        ("number.listed", number(person="p2"), "fact_not_allowed", None),
        ("number.source", number(source="unknown"), "fact_missing", None),
        ("number.source", number(), "fact_missing", None),
        ("number.source", {}, "fact_missing", None),
        ("number.status", number(status="unknown"), "fact_missing", None),
        ("number.status", {}, "fact_missing", None),
        ("number.confirmed", number(confirmed_at="2026-03-10T12:00:01+08:00"), "fact_missing", "2026-03-10 12:00"),
        ("number.confirmed", number(), "fact_missing", None),
        ("number.confirmed", {}, "fact_missing", None),
        ("person.adult", person(), "fact_missing", None),
        ("person.adult", {"persons": []}, "fact_missing", None),
        ("person.adult", person(born_on="2008-03-11"), "fact_not_allowed", "2026-03-11 00:00"),
        ("person.capacity", person(), "fact_missing", None),
        ("person.capacity", {"persons": []}, "fact_missing", None),
        ("person.capacity", person(capacity="unknown", born_on="1990-01-01"), "fact_missing", None),
        ("person.capacity", person(born_on="2008-03-11"), "fact_missing", None),
        ("person.agreed", person(), "fact_missing", None),
        ("person.agreed", {"dial": {"purpose": "collect"}}, "fact_missing", None),
        ("person.agreed", person(agreed=False), "fact_not_allowed", None),
        ("person.alive", person(died_on="2026-03-01"), "fact_not_allowed", None),
        *(
            (
                "person.alive",
                {**person(**who, died_on="2026-03-01"), "dial": {"purpose": "collect"}},
                "fact_not_allowed",
                None,
            )
            for who in ({}, {"role": None}, {"role": "spouse", "treated_as_debtor": True})
        ),
        ("debt.status", {"debts": [{"id": "d1"}]}, "fact_missing", None),
        ("debt.status", {"dial": {"person": "p1"}}, "fact_missing", None),
        ("debt.due", {"dial": {"person": "p1"}}, "fact_missing", None),
        ("debt.payable", {"debts": [{"id": "d1", "due_on": "2026-03-11"}]}, "fact_not_allowed", "2026-03-11 00:00"),
        ("debt.payable", {"debts": [{"id": "d1"}]}, "fact_missing", None),
        ("debt.payable", {"dial": {"person": "p1"}}, "fact_missing", None),
        ("debt.statement", {"dial": {"person": "p1"}}, "fact_missing", None),
        ("debt.due", {"debts": [{"id": "d1"}]}, "fact_missing", None),
        ("debt.statement", {"debts": [{"id": "d1"}]}, "fact_missing", None),
        (
            "debt.statement",
            {"debts": [{"id": "d1", "as_of": "2026-03-11", "statement_at": "2026-03-12T09:00:00+08:00"}]},
            "fact_missing",
            "2026-03-11 00:00",
        ),
        ("collector.standing", {}, "fact_missing", None),
        ("collector.standing", standing(), "fact_missing", None),
        ("collector.standing", standing(qualified_until=NOON), "fact_not_allowed", None),
        ("collector.standing", standing(**FREE_UNTIL_APRIL, suspended=True), "fact_not_allowed", None),
        ("collector.standing", standing(**FREE_UNTIL_APRIL, missing=["course"]), "fact_not_allowed", None),
        ("collector.recordings", {}, "fact_missing", None),
        ("collector.recordings", standing(), "fact_missing", None),
        ("collector.recordings", standing(recordings_overdue=1), "fact_not_allowed", None),
        ("org.licensed", {}, "fact_missing", None),
        ("org.licensed", {"own_org": None}, "fact_missing", None),
        ("org.licensed", {"own_org": {"id": "us", "licensed": False}}, "fact_not_allowed", None),
        ("notice.debt", {}, "fact_missing", None),
        ("notice.debt", {"notices": [{"kind": "assignment", "sent_at": NOON}]}, "fact_missing", None),
        ("notice.debt", {"notices": [{"kind": "debt", "sent_at": NOON, "returned_at": NOON}]}, "fact_missing", None),
        ("notice.debt", {"notices": [{"kind": "debt", "sent_at": NOON, "debts": ["d2"]}]}, "fact_missing", None),
        ("notice.debt", {"notices": [{"kind": "debt", "sent_at": NOON, "person": "p2"}]}, "fact_missing", None),
        ("history.others", {}, "fact_missing", None),
        ("history.others", {"history": {"complete_through": "2026-03-10T11:59:59+08:00"}}, "fact_missing", None),
        (
            "history.others",
            {"history": {"complete_through": NOON, "complete_from": "2026-03-10T00:00:01+08:00"}},
            "fact_missing",
            None,
        ),
        ("history.others", {"history": {"complete_through": NOON}, "orgs": [{"id": "bank"}]}, "fact_missing", None),
    ],
)
def test_what_is_not_known_or_not_good_bars(fact: str, facts: dict[str, Any], code: str, opens: str | None) -> None:
    found = required(fact, facts, released_by="admin")
    (block,) = found.blocks
    assert (block.code, block.released_by) == (code, "admin")
    seconds = 1 if fact == "number.confirmed" and opens else 0
    assert found.next_allowed_at == (None if opens is None else local(opens) + seconds)


@pytest.mark.parametrize(
    ("over", "since", "covered"),
    [
        (1, "2026-03-10T00:00:00+08:00", True),
        (7, "2026-03-04T00:00:00+08:00", True),
        (7, "2026-03-04T00:00:01+08:00", False),
        (7, "2026-03-10T00:00:00+08:00", False),
    ],
)
def test_the_calls_of_others_are_known_for_as_long_as_the_count_looks_back(
    over: int, since: str, *, covered: bool
) -> None:
    history = {"history": {"complete_from": since, "complete_through": NOON}}
    assert required("history.others", history, over_dates=over).allowed is covered


@pytest.mark.parametrize("unknown", ["bar", "warn"])
def test_where_they_must_be_known_for_more_than_a_day_it_says_for_how_long(unknown: str) -> None:
    for over, told in ((1, None), (7, 7)):
        found = required("history.others", {}, over_dates=over, unknown=unknown)
        (reason,) = (*found.blocks, *found.warnings)
        assert reason.evidence.get("over_dates") == told


@pytest.mark.parametrize("fact", ["debt.status", "number.status"])
def test_only_of_the_calls_of_others_is_it_asked_how_far_back_they_are_known(fact: str) -> None:
    with pytest.raises(ValueError, match="over_dates"):
        required(fact, {}, over_dates=7)


@pytest.mark.parametrize(
    ("unknown", "allowed", "warned"), [("bar", False, []), ("warn", True, ["fact_unknown"]), ("pass", True, [])]
)
def test_what_a_missing_fact_does_is_the_rule_s_word(unknown: str, warned: list[str], *, allowed: bool) -> None:
    facts = {"dial": BOTH, "debts": [{"id": "d1", "status": "open"}, {"id": "d2"}]}
    found = required("debt.status", facts, unknown=unknown, released_by="creditor")
    assert (found.allowed, [each.code for each in found.warnings]) == (allowed, warned)
    told = [*found.blocks, *found.warnings]
    assert all(each.evidence["parts"] == [{"subject": "d2"}] for each in told)
    assert all(each.released_by == "creditor" for each in told)
    known = {"dial": BOTH, "debts": [{"id": "d1", "status": "open"}, {"id": "d2", "status": "open"}]}
    assert required("debt.status", known, unknown=unknown).warnings == ()


@pytest.mark.parametrize(
    ("rule", "status", "allowed"),
    [
        ({"one_of": ["open"]}, "open", True),
        ({"one_of": ["open"]}, "settled", False),
        ({"none_of": ["settled"]}, "open", True),
        ({"none_of": ["settled"]}, "settled", False),
        ({"one_of": ["open"], "unknown": "pass"}, "settled", False),
        ({"one_of": ["open"], "unknown": "pass"}, None, True),
    ],
)
def test_a_value_is_one_of_those_named(rule: dict[str, Any], status: str | None, *, allowed: bool) -> None:
    assert required("debt.status", {"debts": [{"id": "d1", "status": status}]}, **rule).allowed is allowed


def test_the_refusal_tells_the_parts_that_fail() -> None:
    facts = {"dial": BOTH, "debts": [{"id": "d1", "status": "open"}, {"id": "d2", "status": "settled"}]}
    (block,) = required("debt.status", facts, one_of=["open"]).blocks
    assert block.evidence == {
        "fact": "debt.status",
        "parts": [{"subject": "d2", "value": "settled"}],
        "one_of": ["open"],
        "within_dates": None,
    }
    (block,) = required("collector.standing", standing(qualified_until=NOON, missing=["course"], suspended=True)).blocks
    assert block.evidence["parts"] == [
        {"until": local("2026-03-10 12:00"), "missing": ["course", "suspended", "qualification_expired"]}
    ]
    known = standing(**FREE_UNTIL_APRIL, missing=["suspended_by_lead"], suspended=True)
    (block,) = required("collector.standing", known).blocks
    assert block.evidence["parts"][0]["missing"] == ["suspended_by_lead"]
    (block,) = required("collector.standing", {}).blocks
    assert block.evidence["parts"] == [{"missing": ["standing"]}]
    (block,) = required("collector.standing", standing(missing=["course"])).blocks
    assert block.evidence["parts"] == [{"missing": ["course"]}]
    (block,) = required("collector.recordings", standing(recordings_overdue=2)).blocks
    assert block.evidence["parts"] == [{"value": "2", "missing": ["recording_overdue"]}]
    unknown = {"history": {"complete_through": NOON}, "orgs": [{"id": "z-bank"}, {"id": "a-bank"}]}
    (block,) = required("history.others", unknown).blocks
    assert block.evidence["parts"] == [{"missing": ["a-bank", "z-bank"]}]


@pytest.mark.parametrize(
    ("within", "stated", "until", "code"),
    [
        (0, "2026-03-10T09:00:00+08:00", "2026-03-11 00:00", None),
        (0, "2026-03-09T23:59:59+08:00", None, "fact_stale"),
        (1, "2026-03-09T00:00:00+08:00", "2026-03-11 00:00", None),
        (7, "2026-03-10T09:00:00+08:00", "2026-03-18 00:00", None),
        (7, "2026-03-02T23:59:59+08:00", None, "fact_stale"),
    ],
)
def test_a_fact_may_be_so_many_dates_old(within: int, stated: str, until: str | None, code: str | None) -> None:
    found = required("debt.statement", {"debts": [{"id": "d1", "statement_at": stated}]}, within_dates=within)
    assert found.allowed is (code is None)
    assert found.allowed_until == (None if until is None else local(until))
    assert [each.code for each in found.blocks] == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("months", "stated", "until"),
    [
        (1, "2026-02-10T09:00:00+08:00", "2026-03-11 00:00"),
        (1, "2026-02-09T09:00:00+08:00", None),
        (6, "2025-09-30T09:00:00+08:00", "2026-03-31 00:00"),
        (13, "2025-02-28T09:00:00+08:00", "2026-03-29 00:00"),
        (36, "2023-03-10T09:00:00+08:00", "2026-03-11 00:00"),
    ],
)
def test_or_so_many_months_through_the_same_date(months: int, stated: str, until: str | None) -> None:
    """民法典 articles 200 to 202: the term's last day is the corresponding one, whatever February had."""
    found = required("debt.statement", {"debts": [{"id": "d1", "statement_at": stated}]}, within_months=months)
    assert found.allowed_until == (None if until is None else local(until))
    assert [each.code for each in found.blocks] == ([] if until else ["fact_stale"])
    assert all(each.evidence["within_months"] == months for each in found.blocks)


def test_of_dates_and_months_the_earlier_ends_it() -> None:
    facts = {"debts": [{"id": "d1", "statement_at": "2026-03-10T09:00:00+08:00"}]}
    assert required("debt.statement", facts, within_dates=3, within_months=1).allowed_until == local("2026-03-14 00:00")
    assert required("debt.statement", facts, within_dates=60, within_months=1).allowed_until == local(
        "2026-04-11 00:00"
    )


def test_of_several_parts_the_first_to_end_ends_all_and_the_last_to_come_opens_all() -> None:
    old, new = "2026-03-09T09:00:00+08:00", "2026-03-10T09:00:00+08:00"
    facts = {"dial": BOTH, "debts": [{"id": "d1", "statement_at": new}, {"id": "d2", "statement_at": old}]}
    assert required("debt.statement", facts, within_dates=2).allowed_until == local("2026-03-12 00:00")
    soon, later = "2026-03-10T13:00:00+08:00", "2026-03-10T14:00:00+08:00"
    facts = {"dial": BOTH, "debts": [{"id": "d1", "statement_at": later}, {"id": "d2", "statement_at": soon}]}
    assert required("debt.statement", facts).next_allowed_at == local("2026-03-10 14:00")
    facts = {"dial": BOTH, "debts": [{"id": "d1", "statement_at": new}, {"id": "d2", "statement_at": soon}]}
    assert required("debt.statement", facts, within_dates=0).next_allowed_at == local("2026-03-10 13:00")
    facts = {"dial": BOTH, "debts": [{"id": "d1"}, {"id": "d2", "statement_at": soon}]}
    found = required("debt.statement", facts)
    assert (found.next_allowed_at, found.horizon_reached) == (None, False)
    facts = {"dial": BOTH, "debts": [{"id": "d1", "statement_at": old}, {"id": "d2", "statement_at": soon}]}
    assert required("debt.statement", facts, within_dates=0).next_allowed_at is None


def test_of_several_parts_that_fail_the_first_says_why() -> None:
    stale, missing = {"statement_at": "2026-03-09T09:00:00+08:00"}, {"statement_at": None}
    for first, second, code in ((stale, missing, "fact_stale"), (missing, stale, "fact_missing")):
        facts = {"dial": BOTH, "debts": [{"id": "d1", **first}, {"id": "d2", **second}]}
        (block,) = required("debt.statement", facts, within_dates=0).blocks
        assert block.code == code


def test_a_fact_without_a_date_is_never_fresh() -> None:
    """Only what tells when it was established can be new enough; what is refused was not too old."""
    for at in (NOON, "1950-03-10T12:00:00+08:00"):
        (block,) = required("number.source", {**number(source="contract"), "at": at}, within_dates=30).blocks
        assert block.code == "fact_not_allowed"
    (block,) = required("person.adult", person(born_on="2008-03-11"), within_dates=30).blocks
    assert block.code == "fact_not_allowed"
    (block,) = required("debt.due", {"debts": [{"id": "d1", "due_on": "2026-03-01"}]}, one_of=["today"]).blocks
    assert block.code == "fact_not_allowed"


def test_a_fact_is_stale_from_the_first_second_of_the_date_after() -> None:
    facts = {"debts": [{"id": "d1", "statement_at": NOON}]}
    last, after = "2026-03-10T23:59:59+08:00", "2026-03-11T00:00:00+08:00"
    assert required("debt.statement", {**facts, "at": last}, within_dates=0).allowed
    stale = required("debt.statement", {**facts, "at": after}, within_dates=0)
    assert (stale.allowed, stale.next_allowed_at, stale.horizon_reached) == (False, None, False)


def dead_call(at: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"e{at}", "kind": "call", "at": f"2026-03-{at}T10:00:00+08:00", "number": "n1", **fields}


@pytest.mark.parametrize(
    ("status", "events", "allowed"),
    [
        ({}, [dead_call("05", line="void_number")], False),
        ({}, [dead_call("05", line="suspended")], False),
        ({}, [dead_call("05", line="busy")], True),
        ({}, [dead_call("05", line="void_number", number="n2")], True),
        ({}, [dead_call("05", line="void_number"), dead_call("06", line="no_answer")], True),
        ({}, [dead_call("05", line="void_number"), dead_call("06", line="not_dialled")], False),
        ({}, [dead_call("05", line="void_number"), dead_call("06", line="unknown")], False),
        ({}, [dead_call("05", line="void_number"), dead_call("06", line=None)], False),
        ({}, [dead_call("05", line="no_answer"), dead_call("06", line="unknown")], True),
        ({}, [dead_call("04", line="no_answer"), dead_call("05", line="void_number")], False),
        ({"status_at": "2026-03-06T10:00:00+08:00"}, [dead_call("05", line="void_number")], True),
        ({"status_at": "2026-03-05T10:00:00+08:00"}, [dead_call("05", line="void_number")], False),
        ({"status_at": "2026-03-05T10:00:01+08:00"}, [dead_call("05", line="void_number")], True),
        ({"status_at": "2026-03-04T10:00:00+08:00"}, [dead_call("05", line="void_number")], False),
        ({"status": "wrong"}, [dead_call("05", line="void_number")], True),  # nobody's number: its own word
        ({"status": "unknown", "status_at": "2026-03-06T10:00:00+08:00"}, [dead_call("05", line="void_number")], False),
    ],
)
def test_a_number_a_later_call_found_dead_is_dead(
    status: dict[str, Any], events: list[dict[str, Any]], *, allowed: bool
) -> None:
    facts = {**number(**{"status": "ok", **status}), "events": events}
    assert required("number.status", facts, none_of=["invalid"]).allowed is allowed


def test_a_number_not_on_file_may_be_dead_as_well() -> None:
    facts = {"events": [dead_call("05", line="void_number")]}
    assert not required("number.status", facts, none_of=["invalid"], unknown="pass").allowed
    assert required("number.status", {}, none_of=["invalid"], unknown="pass").allowed


@pytest.mark.parametrize(
    ("notice", "opens"),
    [
        ({"sent_at": "2026-03-10T13:00:00+08:00"}, "2026-03-10 13:00"),
        ({"received_at": "2026-03-10T13:00:00+08:00"}, "2026-03-10 13:00"),
        ({"sent_at": "2026-03-10T13:00:00+08:00", "received_at": "2026-03-10T11:00:00+08:00"}, "2026-03-10 13:00"),
        ({"sent_at": "2026-03-10T11:00:00+08:00", "received_at": "2026-03-10T13:00:00+08:00"}, "2026-03-10 13:00"),
        ({}, None),
    ],
)
def test_a_notice_is_known_from_its_sending_or_where_known_its_later_arrival(
    notice: dict[str, Any], opens: str | None
) -> None:
    found = required("notice.debt", {"notices": [{"kind": "debt", **notice}]})
    assert (found.allowed, found.next_allowed_at) == (False, None if opens is None else local(opens))


@pytest.mark.parametrize(
    ("addressee", "debts", "allowed"),
    [
        (None, [], True),
        ("p1", [], True),
        ("p0", [], True),  # the debtor
        ("p2", [], False),
        ("nobody", [], False),
        (None, ["d1"], True),
        (None, ["d3"], True),  # of one group with it
        (None, ["d2"], False),
    ],
)
def test_a_notice_went_to_the_debtor_or_to_the_one_called(
    addressee: str | None, debts: list[str], *, allowed: bool
) -> None:
    people = [{"id": "p0", "role": "debtor"}, {"id": "p1", "role": "guarantor"}, {"id": "p2", "role": "spouse"}]
    on_file = [{"id": "d1", "group": "g"}, {"id": "d2"}, {"id": "d3", "group": "g"}]
    notice = {"kind": "debt", "sent_at": NOON, "person": addressee, "debts": debts}
    found = required("notice.debt", {"persons": people, "debts": on_file, "notices": [notice]})
    assert found.allowed is allowed


THIRD = ["contact", "spouse", "other"]


@pytest.mark.parametrize(
    ("on_file", "allowed"),
    [
        ([{"person": "p1"}], True),
        ([{"person": "p2"}], False),
        ([{"person": "p2"}, {"person": "p1"}], True),  # two share it
        ([{"person": "p3"}], True),  # the debtor's, where the guarantor is asked for
        ([{"person": "p4"}], True),  # a wife's who is treated as debtor
        ([{"person": "p1", "status": "wrong"}], False),
        ([{"person": None, "status": "wrong"}], False),
        ([{"person": "nobody"}], True),
        ([], True),
    ],
)
def test_a_number_reaches_whoever_has_it(on_file: list[dict[str, Any]], *, allowed: bool) -> None:
    people = [
        {"id": "p1", "role": "guarantor"},
        {"id": "p2", "role": "contact"},
        {"id": "p3", "role": "debtor"},
        {"id": "p4", "role": "spouse", "treated_as_debtor": True},
    ]
    facts = {"persons": people, "numbers": [{"number": "n1", **each} for each in on_file]}
    assert required("number.owner", facts, none_of=THIRD, unknown="pass").allowed is allowed


@pytest.mark.parametrize(
    ("debt", "day"),
    [
        ({"due_on": "2026-03-01", "days_past_due": 5, "as_of": "2026-03-10"}, date(2026, 3, 1)),
        ({"days_past_due": 5, "as_of": "2026-03-10"}, date(2026, 3, 5)),
        ({"days_past_due": -5, "as_of": "2026-03-10"}, date(2026, 3, 15)),
        ({"days_past_due": 10**9, "as_of": "2026-03-10"}, date.min),
        ({"days_past_due": -(10**9), "as_of": "2026-03-10"}, date.max),
    ],
)
def test_the_due_day_is_that_on_file_else_so_many_days_back(debt: dict[str, Any], day: date) -> None:
    dial = convert_dial({"at": NOON, "dial": BOTH, "debts": [{"id": "d1", **debt}]})
    assert dial.debts is not None
    assert due_day(dial.debts[0]) == day.toordinal()


def test_the_same_day_is_asked_of_our_own_contacts_with_them() -> None:
    late = {"id": "e1", "at": "2026-03-09T10:00:00+08:00", "recorded_at": "2026-03-10T00:00:00+08:00", "person": "p1"}
    assert not required("history.same_day", {"events": [{**late, "org": "us"}]}).allowed
    assert not required("history.same_day", {"events": [{**late, "org": None}]}).allowed
    assert not required("history.same_day", {"events": [{**late, "person": None}]}).allowed
    just_now = required("history.same_day", {"events": [{**late, "recorded_at": NOON}]})
    assert (just_now.allowed, just_now.next_allowed_at, just_now.horizon_reached) == (False, None, False)
    in_years = {**late, "id": "e2", "recorded_at": "2028-03-10T00:00:00+08:00"}
    never = required("history.same_day", {"events": [late, in_years]})  # what was late stays so
    assert (never.allowed, never.next_allowed_at, never.horizon_reached) == (False, None, False)
    assert required("history.same_day", {"events": [{**late, "org": "bank"}]}).allowed
    assert required("history.same_day", {"events": [{**late, "person": "p2"}]}).allowed
    assert required("history.same_day", {"events": [{**late, "recorded_at": "2026-03-09T23:59:59+08:00"}]}).allowed


@pytest.mark.parametrize(
    ("born", "age", "on"),
    [
        ("2008-03-10", 18, "2026-03-10"),
        ("2008-02-29", 18, "2026-03-01"),
        ("2008-02-29", 20, "2028-02-29"),
        ("9990-02-28", 18, "9999-03-01"),
    ],
)
def test_whoever_is_born_on_leap_day_comes_of_age_on_the_first_of_march(born: str, age: int, on: str) -> None:
    assert date.fromordinal(birthday(date.fromisoformat(born), age)) == date.fromisoformat(on)


@pytest.mark.parametrize(
    ("rule", "back"),
    [
        ({"fact": "number.status"}, (0, True, 0)),
        ({"fact": "number.confirmed"}, (0, False, 0)),
        ({"fact": "notice.debt"}, (0, False, 0)),
        ({"fact": "notice.debt", "within_dates": 30}, (0, False, 32 * DAY)),
        ({"fact": "notice.debt", "within_dates": 0}, (0, False, 2 * DAY)),
        ({"fact": "notice.debt", "within_months": 2}, (0, False, 64 * DAY)),
        ({"fact": "debt.status"}, (0, False, 0)),
        ({"fact": "person.adult"}, (0, False, 0)),
        ({"fact": "history.same_day"}, (FOREVER, False, FOREVER)),
    ],
)
def test_how_much_of_the_past_a_fact_is_made_of(rule: dict[str, Any], back: tuple[int, bool, int]) -> None:
    """A notice is fresh through so many dates after its own: one day more in all, and one for longer dates."""
    (required_fact,) = rulebook({"kind": "require", **rule}).rule
    found = required_fact.looks_back
    assert (found.events, found.dead, found.notices) == back
    assert ("confirmed_at" in found.seldom) is (rule["fact"] in ("number.confirmed", "history.same_day"))


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        ({"fact": "debt.status"}, False),
        ({"fact": "person.adult"}, True),
        ({"fact": "notice.debt"}, False),
        ({"fact": "notice.debt", "within_dates": 0}, True),
        ({"fact": "notice.debt", "within_months": 0}, True),
    ],
)
def test_a_fact_of_dates_cannot_be_judged_where_no_zone_is_known(rule: dict[str, Any], *, needs: bool) -> None:
    found = decided({"kind": "require", **rule}, zones=[])
    assert (found.blocks[0].code == "zone_unknown") is needs


@pytest.mark.parametrize("fact", sorted(TIMELESS))
def test_of_some_facts_the_same_is_known_at_whatever_instant(fact: FactName) -> None:
    """In every worked example that ships; known once, they are not looked up again for another instant."""
    for document in shipped.examples().values():
        for example in document["example"]:
            facts = Facts(convert_dial(merged(document["base"], example.get("given", {}))))
            told = [known._FACTS[fact](facts, SHANGHAI, at) for at in (0, facts.at, facts.at + 400 * DAY)]
            assert told[0] == told[1] == told[2]
