"""The gate itself: rulebooks and calendars at hand, asked one contact at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from msgspec import Struct

from collectdesk.gate.calendar import Calendar
from collectdesk.gate.decision import Decision
from collectdesk.gate.dial import Dial
from collectdesk.gate.facts import Facts
from collectdesk.gate.plan import Asked, Condition, Plan, Standpoints, conditions, plan_for
from collectdesk.gate.profile import Profile, profile_of
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


class OfProfile(Struct, frozen=True):
    """What is remembered of the contacts of one profile.

    ``conditions``: what is still asked of each of them; ``plans``: how they are judged, by the answers.
    """

    conditions: tuple[Condition, ...]
    plans: dict[tuple[Hashable, ...], Plan]


class Gate:
    """Decides contacts by a fixed set of rulebooks and calendars. Safe to keep for as long as those hold."""

    def __init__(self, books: Iterable[Rulebook], calendars: Mapping[str, Calendar]) -> None:
        """Stand ready with ``books`` and ``calendars`` (by region); a rule that needs a missing one stays closed.

        A calendar is asked for by the first question that needs it, so the mapping may read it then.
        """
        self.books = {book.id: book for book in books}
        self.calendars = calendars
        self._profiles: dict[Profile, OfProfile] = {}
        self._kept = 0  # plans in them
        self._standpoints: Standpoints = {}
        self._met: set[Profile] = set()

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
        """How to judge ``facts``: what contacts of a profile share is worth finding out from the second of them on."""
        profile = (facts.dial.rulebooks, profile_of(facts))
        same = self._profiles.get(profile)
        if same is None:
            if profile not in self._met:
                self._meet(profile)
                return plan_for(self._choose(facts), facts, None, self.calendars, self._standpoints)
            same = OfProfile(self._unsettled(facts, profile[1]), {})
        answers = tuple([condition(facts) for condition in same.conditions])
        known = same.plans.get(answers)
        if known is None or facts.at < known.silence.since:
            plan = plan_for(self._choose(facts), facts, profile[1], self.calendars, self._standpoints)
            self._kept += answers not in same.plans
            known = same.plans[answers] = plan
            self._profiles[profile] = same  # not before there is a plan: to whom nothing applies has none
            if self._kept > REMEMBERED:
                self._profiles, self._kept = {profile: OfProfile(same.conditions, {answers: known})}, 1
        return known

    def _meet(self, profile: Profile) -> None:
        if len(self._met) >= REMEMBERED:
            self._met.clear()
        self._met.add(profile)

    def _unsettled(self, facts: Facts, profile: Profile) -> tuple[Condition, ...]:
        named = facts.dial.rulebooks is not None
        return conditions(self._choose(facts) if named else self.books.values(), profile, named=named)

    def _choose(self, facts: Facts) -> list[Rulebook]:
        named = facts.dial.rulebooks
        if named is None:
            used = [book for book in self.books.values() if book.speaks(facts)]
            used = used if any(book.applies_to(facts) for book in used) else []
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
