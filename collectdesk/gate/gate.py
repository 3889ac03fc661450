"""The gate itself: rulebooks and calendars at hand, asked one contact at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collectdesk.gate.calendar import Calendar
from collectdesk.gate.clock import LocalClock, clock_for
from collectdesk.gate.decision import Decision
from collectdesk.gate.dial import Dial
from collectdesk.gate.facts import Facts
from collectdesk.gate.plan import UTC_CLOCK, Asked, rules_asked
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
        self._plans: dict[tuple[object, ...], tuple[list[Rulebook], list[Asked], LocalClock]] = {}

    def decide(self, dial: Dial) -> Decision:
        """Judge ``dial`` by the rulebooks it names, else by those that apply.

        Raises:
            UnknownRulebook: it names one that is not at hand.
        """
        facts = Facts(dial)
        used, asked, clock = self._plan(facts)
        return Verdict(facts, used, self.calendars, asked).decision(clock)

    def rules_for(self, dial: Dial) -> tuple[Facts, list[Asked]]:
        """The question indexed, and the rules it is judged by: for showing how much room each leaves."""
        facts = Facts(dial)
        return facts, self._plan(facts)[1]

    def _plan(self, facts: Facts) -> tuple[list[Rulebook], list[Asked], LocalClock]:
        key = (facts.dial.rulebooks, facts.profile)
        known = self._plans.get(key)
        if known is None:
            if len(self._plans) >= REMEMBERED:
                self._plans.clear()
            known = self._plans[key] = self._planned(facts)
        return known

    def _planned(self, facts: Facts) -> tuple[list[Rulebook], list[Asked], LocalClock]:
        used = self._choose(facts)
        try:
            candidates: tuple[LocalClock, ...] | None = facts.clocks
        except LookupError:
            candidates = None
        asked = rules_asked(used, facts, candidates, self.calendars)
        fixed = next((book.fixed_zone for book in used if book.fixed_zone), UTC_CLOCK)
        return used, asked, candidates[0] if candidates else clock_for(fixed)

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
