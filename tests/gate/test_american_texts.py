"""To whom the texts of the United States speak, where the caller does not name them."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import convert_dial
from collectdesk.gate.facts import Facts
from collectdesk.gate.instant import Instant
from tests.gate import shipped_rules as shipped

CARD = {"id": "d", "type": "credit_card", "days_past_due": 90}
AGENCY = {"id": "us", "kind": "agency", "licensed": True}
LENDER = {"id": "us", "kind": "lender"}
FEDERAL = "us-reg-f"


def spoken_to(place: dict[str, Any], own: dict[str, Any], debt: dict[str, Any]) -> set[str]:
    question = {
        "at": "2026-10-06T12:00:00-04:00",
        "place": place,
        "own_org": own,
        "debts": [debt],
        "dial": {"person": "p", "number": "n", "channel": "voice", "debts": ["d"]},
    }
    facts = Facts(convert_dial(question))
    return {name for name, book in shipped.rulebooks().items() if name.startswith("us-") and book.applies_to(facts)}


@pytest.mark.parametrize(
    ("place", "texts"),
    [
        ({"country": "US", "region": "TX"}, {FEDERAL}),
        ({"country": "US", "region": "DC"}, {FEDERAL, "us-dc"}),
        ({"country": "US", "region": "MA"}, {FEDERAL, "us-ma"}),
        ({"country": "US", "region": "WA"}, {FEDERAL, "us-wa"}),
        ({"country": "US", "region": "WV"}, {FEDERAL, "us-wv"}),
        ({"country": "US", "region": "NY", "city": "New York"}, {FEDERAL, "us-ny-nyc"}),
        ({"country": "US", "region": "NY", "city": "Brooklyn"}, {FEDERAL, "us-ny-nyc"}),
        ({"country": "US", "region": "NY", "city": "Buffalo"}, {FEDERAL}),
        ({"country": "US", "region": "NY"}, {FEDERAL, "us-ny-nyc"}),
        ({"country": "US", "region": "PR"}, {FEDERAL}),
        *(({"country": territory}, {FEDERAL}) for territory in ("PR", "GU", "VI", "AS", "MP")),
        ({"country": "US"}, {FEDERAL, "us-dc", "us-ma", "us-wa", "us-wv", "us-ny-nyc"}),
        ({"country": "CA", "region": "ON"}, set()),
    ],
)
def test_territories_are_states_and_what_is_not_known_is_covered(place: dict[str, Any], texts: set[str]) -> None:
    """12 CFR 1006.2(l): a State is any territory or possession of the United States as well."""
    assert spoken_to(place, AGENCY, CARD) == texts


@pytest.mark.parametrize(
    ("region", "own", "debt", "texts"),
    [
        ("DC", LENDER, {}, {"us-dc"}),
        ("MA", LENDER, {}, {"us-ma"}),
        ("WV", LENDER, {}, {"us-wv"}),
        ("WA", LENDER, {}, set()),
        ("DC", AGENCY, {"days_past_due": 30}, {FEDERAL}),
        ("DC", AGENCY, {"days_past_due": None}, {FEDERAL, "us-dc"}),
        ("DC", AGENCY, {"type": "mortgage"}, {FEDERAL}),
        ("DC", AGENCY, {"type": "business"}, set()),
        ("WA", AGENCY, {"type": "business"}, {"us-wa"}),
        ("WV", {"id": "us", "kind": "buyer"}, {}, {FEDERAL, "us-wv"}),
        ("WV", {"id": "us", "kind": "law_firm"}, {}, {FEDERAL, "us-wv"}),
        ("WV", {"id": "us"}, {"type": None}, {FEDERAL, "us-wv"}),
    ],
)
def test_each_binds_whom_it_names(region: str, own: dict[str, Any], debt: dict[str, Any], texts: set[str]) -> None:
    assert spoken_to({"country": "US", "region": region}, own, {**CARD, **debt}) == texts


def test_a_debt_not_yet_covered_is_by_the_hours_of_the_next_day() -> None:
    """D.C. Code 28-3814(b)(2): the first instant is that by both texts, and by then the debt is 31 days past due."""
    call = {"kind": "call", "org": "us", "direction": "out", "person": "p", "line": "voicemail", "debts": ["d"]}
    question = {
        "at": "2026-04-05T22:00:00-04:00",
        "rulebooks": [FEDERAL, "us-dc"],
        "place": {"country": "US", "region": "DC"},
        "zones": [{"zone": "America/New_York"}],
        "own_org": AGENCY,
        "debts": [{**CARD, "days_past_due": 26, "as_of": "2026-04-01"}],
        "persons": [{"id": "p", "role": "debtor"}],
        "numbers": [{"number": "n", "person": "p", "class": "mobile"}],
        "events": [{**call, "id": str(day), "at": f"2026-04-0{day}T10:00:00-04:00"} for day in (1, 2, 3, 4)],
        "dial": {"person": "p", "number": "n", "channel": "voice", "debts": ["d"]},
    }
    found = shipped.gate().decide(convert_dial(question))
    assert found.next_allowed_at == Instant.parse("2026-04-08T08:00:00-04:00")
