"""How much of the day is left: dials and talks that the narrowest daily cap still has room for (第八条第一款)."""

from __future__ import annotations

from typing import NamedTuple

from collectdesk.gate import Dial, Gate
from collectdesk.gate.kinds.cap import Cap


class Left(NamedTuple):
    """What is left today; ``None`` where no daily cap counts that."""

    dials: int | None
    talks: int | None


def left_today(gate: Gate, dial: Dial) -> Left:
    """The room left for the contact ``dial`` asks about, on its local date, by every cap of one date that bars."""
    facts, asked = gate.rules_for(dial)
    dials: list[int] = []
    talks: list[int] = []
    for each in asked:
        rule = each.rule
        if not isinstance(rule, Cap) or rule.window.dates != 1 or each.severity != "bar":
            continue
        room = dials if any(count.of == "dial" for count in rule.count) else talks
        for point in each.standpoints:
            counted = rule.why(facts, point.ground, facts.at).evidence
            room.append(max(0, int(counted["limit"]) - len(counted["counted"])))
    return Left(min(dials, default=None), min(talks, default=None))
