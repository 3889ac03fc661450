"""Never: contacts of a sort a text rules out altogether."""

from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds.base import CLOSED, NOTHING, OPEN, Ground, LooksBack, Reason, Rule, State
from collectdesk.gate.vocabulary import Purpose


class Never(Rule, frozen=True, kw_only=True, tag="never"):
    """The contacts this rule covers (by its ``when``) are not made: no time and nobody's word opens them.

    ``allows``: the few purposes for which they are.
    """

    allows: tuple[Purpose, ...] = ()

    @property
    def looks_back(self) -> LooksBack:
        """Nothing of the past matters."""
        return NOTHING

    def needs_zone(self, facts: Facts) -> bool:
        """Never."""
        return False

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Closed, but for what is allowed."""
        return OPEN if facts.purpose in self.allows else CLOSED

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """What sort of contact it is."""
        role = facts.person.role if facts.person else None
        return Reason("never", None, {"channel": facts.channel, "purpose": facts.purpose, "role": role})
