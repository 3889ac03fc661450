"""One made-up rule, asked about one call as another program asks: in JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from collectdesk.gate import Calendar, Decision, Dial, Gate, compile_calendar, convert_dial
from collectdesk.gate.instant import Instant
from tests.gate.worlds import rulebook

Json = dict[str, Any]


def asked(**facts: Any) -> Dial:
    """A call to ``p1`` about ``d1`` at noon in Shanghai on Tuesday 2026-03-10, with ``facts`` in place of ours."""
    question = {
        "at": "2026-03-10T12:00:00+08:00",
        "rulebooks": ["book"],
        "zones": [{"zone": "Asia/Shanghai"}],
        "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": ["d1"]},
        "persons": [{"id": "p1", "role": "debtor"}],
        "own_org": {"id": "us"},
        **facts,
    }
    return convert_dial(json.loads(json.dumps(question)))


def gate_of(*rules: Json, **book: Any) -> Gate:
    """A gate of one rulebook, ``book``, with these rules (``r0``, ``r1`` …), and of a calendar without holidays."""
    return Gate([rulebook(*json.loads(json.dumps(rules)), **book)], {"XX": _plain_weeks()})


@cache
def _plain_weeks() -> Calendar:
    year = {"schema": "collectdesk.calendar/1", "region": "XX", "version": "1", "confirmed": True, "source": {}}
    through = {"confirmed_through": "2027-12-31", "days": []}
    return compile_calendar({**year, **through, "year": each} for each in (2025, 2026, 2027))


def decided(rule: Json, **facts: Any) -> Decision:
    """One rule asked about such a call."""
    return gate_of(rule).decide(asked(**facts))


def evidence(rule: Json, **facts: Any) -> Json:
    """What the one refusal of the rule rests on."""
    (block,) = decided(rule, **facts).blocks
    return block.evidence


def local(text: str) -> Instant:
    """A wall time in Shanghai, ``"2026-03-10 12:00"``."""
    return Instant.parse(f"{text.replace(' ', 'T')}:00+08:00")
