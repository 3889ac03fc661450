"""The door *wrong number* (F6, policy article 5.2): an apology, nothing said, and the number is retired for good."""

from __future__ import annotations

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import OPENED, opened
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Number

NAME = "wrong_number"


def asks(call: Call) -> Question | None:
    """The apology."""
    if not opened(call, NAME) or not call.connected or call.given(NAME, "said") == ACK:
        return None
    lines = lock.say_known(call, NAME)
    return Question(step=NAME, field="said", kind="ack", say=lines) if lines else None


def take(_call: Call, question: Question, value: Plain) -> Taken:
    """The number is retired as the door opens."""
    return Taken(value=value, effects=(_retire,) if question.field == OPENED else (), fixed=True)


def _retire(pen: Pen) -> None:
    number = pen.call.number
    if number is not None:
        pen.change(Number, number, "number.wrong", status="wrong", status_at=pen.at)
