"""The door *wrong number* (F6, policy article 5.2): asked twice, then an apology, nothing said, the number retired.

Whoever opens it is asked whether it is meant, on every driver; a *no* closes it again and nothing has happened. The
way back from a number that was retired is ``collectdesk number ok``, with evidence and by somebody else.
"""

from __future__ import annotations

from collectdesk.desk import steps
from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import OPENED, opened, openers
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Number

NAME = "wrong_number"
SURE = "sure"


def asks(call: Call) -> Question | None:
    """Whether it is meant; then the apology."""
    if not opened(call, NAME):
        return None
    if call.given(NAME, SURE) is None:
        return Question(step=NAME, field=SURE, kind="choice", options=call.library.yes_no())
    if not call.connected or call.given(NAME, "said") == ACK:
        return None
    lines = lock.say_known(call, NAME)
    return Question(step=NAME, field="said", kind="ack", say=lines) if lines else None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The number is retired once it is sure; a *no* takes back what opened the door."""
    if question.field == OPENED:
        return Taken(value=value)
    if question.field == SURE and value == "no":
        return Taken(value=None, retake=(OPENED, *map(".".join, openers(call, NAME))))
    return Taken(value=value, effects=(_retire,) if question.field == SURE else (), fixed=True)


def _retire(pen: Pen) -> None:
    call = pen.call
    line = call.case.number(call.number)
    if line is None or line.status == "wrong":
        return
    pen.change(Number, line.id, "number.retired", status="wrong", status_at=pen.at)
    steps.record(
        pen.connection, "number", line.id, "wrong", "wrong", at=pen.at, by=call.hooks.office, case=call.case.id,
        content={"call": f"c{call.id}"},
    )  # fmt: skip
