"""What the gate answers: ``collectdesk.decision/1`` as types, and as plain JSON."""

from datetime import date
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.instant import Instant, iso

Severity: TypeAlias = Literal["bar", "warn"]
Status: TypeAlias = Literal["law", "guideline", "house", "draft"]
Confidence: TypeAlias = Literal["V", "Q", "S", "T", "D", "M"]
Releaser: TypeAlias = Literal["debtor", "third_party", "lead", "admin", "creditor", "attorney", "import"]
Evidence: TypeAlias = dict[str, Any]


class Finding(Struct, frozen=True, kw_only=True):
    """One rule's objection. ``message`` is left empty here: wording belongs to the face."""

    rule: str
    kind: str
    status: Status
    severity: Severity
    confidence: Confidence
    cite: str
    code: str
    message: str = ""
    opens_at: int | None
    released_by: Releaser | None
    evidence: Evidence
    needs_ack: bool = False


class BookRef(Struct, frozen=True):
    """Which version of a rulebook was asked."""

    id: str
    version: str
    digest: str


class CalendarRef(Struct, frozen=True):
    """Which calendar was asked, and how far it is confirmed."""

    region: str
    version: str
    confirmed_through: date | None


class Decision(Struct, frozen=True, kw_only=True):
    """The verdict: every reason, and when the contact becomes lawful.

    ``next_allowed_at`` equals ``at`` when allowed; ``None`` when only a person's act can open it or the horizon was
    reached. ``allowed_until`` is when a permission given now ends; ``None`` when nothing ends it or it is refused.
    """

    id: str | None
    at: int
    allowed: bool
    next_allowed_at: int | None
    allowed_until: int | None
    horizon_reached: bool
    rulebooks: tuple[BookRef, ...]
    calendars: tuple[CalendarRef, ...]
    blocks: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    passed: tuple[str, ...]
    clock: LocalClock | None = None

    def to_wire(self) -> dict[str, Any]:
        """The decision as the contract's JSON, instants in the debtor's first zone."""
        return {
            "schema": "collectdesk.decision/1",
            "id": self.id,
            "at": self._iso(self.at),
            "allowed": self.allowed,
            "next_allowed_at": self._iso(self.next_allowed_at),
            "allowed_until": self._iso(self.allowed_until),
            "horizon_reached": self.horizon_reached,
            "rulebooks": [{"id": b.id, "version": b.version, "digest": b.digest} for b in self.rulebooks],
            "calendars": [
                {
                    "region": c.region,
                    "version": c.version,
                    "confirmed_through": c.confirmed_through.isoformat() if c.confirmed_through else None,
                }
                for c in self.calendars
            ],
            "blocks": [self._finding(block) for block in self.blocks],
            "warnings": [{**self._finding(warning), "needs_ack": warning.needs_ack} for warning in self.warnings],
            "passed": list(self.passed),
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "rule": finding.rule,
            "kind": finding.kind,
            "status": finding.status,
            "severity": finding.severity,
            "confidence": finding.confidence,
            "cite": finding.cite,
            "code": finding.code,
            "message": finding.message,
            "opens_at": self._iso(finding.opens_at),
            "released_by": finding.released_by,
            "evidence": self._plain(finding.evidence),
        }

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 - evidence is any JSON value
        if isinstance(value, Instant):
            return self._iso(value)
        if isinstance(value, dict):
            return {key: self._plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._plain(each) for each in value]
        return value.isoformat() if isinstance(value, date) else value

    def _iso(self, at: int | None) -> str | None:
        if at is None:
            return None
        return self.clock.iso(at) if self.clock else iso(at)
