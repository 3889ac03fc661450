"""The decision: every rule of every rulebook that applies is asked, and the strictest wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from collectdesk.gate.calendar import Calendar
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.decision import BookRef, CalendarRef, Decision, Finding, Severity
from collectdesk.gate.dial import Dial
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds import Ground, Reason, Rule
from collectdesk.gate.rulebook import Rulebook
from collectdesk.gate.solver import HORIZON, Standpoint, first_open_of_all, open_until

UTC_CLOCK = "UTC"


class UnknownRulebook(LookupError):
    """The question names a rulebook that is not at hand."""


class Asked(NamedTuple):
    """One rule as it is asked: its book, and from where it is judged (nowhere: no zone is known)."""

    book: Rulebook
    rule: Rule
    standpoints: tuple[Standpoint, ...]

    @property
    def name(self) -> str:
        """``rulebook/rule``."""
        return f"{self.book.id}/{self.rule.id}"

    @property
    def severity(self) -> Severity:
        """A draft never bars."""
        return "warn" if self.rule.status == "draft" else self.rule.severity


def decide(dial: Dial, books: Iterable[Rulebook], calendars: Mapping[str, Calendar]) -> Decision:
    """Judge ``dial`` by the rulebooks it names, or by those of ``books`` that apply.

    Args:
        dial: the question; see ``collectdesk.gate.dial``.
        books: the rulebooks at hand.
        calendars: calendars by region; a rule that needs a missing one stays closed.

    Raises:
        UnknownRulebook: the question names one that is not at hand.
    """
    facts = Facts(dial)
    used = _choose(facts, books)
    candidates = _candidates(facts)
    asked = [each for book in used for each in _ask(book, facts, candidates, calendars.get(book.calendar or ""))]
    return _Verdict(facts, used, calendars, asked).decision(_shown_clock(candidates, used))


def _choose(facts: Facts, books: Iterable[Rulebook]) -> list[Rulebook]:
    named = facts.dial.rulebooks
    if named is None:
        return [book for book in books if book.applies_to(facts)]
    by_id = {book.id: book for book in books}
    missing = [each for each in named if each not in by_id]
    if missing or not named:
        raise UnknownRulebook(missing[0] if missing else "")
    return [by_id[each] for each in dict.fromkeys(named)]


def _candidates(facts: Facts) -> tuple[LocalClock, ...] | None:
    """The debtor's clocks; ``None`` when one of them has no data on this machine."""
    try:
        return facts.clocks
    except LookupError:
        return None


def _clocks(book: Rulebook, facts: Facts, candidates: tuple[LocalClock, ...] | None) -> tuple[LocalClock, ...]:
    """Every zone the book is judged in: the debtor's, and the one the text counts in."""
    if candidates is None:
        return ()
    country = facts.dial.place.country if facts.dial.place else None
    if book.fixed_zone is None or not (candidates or country in book.one_zone_countries):
        return candidates
    return tuple(dict.fromkeys((*candidates, clock_for(book.fixed_zone))))


def _ask(
    book: Rulebook, facts: Facts, candidates: tuple[LocalClock, ...] | None, calendar: Calendar | None
) -> list[Asked]:
    if not book.common.covers(facts):
        return []
    clocks = _clocks(book, facts, candidates)
    asked = []
    for rule in book.rule:
        if rule.when.covers(facts):
            known = clocks or (() if rule.needs_zone else (clock_for(UTC_CLOCK),))
            points = tuple(_standpoint(book, rule, Ground(clock, calendar)) for clock in known)
            asked.append(Asked(book, rule, points if rule.needs_zone else points[:1]))
    return asked


def _standpoint(book: Rulebook, rule: Rule, ground: Ground) -> Standpoint:
    starts = [force.start.toordinal() for force in (book.in_force, rule.in_force) if force.start]
    ends = [force.end.toordinal() for force in (book.in_force, rule.in_force) if force.end]
    return Standpoint(rule, ground, max(starts, default=0), min(ends, default=FOREVER))


def _shown_clock(candidates: Sequence[LocalClock] | None, used: Sequence[Rulebook]) -> LocalClock:
    if candidates:
        return candidates[0]
    fixed = next((book.fixed_zone for book in used if book.fixed_zone), None)
    return clock_for(fixed or UTC_CLOCK)


