"""A verdict accounted for: what every rule said, what it looked at, and how the next instant was found.

For ``rules explain`` and for any program that must answer a dispute. Codes and evidence, no wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeAlias

import msgspec

from collectdesk.gate.decision import Decision, Evidence, Finding
from collectdesk.gate.dial import Dial
from collectdesk.gate.facts import Facts
from collectdesk.gate.gate import Gate
from collectdesk.gate.kinds.base import Ground, Rule
from collectdesk.gate.kinds.cap import Cap
from collectdesk.gate.kinds.hours import AllowedHours, ClosedDays
from collectdesk.gate.plan import Asked
from collectdesk.gate.rulebook import Rulebook
from collectdesk.gate.trace import Step, Way, way

Said: TypeAlias = Literal["blocks", "warns", "passes", "not_in_force"]


class Heard(msgspec.Struct, frozen=True):
    """One rule as it was asked: its name (``rulebook/rule``), what it said, and, where it let pass, what it saw.

    ``seen`` is the evidence of a passing rule that counts events or reads the calendar, ``lifted`` where only a
    consent, a wish or an exception lets it pass; what an objecting rule rests on stands in its finding. ``since`` and
    ``through``: the local dates its text is in force, the rulebook's where the rule names none; open where neither
    does.
    """

    name: str
    rule: Rule
    said: Said
    since: date | None = None
    through: date | None = None
    seen: Evidence | None = None


class Account(msgspec.Struct, frozen=True):
    """The decision, every rule asked in the order of asking, and the way to the next instant."""

    dial: Dial
    decision: Decision
    heard: tuple[Heard, ...]
    way: Way

    def to_wire(self) -> dict[str, Any]:
        """As plain JSON, instants in the debtor's first ``zone``: ``decision``, ``rules``, ``steps``, ``ends``."""
        return {
            "decision": self.decision.to_wire(),
            "zone": self.decision.clock.name if self.decision.clock else None,
            "channel": self.dial.dial.channel,
            "rules": [self._rule(each) for each in self.heard],
            "steps": self._steps(self.way.steps),
            "ends": next(iter(self._steps((self.way.ends,) if self.way.ends else ())), None),
        }

    def _rule(self, heard: Heard) -> dict[str, Any]:
        rule = heard.rule
        return {
            "rule": heard.name,
            "kind": rule.kind,
            "title": self._spoken(rule.title),
            "text": self._spoken(rule.text),
            "cite": self._spoken(rule.cite),
            "status": rule.status,
            "severity": "warn" if rule.status == "draft" else rule.severity,
            "confidence": rule.confidence,
            "in_force": {"from": heard.since, "to": heard.through},
            "said": heard.said,
            "seen": self._plain([(heard.name, rule, "", heard.seen, None)])[0]["evidence"] if heard.seen else None,
        }

    def _steps(self, steps: Sequence[Step]) -> list[dict[str, Any]]:
        told = [(each.asked.name, each.asked.rule, each.reason.code, each.reason.evidence, each.to) for each in steps]
        starts = self._instants(each.at for each in steps)
        return [
            {"from": start, "to": wire["opens_at"], "zone": each.point.ground.clock.name, **wire}
            for start, each, wire in zip(starts, steps, self._plain(told), strict=True)
        ]

    def _plain(self, told: Iterable[tuple[str, Rule, str, Evidence | None, int | None]]) -> list[dict[str, Any]]:
        """Rules' reasons as the decision itself writes findings."""
        findings = tuple(
            Finding(
                rule=name,
                kind=rule.kind,
                status=rule.status,
                severity=rule.severity,
                confidence=rule.confidence,
                cite=self._spoken(rule.cite),
                code=code,
                opens_at=to,
                released_by=None,
                evidence=evidence or {},
            )
            for name, rule, code, evidence, to in told
        )
        blocks: list[dict[str, Any]] = msgspec.structs.replace(self.decision, blocks=findings).to_wire()["blocks"]
        return blocks

    def _instants(self, instants: Iterable[int]) -> list[str]:
        return [str(msgspec.structs.replace(self.decision, at=at).to_wire()["at"]) for at in instants]

    def _spoken(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.dial.lang or "zh_CN") or texts.get("en") or next(iter(texts.values()), "")


def account(gate: Gate, dial: Dial) -> Account:
    """Decide ``dial`` and account for the answer.

    Raises:
        UnknownRulebook: as ``Gate.decide``.
    """
    decision = gate.decide(dial)
    facts, asked = gate.rules_for(dial)
    blocked = {each.rule for each in decision.blocks}
    passed = set(decision.passed)
    warned = {each.rule for each in decision.warnings}

    def said(name: str) -> Said:
        if name in blocked:
            return "blocks"
        if name in passed:
            return "passes"
        return "warns" if name in warned else "not_in_force"

    heard = tuple(_heard(each, said(each.name), facts, gate.books) for each in asked)
    return Account(dial, decision, heard, way(facts, asked))


def _heard(asked: Asked, said: Said, facts: Facts, books: Mapping[str, Rulebook]) -> Heard:
    forces = (asked.rule.in_force, books[asked.name.partition("/")[0]].in_force)
    starts = [force.start for force in forces if force.start]
    ends = [force.end for force in forces if force.end]
    return Heard(
        asked.name,
        asked.rule,
        said,
        since=max(starts, default=None),
        through=min(ends, default=None),
        seen=_seen(asked, facts) if said == "passes" else None,
    )


def _seen(asked: Asked, facts: Facts) -> Evidence | None:
    """What a rule that lets pass has looked at, by its first standpoint; counts per debt are told only when full."""
    rule = asked.rule
    if not asked.standpoints or not isinstance(rule, Cap | AllowedHours | ClosedDays):
        return None
    if isinstance(rule, Cap) and {"debt", "group"} & set(rule.per) and len(facts.debt_ids) > 1:
        return None
    ground = asked.standpoints[0].ground
    seen = rule.why(facts, ground, facts.at).evidence
    return {**seen, "lifted": True} if _lifted(rule, seen, ground, facts.at) else seen


def _lifted(rule: Cap | AllowedHours | ClosedDays, seen: Evidence, ground: Ground, at: int) -> bool:
    """Whether a rule lets pass only by a consent, a wish or an exception: by its figures alone it would not."""
    if isinstance(rule, Cap):
        return bool(len(seen["counted"]) >= seen["limit"])
    return not rule.by_the_clock(ground, at).open
