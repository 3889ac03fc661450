"""Which side doors stand open on a call, and whether the talk about the debt is over."""

from __future__ import annotations

from collectdesk.desk.call.state import Call

DOORS = ("emergency", "complaint", "objection", "stop_contact", "wrong_number", "end")
ENDS_TALK = ("emergency", "complaint", "stop_contact", "wrong_number", "end")
OPENED = "opened"
UNPRESSED = ("answer_objection",)
"""Purposes of a call on which the debt is not pressed: what was asked is answered, no more."""


def opened(call: Call, door: str) -> bool:
    """Whether this side door was taken."""
    return call.given(door, OPENED) is not None


def over(call: Call) -> bool:
    """Whether nothing more may be said about the debt on this call."""
    return any(opened(call, door) for door in ENDS_TALK) or call.given("objection", "answered") == "owed"


def unpressed(call: Call) -> bool:
    """Whether neither disclosure nor discussion belongs to this call."""
    return call.purpose in UNPRESSED and not call.inbound


def outcome_of_doors(call: Call) -> str | None:
    """The outcome a door stands for, the gravest first; none when only *end* was taken."""
    return next((door for door in DOORS[:-1] if opened(call, door) and (door != "objection" or over(call))), None)


def openers(call: Call, door: str) -> tuple[tuple[str, str], ...]:
    """Step and field of the answers that opened a door of themselves: who is speaking, or what came of it."""
    found = []
    if call.party_kind == door:
        found.append(("party", "party"))
    outcome = call.word("result", "outcome")
    if outcome is not None and call.library.door(outcome) == door:
        found.append(("result", "outcome"))
    return tuple(found)
