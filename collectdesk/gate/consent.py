"""Consent: when somebody's agreement lifts a rule, and for how long.

How long a consent lives and what proves it belongs to the rule it opens. The person called must have given it
themselves, to this organisation, for this contact; revoked, expired or unproven it opens nothing.

A contact that was made under a consent may be left out of a later count (``made_under``): that asks the same of the
consent, at the time of that contact.
"""

from collections.abc import Callable
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collectdesk.gate.begun import with_us
from collectdesk.gate.clock import LocalClock
from collectdesk.gate.counting import talked
from collectdesk.gate.dial import Consent, Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.scopes import about
from collectdesk.gate.sort import is_call
from collectdesk.gate.spans import Span, inside, next_start, weekly_spans
from collectdesk.gate.vocabulary import Channel, DebtType, Opens, Role

Via: TypeAlias = Literal["call", "writing", "email", "app", "contract"]


class ConsentTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """What a consent must be to open a rule.

    ``opens``: what it must say it opens; of several, any will do. ``life_dates``: it ends with so many local dates,
    the first being the date it is for (the one it names, else the one it was given on); with ``life_from`` *given*
    always the one it was given on. ``direct``: it must be known to have been given to this organisation itself.
    ``evidence``: a recording or another reference is required; a consent given on a call also needs verified identity
    on that call. Without, whoever is on record as giving it is believed, unless that call says otherwise.
    ``ends_on_talk``: the next talk with the person about the debt (or *any* at all) ends it, whoever called;
    ``lumped`` as in a count. ``by``: the roles whose agreement is asked for (an attorney's to direct contact); with
    none it is that of the person called. ``via``: how it was given; on a call on file, by that call; where that is not
    known it is none of these.
    ``named_number``: it must name the numbers it is for (whose consent is not their own to be called is not *any*).
    ``rightly``: it must have been given in a contact that the rule itself allowed, or in one they began; one given on a
    call of which nothing is on file must have been given at an instant the rule allows.
    ``made_under``: whether a past call made under such a consent *counts* by the rule, is *left out*, or is left out
    on the milder reading of a text that leaves it *undetermined* (then it counts).
    """

    opens: Opens | Annotated[tuple[Opens, ...], Meta(min_length=1)]
    life_dates: Annotated[int, Meta(ge=1)] | None = None
    life_from: Literal["named", "given"] = "named"
    via: tuple[Via, ...] = ()
    direct: bool = False
    evidence: bool = True
    ends_on_talk: bool | Literal["any"] = False
    lumped: tuple[DebtType, ...] = ()
    by: tuple[Role, ...] = ()
    named_number: bool = False
    rightly: bool = False
    made_under: Literal["counts", "left_out", "undetermined"] = "counts"

    def opened_by(self, consent: Consent) -> bool:
        """Whether the consent says that it opens this."""
        wanted = (self.opens,) if isinstance(self.opens, str) else self.opens
        return any(each in wanted for each in consent.opens or ())


Allowed: TypeAlias = Callable[[int, Event | None], bool]
"""Whether a rule is open at an instant without a consent: to the contact named, or to any that nothing is known of."""


class _Contact(Struct, frozen=True):
    """A contact a consent may be for: one to come or one that was."""

    person: str | None
    number: str | None
    channel: Channel


def consent_at(
    terms: ConsentTerms | None,
    facts: Facts,
    clock: LocalClock,
    at: int,
    debt: str | None = None,
    allowed: Allowed | None = None,
    since: int = 0,
) -> tuple[bool, int | None]:
    """Whether a consent opens the rule at ``at``, and when that next changes; ``debt``: for this debt alone.

    ``allowed`` tells when the rule is open without one, for terms that ask whether it was given rightly. One given
    before ``since`` was overtaken by what they said then.
    """
    if terms is None or not facts.dial.consents:
        return False, None
    asked = _Contact(facts.attempt.person, facts.attempt.number, facts.channel)
    changes: list[int] = []
    for consent in facts.dial.consents:
        if not _good(consent, terms, facts, asked, debt) or (consent.given_at or 0) < since:
            continue
        if terms.rightly and allowed is not None and not _rightly_given(consent, terms, facts, clock, allowed):
            continue
        opened, change = _during(consent, terms, facts, clock, at, debt)
        if opened:
            return True, change
        if change is not None:
            changes.append(change)
    return False, min(changes, default=None)


def past_consents(terms: ConsentTerms | None) -> ConsentTerms | None:
    """The terms, where it matters to them under which consent a past call was made."""
    return terms if terms is not None and terms.made_under != "counts" else None


def made_under(terms: ConsentTerms, event: Event, facts: Facts, clock: LocalClock, debt: str | None) -> bool:
    """Whether the call ``event`` was made under a consent of these terms that was in force then.

    A talk on that very call ends such a consent only for what comes after.
    """
    made = _Contact(event.person, event.number, event.channel or "voice")
    return event.direction != "in" and any(
        _good(consent, terms, facts, made, debt)
        and _during(consent, terms, facts, clock, event.at, debt, but=event.id)[0]
        for consent in facts.dial.consents or ()
        if consent.in_event != event.id
    )


def _good(consent: Consent, terms: ConsentTerms, facts: Facts, contact: _Contact, debt: str | None) -> bool:
    """Whether the consent is of the right sort, proven, and covers this contact."""
    return (
        terms.opened_by(consent)
        and _by_the_right_person(consent, terms, facts, contact)
        and _to_us(consent, terms, facts)
        and consent.given_at is not None
        and (not terms.via or _came_by(consent, facts) in terms.via)
        and _proven(consent, terms, facts)
        and _covers_debts(consent, facts, debt)
        and (contact.number in consent.numbers if consent.numbers else not terms.named_number)
        and (not consent.channels or contact.channel in consent.channels)
    )


