"""Consents on file: those of the sort a rule asks for, proven, and given by whom it asks, sorted out once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from collectdesk.gate.begun import with_us
from collectdesk.gate.consent_terms import ConsentTerms
from collectdesk.gate.dial import Consent, Event
from collectdesk.gate.facts import Facts, Kin
from collectdesk.gate.sort import is_call
from collectdesk.gate.vocabulary import Channel

NONE_GIVEN: Sequence[Consent] = ()


class Contact(NamedTuple):
    """A contact a consent may be for: one to come or one that was."""

    person: str | None
    number: str | None
    channel: Channel


class _Given:
    """The consents of one giver: those about every debt, and those about some, by these."""

    __slots__ = ("about_all", "about_some", "by_kin")

    def __init__(self) -> None:
        self.about_all: list[Consent] = []
        self.about_some: list[Consent] = []
        self.by_kin: dict[Kin, list[Consent]] = {}


def given(terms: ConsentTerms, facts: Facts, person: str | None, debt: str | None) -> Sequence[Consent]:
    """The consents of these terms for a contact with ``person``, about ``debt``, or about all that is asked about."""
    by_giver = facts.once(("consents", terms), lambda: _by_giver(terms, facts))
    found = by_giver.get(None if terms.by else person)
    if found is None:
        return NONE_GIVEN
    if debt is not None:
        return [*found.about_all, *found.by_kin.get(facts.kin(debt), ())]
    return [*found.about_all, *(each for each in found.about_some if facts.within_debts(each.debts))]


def is_for(consent: Consent, terms: ConsentTerms, contact: Contact) -> bool:
    """Whether the consent covers the number and the channel of a contact."""
    on_number = contact.number in consent.numbers if consent.numbers else not terms.named_number
    return on_number and (not consent.channels or contact.channel in consent.channels)


def given_in(consent: Consent, facts: Facts) -> Event | None:
    """The call on which it was given."""
    return facts.event_named(consent.in_event)


def spoke(event: Event) -> str | None:
    """Who was on the line, as far as known."""
    return event.answered_by or event.person


def _by_giver(terms: ConsentTerms, facts: Facts) -> dict[str | None, _Given]:
    """By whoever gave them, where it must be the person called; else all as one."""
    found: dict[str | None, _Given] = {}
    for consent in facts.dial.consents or ():
        if not _good(consent, terms, facts):
            continue
        those = found.setdefault(None if terms.by else consent.by, _Given())
        (those.about_some if consent.debts else those.about_all).append(consent)
        for kin in dict.fromkeys(map(facts.kin, consent.debts or ())):
            those.by_kin.setdefault(kin, []).append(consent)
    return found


def _good(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    """Whether the consent is of the right sort and proven."""
    return (
        terms.opened_by(consent)
        and _by_the_right_person(consent, terms, facts)
        and _to_us(consent, terms, facts)
        and consent.given_at is not None
        and (not terms.via or _came_by(consent, facts) in terms.via)
        and _proven(consent, terms, facts)
    )


def _by_the_right_person(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    """Whether it is of one of the roles asked for; where none is, somebody must have given it."""
    if not terms.by:
        return consent.by is not None
    giver = facts.persons.get(consent.by or "")
    return giver is not None and giver.role in terms.by


def _to_us(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    """Whether it was given to this organisation; on its own call, it was, and on another's not directly."""
    call = given_in(consent, facts) if terms.direct else None
    if consent.to is None:
        return not terms.direct or (call is not None and call.org is not None and call.org == facts.own_org)
    return consent.to == facts.own_org and (call is None or with_us(call, facts))


def _proven(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    call = given_in(consent, facts)
    if not terms.evidence:
        return call is None or (call.identity not in ("failed", "refused") and spoke(call) in (None, consent.by))
    if not consent.evidence:
        return False
    if consent.via not in ("call", None) and consent.in_event is None:
        return True
    return call is not None and call.identity == "verified" and spoke(call) == consent.by


def _came_by(consent: Consent, facts: Facts) -> str | None:
    """How it was given: as is told, else by the call it was given on."""
    call = given_in(consent, facts)
    on_a_call = call is not None and call.kind == "call" and is_call(call)
    return "call" if consent.via is None and on_a_call else consent.via
