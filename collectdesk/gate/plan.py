"""The plan of a decision: which rules are asked of a contact, and from which places each is judged.

The plan depends only on what contacts of one profile share, and on the answers to the few conditions that ask more, so
a gate that decides many remembers it. What a rule says to all contacts of a profile is found out while the plan is
made: a rule that lets each of them through, whenever it is asked, is not asked again.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from collectdesk.gate.applies import country_of
from collectdesk.gate.calendar import Calendar
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.covered import EVER, Spans, both, covered
from collectdesk.gate.decision import BookRef, CalendarRef, Severity
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds import Ground, Reason, Rule, State
from collectdesk.gate.kinds.base import OPEN
from collectdesk.gate.profile import NO_EVENTS, WHENEVER, Profile, settled, shared
from collectdesk.gate.rulebook import Rulebook, ZoneSource
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


class Due(NamedTuple):
    """A rule that is asked at each decision; with ``least``, only if so many events are younger than ``seconds``.

    ``dates``: and on so many local dates of that clock, the one asked about among them. ``sole``: the standpoint, where
    there is but one, and its text in force from now on.
    """

    asked: Asked
    least: int = 0
    seconds: int = 0
    dates: tuple[LocalClock, int] | None = None
    sole: Standpoint | None = None


class Silence(Struct, frozen=True):
    """The rules that may object at all, from ``since`` on, while all the others are in force (``begins``, ``ends``)."""

    due: tuple[Due, ...]
    since: int
    begins: int
    ends: int


NO_SILENCE = Silence((), FOREVER, -FOREVER, FOREVER)
"""Every rule is asked at every instant."""


class Plan(Struct, frozen=True):
    """What a sort of contact is asked: the rules, and what every decision on it repeats."""

    asked: tuple[Asked, ...]
    names: tuple[str, ...]
    silence: Silence
    rulebooks: tuple[BookRef, ...]
    calendars: tuple[CalendarRef, ...]
    clock: LocalClock

    def due(self, at: int) -> Iterable[Due]:
        """The rules to be asked at ``at``, in the order of questions."""
        silence = self.silence
        if at >= silence.since and silence.begins <= at < silence.ends:
            return silence.due
        return map(Due, self.asked)


Condition = Callable[[Facts], Hashable]
Standpoints = dict[tuple[str, str], Standpoint]
"""Every rule's standpoint in every zone it was ever judged from, by names."""


def conditions(books: Iterable[Rulebook], profile: Profile, *, named: bool) -> tuple[Condition, ...]:
    """What must be asked of each contact of ``profile`` before its plan is known; mostly nothing.

    ``named``: the caller has decided that the ``books`` apply.
    """
    every = [ask for book in books for ask in _conditions(book, shared(profile), named=named)]
    return tuple(ask for ask in every if settled(lambda ask=ask: ask(shared(profile))) is None)  # type: ignore[misc]


def _conditions(book: Rulebook, told: Facts, *, named: bool) -> list[Condition]:
    """What the plan asks of a contact by one book, as far as what all contacts share does not end it."""
    whole = (book.common,) if named else (book.applies, book.common)
    if not named and book.preset:
        return []
    if any(settled(lambda when=when: when.covers(told)) is False for when in whole):  # type: ignore[misc]
        return []
    covering = [rule for rule in book.rule if settled(lambda rule=rule: rule.when.covers(told)) is not False]  # type: ignore[misc]
    asked_of_rules = (ask for rule in covering for ask in (partial(covered, rule.when), rule.needs_zone))
    return [*(partial(covered, when) for when in whole), *asked_of_rules]


def plan_for(
    used: Sequence[Rulebook],
    facts: Facts,
    profile: Profile | None,
    calendars: Mapping[str, Calendar],
    standpoints: Standpoints,
) -> Plan:
    """The plan for contacts like the one in ``facts`` by the rulebooks ``used``; it may add to ``standpoints``.

    Without a ``profile`` it is for this one contact, and every rule is asked.
    """
    try:
        candidates: tuple[LocalClock, ...] | None = facts.clocks
    except LookupError:
        candidates = None
    fixed = _told_in(used, country_of(facts.dial.place) if facts.dial.place else None)
    regions = dict.fromkeys(book.calendar for book in used if book.calendar)
    known = [calendars[region] for region in regions if region in calendars]
    asked = tuple(_rules_asked(used, facts, candidates, calendars, standpoints))
    return Plan(
        asked=asked,
        names=tuple(each.name for each in asked),
        silence=NO_SILENCE if profile is None else _silence(asked, facts, profile),
        rulebooks=tuple(BookRef(book.id, book.version, book.digest) for book in used),
        calendars=tuple(CalendarRef(each.region, each.version, each.confirmed_through) for each in known),
        clock=candidates[0] if candidates else clock_for(fixed),
    )


def _told_in(used: Sequence[Rulebook], country: str | None) -> str:
    """The zone a verdict is told in where the debtor's own is not known: their country's, where it has but one."""
    fixed = [book for book in used if book.fixed_zone]
    at_home = (book.fixed_zone for book in fixed if country in book.one_zone_countries)
    return next(at_home, None) or next((book.fixed_zone for book in fixed if book.fixed_zone), UTC_CLOCK)


