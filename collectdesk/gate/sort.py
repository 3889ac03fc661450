"""Sorts of contact: the conditions by which a count picks events, and by which a text leaves some out.

Both ask the same of an event, on different terms. Where a text says what counts, an event counts unless it is surely
of another sort (``may_be``); where it says what does not count, only what is surely of that sort is left out
(``surely``). A fact that is missing never opens anything.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.vocabulary import Channel, Line, Purpose, Role

Place: TypeAlias = Literal["home", "work", "other", "none"]
UNSURE = (None, "unknown")
OTHER_CHANNELS: frozenset[Channel] = frozenset(("text", "email", "letter", "app", "visit"))
OTHER_KINDS = ("message", "visit")
"""The channels and kinds of a contact that is no call."""
OBLIGED: tuple[Role, ...] = ("debtor", "co_debtor", "guarantor")
"""The roles of who owes."""


def is_call(event: Event) -> bool:
    """Whether it may have been a call: nothing known of it says that it was something else."""
    return event.channel not in OTHER_CHANNELS and event.kind not in OTHER_KINDS


class Sort(Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of contact; an empty list means any, and all conditions must hold.

    ``kinds``, ``directions``, ``channels``, ``lines``, ``talks``, ``identities``, ``ended_by``, ``messages`` and
    ``purposes`` are the contract's values of an event; ``roles`` is whom it was meant for, ``places`` to what the
    number called is tied (a mobile to nothing: *none*). ``reply``: whether it answers an earlier contact.
    ``by_outsider``: whether somebody else answered, or was met, who owes nothing; where nobody is named, nobody did.
    ``max_seconds``: no longer than this. Of a message or a visit neither the line nor who ended it nor a length is
    known, whatever is on file.
    """

    kinds: tuple[Literal["call", "message", "visit"], ...] = ()
    directions: tuple[Literal["out", "in"], ...] = ()
    channels: tuple[Channel, ...] = ()
    lines: tuple[Line, ...] = ()
    talks: tuple[Literal["none", "brief", "conversation"], ...] = ()
    identities: tuple[Literal["verified", "failed", "refused", "not_asked"], ...] = ()
    ended_by: tuple[Literal["us", "them", "line"], ...] = ()
    messages: tuple[Literal["none", "limited", "naming_debt"], ...] = ()
    purposes: tuple[Purpose, ...] = ()
    roles: tuple[Role, ...] = ()
    places: tuple[Place, ...] = ()
    reply: bool | None = None
    by_outsider: bool | None = None
    max_seconds: float | None = None

    def may_be(self, event: Event, facts: Facts, whom: str | None = None) -> bool:
        """Whether nothing known of the event says that it is of another sort.

        ``whom``: who answered, where that matters and not whom it was meant for.
        """
        seconds = event.duration_s if is_call(event) else None
        return all(value in UNSURE or value in wanted for value, wanted in self._asked(event, facts, whom)) and (
            self.max_seconds is None or seconds is None or seconds <= self.max_seconds
        )

    def surely(self, event: Event, facts: Facts) -> bool:
        """Whether everything asked is known of the event, and fits."""
        seconds = event.duration_s if is_call(event) else None
        return all(value in wanted for value, wanted in self._asked(event, facts)) and (
            self.max_seconds is None or (seconds is not None and seconds <= self.max_seconds)
        )

    def _asked(
        self, event: Event, facts: Facts, whom: str | None = None
    ) -> Iterator[tuple[object, tuple[object, ...]]]:
        """Each value that matters, with those wanted of it."""
        person = facts.persons.get(whom or event.person or "")
        number = facts.numbers.get(event.number or "")
        values: tuple[tuple[object, tuple[object, ...]], ...] = (
            (event.kind, self.kinds),
            (event.direction, self.directions),
            (event.channel, self.channels),
            (event.line if is_call(event) else None, self.lines),
            (event.talk, self.talks),
            (event.identity, self.identities),
            (event.ended_by if is_call(event) else None, self.ended_by),
            (event.message, self.messages),
            (event.purpose, self.purposes),
            (person.role if person else None, self.roles),
            (number.tied_to if number else None, self.places),
        )
        yield from ((value, wanted) for value, wanted in values if wanted)
        if self.reply is not None:
            yield event.reply_to is not None, (self.reply,)
        if self.by_outsider is not None:
            yield _met_an_outsider(event, facts), (self.by_outsider,)


def _met_an_outsider(event: Event, facts: Facts) -> bool | None:
    """Whether who answered was neither who was meant to nor anybody else who owes; ``None``: as far as known either."""
    if event.answered_by in (None, event.person):
        return False
    by = facts.persons.get(event.answered_by or "")
    role = by.role if by is not None else None
    if role in OBLIGED:
        return False
    return None if role is None or event.person is None else True
