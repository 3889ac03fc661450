"""The plan of a decision: which rules are asked of a contact, and from which places each is judged.

The plan depends only on what sort of contact it is, so a gate that decides many remembers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collectdesk.gate.calendar import Calendar
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.decision import Severity
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds import Ground, Rule
from collectdesk.gate.kinds.base import ALWAYS_IN_FORCE
from collectdesk.gate.rulebook import Rulebook
from collectdesk.gate.solver import Standpoint

UTC_CLOCK = "UTC"


class Asked(NamedTuple):
    """One rule as it is asked.

    ``name`` is ``rulebook/rule``. ``standpoints``: from where it is judged, nowhere when no zone is known.
    ``severity``: a draft never bars. ``cautions``: whether it may warn although it passes. ``dated``: whether its
    text is in force only for a time.
    """

    name: str
    rule: Rule
    severity: Severity
    standpoints: tuple[Standpoint, ...]
    cautions: bool
    dated: bool


def rules_asked(
    used: Sequence[Rulebook],
    facts: Facts,
    candidates: tuple[LocalClock, ...] | None,
    calendars: Mapping[str, Calendar],
) -> list[Asked]:
    """Every rule of ``used`` that covers the contact; ``candidates`` are the debtor's clocks, if all are known."""
    asked = []
    for book in used:
        if not book.common.covers(facts):
            continue
        clocks = _clocks(book, facts, candidates)
        calendar = calendars.get(book.calendar or "")
        asked += [_asked(book, rule, clocks, calendar) for rule in book.rule if rule.when.covers(facts)]
    return asked


def _asked(book: Rulebook, rule: Rule, clocks: tuple[LocalClock, ...], calendar: Calendar | None) -> Asked:
    known = clocks if rule.needs_zone else (clocks or (clock_for(UTC_CLOCK),))[:1]
    return Asked(
        name=f"{book.id}/{rule.id}",
        rule=rule,
        severity="warn" if rule.status == "draft" else rule.severity,
        standpoints=tuple(_standpoint(book, rule, Ground(clock, calendar)) for clock in known),
        cautions=rule.cautions,
        dated=bool(book.in_force != ALWAYS_IN_FORCE or rule.in_force != ALWAYS_IN_FORCE),
    )


def _standpoint(book: Rulebook, rule: Rule, ground: Ground) -> Standpoint:
    starts = [force.start.toordinal() for force in (book.in_force, rule.in_force) if force.start]
    ends = [force.end.toordinal() for force in (book.in_force, rule.in_force) if force.end]
    return Standpoint(rule, ground, max(starts, default=0), min(ends, default=FOREVER))


def _clocks(book: Rulebook, facts: Facts, candidates: tuple[LocalClock, ...] | None) -> tuple[LocalClock, ...]:
    """Every zone the book is judged in: the debtor's, and the one the text counts in."""
    if candidates is None:
        return ()
    country = facts.dial.place.country if facts.dial.place else None
    if book.fixed_zone is None or not (candidates or country in book.one_zone_countries):
        return candidates
    return tuple(dict.fromkeys((*candidates, clock_for(book.fixed_zone))))
