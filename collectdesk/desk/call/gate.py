"""Step 1, the gate: the verdict with which the call began; warnings that need it are acknowledged."""

from __future__ import annotations

from collectdesk.desk.call.question import ACK, Choice, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken

NAME = "gate"


def asks(call: Call) -> Question | None:
    """The acknowledgement of what the gate warned of, once."""
    warnings = call.given(NAME, "needs_ack")
    if call.inbound or not isinstance(warnings, list) or not warnings or call.given(NAME, "warnings") == ACK:
        return None
    return Question(step=NAME, field="warnings", kind="ack", options=tuple(Choice(str(each)) for each in warnings))


def take(_call: Call, _question: Question, value: Plain) -> Taken:
    """Nothing but the acknowledgement."""
    return Taken(value=value)
