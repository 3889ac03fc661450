"""What a count is kept apart by: the person, number, place, channel, creditor, debt or group it is of.

Where it is not known whether an event is of another, it is of the same: *unknown is not zero*.
"""

from collections.abc import Callable
from typing import Literal, TypeAlias

from collectdesk.gate.dial import Debt, Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.sort import UNSURE
from collectdesk.gate.vocabulary import Channel, DebtType

Scope: TypeAlias = Literal["person", "number", "place", "channel", "creditor", "debt", "group"]

_BY_VOICE: frozenset[Channel] = frozenset(("voice",))
_WAYS: dict[str | None, frozenset[Channel]] = {
    "message": frozenset(("voice", "voice_notice", "text", "email", "letter", "app")),
    "visit": frozenset(("visit",)),
}
"""Through what a message or a visit may have gone of which the channel is not on file."""


def medium(channel: Channel | None) -> Channel:
    """The medium of a channel: a notice by voice is a telephone call, and so is what names none."""
    return "voice" if channel in (None, "voice_notice") else channel


def ways(event: Event) -> frozenset[Channel]:
    """Through what the event may have gone: a call without more is a voice call."""
    return frozenset((event.channel,)) if event.channel else _WAYS.get(event.kind, _BY_VOICE)


def media(event: Event) -> frozenset[Channel]:
    """The media it may have gone through."""
    return frozenset(map(medium, ways(event)))


def _on_another_number(event: Event, facts: Facts) -> bool:
    asked = facts.attempt.number
    return event.number != asked and None not in (event.number, asked)


def _elsewhere(event: Event, facts: Facts) -> bool:
    """Whether the event went to another place than the number asked about is tied to, as far as both are known."""
    number = facts.numbers.get(event.number or "")
    then, now = number.tied_to if number else None, facts.number.tied_to if facts.number else None
    return then not in UNSURE and now not in UNSURE and then != now


def _by_another_medium(event: Event, facts: Facts) -> bool:
    return medium(facts.channel) not in media(event)


def _for_another_creditor(event: Event, facts: Facts) -> bool:
    ones, others = facts.creditors_of(event), facts.creditors
    return None not in ones and None not in others and ones.isdisjoint(others)


SCOPES: dict[Scope, tuple[Callable[[Event, Facts], bool], str]] = {
    "number": (_on_another_number, "other_number"),
    "place": (_elsewhere, "other_place"),
    "channel": (_by_another_medium, "other_channel"),
    "creditor": (_for_another_creditor, "other_creditor"),
}
"""For each of these scopes, when an event is out of it, and how that is said."""


def about(
    event: Event,
    debt: str,
    facts: Facts,
    *,
    grouped: bool,
    allotted: bool = False,
    lumped: tuple[DebtType, ...] = (),
) -> bool:
    """A call is about the debt it is allotted to and every debt discussed; with neither, about any.

    Their own call opened on none: it is about those discussed, if any were. ``allotted``: the debts it is allotted to
    alone, where it is to any, and those a message left named (nobody else brought them up). ``grouped``: each stands
    for its group; ``lumped``: the types of debts that may be of one group while that of either is not known.
    """
    ids = ids_of(event, allotted=allotted)
    if not ids or debt in ids:
        return True
    one = facts.all_debts.get(debt) if grouped else None
    others = [facts.all_debts[each] for each in ids if each in facts.all_debts]
    return one is not None and any(_of_one_group(one, other, lumped) for other in others)


def ids_of(event: Event, *, allotted: bool) -> set[str]:
    """The debts it is about, as ``about`` has it; none: it is about any."""
    opened_on, discussed = event.debts or (), event.discussed or ()
    if discussed and event.direction == "in":
        return {*discussed}
    brought_up = allotted and opened_on and event.message != "naming_debt"
    return {*opened_on} if brought_up else {*opened_on, *discussed}


def _of_one_group(one: Debt, other: Debt, lumped: tuple[DebtType, ...]) -> bool:
    """Whether two debts count as one: they are of one group, or may be as far as is known."""
    if one.group is None or other.group is None:
        return one.type in lumped and one.type == other.type
    return one.group == other.group
