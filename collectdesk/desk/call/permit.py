"""Step 5, the permit: only with it the number appears; the engine asks and shows in transactions of its own."""

from __future__ import annotations

from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.question import ACK, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken

NAME = "permit"


def asks(call: Call) -> Question | None:
    """Whether to ask for the permit now."""
    if call.inbound or over(call) or call.given(NAME, NAME) == ACK:
        return None
    return Question(step=NAME, field=NAME, kind="ack")


def take(_call: Call, _question: Question, value: Plain) -> Taken:
    """The permit was shown: the dial counts from that instant and nothing goes back."""
    return Taken(value=value, fixed=True)