def _covers_debts(consent: Consent, facts: Facts, debt: str | None) -> bool:
    if debt is None:
        return facts.within_debts(consent.debts)
    return not consent.debts or debt in facts.with_their_groups(consent.debts)


def _to_us(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    """Whether it was given to this organisation; on its own call, it was, and on another's not directly."""
    given_in = _given_in(consent, facts) if terms.direct else None
    if consent.to is None:
        return not terms.direct or (given_in is not None and given_in.org is not None and given_in.org == facts.own_org)
    return consent.to == facts.own_org and (given_in is None or with_us(given_in, facts))


def _by_the_right_person(consent: Consent, terms: ConsentTerms, facts: Facts, contact: _Contact) -> bool:
    if not terms.by:
        return consent.by is not None and consent.by == contact.person
    giver = facts.persons.get(consent.by or "")
    return giver is not None and giver.role in terms.by


def _proven(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    given_in = _given_in(consent, facts)
    if not terms.evidence:
        return given_in is None or (given_in.identity not in ("failed", "refused") and _was_on(given_in, consent))
    if not consent.evidence:
        return False
    if consent.via not in ("call", None) and consent.in_event is None:
        return True
    return given_in is not None and given_in.identity == "verified" and _spoke(given_in) == consent.by


def _came_by(consent: Consent, facts: Facts) -> str | None:
    """How it was given: as is told, else by the call it was given on."""
    given_in = _given_in(consent, facts)
    on_a_call = given_in is not None and given_in.kind == "call" and is_call(given_in)
    return "call" if consent.via is None and on_a_call else consent.via


def _rightly_given(consent: Consent, terms: ConsentTerms, facts: Facts, clock: LocalClock, allowed: Allowed) -> bool:
    """Whether no contact of ours that the rule did not allow led to it."""
    given_in = _given_in(consent, facts)
    if given_in is None:
        return consent.via not in ("call", None) or allowed(consent.given_at or 0, None)
    if given_in.direction == "in" or given_in.reply_to is not None:
        return True
    instants = (given_in.at, max(given_in.at, consent.given_at or 0))
    return all(allowed(each, given_in) for each in instants) or made_under(terms, given_in, facts, clock, None)


def _given_in(consent: Consent, facts: Facts) -> Event | None:
    """The call on which it was given."""
    return next((event for event in facts.events if event.id == consent.in_event), None)


def _spoke(event: Event) -> str | None:
    """Who was on the line, as far as known."""
    return event.answered_by or event.person


def _during(
    consent: Consent,
    terms: ConsentTerms,
    facts: Facts,
    clock: LocalClock,
    at: int,
    debt: str | None,
    *,
    but: str | None = None,
) -> tuple[bool, int | None]:
    """Whether the consent is in force at ``at``, and when that changes; a talk on the call ``but`` ends nothing."""
    start, end = _life(consent, terms, clock)
    if terms.ends_on_talk:
        end = min(end, _next_talk(consent, terms, facts, debt, but))
    if at >= end:
        return False, None
    if at < start:
        return False, start if start < end else None
    windows = _windows(consent, clock, at, end)
    if windows is None:
        return True, end if end < FOREVER else None
    return windows


def _life(consent: Consent, terms: ConsentTerms, clock: LocalClock) -> tuple[int, int]:
    """From when to when the consent can open anything, its windows and the talk that ends it aside."""
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


def _next_talk(consent: Consent, terms: ConsentTerms, facts: Facts, debt: str | None, but: str | None) -> int:
    """When the person next talked with us about the debt, or about one of those asked about; else ``FOREVER``."""
    given = consent.given_at or 0
    debts = () if terms.ends_on_talk == "any" else facts.debt_ids if debt is None else (debt,)
    for event in facts.events_since(given + 1):
        if event.id in (but, consent.in_event) or not _talked(event, consent, facts):
            continue
        if not debts or any(about(event, each, facts, grouped=True, lumped=terms.lumped) for each in debts):
            return event.at
    return FOREVER


def _talked(event: Event, consent: Consent, facts: Facts) -> bool:
    """Whether the event was a talk of ours with whoever gave the consent; an unknown result counts as one."""
    ours = None in (event.org, facts.own_org) or event.org == facts.own_org
    return ours and _was_on(event, consent) and talked(event) and not facts.misdialled(event)


def _was_on(event: Event, consent: Consent) -> bool:
    return _spoke(event) in (None, consent.by)


def _windows(consent: Consent, clock: LocalClock, at: int, end: int) -> tuple[bool, int | None] | None:
    """Inside the windows the consent is limited to? ``None`` when it has none."""
    if not consent.only and not consent.weekly:
        return None

    def spans_of(day: int) -> list[Span]:
        return _spans(consent, clock, day)

    around = inside(spans_of(clock.day(at)), at)
    if around:
        return True, min(around[1], end)
    following = next_start(spans_of, at, clock, clock.day(end) if end < FOREVER else None)
    return False, following if following is not None and following < end else None


def _spans(consent: Consent, clock: LocalClock, day: int) -> list[Span]:
    """The consent's windows on a local date; where it names both dates and weekly times, both must hold."""
    whole = [(clock.start_of(day), clock.start_of(day + 1))]
    spans = weekly_spans(consent.weekly, day, clock) if consent.weekly else whole
    if not consent.only:
        return spans
    limits = [(only.start or 0, only.end or FOREVER) for only in consent.only]
    cut = [(max(start, low), min(end, high)) for start, end in spans for low, high in limits]
    return [(start, end) for start, end in cut if start < end]
