"""Holds: reasons to leave somebody alone (停催), and the few purposes each still allows."""

from __future__ import annotations

from collectdesk.gate.decision import Releaser
from collectdesk.gate.dial import Hold, HoldKind, Purpose
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.instant import Instant
from collectdesk.gate.kinds.base import OPEN, Ground, Reason, Rule, State

RELEASED_BY: dict[str, Releaser] = {
    "cease": "debtor",
    "attorney": "attorney",
    "contact_refused": "third_party",
    "settled": "creditor",
    "recalled": "creditor",
    "promise": "debtor",
}
"""Whose act ends a hold; every other kind is a lead's to lift."""


class NoHold(Rule, frozen=True, kw_only=True, tag="hold"):
    """No contact while a hold of one of ``kinds`` is in force on the person or the debts.

    ``kinds`` names for each kind the purposes that pass all the same; a hold's own ``allows`` adds to them. A hold of
    unknown kind is any of them; one without a date of receipt has begun.
    """

    kinds: dict[HoldKind, tuple[Purpose, ...]]

    def needs_zone(self, facts: Facts) -> bool:
        """Never."""
        return False

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open when no hold is in force."""
        if not facts.dial.holds:
            return OPEN
        holds = [hold for hold in facts.dial.holds if self._stops(hold, facts)]
        ends = [_end(hold) for hold in holds if _start(hold) <= at < _end(hold)]
        if ends:
            last = max(ends)
            return State(open=False, change=last if last < FOREVER else None)
        begins = [_start(hold) for hold in holds if at < _start(hold) < _end(hold)]
        return State(open=True, change=min(begins, default=None))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """Which holds stand, of what kind, until when, and whose act lifts them."""
        standing = [
            hold for hold in facts.dial.holds or () if self._stops(hold, facts) and _start(hold) <= at < _end(hold)
        ]
        lasting = [hold for hold in standing if _end(hold) == FOREVER] or standing
        evidence = {
            "holds": [
                {
                    "hold": hold.id,
                    "kind": hold.kind,
                    "since": hold.received_at,
                    "until": Instant(_end(hold)) if _end(hold) < FOREVER else None,
                }
                for hold in standing
            ]
        }
        return Reason("hold", RELEASED_BY.get(lasting[0].kind or "", "lead"), evidence)

    def _stops(self, hold: Hold, facts: Facts) -> bool:
        allowed = set(hold.allows or ())
        if hold.kind is not None:
            if hold.kind not in self.kinds:
                return False
            allowed |= set(self.kinds[hold.kind])
        persons = hold.persons or ()
        called = facts.attempt.person
        return (
            facts.purpose not in allowed
            and facts.overlaps_debts(hold.debts)
            and (not persons or called is None or called in persons)
        )


def _start(hold: Hold) -> int:
    return hold.received_at if hold.received_at is not None else -FOREVER


def _end(hold: Hold) -> int:
    return min(
        hold.until if hold.until is not None else FOREVER,
        hold.lifted_at if hold.lifted_at is not None else FOREVER,
    )
