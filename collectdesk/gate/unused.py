"""Fields of the contract that no kind of rule reads yet: accepted, and said to be unused.

A hold's ``cause`` is not among them: it says whence the hold came and is there to be read by people, as a name is.
"""

from __future__ import annotations

from collectdesk.gate.facts import Facts


def unused_fields(facts: Facts) -> list[str]:
    """The paths of fields this question gives and nothing reads."""
    dial = facts.dial
    given = {
        "dial.automated": facts.attempt.automated,
        "dial.reply_to": facts.attempt.reply_to,
        "dial.in_call": facts.attempt.in_call,
        "persons[].agreed": any(person.agreed is not None for person in facts.persons.values()),
        "holds[].counsel_known": any(hold.counsel_known is not None for hold in dial.holds or ()),
    }
    return [name for name, value in given.items() if value]
