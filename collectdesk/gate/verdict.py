"""The verdict: each rule's answer filed under blocks, warnings or passed, and the instants that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.decision import Decision, Finding, Severity
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds import Ground, Reason, State
from collectdesk.gate.plan import Asked, Plan
from collectdesk.gate.solver import HORIZON, Standpoint, Walker, all_open, open_until


class Verdict:
    """Gathers the findings of one question."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        """Begin with nothing found."""
        self.facts = facts
        self.plan = plan
        self.blocks: list[Finding] = []
        self.warnings: list[Finding] = []
        self.absent: set[str] = set()  # rules that objected, or are not in force
        self.nowhere = False  # whether a rule that bars could not be judged for want of a zone
        self.walkers: list[Walker] = []  # the rules that bar, where their answer may ever change

    def decision(self) -> Decision:
        """Ask every rule and put the answer together."""
        at = self.facts.at
        self._ask_every_rule(at)
        allowed = not self.blocks
        next_at, beyond = (at, False) if allowed else self._next()
        if next_at is not None and next_at != at:
            self._caution_ahead(next_at)
        return Decision(
            id=self.facts.dial.id,
            at=at,
            allowed=allowed,
            next_allowed_at=next_at,
            allowed_until=self._until() if allowed else None,
            horizon_reached=beyond,
            rulebooks=self.plan.rulebooks,
            calendars=self.plan.calendars,
            blocks=tuple(self.blocks),
            warnings=tuple(self.warnings),
            passed=self._passed(),
            clock=self.plan.clock,
        )

    def _ask_every_rule(self, at: int) -> None:
        facts, times = self.facts, self.facts.times
        number = len(times)
        begun: dict[tuple[LocalClock, int], int] = {}
        for asked, least, seconds, dates, sole in self.plan.due(at):
            if least:
                if number < least:
                    continue  # too little happened to matter to this rule
                since = at - seconds + 1
                if dates is not None:
                    since = begun.get(dates) or begun.setdefault(dates, _begin(dates, at))
                if times[-least] < since:
                    continue  # or too long ago
            if sole is None:
                self._judge(asked, at)
            else:
                state = sole.rule.state(facts, sole.ground, at)
                if state.open:
                    self._let_through(asked, sole, state, at)
                else:
                    self._turn_away(asked, sole, state, at)

    def _passed(self) -> tuple[str, ...]:
        names, absent = self.plan.names, self.absent
        return tuple([name for name in names if name not in absent]) if absent else names

    def _next(self) -> tuple[int | None, bool]:
        if self.nowhere:
            return None, False
        found = all_open(self.walkers, self.facts.at)
        if found.last is not None and all(block.opens_at is not None for block in self.blocks):
            self._foretell(*found.last)
        return found.start, found.beyond

    def _foretell(self, point: Standpoint, by: int) -> None:
        """Every reason would pass by itself, were it not for a rule that will have closed by then: say which."""
        asked = next(each for each in self.plan.asked if any(point is own for own in each.standpoints))
        reason = asked.rule.why(self.facts, point.ground, by)
        evidence = {**reason.evidence, "by": Instant(by), "because": reason.code}
        self._warn(asked, Reason("closed_by_then", reason.released_by, evidence))

    def _until(self) -> int | None:
        """Until when a permission given now lasts."""
        changes = [(each.standpoint, each.state.change) for each in self.walkers if each.state]
        standing = [(point, change) for point, change in changes if change is not None]
        return open_until(standing, self.facts, self.facts.at + HORIZON)

    def _judge(self, asked: Asked, at: int) -> None:
        """Ask one rule from every place it is judged from."""
        points = asked.standpoints
        if not points:
            self._misplaced(asked)
            return
        if not any(point.in_force(at) for point in points):
            self.absent.add(asked.name)
        self._file(asked, [(point, point.state(self.facts, at)) for point in points], at)

    def _file(self, asked: Asked, answers: Iterable[tuple[Standpoint, State]], at: int) -> None:
        """File what one rule said of ``at``, from each place; what is open for ever needs no walker."""
        facts = self.facts
        walkers = [
            Walker(point, facts, at, state) for point, state in answers if not state.open or state.change is not None
        ]
        if walkers and asked.severity == "bar":
            self.walkers += walkers
        closed = [each for each in walkers if each.state and not each.state.open]
        if closed:
            self._weigh_up(asked, walkers, closed)
        elif asked.cautions and asked.name not in self.absent:
            self._caution(asked, asked.standpoints, at)

    def _let_through(self, asked: Asked, sole: Standpoint, state: State, at: int) -> None:
        """File, as ``_file`` would, that the only standpoint is open: of most rules there is nothing to keep."""
        if state.change is not None and asked.severity == "bar":
            self.walkers.append(Walker(sole, self.facts, at, state))
        if asked.cautions:
            reason = asked.rule.caution(self.facts, sole.ground, at)
            if reason is not None:
                self._warn(asked, reason)

    def _turn_away(self, asked: Asked, sole: Standpoint, state: State, at: int) -> None:
        """File, as ``_file`` would, that the only standpoint is closed."""
        walker = Walker(sole, self.facts, at, state)
        if asked.severity == "bar":
            self.walkers.append(walker)
        opens_at = _within_horizon(walker.opens(at, at + HORIZON), at)
        self._refuse(asked, sole.ground, opens_at, asked.standpoints)

    def _misplaced(self, asked: Asked) -> None:
        """The rule needs a local time, and nobody knows where the debtor is."""
        self.nowhere = self.nowhere or asked.severity == "bar"
        zones = [zone.zone for zone in self.facts.dial.zones or ()]
        self._object(asked, Reason("zone_unknown", "import", {"zones": zones}), None)

    def _weigh_up(self, asked: Asked, walkers: Sequence[Walker], closed: Sequence[Walker]) -> None:
        """Some standpoints are closed: the one that opens last gives the reason."""
        at = self.facts.at
        ahead = [each.again() for each in walkers]  # taken before any of them goes on
        openings = [_within_horizon(each.opens(at, at + HORIZON), at) for each in closed]
        latest = max(openings, key=_last_of_all)
        ground = closed[openings.index(latest)].standpoint.ground
        self._refuse(asked, ground, all_open(ahead, at).start, [each.standpoint for each in closed])

    def _refuse(self, asked: Asked, ground: Ground, opens_at: int | None, closed: Iterable[Standpoint]) -> None:
        """The rule objects, for a reason that lies in ``ground``."""
        rule, at = asked.rule, self.facts.at
        self._object(asked, rule.why(self.facts, ground, at), opens_at)
        if rule.undetermined and rule.leaves_open(self.facts, ground, at):
            self._warn(asked, Reason("undetermined", None, {"text": _spoken(rule.undetermined, self.facts)}))
        if asked.cautions:
            self._caution(asked, closed, at)

    def _object(self, asked: Asked, reason: Reason, opens_at: int | None) -> None:
        finding = self._finding(asked, reason, asked.severity, opens_at)
        self.absent.add(asked.name)
        (self.blocks if asked.severity == "bar" else self.warnings).append(finding)

    def _caution(self, asked: Asked, points: Iterable[Standpoint], at: int) -> None:
        reason = self._first_caution(asked, points, at)
        if reason is not None:
            self._warn(asked, reason)

    def _caution_ahead(self, at: int) -> None:
        """What the next instant rests on is warned of as well."""
        said = [(warning.rule, warning.code) for warning in self.warnings]
        for asked in [due.asked for due in self.plan.due(self.facts.at) if due.asked.cautions]:
            reason = self._first_caution(asked, asked.standpoints, at)
            if reason is not None and (asked.name, reason.code) not in said:
                self._warn(asked, reason)

    def _first_caution(self, asked: Asked, points: Iterable[Standpoint], at: int) -> Reason | None:
        for point in points:
            reason = asked.rule.caution(self.facts, point.ground, at) if point.in_force(at) else None
            if reason is not None:
                return reason
        return None

    def _warn(self, asked: Asked, reason: Reason) -> None:
        self.warnings.append(self._finding(asked, reason, "warn", None))

    def _finding(self, asked: Asked, reason: Reason, severity: Severity, opens_at: int | None) -> Finding:
        rule = asked.rule
        evidence = dict(reason.evidence)
        if rule.remedy and reason.code != "zone_unknown":  # what mends the rule's own matter does not mend the place
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


def _begin(dates: tuple[LocalClock, int], at: int) -> int:
    """When the first of so many local dates began, the last of them being that of ``at``."""
    clock, number = dates
    return clock.start_of(clock.day(at) - number + 1)


def _within_horizon(start: int | None, at: int) -> int | None:
    return None if start is None or start > at + HORIZON else start


def _last_of_all(start: int | None) -> int:
    return FOREVER if start is None else start


def _spoken(texts: Mapping[str, str], facts: Facts) -> str:
    """The text in the question's language, else in English, else in any."""
    return texts.get(facts.dial.lang or "zh_CN") or texts.get("en") or next(iter(texts.values()), "")
