"""How long a consent lives, and under which of them a past call was made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent_given import Contact, is_for
from collectdesk.gate.consent_talks import talks
from collectdesk.gate.consent_terms import ConsentTerms
from collectdesk.gate.dial import Consent, Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.spans import Span, inside, weekly_spans


def life(consent: Consent, terms: ConsentTerms, facts: Facts, clock: LocalClock, debt: str | None) -> Span:
    """From when to when the consent can open anything, its windows aside; the next talk may end it."""
    start, end = _life(consent, terms, clock)
    if terms.ends_on_talk:
        end = min(end, talks(consent, terms, facts, debt).next_after(consent.given_at or 0, consent.in_event))
    return start, end


def _life(consent: Consent, terms: ConsentTerms, clock: LocalClock) -> Span:
    """The same, whatever was said since."""
    given = consent.given_at or 0
    start = max(given, consent.start or 0)
    end = min(consent.until or FOREVER, consent.revoked_at or FOREVER)
    if terms.life_dates is not None:
        named = [only.start for only in consent.only or () if only.start is not None]
        first = max(start, min(named)) if named else start
        if terms.life_from == "given":
            first = given
        end = min(end, clock.start_of(clock.day(first) + terms.life_dates))
    return start, end


def limits(consent: Consent) -> list[Span]:
    """The stretches it is limited to, times of the week aside."""
    return [(only.start or 0, only.end or FOREVER) for only in consent.only or ()]


def windows(consent: Consent, clock: LocalClock, day: int) -> list[Span]:
    """The consent's windows on a local date; where it names both dates and weekly times, both must hold."""
    whole = [(clock.start_of(day), clock.start_of(day + 1))]
    spans = weekly_spans(consent.weekly, day, clock) if consent.weekly else whole
    if not consent.only:
        return spans
    cut = [(max(start, low), min(end, high)) for start, end in spans for low, high in limits(consent)]
    return [(start, end) for start, end in cut if start < end]


class Past:
    """Consents in the order in which they began, so that only those are asked that may have lived at a past call.

    It is kept in the facts, and knows nothing of them.
    """

    def __init__(
        self, consents: Iterable[Consent], terms: ConsentTerms, facts: Facts, clock: LocalClock, debt: str | None
    ) -> None:
        """Put ``consents`` in order."""
        self._terms = terms
        self._clock = clock
        self._debt = debt
        lives = [(each, *_life(each, terms, clock)) for each in consents]
        self._lives = sorted([life for life in lives if life[1] < life[2]], key=lambda each: each[1])
        self._starts = [start for _, start, _ in self._lives]
        self._lasting = list(accumulate((self._bound(*each, facts) for each in self._lives), max))
        self._known: dict[int, bool] = {}

    def had_agreed(self, event: Event, facts: Facts) -> bool:
        """Whether one of them was in force when ``event`` was, and covers it."""
        known = self._known.get(id(event))
        if known is None:
            known = self._known[id(event)] = self._had_agreed(event, facts)
        return known

    def _had_agreed(self, event: Event, facts: Facts) -> bool:
        contact = Contact(event.person, event.number, event.channel or "voice")
        for place in range(bisect_right(self._starts, event.at) - 1, -1, -1):
            if self._lasting[place] < event.at:
                return False
            consent, _, end = self._lives[place]
            if event.at < end and consent.in_event != event.id and self._covers(consent, contact, event, facts):
                return True
        return False

    def _covers(self, consent: Consent, contact: Contact, event: Event, facts: Facts) -> bool:
        if not is_for(consent, self._terms, contact) or self._ended(consent, event, facts) <= event.at:
            return False
        if not consent.only and not consent.weekly:
            return True
        return inside(windows(consent, self._clock, self._clock.day(event.at)), event.at) is not None

    def _ended(self, consent: Consent, event: Event, facts: Facts) -> int:
        """When a talk ended it, the one on the call itself aside."""
        if not self._terms.ends_on_talk:
            return FOREVER
        said = talks(consent, self._terms, facts, self._debt)
        return said.next_after(consent.given_at or 0, event.id, consent.in_event)

    def _bound(self, consent: Consent, _start: int, end: int, facts: Facts) -> int:
        """The last instant at which it can have been in force: no later than the next talk that is but one call."""
        if not self._terms.ends_on_talk:
            return end - 1
        said = talks(consent, self._terms, facts, self._debt)
        return min(end - 1, said.next_after(consent.given_at or 0, consent.in_event, *facts.shared_ids))
