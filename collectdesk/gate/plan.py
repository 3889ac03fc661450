"""The plan of a decision: which rules are asked of a contact, and from which places each is judged.

The plan depends only on what sort of contact it is, so a gate that decides many remembers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collectdesk.gate.calendar import Calendar
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.decision import BookRef, CalendarRef, Severity
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds import Ground, Rule
from collectdesk.gate.rulebook import Rulebook
from collectdesk.gate.solver import Standpoint

UTC_CLOCK = "UTC"


class Asked(NamedTuple):
    """One rule as it is asked.

    ``name`` is ``rulebook/rule``. ``standpoints``: from where it is judged, nowhere when no zone is known.
    ``severity``: a draft never bars. ``cautions``: whether it may warn although it passes.
    """

    name: str
    rule: Rule
    severity: Severity
    standpoints: tuple[Standpoint, ...]
    cautions: bool


class Plan(NamedTuple):
    """What a sort of contact is asked: the rules, and what every decision on it repeats."""

    asked: tuple[Asked, ...]
    rulebooks: tuple[BookRef, ...]
    calendars: tuple[CalendarRef, ...]
    clock: LocalClock


def plan_for(used: Sequence[Rulebook], facts: Facts, calendars: Mapping[str, Calendar]) -> Plan:
    """The plan for contacts like the one in ``facts`` by the rulebooks ``used``."""
    try:
        candidates: tuple[LocalClock, ...] | None = facts.clocks
    except LookupError:
        candidates = None
    fixed = next((book.fixed_zone for book in used if book.fixed_zone), UTC_CLOCK)
    regions = dict.fromkeys(book.calendar for book in used if book.calendar)
    known = [calendars[region] for region in regions if region in calendars]
    return Plan(
        asked=tuple(_rules_asked(used, facts, candidates, calendars)),
        rulebooks=tuple(BookRef(book.id, book.version, book.digest) for book in used),
        calendars=tuple(CalendarRef(each.region, each.version, each.confirmed_through) for each in known),
        clock=candidates[0] if candidates else clock_for(fixed),
    )


def _rules_asked(
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
        covering = (rule for rule in book.rule if rule.when.covers(facts))
        asked += [_asked(book, rule, _needed(rule, facts, clocks), calendar) for rule in covering]
    return asked


def _needed(rule: Rule, facts: Facts, clocks: tuple[LocalClock, ...]) -> tuple[LocalClock, ...]:
    """The clocks a rule is judged by: one is as good as another where it needs no local time."""
    if len(clocks) == 1 or rule.needs_zone(facts):
        return clocks
    return (clocks or (clock_for(UTC_CLOCK),))[:1]


def _asked(book: Rulebook, rule: Rule, known: tuple[LocalClock, ...], calendar: Calendar | None) -> Asked:
    return Asked(
        name=f"{book.id}/{rule.id}",
        rule=rule,
        severity="warn" if rule.status == "draft" else rule.severity,
        standpoints=tuple(_standpoint(book, rule, Ground(clock, calendar, {})) for clock in known),
        cautions=rule.cautions,
    )


def _standpoint(book: Rulebook, rule: Rule, ground: Ground) -> Standpoint:
    starts = [force.start.toordinal() for force in (book.in_force, rule.in_force) if force.start]
    ends = [force.end.toordinal() for force in (book.in_force, rule.in_force) if force.end]
    start_of = ground.clock.start_of
    return Standpoint(
        rule,
        ground,
        begins=start_of(max(starts)) if starts else -FOREVER,
        ends=start_of(min(ends) + 1) if ends else FOREVER,
    )


def _clocks(book: Rulebook, facts: Facts, candidates: tuple[LocalClock, ...] | None) -> tuple[LocalClock, ...]:
    """Every zone the book is judged in: the debtor's, and the one the text counts in."""
    if candidates is None:
        return ()
    country = facts.dial.place.country if facts.dial.place else None
    if book.fixed_zone is None or not (candidates or country in book.one_zone_countries):
        return candidates
    return tuple(dict.fromkeys((*candidates, clock_for(book.fixed_zone))))
