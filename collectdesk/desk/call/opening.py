"""Step 7, the opening (policy article 6.1): company, staff number, a neutral reason; said before anything else."""

from __future__ import annotations

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.question import ACK, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken

NAME = "opening"
REMIND = ("civil", "listen")
REASON = "opening.reason"
"""The neutral reason is that of business; a call for somebody's safety has none of it (policy article 12)."""


def asks(call: Call) -> Question | None:
    """The opening line, until it was said."""
    if not call.connected or over(call) or call.given(NAME, NAME) == ACK:
        return None
    lines = lock.say_all(call, NAME)
    said = tuple(line for line in lines if not (call.protects and line.line == REASON))
    return Question(step=NAME, field=NAME, kind="ack", say=said, remind=REMIND)


def take(_call: Call, _question: Question, value: Plain) -> Taken:
    """It was said."""
    return Taken(value=value, fixed=True)
