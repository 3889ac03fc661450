"""The step *welfare* (安否): on a call for somebody's safety (policy article 12), and on no other, what was found.

It stands in the place of identity, disclosure, discussion and result: nothing about the debt is asked or said. The
answer is kept with the emergency the call was made for.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from collectdesk.desk import steps
from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.emergencies.alarm import KIND
from collectdesk.store.tables import Emergency

NAME = "welfare"
FOUND = ("is_safe", "help_is_there", "somebody_is_with_them", "help_is_needed", "would_not_say", "not_reached")


def asks(call: Call) -> Question | None:
    """What to say, then what was found; *help is needed* means the door F2, whose card says whom to ring."""
    if not call.protects or not call.connected or over(call):
        return None
    if call.given(NAME, "said") != ACK:
        lines = lock.say_known(call, "emergency")
        if lines:
            return Question(step=NAME, field="said", kind="ack", say=lines, remind=("safety_first",))
    if call.given(NAME, "found") is None:
        return Question(step=NAME, field="found", kind="choice", options=choices(*FOUND), remind=("safety_first",))
    return None


def take(_call: Call, question: Question, value: Plain) -> Taken:
    """Kept with the emergency as well; where help is needed the door opens."""
    if question.field != "found":
        return Taken(value=value, fixed=True)

    def write(pen: Pen) -> None:
        row = _emergency(pen)
        if row is not None:
            office, case = pen.call.hooks.office, pen.call.case.id
            content = {"call": f"c{pen.call.id}", "found": value}
            steps.record(pen.connection, KIND, row[0], "note", row[1], at=pen.at, by=office, case=case, content=content)

    return Taken(value=value, effects=(write,), fixed=True, door="emergency" if value == "help_is_needed" else None)


def _emergency(pen: Pen) -> tuple[int, str] | None:
    """The newest emergency of the case that is not closed, and its state."""
    asked = select(col(Emergency.id), col(Emergency.status)).where(
        col(Emergency.case_id) == pen.call.case.id, col(Emergency.status) != "closed"
    )
    row = pen.connection.execute(asked.order_by(col(Emergency.id).desc())).first()
    return (int(str(row[0])), str(row[1])) if row else None
