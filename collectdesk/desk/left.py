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
            if not point.in_force(facts.at):
                continue
            counted = rule.why(facts, point.ground, facts.at).evidence
            room.append(max(0, int(counted["limit"]) - len(counted["counted"])))
    return Left(min(dials, default=None), min(talks, default=None))


def weighs_plainly(rule: object) -> bool:
    """Whether the room it leaves of a day is told by what the contacts of that day were, in any order and at any hour.

    Not where some are left out, or only those after a first one count, or its length matters.
    """
    if not (isinstance(rule, Cap) and rule.window.dates == 1):
        return True
    if rule.or_window or rule.excluding or rule.after_first:
        return False
    return all(count.only is None and not count.min_seconds for count in rule.count)
