"""The door *stop contact* (F5): what is to stop, and it stops: a hold on the case, on that person, or a barred number.

The talk is over from the moment the door opens, and until the scope is named the open permit keeps everybody else off
the line.
"""

from __future__ import annotations

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import opened
from collectdesk.desk.call.freezing import freeze
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, NONE, Plain, Question
from collectdesk.desk.call.refusal import bar, refused
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.lost.refusal import KIND as REFUSED
from collectdesk.store.tables import Note

NAME = "stop_contact"


def asks(call: Call) -> Question | None:
    """What is to stop, what to say, and their words if they gave a reason."""
    if not opened(call, NAME):
        return None
    if call.given(NAME, "scope") is None:
        options = call.library.choices("stop_contact", call.said)
        return Question(step=NAME, field="scope", kind="choice", options=options)
    if call.connected and call.given(NAME, "said") != ACK:
        lines = lock.say_known(call, NAME)
        if lines:
            return Question(step=NAME, field="said", kind="ack", say=lines)
    if call.given(NAME, "content") is None:
        needed = call.library.code("stop_contact", str(call.given(NAME, "scope"))).needs_note
        return Question(step=NAME, field="content", kind="text", required=needed)
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The scope puts the hold, or bars the number or the workplace."""
    if question.field == "scope":
        return Taken(value=value, effects=(_stop(call, str(value)),), fixed=True)
    if question.field == "content" and value not in ("", NONE):
        return Taken(value=value, effects=(lambda pen: _note(pen, str(value)),), fixed=True)
    return Taken(value=value, fixed=question.field == "said")  # until the scope is named the door can be left again


def _stop(call: Call, scope: str) -> Effect:
    kind = call.library.code("stop_contact", scope).opens_hold
    if kind is None:
        what: dict[str, object] = {"place": "work"} if scope == "workplace" else {"number": call.number}
        return lambda pen: bar(pen, **what)
    cause = f"{NAME}.{scope}"
    if kind == REFUSED:
        return refused(call, cause=cause, leave_line=True)

    def write(pen: Pen) -> None:
        freeze(pen, kind, cause=cause)

    return write


def _note(pen: Pen, content: str) -> None:
    call = pen.call
    values = {"case_id": call.case.id, "call": call.id, "by_staff": call.collector.id, "at": pen.at}
    pen.add(Note, "note.written", **values, content=content)
