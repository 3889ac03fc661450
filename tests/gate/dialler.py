"""Another program: a dialler that keeps its own history and asks the gate before each call. It uses nothing else.

Reads one JSON document from stdin (``rulebook``, ``calendar``, ``now``, ``people``) and prints whom it would call now
and when it looks at the others again. ``tests/gate/test_api.py`` runs it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from collectdesk.gate import Decision, Gate, Malformed, compile_calendar, compile_rulebook, convert_dial


def main() -> int:
    asked = json.load(sys.stdin)
    try:
        gate = Gate([compile_rulebook(asked["rulebook"])], {"XX": compile_calendar([asked["calendar"]])})
    except Malformed as error:
        print(json.dumps({"error": error.where}))
        return 1
    plan = [told(person, gate.decide(convert_dial(question(person, asked["now"])))) for person in asked["people"]]
    print(json.dumps(plan))
    return 0


def question(person: dict[str, Any], now: str) -> dict[str, Any]:
    """The dialler's own record of somebody as the contract's question."""
    calls = [
        {"id": f"c{number}", "at": at, "kind": "call", "person": "p", "line": "answered", "answered_by": "p"}
        for number, at in enumerate(person["talks"])
    ]
    return {
        "id": person["name"],
        "at": now,
        "zones": [{"zone": person["zone"]}],
        "dial": {"person": "p", "number": "n", "channel": "voice", "purpose": "collect"},
        "persons": [{"id": "p", "role": "debtor"}],
        "events": calls,
    }


def told(person: dict[str, Any], decision: Decision) -> dict[str, Any]:
    wire = decision.to_wire()
    return {
        "name": person["name"],
        "call": decision.allowed,
        "again": wire["next_allowed_at"],
        "why": [block.rule for block in decision.blocks],
    }


if __name__ == "__main__":
    sys.exit(main())
