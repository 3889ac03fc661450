"""The table of steps, in their order, and of side doors; each is a module with ``asks`` and ``take``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from collectdesk.desk.call import (
    brief,
    complaint,
    disclosure,
    discussion,
    emergency,
    ending,
    gate,
    identity,
    line,
    materials,
    objection,
    objection_answer,
    opening,
    party,
    permit,
    plan,
    result,
    stop_contact,
    welfare,
    wrapup,
    wrong_number,
)
from collectdesk.desk.call.question import Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken


class Step(Protocol):
    """A step or a door: a module."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What it is called."""

    def asks(self, call: Call, /) -> Question | None:
        """What is still to be answered, none when nothing is."""

    def take(self, call: Call, question: Question, value: Plain, /) -> Taken:
        """What an answer means."""


STEPS: tuple[Step, ...] = (
    gate, brief, plan, materials, permit, line, opening, party, identity, disclosure, discussion, welfare,
    result, wrapup,
)  # fmt: skip

DOORS: tuple[Step, ...] = (emergency, complaint, objection, stop_contact, wrong_number, ending)

BEFORE: Mapping[str, Step] = {disclosure.NAME: objection_answer}
"""What some calls are for, asked before the step named; on the way it counts as that step."""

BY_NAME = {step.NAME: step for step in (*STEPS, *DOORS, *BEFORE.values())}

OF_THE_DEBT: tuple[Step, ...] = (identity, disclosure, discussion, result)
"""What a call for somebody's safety goes without."""
BEFORE_SPEECH = ("gate", "brief", "plan", "materials", "permit")
"""Steps on which nothing has been said to anybody."""


def question(call: Call) -> Question | None:
    """What comes next: an open door's questions, the gravest door first, then the steps in order; none at the end."""
    if call.line is None and call.given("permit", "permit") is not None and not call.inbound:
        return line.asks(call)  # a number is on the screen: how the dial ended comes before everything
    for door in DOORS:
        if asked := door.asks(call):
            return asked
    return _course(call)


def _course(call: Call) -> Question | None:
    """What comes next of the steps in order."""
    course = (step for each in STEPS for step in (*filter(None, [BEFORE.get(each.NAME)]), each))
    return next((asked for step in course if (asked := _asks(step, call))), None)


def _asks(step: Step, call: Call) -> Question | None:
    """Preparing stops when a door ended the call before anybody was dialled."""
    from collectdesk.desk.call.doorway import over

    if step.NAME in BEFORE_SPEECH and over(call):
        return None
    return step.asks(call)


def progress(call: Call, here: Question | None) -> tuple[tuple[str, str], ...]:
    """Every step with ``done``, ``here``, ``todo`` or ``skipped``; ``here`` is what the call asks now.

    Within a side door none is ``here``: what was gone through before the door is ``done``, the rest ``todo``. A step
    that a door broke off is not done, however far it had come.
    """
    names = [step.NAME for step in STEPS if step not in (OF_THE_DEBT if call.protects else (welfare,))]
    if call.inbound:
        names = names[names.index("opening") :]
    standing = next((name for name, step in BEFORE.items() if here and here.step == step.NAME), here and here.step)
    left = _left_at(call, names)
    at = names.index(standing) if standing in names else left
    found = []
    for index, name in enumerate(names):
        touched = any(answer.step == name for answer in call.answers)
        if name == standing:
            mark = "here"
        elif index == left:
            mark = "todo" if here is not None and standing not in names else "skipped"
        elif touched or (name in BEFORE_SPEECH and index < at):
            mark = "done"
        else:
            mark = "todo" if here is not None and index > at else "skipped"
        found.append((name, mark))
    return tuple(found)


def _left_at(call: Call, names: Sequence[str]) -> int:
    """The place of the step a call would stand at, had no side door been taken; past the last one when at none."""
    doors = {door.NAME for door in DOORS}
    before = msgspec.structs.replace(call, answers=tuple(each for each in call.answers if each.step not in doors))
    left = _course(before)
    step = left and next((name for name, each in BEFORE.items() if left.step == each.NAME), left.step)
    return names.index(step) if step in names else len(names)
