"""What is known of the number called: whose it is, where it came from, whether it works."""

from __future__ import annotations

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.dial import Event, Number
from collectdesk.gate.facts import Facts, role_in
from collectdesk.gate.known_part import UNKNOWN, Known
from collectdesk.gate.lost_contact import FAILED, VOID, reached_line


def listed(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """Whether it is on file for the person called."""
    number = facts.number
    if number is None or number.person is None:
        return [UNKNOWN]
    return [Known(present=True, refused=number.person != facts.attempt.person)]


def owner(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """In what role its owner stands to the case: *called*, or somebody else's; an *other*'s where it was wrong."""
    number = facts.number
    if number is None:
        return [UNKNOWN]
    if number.status == "wrong":
        return [Known(present=True, value="other")]
    if number.person is None:
        return [UNKNOWN]
    role = "called" if number.person == facts.attempt.person else role_in(facts.persons.get(number.person))
    return [Known(present=role is not None, value=role)]


def source(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """Where it came from."""
    found = facts.number.source if facts.number else None
    return [Known(present=found not in (None, "unknown"), value=found)]


def status(facts: Facts, _clock: LocalClock, _at: int) -> list[Known]:
    """What is on file, unless a later call found the number dead (空号, 停机)."""
    on_file = facts.number.status if facts.number else None
    if on_file != "wrong" and _found_dead(facts):
        return [Known(present=True, value="invalid")]
    return [Known(present=on_file not in (None, "unknown"), value=on_file)]


def _found_dead(facts: Facts) -> bool:
    """Whether the last call whose result is known found it dead: an unknown result says nothing to the contrary."""
    number = facts.attempt.number
    if number is None:
        return False
    for event in reversed(facts.events):
        if event.number == number and event.line not in ("unknown", None) and reached_line(event):
            return event.line in VOID and not _working_since(event, facts.number)
    return False


def _working_since(event: Event, number: Number | None) -> bool:
    """Whether the number was found to be in order after the call."""
    cleared = number.status_at if number and number.status == "ok" else None
    return cleared is not None and cleared > event.at


def untried(facts: Facts) -> list[Number]:
    """Other numbers of the person called at which we have not just failed: those of the home, or, with none, any.

    A number of nobody known may be theirs; one at work, dead or somebody else's is no other way to reach them.
    """
    called = facts.attempt
    others = [
        number
        for number in facts.dial.numbers or ()
        if number.number != called.number
        and number.person in (None, called.person)
        and number.status not in ("wrong", "invalid")
        and number.place != "work"
    ]
    at_home = [number for number in others if number.place == "home"]
    return [number for number in at_home or others if not _failed_last(number, facts)]


def _failed_last(number: Number, facts: Facts) -> bool:
    """Whether the last call of ours to the number is known to have reached nobody."""
    for event in reversed(facts.events):
        if event.number == number.number and reached_line(event):
            return event.line in FAILED and event.org is not None and event.org == facts.own_org
    return False


def confirmed(facts: Facts, _clock: LocalClock, at: int) -> list[Known]:
    """When it was last confirmed that the number is still this person's."""
    instant = facts.number.confirmed_at if facts.number else None
    return [Known(present=instant is not None and instant <= at, at=instant)]
