"""The door *complaint* (F3, policy article 10.2): the talk stops, the case freezes, a lead who is not the person
complained of gets it; the collector can neither close nor edit it."""

from __future__ import annotations

from sqlalchemy import select

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import OPENED, opened
from collectdesk.desk.call.freezing import record, told
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Complaint, Staff

NAME = "complaint"
UNTOLD = "untold"
TOLD = "complaint.told"
ABOUT = ("about_me", "about_other_staff", "about_company", "about_creditor")


def asks(call: Call) -> Question | None:
    """What to say, what kind, about whom, in whose words."""
    if not opened(call, NAME):
        return None
    if call.connected and call.given(NAME, "said") != ACK:
        lines = lock.say_known(call, NAME, call.hooks.answer_words(NAME))
        if lines:
            return Question(step=NAME, field="said", kind="ack", say=lines)
    if call.given(NAME, "category") is None:
        return Question(step=NAME, field="category", kind="choice", options=call.library.choices("complaint"))
    if call.given(NAME, "about") is None:
        return Question(step=NAME, field="about", kind="choice", options=choices(*ABOUT))
    if call.given(NAME, "content") is None:
        return Question(step=NAME, field="content", kind="text")
    return None


def take(_call: Call, question: Question, value: Plain) -> Taken:
    """What is told is added to what was recorded at once; ``about`` may move it to another lead."""
    if question.field == OPENED:
        return Taken(value=value, effects=(_record,), fixed=True)
    if question.field in ("category", "content"):
        return told(Complaint, TOLD, value, **{question.field: value})
    if question.field == "about" and value != "about_me":
        return told(Complaint, TOLD, value, about=None)
    return Taken(value=value, fixed=True)


def _record(pen: Pen) -> None:
    """Until it is said otherwise it is about the collector on the line."""
    call = pen.call
    record(
        pen,
        Complaint,
        "complaint.recorded",
        NAME,
        category=UNTOLD,
        content=UNTOLD,
        about=call.collector.id,
        assigned_to=lead_for(pen),
        received_at=pen.at,
        due_on=call.hooks.due_on(NAME),
    )


def lead_for(pen: Pen) -> int | None:
    """A lead, else an officer or admin, who is not the collector: their superior first."""
    me = pen.call.collector
    rows = pen.connection.execute(
        select(Staff.id, Staff.role)  # type: ignore[call-overload]
        .where(Staff.status == "active", Staff.role.in_(("lead", "officer", "admin")), Staff.id != me.id)  # type: ignore[attr-defined]
        .order_by(Staff.id)
    ).all()
    order = {"lead": 0, "officer": 1, "admin": 2}
    ranked = sorted(rows, key=lambda row: (row.id != me.superior, order[row.role], row.id))
    return int(ranked[0].id) if ranked else None
