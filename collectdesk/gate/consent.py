"""Consent: when somebody's agreement lifts a rule, and for how long.

How long a consent lives and what proves it belongs to the rule it opens. The person called must have given it
themselves, to this organisation, for this contact; revoked, expired or unproven it opens nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import Consent, Event, Opens
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.spans import Span, inside, next_start, weekly_spans

Via: TypeAlias = Literal["call", "writing", "email", "app", "contract"]


class ConsentTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """What a consent must be to open a rule.

    ``life_dates``: it ends with so many local dates, the first being the date it is for (the one it names, else the
    one it was given on). ``evidence``: a recording or another reference is required; a consent given on a call also
    needs verified identity on that call. ``ends_on_talk``: the next talk with the person ends it.
    """

    opens: Opens
    life_dates: Annotated[int, Meta(ge=1)] | None = None
    via: tuple[Via, ...] = ()
    evidence: bool = True
    ends_on_talk: bool = False


def consent_at(terms: ConsentTerms | None, facts: Facts, clock: LocalClock, at: int) -> tuple[bool, int | None]:
    """Whether a consent opens the rule at ``at``, and when that next changes."""
    if terms is None or not facts.dial.consents:
        return False, None
    changes: list[int] = []
    for consent in facts.dial.consents:
        if not _good(consent, terms, facts):
            continue
        opened, change = _during(consent, terms, facts, clock, at)
        if opened:
            return True, change
        if change is not None:
            changes.append(change)
    return False, min(changes, default=None)


def _good(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    """Whether the consent is of the right sort, proven, and covers this contact."""
    attempt = facts.attempt
    return (
        terms.opens in (consent.opens or ())
        and consent.by is not None
        and consent.by == attempt.person
        and (consent.to is None or consent.to == facts.own_org)
        and consent.given_at is not None
        and (not terms.via or consent.via is None or consent.via in terms.via)
        and _proven(consent, terms, facts)
        and facts.within_debts(consent.debts)
        and (not consent.numbers or attempt.number in consent.numbers)
        and (not consent.channels or facts.channel in consent.channels)
    )


def _proven(consent: Consent, terms: ConsentTerms, facts: Facts) -> bool:
    if terms.evidence and not consent.evidence:
        return False
    if consent.via not in ("call", None) and consent.in_event is None:
        return True
    given_in = next((event for event in facts.events if event.id == consent.in_event), None)
    return given_in is not None and given_in.identity == "verified" and _spoke(given_in) == consent.by


def _spoke(event: Event) -> str | None:
    """Who was on the line, as far as known."""
    return event.answered_by or event.person


def _during(consent: Consent, terms: ConsentTerms, facts: Facts, clock: LocalClock, at: int) -> tuple[bool, int | None]:
    start, end = _life(consent, terms, facts, clock)
    if at >= end:
        return False, None
    if at < start:
        return False, start if start < end else None
    windows = _windows(consent, clock, at, end)
    if windows is None:
        return True, end if end < FOREVER else None
    return windows


def _life(consent: Consent, terms: ConsentTerms, facts: Facts, clock: LocalClock) -> tuple[int, int]:
    """From when to when the consent can open anything, its windows aside."""
    given = consent.given_at or 0
    start = max(given, consent.start or 0)
    end = min(consent.until or FOREVER, consent.revoked_at or FOREVER)
    if terms.life_dates is not None:
        named = [only.start for only in consent.only or () if only.start is not None]
        first = max(start, min(named)) if named else start
        end = min(end, clock.start_of(clock.day(first) + terms.life_dates))
    if terms.ends_on_talk:
        talks = (event.at for event in facts.events if event.at > given and event.talk not in (None, "none"))
        end = min(end, min(talks, default=FOREVER))
    return start, end


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
