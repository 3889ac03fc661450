"""Consent: when somebody's agreement lifts a rule, and for how long.

How long a consent lives and what proves it belongs to the rule it opens. The person called must have given it
themselves, to this organisation, for this contact; revoked, expired or unproven it opens nothing.

A contact that was made under a consent may be left out of a later count (``made_under``): that asks the same of the
consent, at the time of that contact.

What a rule asks of a consent is in ``consent_terms``; which on file meet it, in ``consent_given``; how long they live,
in ``consent_lives``; which talk ends one, in ``consent_talks``; what they open together, in ``consent_openings``.
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent_given import Contact, given, given_in, is_for
from collectdesk.gate.consent_lives import Past, life
from collectdesk.gate.consent_openings import Life, Openings
from collectdesk.gate.consent_terms import ConsentTerms
from collectdesk.gate.dial import Consent, Event
from collectdesk.gate.facts import Facts

__all__ = ["Allowed", "ConsentTerms", "consent_at", "made_under", "past_consents"]


Allowed: TypeAlias = Callable[[int, Event | None], bool]
"""Whether a rule is open at an instant without a consent: to the contact named, or to any that nothing is known of."""


def consent_at(
    terms: ConsentTerms | None,
    facts: Facts,
    clock: LocalClock,
    at: int,
    debt: str | None = None,
    allowed: Allowed | None = None,
    since: int = 0,
) -> tuple[bool, int | None]:
    """Whether a consent opens the rule at ``at``, and when that may next change; ``debt``: for this debt alone.

    ``allowed`` tells when the rule is open without one, for terms that ask whether it was given rightly. One given
    before ``since`` was overtaken by what they said then.
    """
    if terms is None or not facts.dial.consents:
        return False, None
    if terms.rightly and allowed is not None:
        return _rightly_at(terms, facts, clock, at, debt, allowed, since)
    key = ("openings", terms, clock, debt, since)
    lives = _lives(terms, facts, clock, debt, since)
    return facts.once(key, lambda: Openings(lives, clock)).at(at)


def _lives(terms: ConsentTerms, facts: Facts, clock: LocalClock, debt: str | None, since: int) -> Iterator[Life]:
    """The consents for what is asked about, each with its life."""
    asked = Contact(facts.attempt.person, facts.attempt.number, facts.channel)
    for each in given(terms, facts, asked.person, debt):
        if (each.given_at or 0) >= since and is_for(each, terms, asked):
            yield each, *life(each, terms, facts, clock, debt)


def _rightly_at(
    terms: ConsentTerms, facts: Facts, clock: LocalClock, at: int, debt: str | None, allowed: Allowed, since: int
) -> tuple[bool, int | None]:
    """The same by those given rightly, which is asked of no more of them than need be."""
    key = ("each opening", terms, clock, debt, since)
    lives = _lives(terms, facts, clock, debt, since)
    each_opening = facts.once(key, lambda: [(each[0], Openings([each], clock)) for each in lives])
    changes: list[int] = []
    for consent, opening in each_opening:
        opened, change = opening.at(at)
        if opened and _rightly_given(consent, terms, facts, clock, allowed):
            return True, change
        if not opened and change is not None and _rightly_given(consent, terms, facts, clock, allowed):
            changes.append(change)
    return False, min(changes, default=None)


def past_consents(terms: ConsentTerms | None) -> ConsentTerms | None:
    """The terms, where it matters to them under which consent a past call was made."""
    return terms if terms is not None and terms.made_under != "counts" else None


def made_under(terms: ConsentTerms, event: Event, facts: Facts, clock: LocalClock, debt: str | None) -> bool:
    """Whether the call ``event`` was made under a consent of these terms that was in force then.

    A talk on that very call ends such a consent only for what comes after.
    """
    if event.direction == "in" or not facts.dial.consents:
        return False
    key = ("past", terms, clock, debt, event.person)
    past = facts.once(key, lambda: Past(given(terms, facts, event.person, debt), terms, facts, clock, debt))
    return past.had_agreed(event, facts)


def _rightly_given(consent: Consent, terms: ConsentTerms, facts: Facts, clock: LocalClock, allowed: Allowed) -> bool:
    """Whether no contact of ours that the rule did not allow led to it."""
    call = given_in(consent, facts)
    if call is None:
        return consent.via not in ("call", None) or allowed(consent.given_at or 0, None)
    if call.direction == "in" or call.reply_to is not None:
        return True
    instants = (call.at, max(call.at, consent.given_at or 0))
    return all(allowed(each, call) for each in instants) or made_under(terms, call, facts, clock, None)