class _Verdict:
    """Gathers the findings of one question."""

    def __init__(
        self, facts: Facts, used: list[Rulebook], calendars: Mapping[str, Calendar], asked: list[Asked]
    ) -> None:
        self.facts = facts
        self.used = used
        self.calendars = calendars
        self.asked = asked
        self.blocks: list[Finding] = []
        self.warnings: list[Finding] = []
        self.passed: list[str] = []

    def decision(self, clock: LocalClock) -> Decision:
        at = self.facts.at
        for each in self.asked:
            self._judge(each)
        allowed = not self.blocks
        next_at, beyond = (at, False) if allowed else self._next()
        if next_at is not None and next_at != at:
            self._caution_ahead(next_at)
        return Decision(
            id=self.facts.dial.id,
            at=at,
            allowed=allowed,
            next_allowed_at=next_at,
            allowed_until=open_until(self._bars(), self.facts, at, at + HORIZON) if allowed else None,
            horizon_reached=beyond,
            rulebooks=tuple(BookRef(book.id, book.version, book.digest) for book in self.used),
            calendars=self._calendar_refs(),
            blocks=tuple(self.blocks),
            warnings=tuple(self.warnings),
            passed=tuple(self.passed),
            clock=clock,
        )

    def _bars(self) -> list[Standpoint]:
        return [point for each in self.asked if each.severity == "bar" for point in each.standpoints]

    def _next(self) -> tuple[int | None, bool]:
        if any(each.severity == "bar" and not each.standpoints for each in self.asked):
            return None, False
        found = first_open_of_all(self._bars(), self.facts, self.facts.at)
        return found.start, found.beyond

    def _judge(self, asked: Asked) -> None:
        """File one rule's answer under blocks, warnings or passed."""
        at = self.facts.at
        if not asked.standpoints:
            evidence = {"zones": [zone.zone for zone in self.facts.dial.zones or ()]}
            self._object(asked, Reason("zone_unknown", "import", evidence), None)
            return
        in_force = [p for p in asked.standpoints if p.first_day <= p.ground.clock.day(at) <= p.last_day]
        if not in_force:
            return
        closed = [point for point in in_force if not point.state(self.facts, at).open]
        if closed:
            self._refuse(asked, closed)
        else:
            self.passed.append(asked.name)
            self._caution(asked, in_force, at)

    def _refuse(self, asked: Asked, closed: Sequence[Standpoint]) -> None:
        at = self.facts.at
        own = [(first_open_of_all((point,), self.facts, at).start, point) for point in closed]
        worst = max(own, key=lambda pair: FOREVER if pair[0] is None else pair[0])[1]
        together = first_open_of_all(asked.standpoints, self.facts, at)
        reason = asked.rule.why(self.facts, worst.ground, at)
        self._object(asked, reason, together.start)
        if asked.rule.undetermined:
            self._warn(asked, Reason("undetermined", None, {"text": _spoken(asked.rule.undetermined, self.facts)}))
        self._caution(asked, closed, at)

    def _object(self, asked: Asked, reason: Reason, opens_at: int | None) -> None:
        finding = self._finding(asked, reason, asked.severity, opens_at)
        (self.blocks if asked.severity == "bar" else self.warnings).append(finding)

    def _caution(self, asked: Asked, points: Sequence[Standpoint], at: int) -> None:
        for point in points:
            reason = asked.rule.caution(self.facts, point.ground, at)
            if reason is not None:
                self._warn(asked, reason)
                return

    def _caution_ahead(self, at: int) -> None:
        """What the next instant rests on is warned of as well."""
        said = {(warning.rule, warning.code) for warning in self.warnings}
        for asked in self.asked:
            for point in asked.standpoints[:1]:
                reason = asked.rule.caution(self.facts, point.ground, at)
                if reason is not None and (asked.name, reason.code) not in said:
                    self._warn(asked, reason)

    def _warn(self, asked: Asked, reason: Reason) -> None:
        self.warnings.append(self._finding(asked, reason, "warn", None))

    def _finding(self, asked: Asked, reason: Reason, severity: Severity, opens_at: int | None) -> Finding:
        rule = asked.rule
        evidence = dict(reason.evidence)
        if rule.remedy:
            evidence["remedy"] = _spoken(rule.remedy, self.facts)
        return Finding(
            rule=asked.name,
            kind=rule.kind,
            status=rule.status,
            severity=severity,
            confidence=rule.confidence,
            cite=_spoken(rule.cite, self.facts),
            code=reason.code,
            opens_at=opens_at,
            released_by=reason.released_by,
            evidence=evidence,
            needs_ack=rule.needs_ack and severity == "warn",
        )

    def _calendar_refs(self) -> tuple[CalendarRef, ...]:
        regions = dict.fromkeys(book.calendar for book in self.used if book.calendar)
        known = [self.calendars[region] for region in regions if region in self.calendars]
        return tuple(CalendarRef(each.region, each.version, each.confirmed_through) for each in known)


def _spoken(texts: Mapping[str, str], facts: Facts) -> str:
    """The text in the question's language, else in English, else in any."""
    return texts.get(facts.dial.lang or "zh_CN") or texts.get("en") or next(iter(texts.values()), "")
