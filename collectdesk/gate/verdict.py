"""The verdict: each rule's answer filed under blocks, warnings or passed, and the instants that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collectdesk.gate.decision import Decision, Finding, Severity
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds import Reason
from collectdesk.gate.plan import Asked, Plan
from collectdesk.gate.solver import HORIZON, Standpoint, first_open_of_all, open_until
from collectdesk.gate.unused import unused_fields


class Verdict:
    """Gathers the findings of one question."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        """Begin with nothing found."""
        self.facts = facts
        self.plan = plan
        self.asked = plan.asked
        self.blocks: list[Finding] = []
        self.warnings: list[Finding] = []
        self.passed: list[str] = []
        self.standing: list[tuple[Standpoint, int]] = []

    def decision(self) -> Decision:
        """Ask every rule and put the answer together."""
        at = self.facts.at
        for each in self.asked:
            self._judge(each, at)
        self._name_unused()
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
            passed=tuple(self.passed),
            clock=self.plan.clock,
        )

    def _bars(self) -> list[Standpoint]:
        return [point for each in self.asked if each.severity == "bar" for point in each.standpoints]

    def _next(self) -> tuple[int | None, bool]:
        if any(each.severity == "bar" and not each.standpoints for each in self.asked):
            return None, False
        found = first_open_of_all(self._bars(), self.facts, self.facts.at)
        if found.last is not None and all(block.opens_at is not None for block in self.blocks):
            self._foretell(*found.last)
        return found.start, found.beyond

    def _foretell(self, point: Standpoint, by: int) -> None:
        """Every reason would pass by itself, were it not for a rule that will have closed by then: say which."""
        asked = next(each for each in self.asked if point in each.standpoints)
        reason = asked.rule.why(self.facts, point.ground, by)
        evidence = {**reason.evidence, "by": Instant(by), "because": reason.code}
        self._warn(asked, Reason("closed_by_then", reason.released_by, evidence))

    def _until(self) -> int | None:
        """Until when a permission given now lasts."""
        return open_until(self.standing, self.facts, self.facts.at + HORIZON)

    def _judge(self, asked: Asked, at: int) -> None:
        """File one rule's answer."""
        name, _, severity, standpoints, cautions = asked
        closed: list[Standpoint] = []
        in_force = False
        for point in standpoints:
            state = point.state(self.facts, at)
            if not state.open:
                closed.append(point)
            elif severity == "bar" and state.change is not None:
                self.standing.append((point, state.change))
            in_force = in_force or point.begins <= at < point.ends
        if closed:
            self._refuse(asked, closed)
        elif in_force:
            self.passed.append(name)
            if cautions:
                self._caution(asked, standpoints, at)
        elif not standpoints:
            zones = [zone.zone for zone in self.facts.dial.zones or ()]
            self._object(asked, Reason("zone_unknown", "import", {"zones": zones}), None)

    def _refuse(self, asked: Asked, closed: Sequence[Standpoint]) -> None:
        """The rule objects: the standpoint that opens last gives the reason."""
        at = self.facts.at
        openings = [first_open_of_all((point,), self.facts, at).start for point in closed]
        worst = max(zip(openings, closed, strict=True), key=lambda pair: FOREVER if pair[0] is None else pair[0])[1]
        together = first_open_of_all(asked.standpoints, self.facts, at)
        self._object(asked, asked.rule.why(self.facts, worst.ground, at), together.start)
        if asked.rule.undetermined:
            text = _spoken(asked.rule.undetermined, self.facts)
            self._warn(asked, Reason("undetermined", None, {"text": text}))
        if asked.cautions:
            self._caution(asked, closed, at)

    def _object(self, asked: Asked, reason: Reason, opens_at: int | None) -> None:
        finding = self._finding(asked, reason, asked.severity, opens_at)
        (self.blocks if asked.severity == "bar" else self.warnings).append(finding)

    def _caution(self, asked: Asked, points: Sequence[Standpoint], at: int) -> None:
        reasons = (asked.rule.caution(self.facts, point.ground, at) for point in points)
        reason = next((each for each in reasons if each is not None), None)
        if reason is not None:
            self._warn(asked, reason)

    def _caution_ahead(self, at: int) -> None:
        """What the next instant rests on is warned of as well."""
        said = {(warning.rule, warning.code) for warning in self.warnings}
        for asked in self.asked:
            reasons = (asked.rule.caution(self.facts, p.ground, at) for p in asked.standpoints if asked.cautions)
            reason = next((each for each in reasons if each is not None), None)
            if reason is not None and (asked.name, reason.code) not in said:
                self._warn(asked, reason)

    def _name_unused(self) -> None:
        """Say which fields of the question no kind of rule reads yet."""
        fields = unused_fields(self.facts)
        if fields:
            self.warnings.append(
                Finding(
                    rule="contract/unused-fields",
                    kind="contract",
                    status="house",
                    severity="warn",
                    confidence="V",
                    cite="collectdesk.dial/1",
                    code="fields_unused",
                    opens_at=None,
                    released_by=None,
                    evidence={"fields": fields},
                )
            )

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


def _spoken(texts: Mapping[str, str], facts: Facts) -> str:
    """The text in the question's language, else in English, else in any."""
    return texts.get(facts.dial.lang or "zh_CN") or texts.get("en") or next(iter(texts.values()), "")
