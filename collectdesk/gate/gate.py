"""The gate itself: rulebooks and calendars at hand, asked one contact at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collectdesk.gate.calendar import Calendar
from collectdesk.gate.decision import Decision
from collectdesk.gate.dial import Dial
from collectdesk.gate.facts import Facts
from collectdesk.gate.plan import Asked, Plan, plan_for
from collectdesk.gate.rulebook import Rulebook
from collectdesk.gate.verdict import Verdict

REMEMBERED = 4096
"""Plans kept; beyond that the memory starts afresh."""


class UnknownRulebook(LookupError):
    """The question names a rulebook that is not at hand (``id`` says which), or none is to be asked at all.

    Without a rule there is no permission: a gate that asks nobody stays closed.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.id = name


class Gate:
    """Decides contacts by a fixed set of rulebooks and calendars. Safe to keep for as long as those hold."""

    def __init__(self, books: Iterable[Rulebook], calendars: Mapping[str, Calendar]) -> None:
        """Stand ready with ``books`` and ``calendars`` (by region); a rule that needs a missing one stays closed."""
        self.books = {book.id: book for book in books}
        self.calendars = dict(calendars)
        self._plans: dict[tuple[object, ...], Plan] = {}

    def decide(self, dial: Dial) -> Decision:
        """Judge ``dial`` by the rulebooks it names, else by those that apply.

        Raises:
            UnknownRulebook: it names one that is not at hand.
        """
        facts = Facts(dial)
        return Verdict(facts, self._plan(facts)).decision()

    def rules_for(self, dial: Dial) -> tuple[Facts, tuple[Asked, ...]]:
        """The question indexed, and the rules it is judged by: for showing how much room each leaves."""
        facts = Facts(dial)
        return facts, self._plan(facts).asked

    def _plan(self, facts: Facts) -> Plan:
        key = (facts.dial.rulebooks, facts.profile)
        known = self._plans.get(key)
        if known is None:
            if len(self._plans) >= REMEMBERED:
                self._plans.clear()
            known = self._plans[key] = plan_for(self._choose(facts), facts, self.calendars)
        return known

    def _choose(self, facts: Facts) -> list[Rulebook]:
        named = facts.dial.rulebooks
        if named is None:
            used = [book for book in self.books.values() if book.applies_to(facts)]
        else:
            missing = [each for each in named if each not in self.books]
            if missing:
                raise UnknownRulebook(missing[0])
            used = [self.books[each] for each in dict.fromkeys(named)]
        if not used:
            raise UnknownRulebook("")
        return used


def decide(dial: Dial, books: Iterable[Rulebook], calendars: Mapping[str, Calendar]) -> Decision:
    """Judge one contact; to judge many, keep a ``Gate``.

    Raises:
        UnknownRulebook: as ``Gate.decide``.
    """
    return Gate(books, calendars).decide(dial)
