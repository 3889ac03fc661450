"""To which contacts a rule speaks: amounts, dates, licences, numbers, creditors; and in which zones it is judged."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Gate, convert_dial
from tests.gate.worlds import rulebook

NOON = "2026-03-10T12:00:00-04:00"
CLOSED = {"kind": "hours", "open": [{"from": "00:00", "to": "00:01"}]}
KNOWN: dict[str, Any] = {
    "at": NOON,
    "rulebooks": ["book"],
    "zones": [{"zone": "America/New_York", "from": "address"}],
    "dial": {"person": "p1", "number": "n1", "channel": "voice", "automated": False, "debts": ["d1"]},
    "own_org": {"id": "o1", "kind": "agency", "licensed": True},
    "orgs": [{"id": "o2", "kind": "lender"}],
    "debts": [
        {
            "id": "d1", "creditor": "o2", "amount": "500.00", "currency": "USD", "signed_on": "2020-05-01",
            "due_on": "2026-01-10",
        }
    ],
    "persons": [{"id": "p1", "role": "debtor"}],
    "numbers": [{"number": "n1", "person": "p1", "class": "landline", "place": "work"}],
}  # fmt: skip


def covers(when: dict[str, Any], **changes: Any) -> bool:
    """Whether a rule of these conditions is asked about the contact."""
    return covers_all([{"when": when}], [changes])[0]


def covers_all(rules: list[dict[str, Any]], changes: list[dict[str, Any]]) -> list[bool]:
    """The same of several contacts, asked of one gate one after the other."""
    gate = Gate([rulebook(*({**CLOSED, **rule} for rule in rules))], {})
    decisions = [gate.decide(convert_dial({**KNOWN, **change})) for change in changes]
    return [bool(each.blocks) for each in decisions]


def debt(**changes: Any) -> dict[str, Any]:
    return {"debts": [{key: value for key, value in {**KNOWN["debts"][0], **changes}.items() if value is not None}]}


@pytest.mark.parametrize(
    ("when", "others"),
    [
        ({"least_amount": "500.00", "currency": "USD"}, debt(amount="499.99")),
        ({"most_amount": "500"}, debt(amount="500.01")),
        ({"signed": {"until": "2020-05-01"}}, debt(signed_on="2020-05-02")),
        ({"due": {"from": "2026-01-01"}}, debt(due_on="2025-12-31")),
        ({"least_age_days": 59}, debt(due_on="2026-01-11")),
        ({"most_age_days": 59}, debt(due_on="2026-01-09")),
        ({"creditor_kinds": ["lender"]}, {"orgs": [{"id": "o2", "kind": "buyer"}]}),
        ({"licensed": True}, {"own_org": {"id": "o1", "licensed": False}}),
        ({"automated": False}, {"dial": {**KNOWN["dial"], "automated": True}}),
        ({"number_places": ["work"]}, {"numbers": [{"number": "n1", "person": "p1", "place": "home"}]}),
        ({"number_places": ["work"]}, {"numbers": [{"number": "n1", "person": "p1", "class": "mobile"}]}),
        ({"number_classes": ["landline"]}, {"numbers": [{"number": "n1", "person": "p1", "class": "mobile"}]}),
        ({"number_places": ["work"]}, {"dial": {**KNOWN["dial"], "channel": "text"}}),
    ],
)
def test_a_condition_covers_what_fits_and_nothing_else(when: dict[str, Any], others: dict[str, Any]) -> None:
    assert covers(when)
    assert not covers(when, **others)


@pytest.mark.parametrize(
    ("when", "unknown"),
    [
        ({"least_amount": "500.00", "currency": "USD"}, debt(amount=None)),
        ({"least_amount": "900.00", "currency": "EUR"}, {}),  # another currency cannot be compared
        ({"signed": {"until": "2019-01-01"}}, debt(signed_on=None)),
        ({"most_age_days": 1}, debt(due_on=None)),
        ({"creditor_kinds": ["buyer"]}, {"orgs": []}),
        ({"licensed": False}, {"own_org": {"id": "o1"}}),
        ({"automated": True}, {"dial": {**KNOWN["dial"], "automated": None}}),
        ({"number_places": ["home"]}, {"numbers": [{"number": "n1", "person": "p1", "class": "landline"}]}),
        ({"number_classes": ["mobile"]}, {"numbers": []}),
    ],
)
def test_what_is_not_known_is_covered(when: dict[str, Any], unknown: dict[str, Any]) -> None:
    assert covers(when, **unknown)


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ({"country": "US", "region": "MA"}, True),
        ({"country": "us", "region": "us-ma"}, True),
        ({"country": "US", "region": "WA"}, False),
        ({"country": "CA", "region": "MA"}, False),
        ({"country": "United States", "region": "MA"}, True),
        ({"country": "USA", "region": "MA"}, True),
        ({"country": None, "region": "US-MA"}, True),
        ({"country": None, "region": "US-WA"}, False),
        ({"country": "US", "region": "MA-USA"}, False),
        ({"country": "US", "region": "Massachusetts"}, True),
        ({"country": "US", "region": "M."}, True),
        ({"country": "", "region": ""}, True),
    ],
)
def test_a_place_not_written_in_its_code_is_unknown_and_covered(place: dict[str, Any], *, covered: bool) -> None:
    """A name written out says nothing of another place: the rule speaks."""
    assert covers({"countries": ["US"], "regions": ["MA"]}, place=place) is covered


@pytest.mark.parametrize(
    ("when", "covered"),
    [
        ({"roles": ["debtor"]}, True),
        ({"roles": ["spouse"]}, True),
        ({"roles": ["guarantor"]}, False),
        ({"not_roles": ["spouse"]}, False),
        ({"not_roles": ["debtor"]}, True),
        ({"roles": ["debtor"], "not_roles": ["spouse"]}, False),
    ],
)
def test_whoever_is_treated_as_debtor_falls_under_both_roles(when: dict[str, Any], *, covered: bool) -> None:
    """So that no limit of the debtors' is escaped, nor one of their own."""
    assert covers(when, persons=[{"id": "p1", "role": "spouse", "treated_as_debtor": True}]) is covered


