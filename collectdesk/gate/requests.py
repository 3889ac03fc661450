"""Communications counted for life, and what opens one more: whoever asks for it, or an answer that proved wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from collectdesk.gate.begun import with_us
from collectdesk.gate.counting import Count, weighers_for
from collectdesk.gate.dial import Event
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.spans import Span

Again: TypeAlias = Literal["asked", "answer_wrong"]

COMMUNICATIONS: tuple[Count, ...] = (
    Count(of="contact", orgs="own", channels=("voice", "voice_notice", "text", "email", "letter", "app", "visit")),
)
"""Whatever reached the person: a call answered, a message left or written, a visit."""


def communications(facts: Facts, counts: tuple[Count, ...]) -> list[Event]:
    """Every contact with the person called that counts, oldest first."""
    return [event for event, _why in reached(facts, counts)]


def reached(facts: Facts, counts: tuple[Count, ...]) -> Iterator[tuple[Event, str]]:
    """Each contact with the person called that counts, oldest first, and why it does."""
    weighers = weighers_for(counts, ("person",))
    for event in facts.events:
        if _with_them(event, facts):
            answers = (each.weigh(event, facts, None) for each in weighers)
            why = next((each.why for each in answers if each.counts), None)
            if why is not None:
                yield event, facts.why_counted(event, why)


def _with_them(event: Event, facts: Facts) -> bool:
    """A contact meant for nobody in particular may have been with them."""
    return event.person is None or facts.attempt.person in (event.person, event.answered_by)


def opened_again(again: Sequence[Again], facts: Facts, past: Sequence[Event]) -> list[Span]:
    """When one more communication is open: each opening lasts until it is used by the next one.

    A consent given on a call may bear the instant at which that call began.
    """
    last = max((event.at for event in past), default=-FOREVER)
    spans: list[Span] = []
    if "asked" in again:
        spans += [span for span in _asked_by_consent(facts) if span[0] >= last]
        spans += [span for span in _asked_by_contact(facts) if span[0] > last]
    if "answer_wrong" in again:
        spans += [span for span in _answers_found_wrong(facts) if span[0] > last]
    return [(start, end) for start, end in spans if start < end]


def _asked_by_consent(facts: Facts) -> list[Span]:
    return [
        (max(each.given_at, each.start or 0), min(each.until or FOREVER, each.revoked_at or FOREVER))
        for each in facts.dial.consents or ()
        if "contact" in (each.opens or ())
        and each.given_at is not None
        and each.by is not None
        and each.by == facts.attempt.person
        and each.to in (None, facts.own_org)
    ]


def _asked_by_contact(facts: Facts) -> list[Span]:
    """The contact they began that this one answers."""
    named = facts.attempt.reply_to or facts.attempt.in_call
    return [
        (event.at, FOREVER)
        for event in facts.events
        if event.id == named
        and event.direction == "in"
        and with_us(event, facts)
        and event.person is not None
        and event.person == facts.attempt.person
    ]


def _answers_found_wrong(facts: Facts) -> list[Span]:
    """A number a contact person gave that proved to be the wrong one, or dead."""
    return [
        (each.status_at, FOREVER)
        for each in facts.dial.numbers or ()
        if each.source == "told_by_contact" and each.status in ("wrong", "invalid") and each.status_at is not None
    ]
