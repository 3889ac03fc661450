"""States put together: of several debts or windows, with a consent, with an instant at which something else opens."""

from collections.abc import Iterable, Sequence

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.exclusion import Exclusion, unbound_from, unbound_until
from collectdesk.gate.facts import Facts
from collectdesk.gate.kinds.base import CLOSED, OPEN, Ground, Reason, Rule, State
from collectdesk.gate.vocabulary import Purpose


class Rebuttable(Rule, frozen=True, kw_only=True):
    """A rule that a text only presumes to be broken.

    ``rebuttals`` are the purposes it names as speaking against a violation: the rule refuses all the same, and the
    verdict tells the purpose, so that it is on record with the call.
    """

    rebuttals: tuple[Purpose, ...] = ()

    @property
    def cautions(self) -> bool:
        """Where a purpose may speak against a violation."""
        return bool(self.rebuttals)

    def caution(self, facts: Facts, ground: Ground, at: int) -> Reason | None:
        """The purpose of a contact that is refused."""
        if facts.purpose not in self.rebuttals or self.state(facts, ground, at).open:
            return None
        return Reason("rebuttal", None, {"purpose": facts.purpose})


def together(states: Sequence[State]) -> State:
    """Open while all are; where some are closed, nothing opens before the last of them may."""
    if len(states) == 1:
        return states[0]
    closed = [state.change for state in states if not state.open]
    if not closed:
        return State(open=True, change=_earliest(state.change for state in states)) if states else OPEN
    known = [change for change in closed if change is not None]
    return State(open=False, change=max(known)) if len(known) == len(closed) else CLOSED


def sooner(state: State, at: int | None) -> State:
    """``state``, which may change already ``at``."""
    return State(state.open, _earliest((state.change, at)))


def consented(
    state: State, terms: ConsentTerms | None, facts: Facts, clock: LocalClock, at: int, debt: str | None = None
) -> State:
    """``state`` at ``at``, or what a consent of these terms makes of it."""
    if state.open or terms is None or not facts.dial.consents:
        return state
    opened, until = consent_at(terms, facts, clock, at, debt)
    return State(open=True, change=until) if opened else sooner(state, until)


def unless_unbound(state: State, exclusions: Sequence[Exclusion], facts: Facts, clock: LocalClock, at: int) -> State:
    """``state`` at ``at``, but open where the contact asked about is itself one that ``exclusions`` leave out."""
    if state.open or not exclusions:
        return state
    free = unbound_from(exclusions, facts, clock, at)
    if free != at:
        return sooner(state, free)
    return State(open=True, change=unbound_until(exclusions, facts, clock, at))


def perhaps_left_out(exclusions: Sequence[Exclusion], terms: ConsentTerms | None) -> bool:
    """Whether the text doubts of some contacts that they count."""
    doubtful = terms is not None and terms.made_under == "undetermined"
    return doubtful or any(each.undetermined for each in exclusions)


def _earliest(changes: Iterable[int | None]) -> int | None:
    return min((change for change in changes if change is not None), default=None)