@pytest.mark.parametrize(
    ("above", "overdue", "covered"),
    [
        (0, 0, False),
        (0, 1, True),
        (-1, 0, True),
        (1, 1, False),
        (1, 2, True),
        (90, 90, False),
        (90, 91, True),
        (90, None, True),
    ],
)
def test_only_debts_more_than_so_many_days_overdue(above: int, overdue: int | None, *, covered: bool) -> None:
    """Not those just so many; what is not known is covered."""
    assert covers({"above_days_past_due": above}, **debt(days_past_due=overdue)) is covered


@pytest.mark.parametrize(
    ("as_of", "overdue", "covered"),
    [
        ("2026-03-10", 30, False),
        ("2026-03-10", 31, True),
        ("2026-03-09", 30, True),
        ("2026-03-01", 21, False),
        ("2026-03-01", 22, True),
        ("2026-03-11", 31, True),
        ("2026-03-01", -30, False),
        (None, 30, False),
    ],
)
def test_days_overdue_grow_from_the_date_they_were_stated_for(
    as_of: str | None, overdue: int, *, covered: bool
) -> None:
    assert covers({"above_days_past_due": 30}, **debt(days_past_due=overdue, as_of=as_of)) is covered


NYC: dict[str, Any] = {"countries": ["US"], "regions": ["NY"], "cities": ["New York"]}


@pytest.mark.parametrize(
    ("place", "covered"),
    [
        ({"country": "US", "region": "NY", "city": "New York"}, True),
        ({"country": "us", "region": "ny", "city": "NEW  YORK"}, True),
        ({"country": "US", "region": "US-NY", "city": " new york "}, True),
        ({"country": " ", "region": "", "city": " "}, True),
        ({"country": "CN", "region": "NY", "city": "New York"}, False),
        ({"country": "US", "region": "CN-NY", "city": "New York"}, False),
        ({"country": "US", "region": "NY", "city": "Yorktown"}, False),
    ],
)
def test_a_place_is_the_same_however_it_is_written(place: dict[str, str], covered: bool) -> None:
    assert covers(NYC, place=place) is covered


def test_where_a_text_asks_what_the_caller_knows_an_unknown_place_is_not_covered() -> None:
    unknown = {"numbers": [{"number": "n1", "person": "p1", "class": "landline"}]}
    when = {"number_places": ["work"], "known_number": True}
    assert covers_all([{"when": when}], [{}, unknown]) == [True, False]


