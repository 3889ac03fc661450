"""Consent as a condition: contacts of a sort that need somebody's agreement first."""

from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.decision import Evidence
from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds.base import EVER, NOTHING, OPEN, Ground, LooksBack, Reason, Rule, State
from collectdesk.gate.known_numbers import untried


class NeedsConsent(Rule, frozen=True, kw_only=True, tag="consent"):
    """The contacts this rule covers (by its ``when``) are open only while a consent of these terms is in force.

    ``or_last``: or where every other number of the person was tried in vain, or none is on file.
    """

    terms: ConsentTerms
    or_last: bool = False

    @property
    def looks_back(self) -> LooksBack:
        """A consent is personal; without one only calls to other numbers may matter."""
        return EVER if self.or_last else NOTHING

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open while the consent is."""
        if self.or_last and not untried(facts):
            return OPEN
        opened, change = consent_at(self.terms, facts, ground.clock, at)
        return State(open=opened, change=change)

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """What would have to be agreed, and which consents there are."""
        held = [consent.id for consent in facts.dial.consents or () if self.terms.opened_by(consent)]
        opens = self.terms.opens if isinstance(self.terms.opens, str) else self.terms.opens[0]
        evidence: Evidence = {"opens": opens, "consents": held}
        if opens in ("contact", "employer") and facts.person is not None and facts.person.role != "debtor":
            evidence["role"] = facts.person.role
        if self.or_last:
            evidence["untried"] = len(untried(facts))
        return Reason("consent_missing", "debtor", evidence)
