"""Consent as a condition: contacts of a sort that need somebody's agreement first."""

from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds.base import NOTHING, Ground, LooksBack, Reason, Rule, State


class NeedsConsent(Rule, frozen=True, kw_only=True, tag="consent"):
    """The contacts this rule covers (by its ``when``) are open only while a consent of these terms is in force."""

    terms: ConsentTerms

    @property
    def looks_back(self) -> LooksBack:
        """A consent is personal; without one nothing of the past matters."""
        return NOTHING

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open while the consent is."""
        opened, change = consent_at(self.terms, facts, ground.clock, at)
        return State(open=opened, change=change)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """What would have to be agreed, and which consents there are."""
        held = [consent.id for consent in facts.dial.consents or () if self.terms.opened_by(consent)]
        opens = self.terms.opens if isinstance(self.terms.opens, str) else self.terms.opens[0]
        return Reason("consent_missing", "debtor", {"opens": opens, "consents": held})