def _rules_asked(
    used: Sequence[Rulebook],
    facts: Facts,
    candidates: tuple[LocalClock, ...] | None,
    calendars: Mapping[str, Calendar],
    standpoints: Standpoints,
) -> list[Asked]:
    """Every rule of ``used`` that covers the contact, now or later; ``candidates``: the debtor's clocks, if known."""
    asked = []
    for book in used:
        whole = both(covered(book.common, facts), EVER if facts.dial.rulebooks is not None else book.speaks(facts))
        if not whole:
            continue
        clocks = _clocks(book, facts, candidates)
        calendar = calendars.get(book.calendar or "")
        for rule in book.rule:
            spans = both(whole, covered(rule.when, facts))
            if spans:
                points = _points(book, rule, _needed(rule, facts, clocks), calendar, standpoints)
                asked.append(_asked(book, rule, _within(points, spans)))
    return asked


def _silence(asked: Sequence[Asked], facts: Facts, profile: Profile) -> Silence:
    """Which rules let every contact of the profile through from now on, at least while nothing happened lately."""
    told, at = shared(profile), facts.at
    unopened = _nothing_on_file(facts)
    uncalled = shared(profile, **NO_EVENTS)
    due: list[Due] = []
    silent: list[Standpoint] = []
    for each in asked:
        back = each.rule.looks_back
        if _lets_through(each, told, at):
            silent += each.standpoints
        elif unopened and back.events < FOREVER and not back.dead and _lets_through(each, uncalled, at):
            silent += each.standpoints
            one_clock = each.standpoints[0].ground.clock if len(each.standpoints) == 1 else None
            dates = (one_clock, back.dates) if one_clock and back.dates else None
            due.append(Due(each, back.least, back.events, dates, _sole(each, at)))
        else:
            due.append(Due(each, sole=_sole(each, at)))
    begins = max((point.begins for point in silent), default=-FOREVER)
    ends = min((point.ends for point in silent), default=FOREVER)
    return Silence(tuple(due), at, begins, ends)


def _sole(asked: Asked, at: int) -> Standpoint | None:
    """The only standpoint, if its text is in force from ``at`` on."""
    if len(asked.standpoints) != 1:
        return None
    point = asked.standpoints[0]
    return point if point.begins <= at and point.ends == FOREVER else None


def _nothing_on_file(facts: Facts) -> bool:
    """Whether what a rule says of the past (``LooksBack``) speaks of this contact."""
    dial, person = facts.dial, facts.person
    on_file = dial.consents or dial.designations or dial.holds or dial.permits or facts.attempt.reply_to
    return not on_file and person is not None and person.role == "debtor"


def _lets_through(asked: Asked, told: Facts, at: int) -> bool:
    """Whether the rule is open, now and ever after, to all of whom nothing but ``told`` is known, without a word."""
    answers = [settled(lambda point=point: _answer(asked, point, told, at)) for point in asked.standpoints]  # type: ignore[misc]
    return bool(answers) and all(answer == (OPEN, None) for answer in answers)


def _answer(asked: Asked, point: Standpoint, told: Facts, at: int) -> tuple[State, Reason | None]:
    """The rule's state from ``at`` on, and what it warns of whenever it is asked."""
    warned = asked.rule.caution(told, point.ground, WHENEVER) if asked.cautions else None
    return asked.rule.state(told, point.ground, at), warned


def _needed(rule: Rule, facts: Facts, clocks: tuple[LocalClock, ...]) -> tuple[LocalClock, ...]:
    """The clocks a rule is judged by: one is as good as another where it needs no local time."""
    if len(clocks) == 1 or rule.needs_zone(facts):
        return clocks
    return (clocks or (clock_for(UTC_CLOCK),))[:1]


def _points(
    book: Rulebook, rule: Rule, known: tuple[LocalClock, ...], calendar: Calendar | None, standpoints: Standpoints
) -> list[Standpoint]:
    """From where a rule is judged, as every contact shares it."""
    name = f"{book.id}/{rule.id}"
    points = []
    for clock in known:
        point = standpoints.get((name, clock.name))
        if point is None:
            point = standpoints[name, clock.name] = _standpoint(book, rule, Ground(clock, calendar, {}))
        points.append(point)
    return points


def _within(points: list[Standpoint], spans: Spans) -> tuple[Standpoint, ...]:
    """The same, as this contact is covered in these stretches of time only."""
    if spans == EVER:
        return tuple(points)
    return tuple(
        point._replace(begins=max(point.begins, begin), ends=min(point.ends, end))
        for point in points
        for begin, end in spans
    )


def _asked(book: Rulebook, rule: Rule, points: tuple[Standpoint, ...]) -> Asked:
    severity: Severity = "warn" if rule.status == "draft" else rule.severity
    return Asked(f"{book.id}/{rule.id}", rule, severity, points, rule.cautions)


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
    if book.zone_tiers:
        candidates = _of_the_first_tier(book.zone_tiers, facts)
    country = country_of(facts.dial.place) if facts.dial.place else None
    if book.fixed_zone is None or not (candidates or country in book.one_zone_countries):
        return candidates
    others = (clock for clock in candidates if clock.name not in book.same_zone)
    return tuple(dict.fromkeys((*others, clock_for(book.fixed_zone))))


def _of_the_first_tier(tiers: Iterable[Sequence[ZoneSource]], facts: Facts) -> tuple[LocalClock, ...]:
    """The clocks of the best sources that name any; every one where none does."""
    zones = facts.dial.zones or ()
    for tier in tiers:
        names = dict.fromkeys(zone.zone for zone in zones if zone.source in tier)
        if names:
            return tuple(clock_for(name) for name in names)
    return facts.clocks