def test_all_that_is_said_of_debts_must_hold_of_one_and_the_same() -> None:
    large, old = debt(id="d1", signed_on="2024-01-01")["debts"][0], debt(id="d2", amount="5.00")["debts"][0]
    when = {"least_amount": "100", "signed": {"until": "2021-01-01"}}
    both = {"debts": [large, old], "dial": {**KNOWN["dial"], "debts": ["d1", "d2"]}}
    assert covers_all([{"when": when}], [{}, both]) == [True, False]


def test_one_gate_does_not_take_one_debt_for_another() -> None:
    """What it remembers of one amount is not used for the next."""
    when = {"least_amount": "500"}
    changes = [debt(amount="500"), debt(amount="1"), debt(amount="900"), debt(amount=None)]
    assert covers_all([{"when": when}], changes) == [True, False, True, True]


OPEN_TO_NINE = {"kind": "hours", "open": [{"from": "08:00", "to": "21:00"}]}
EAST_AND_WEST = [
    {"zone": "America/Los_Angeles", "from": "creditor"},
    {"zone": "America/New_York", "from": "mobile_code"},
]


@pytest.mark.parametrize(
    ("tiers", "zones", "allowed"),
    [
        ([], EAST_AND_WEST, False),  # nine in the east is six in the west
        ([["mobile_code", "landline_code"]], EAST_AND_WEST, True),
        ([["told"], ["mobile_code"]], [*EAST_AND_WEST, {"zone": "America/Los_Angeles", "from": "told"}], False),
        ([["told"]], EAST_AND_WEST, False),  # nobody told: all of them count
    ],
)
def test_a_text_may_presume_the_zone_of_the_number_unless_better_is_known(
    tiers: list[list[str]], zones: list[dict[str, str]], *, allowed: bool
) -> None:
    gate = Gate([rulebook(OPEN_TO_NINE, zone_tiers=tiers)], {})
    question = {**KNOWN, "at": "2026-03-10T09:00:00-04:00", "zones": zones}
    assert gate.decide(convert_dial(question)).allowed == allowed


def test_a_debtor_without_a_zone_is_told_the_time_of_their_country() -> None:
    """Not that of the house, whose own rules are asked as well."""
    house = rulebook(OPEN_TO_NINE, name="house", fixed_zone="Asia/Shanghai", one_zone_countries=["CN"])
    korea = rulebook(OPEN_TO_NINE, name="korea", fixed_zone="Asia/Seoul", one_zone_countries=["KR"])
    question = {**KNOWN, "zones": [], "place": {"country": "KR"}, "rulebooks": ["house", "korea"]}
    wire = Gate([house, korea], {}).decide(convert_dial({**question, "at": "2026-03-10T22:00:00+09:00"})).to_wire()
    assert wire["at"] == "2026-03-10T22:00:00+09:00"
    assert [(each["rule"], each["code"]) for each in wire["blocks"]] == [
        ("house/r0", "zone_unknown"),
        ("korea/r0", "hours_closed"),
    ]


@pytest.mark.parametrize(("at", "allowed"), [("2026-03-10T07:59:00+08:00", False), ("2026-03-10T08:00:00+08:00", True)])
@pytest.mark.parametrize("names", [["Asia/Urumqi"], ["Asia/Urumqi", "Asia/Shanghai"]])
def test_a_zone_kept_by_custom_only_is_taken_for_the_legal_one(at: str, names: list[str], *, allowed: bool) -> None:
    gate = Gate([rulebook(OPEN_TO_NINE, fixed_zone="Asia/Shanghai", same_zone=["Asia/Urumqi"])], {})
    zones = [{"zone": name, "from": "address"} for name in names]
    assert gate.decide(convert_dial({**KNOWN, "at": at, "zones": zones})).allowed == allowed


def test_a_zone_abroad_is_still_judged_besides_the_legal_one() -> None:
    gate = Gate([rulebook(OPEN_TO_NINE, fixed_zone="Asia/Shanghai", same_zone=["Asia/Urumqi"])], {})
    question = {**KNOWN, "at": "2026-03-10T08:00:00+08:00", "zones": [{"zone": "Asia/Bangkok", "from": "told"}]}
    assert not gate.decide(convert_dial(question)).allowed
