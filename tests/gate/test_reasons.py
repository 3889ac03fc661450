"""What a refusal names as its reason, and causes that bind once."""

from __future__ import annotations

from typing import Any

import pytest

from collectdesk.gate import Decision, Gate, convert_dial
from tests.gate.worlds import rulebook


def decided(rule: dict[str, Any], at: str = "2026-03-10T12:00:00+08:00", **facts: Any) -> Decision:
    question = {
        "at": at,
        "rulebooks": ["book"],
        "zones": [{"zone": "Asia/Shanghai"}],
        "dial": {"person": "p1", "number": "n1", "channel": "voice", "debts": ["d1"]},
        "persons": [{"id": "p1", "role": "debtor"}],
        **facts,
    }
    return Gate([rulebook(rule)], {}).decide(convert_dial(question))


def test_a_refusal_names_the_wishes_that_are_alive_and_no_others() -> None:
    """Only in the evening: what is over and what has not begun is no reason."""
    evening = [{"from": "18:00", "to": "20:00"}]
    wishes = [
        {"id": "alive", "from": "2026-03-10T12:00:00+08:00", "until": "2026-03-10T12:00:01+08:00"},
        {"id": "always"},
        {"id": "over", "until": "2026-03-10T12:00:00+08:00"},
        {"id": "to-come", "from": "2026-03-10T12:00:01+08:00"},
    ]
    spoken = [{"kind": "only", "by": "p1", "weekly": evening, **wish} for wish in wishes]
    (block,) = decided({"kind": "designation"}, designations=spoken).blocks
    assert (block.code, block.released_by) == ("designation_only", "debtor")
    assert block.evidence["designations"] == ["alive", "always"]
    barred = [
        {"id": "now", "kind": "barred", "by": "p1", "weekly": [{"from": "11:00", "to": "13:00"}]},
        {"id": "later", "kind": "barred", "by": "p1", "weekly": [{"from": "13:00", "to": "14:00"}]},
    ]
    (block,) = decided({"kind": "designation"}, designations=[*spoken, *barred]).blocks
    assert (block.code, block.evidence["designations"]) == ("designation_barred", ["now"])


FIRST = {
    "id": "h1",
    "kind": "hardship",
    "cause": "surgery",
    "received_at": "2026-03-01T00:00:00+08:00",
    "until": "2026-03-08T00:00:00+08:00",
}
SECOND = {**FIRST, "id": "h2", "received_at": "2026-03-08T00:00:00+08:00", "until": "2026-04-30T00:00:00+08:00"}


@pytest.mark.parametrize(
    ("rule", "second", "opens"),
    [
        ({}, {}, "2026-03-10T12:00:00+08:00"),
        ({"extendable": True}, {}, "2026-03-15T00:00:00+08:00"),
        ({"extendable": True}, {"received_at": "2026-03-08T00:00:01+08:00"}, "2026-03-10T12:00:00+08:00"),
        ({"extendable": True}, {"until": "2026-03-11T00:00:00+08:00"}, "2026-03-11T00:00:00+08:00"),
        ({}, {"cause": "death"}, "2026-04-30T00:00:00+08:00"),
        ({}, {"cause": None}, "2026-04-30T00:00:00+08:00"),
        ({}, {"debts": ["d2"]}, "2026-03-10T12:00:00+08:00"),
        ({"once": []}, {}, "2026-04-30T00:00:00+08:00"),
    ],
)
def test_a_cause_binds_once_and_is_extended_once_by_as_much(
    rule: dict[str, Any], second: dict[str, Any], opens: str
) -> None:
    """The first hold of seven days has ended on 8 March; asked on the tenth, it is the second that may bind."""
    text = {"kind": "hold", "kinds": {"hardship": []}, "once": ["hardship"], **rule}
    wire = decided(text, holds=[FIRST, {**SECOND, **second}]).to_wire()
    assert wire["next_allowed_at"] == opens
    assert wire["allowed"] == (opens == wire["at"])


@pytest.mark.parametrize(
    ("received_at", "until", "opens"),
    [
        ("2026-02-27T10:00:00+08:00", "2026-03-08T00:00:00+08:00", "2026-03-17T00:00:00+08:00"),
        ("2026-02-27T23:59:59+08:00", "2026-03-08T09:30:00+08:00", "2026-03-19T00:00:00+08:00"),
        ("2026-03-08T00:00:00+08:00", "2026-03-08T00:00:01+08:00", "2026-03-10T12:00:00+08:00"),
        (None, "2026-03-08T00:00:00+08:00", "2026-04-30T00:00:00+08:00"),
    ],
)
def test_an_extension_has_as_many_dates_as_the_first(received_at: str | None, until: str, opens: str) -> None:
    """Dates are counted, not hours; where the beginning is unknown, the extension binds as long as it says."""
    text = {"kind": "hold", "kinds": {"hardship": []}, "once": ["hardship"], "extendable": True}
    first = {**FIRST, "received_at": received_at, "until": until}
    assert decided(text, holds=[first, SECOND]).to_wire()["next_allowed_at"] == opens


@pytest.mark.parametrize(("org", "allowed"), [("middle", True), ("above", False), ("zenith", False), (None, False)])
def test_what_must_be_told_to_us_was_told_on_our_own_call(org: str | None, *, allowed: bool) -> None:
    """A consent that names no addressee was given to whoever made the call it was given on."""
    call = {"id": "e1", "kind": "call", "at": "2026-03-09T12:00:00+08:00", "person": "p1", "line": "answered"}
    consent = {"id": "c1", "opens": ["contact"], "by": "p1", "given_at": "2026-03-09T12:01:00+08:00"}
    rule = {"kind": "consent", "terms": {"opens": "contact", "direct": True, "evidence": False}}
    decision = decided(
        rule,
        own_org={"id": "middle"},
        events=[{**call, "direction": "out", "org": org}],
        consents=[{**consent, "in_event": "e1"}],
    )
    assert decision.allowed is allowed
