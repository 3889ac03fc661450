"""How long a day may be called in (可拨时长), by the rules of hours and closed days now in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.gate.clock import clock_for
from collectdesk.gate.dial import Attempt, Dial, Org, Person, Place, Zone
from collectdesk.gate.facts import Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds import Ground
from collectdesk.gate.kinds.hours import AllowedHours, ClosedDays
from collectdesk.gate.solver import Standpoint, first_open_of_all, open_until

if TYPE_CHECKING:
    from collectdesk.gate import Calendar, Gate
    from collectdesk.gate.kinds import Rule

DEBTOR, OWN = "debtor", "own"
"""Ids of nobody: an ordinary debtor in China, and the agency that calls."""


class CallingHours:
    """The gate asked about an ordinary debtor in the house's zone who has agreed to nothing."""

    def __init__(self, gate: Gate, at: int) -> None:
        """By the rulebooks and calendars of ``gate``; ``at`` (UTC seconds) is when it is asked."""
        dial = Dial(
            at=Instant(at),
            place=Place(country="CN"),
            zones=(Zone(zone=HOUSE_ZONE),),
            dial=Attempt(person=DEBTOR, channel="voice", purpose="collect", automated=False),
            own_org=Org(id=OWN, kind="agency"),
            persons=(Person(id=DEBTOR, role="debtor"),),
        )
        self._facts, asked = gate.rules_for(dial)
        self._points = [
            point
            for each in asked
            if each.severity == "bar" and isinstance(each.rule, AllowedHours | ClosedDays)
            for point in each.standpoints
        ]

    def seconds(self, day: int) -> int:
        """How many seconds of a local date (its ordinal) a call may begin in."""
        clock = clock_for(HOUSE_ZONE)
        at, ends, total = clock.start_of(day), clock.start_of(day + 1), 0
        while at < ends:
            opening = first_open_of_all(self._points, self._facts, at)
            if opening.start is None or opening.start >= ends:
                break
            at = min(_closes(self._points, self._facts, opening.start, ends), ends)
            total += at - opening.start
        return total


def _closes(points: list[Standpoint], facts: Facts, at: int, ends: int) -> int:
    changes = ((point, point.state(facts, at).change) for point in points)
    standing = [(point, change) for point, change in changes if change is not None]
    until = open_until(standing, facts, ends)
    return ends if until is None else until


LOOKED_AT = 400
"""Days over which two rules of hours are compared: every weekday, and a year of holidays."""


def newly_open(old: Rule, new: Rule, zone: str, calendar: Calendar | None, at: int) -> str:
    """The first stretch from ``at`` (UTC seconds) on that ``new`` leaves open and ``old`` does not, in local time.

    Both are asked as the gate asks them, of a call in ``zone`` to somebody who has agreed to nothing. Empty where
    ``new`` opens nothing that ``old`` does not.
    """
    clock = clock_for(zone)
    facts = Facts(Dial(at=Instant(at), dial=Attempt(person=DEBTOR, channel="voice", purpose="collect")))
    before, after = (Standpoint(rule, Ground(clock, calendar, {})) for rule in (old, new))
    limit = clock.start_of(clock.day(at) + LOOKED_AT)
    now = clock.start_of(clock.day(at))
    while now < limit:
        was, is_ = before.state(facts, now), after.state(facts, now)
        changes = [state.change for state in (was, is_) if state.change is not None]
        until = min(changes, default=limit)
        if is_.open and not was.open:
            ends = clock.iso(until)[11:16] if until < clock.start_of(clock.day(now) + 1) else "24:00"
            return f"{clock.iso(now)[:16].replace('T', ' ')}-{ends}"
        now = until
    return ""
