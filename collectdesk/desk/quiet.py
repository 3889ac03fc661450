"""Whose contacts may bear on an answer: everybody else on the book is judged without their events being read.

Each kind of rule says what of the past can matter to it (``looks_back``), and a property test holds it to that. A
debtor with fewer contacts than any rule needs to object is quiet: the rules answer now, and ever after, as if there
were none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from collectdesk.desk.left import weighs_plainly
from collectdesk.gate import Dial, Facts, Gate, Instant, dial
from collectdesk.gate.applies import When
from collectdesk.gate.kinds.base import LooksBack, Seldom
from collectdesk.store import past_rows
from collectdesk.store.case_rows import Ask, orgs
from collectdesk.store.past_rows import Past
from collectdesk.store.reader import Reader

Place = tuple[str | None, str | None, str | None]
"""Country, region and city; what is unknown is taken as covered by every rule."""
ANYWHERE: Place = (None, None, None)
SIMPLE = ("countries", "regions", "cities", "channels", "purposes", "not_purposes", "roles", "not_roles")
"""The conditions that tell which rules may be asked in a place; all others may be met."""
LONGEST_DATE = 26 * 3600
"""Seconds no local date lasts."""
CONDITIONS: dict[str, tuple[Seldom, ...]] = {
    "signed": ("signed_on",),
    "due": ("due_on",),
    "least_age_days": ("due_on",),
    "most_age_days": ("due_on",),
    "least_amount": ("amount",),
    "most_amount": ("amount",),
}
"""Conditions of rules and rulebooks on facts that hardly two cases share."""


class Outlook(Struct, frozen=True):
    """What the rules that may be asked in a place read: how far back, which rare facts, which limits of days past
    due. ``plain``: their daily caps weigh a contact by what it was alone, not by when or what it came after."""

    looks: tuple[LooksBack, ...]
    seldom: frozenset[Seldom]
    limits: tuple[int, ...]
    plain: bool


class Reach:
    """What the rules for a voice call to a debtor read, place by place."""

    def __init__(self, gate: Gate, at: int, purposes: Iterable[str], places: Iterable[Place]) -> None:
        """By the rules of ``gate`` for calls of any of these purposes, at the instant asked about.

        ``places``: where the debtors are.
        """
        self._gate, self._at, self._purposes = gate, at, tuple(purposes)
        self._known: dict[Place, Outlook] = {}
        self.anywhere = _together([self.at(place) for place in places])
        """By the rules of all these places."""

    def at(self, place: Place) -> Outlook:
        """By every rule that may be asked there, and by some that may not."""
        if place not in self._known:
            self._known[place] = _together([self._outlook(_facts(self._at, place, each)) for each in self._purposes])
        return self._known[place]

    def _outlook(self, facts: Facts) -> Outlook:
        looks: set[LooksBack] = set()
        whens: list[When] = []
        plain = True
        for book in self._gate.books.values():
            if book.preset or not (_simple(book.applies).covers(facts) and _simple(book.common).covers(facts)):
                continue
            rules = [rule for rule in book.rule if _simple(rule.when).covers(facts)]
            looks.update(rule.looks_back for rule in rules)
            plain = plain and all(map(weighs_plainly, rules))
            whens += [book.applies, book.common, *(rule.when for rule in rules)]
        asked = {name for when in whens for name in CONDITIONS if getattr(when, name) is not None}
        seldom = {each for name in asked for each in CONDITIONS[name]} | {
            each for look in looks for each in look.seldom
        }
        limits = {when.above_days_past_due for when in whens if when.above_days_past_due is not None}
        return Outlook(tuple(looks), frozenset(seldom), tuple(sorted(limits)), plain)


def places_of(ask: Ask, past: Past) -> list[Place]:
    """Where the debtors of ``past`` are."""
    return [(country, region, city) for country, region, city in ask(past.places, {})]


def _facts(at: int, place: Place, purpose: str) -> Facts:
    question = Dial(
        at=Instant(at),
        place=None if place == ANYWHERE else dial.Place(*place),
        dial=dial.Attempt(person="p", channel="voice", purpose=purpose),  # type: ignore[arg-type]
        persons=(dial.Person(id="p", role="debtor"),),
    )
    return Facts(question)


def _together(outlooks: Sequence[Outlook]) -> Outlook:
    if len(outlooks) == 1:
        return outlooks[0]
    return Outlook(
        tuple({look for each in outlooks for look in each.looks}),
        frozenset(fact for each in outlooks for fact in each.seldom),
        tuple(sorted({limit for each in outlooks for limit in each.limits})),
        all(each.plain for each in outlooks),
    )


def _simple(when: When) -> When:
    """Only the conditions of a ``when`` that say whether its rules may be asked in a place at all."""
    return When(**{name: getattr(when, name) for name in SIMPLE})


class Personal:
    """Debtors who are asked about one by one, and which other organisations called the rest.

    One by one: enough contacts that some rule might object, an open permit, a number found dead or shared with
    somebody else, a call by nobody knows whom. ``older``: of a notice sent by then only that it was sent matters.
    """

    def __init__(self, reader: Reader, past: Past, reach: Reach, at: int, until: int | None = None) -> None:
        """As the desk stands; only debtors with something of the kind are kept.

        ``past``: of whom it is asked. ``until``: asked about up to then, so that contacts entered for a later instant
        matter too.
        """
        ask, anywhere = reader.ask, reach.anywhere.looks
        self.today: dict[int, int] = {}
        """How many contacts of the last day concern each debtor."""
        self.debtors: set[int] = set()
        for debtor, met in _recent(reader, past, anywhere, at, until or at):
            if _matters(met, reach, at):
                self.debtors.add(debtor)
            elif today := sum(at - LONGEST_DATE < row[1] <= at for row in met):
                self.today[debtor] = today
        self.debtors |= _keys(ask, past.shared)
        if ask(past_rows.ANY_UNNAMED, {}):
            self.debtors |= _keys(ask, past.unnamed)
        if ask(past_rows.ANY_PERMIT, {}):
            self.debtors |= _keys(ask, past_rows.PERMITTED)
        if any(each.dead for each in anywhere):
            self.debtors |= _keys(ask, past.dead)
        self.callers = _callers(ask, past)
        self.older = at - max((each.notices for each in anywhere), default=0)


Contacts = list[tuple[int, int, str | None, str | None, str | None]]


def _recent(
    reader: Reader, past: Past, looks: tuple[LooksBack, ...], at: int, until: int
) -> Iterator[tuple[int, Contacts]]:
    """Each debtor with the contacts that might matter somewhere: debtor, instant, country, region, city."""
    furthest = max((LONGEST_DATE, *(each.events for each in looks)))
    rows = reader.stream(past.recent, {"since": max(at - furthest, -1), "at": until})
    for debtor, met in groupby(rows, key=itemgetter(0)):
        yield debtor, list(met)


def _matters(met: Contacts, reach: Reach, at: int) -> bool:
    """Whether any rule of the debtor's place might object for what happened."""
    place = met[0][2:]
    for each in reach.at(place).looks:
        since = at - each.events
        if len(met) >= each.least and sum(row[1] > since for row in met) >= each.least:
            return True
    return False


def _keys(ask: Ask, text: str) -> set[int]:
    return {row[0] for row in ask(text, {})}


def _callers(ask: Ask, past: Past) -> dict[int, tuple[int, ...]]:
    """For each debtor whom other organisations called, which; the same few tuples over and over."""
    found: dict[int, tuple[int, ...]] = {}
    longer: dict[tuple[tuple[int, ...], int], tuple[int, ...]] = {}
    for org in orgs(ask):
        if org.own or not ask(past_rows.ANY_OF_ORG, {"org": org.id}):
            continue
        for (debtor,) in ask(past.others, {"org": org.id}):
            before = found.get(debtor, ())
            found[debtor] = longer.setdefault((before, org.id), (*before, org.id))
    return found
