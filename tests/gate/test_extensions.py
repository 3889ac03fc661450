"""Extensions: a hold agreed for a time is extended once by as many local dates as it had.

Korea: Personal Financial Claims Act, art 17; Decree, art 16.
"""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision
from tests.gate.asking import decided, local
from tests.gate.worlds import rulebook

TODAY = "2026-03-10T10:00:00+08:00"
RULE = {"kind": "hold", "kinds": {"hardship": []}, "once": ["hardship"], "extendable": True}
AGREED = {
    "id": "agreed",
    "kind": "hardship",
    "cause": "surgery",
    "received_at": "2026-03-01T10:00:00+08:00",
    "until": "2026-03-08T00:00:00+08:00",
}
MORE = {"id": "more", "kind": "hardship", "cause": "surgery", "received_at": "2026-03-05T10:00:00+08:00"}
LAST = {**MORE, "id": "last", "received_at": "2026-03-07T10:00:00+08:00"}


def asked(*holds: dict[str, Any]) -> Decision:
    """Of a call at noon on 10 March, with these holds of one cause."""
    return decided(RULE, holds=list(holds))


def ends(found: Decision) -> dict[str, Any]:
    """When each hold that stands is over, by its id."""
    return {each["hold"]: each["until"] for block in found.blocks for each in block.evidence["holds"]}


@pytest.mark.parametrize(
    ("agreed", "more", "until"),
    [
        ({}, {}, "2026-03-15 00:00"),  # seven dates, and seven more
        ({"until": "2026-03-08T00:00:01+08:00"}, {}, "2026-03-17 00:00"),  # of an eighth it had its first second
        ({}, {"received_at": AGREED["until"]}, "2026-03-15 00:00"),
        ({}, {"until": "2026-03-12T15:00:00+08:00"}, "2026-03-12 15:00"),
        ({"lifted_at": "2026-03-06T15:00:00+08:00"}, {}, "2026-03-13 00:00"),
        ({"until": "4100-01-01T00:00:00+08:00"}, {}, "6173-11-03 00:00"),
        ({"received_at": None}, {}, None),  # nobody knows how long it was
    ],
)
def test_a_hold_is_extended_by_as_many_dates_as_it_had(
    agreed: dict[str, Any], more: dict[str, Any], until: str | None
) -> None:
    found = asked({**AGREED, **agreed}, {**MORE, **more})
    assert ends(found)["more"] == (None if until is None else local(until))


@pytest.mark.parametrize(
    ("agreed", "more"),
    [
        ({}, [{**MORE, "received_at": "2026-03-08T00:00:01+08:00"}]),  # it was over
        ({"until": None, "lifted_at": "2026-03-08T00:00:00+08:00"}, [MORE]),  # no length was agreed
        ({"received_at": TODAY, "until": TODAY}, [{**MORE, "received_at": TODAY}]),  # it lasted no time at all
        ({}, [{**MORE, "until": "2026-03-09T00:00:00+08:00"}, LAST]),  # it was extended before
    ],
)
def test_what_is_no_first_extension_of_an_agreed_length_does_not_bind(
    agreed: dict[str, Any], more: list[dict[str, Any]]
) -> None:
    found = asked({**AGREED, **agreed}, *more)
    assert found.allowed
    assert [(each.code, each.evidence["holds"]) for each in found.warnings] == [("hold_spent", [more[-1]["id"]])]


@pytest.mark.parametrize(("once", "warns"), [(["hardship"], True), ([], False)])
def test_a_rule_warns_of_spent_holds_where_a_cause_binds_once(once: list[str], *, warns: bool) -> None:
    (rule,) = rulebook({**RULE, "once": once}).rule
    assert rule.cautions is warns
