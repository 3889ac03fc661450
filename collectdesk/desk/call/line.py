"""Step 6, the line: how the dial ended. Not dialled is an outcome too, and needs a reason."""

from __future__ import annotations

from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import Choice, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.recordings import owing
from collectdesk.store.tables import Call as CallRow

NAME = "line"
NOBODYS = ("unknown",)
"""What only shift close may write."""


def asks(call: Call) -> Question | None:
    """How the line ended, as soon as the number was shown."""
    if call.inbound or call.given("permit", "permit") is None:
        return None
    if call.line is None:
        return Question(step=NAME, field=NAME, kind="choice", options=_lines(call))
    if call.line == "not_dialled" and call.given(NAME, "reason") is None:
        return Question(step=NAME, field="reason", kind="choice", options=call.library.choices("not_dialled"))
    return None


def _lines(call: Call) -> tuple[Choice, ...]:
    return tuple(choice for choice in call.library.choices("line") if choice.code not in NOBODYS)


def take(_call: Call, question: Question, value: Plain) -> Taken:
    """The code; an answered call begins here, and owes its recording."""
    if question.field != NAME:
        return Taken(value=value, fixed=True)

    def write(pen: Pen) -> None:
        connected = {"connected_at": pen.at} if value == "answered" else {}
        pen.change(CallRow, pen.call.id, "call.line", line=value, **connected)
        if connected:
            owing.owe(pen.connection, pen.call.hooks.office, pen.call.id, pen.at)

    return Taken(value=value, effects=(write,), fixed=True)
