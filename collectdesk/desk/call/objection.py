"""The door *objection* (F4, policy article 10.1): answered on the spot, or recorded with a date in working days, and
the case held until then."""

from __future__ import annotations

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import OPENED, opened
from collectdesk.desk.call.freezing import freeze
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import ours
from collectdesk.errors import N_, BadData
from collectdesk.store.tables import Objection

NAME = "objection"
ANSWERED = ("now", "owed")
SAID = 4
"""Letters, figures or Chinese characters an answer on the spot has at least."""


def asks(call: Call) -> Question | None:
    """Kind, the debtor's words, and whether it was answered here and now."""
    if not opened(call, NAME):
        return None
    if call.given(NAME, "category") is None:
        return Question(step=NAME, field="category", kind="choice", options=call.library.choices("objection"))
    if call.given(NAME, "content") is None:
        return Question(step=NAME, field="content", kind="text")
    answered = call.word(NAME, "answered")
    if answered is None:
        return Question(step=NAME, field="answered", kind="choice", options=choices(*ANSWERED))
    if answered == "now" and call.given(NAME, "answer") is None:
        return Question(step=NAME, field="answer", kind="text")
    if answered == "owed" and call.connected and call.given(NAME, "said") != ACK:
        lines = lock.say_known(call, NAME, call.hooks.answer_words(NAME))
        return Question(step=NAME, field="said", kind="ack", say=lines) if lines else None
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """An answer on the spot is ours to say and is checked; one that is owed holds the case.

    Raises:
        BadData: what is called the answer says nothing.
        BarredWording: the answer holds wording that is not allowed.
    """
    if question.field == "answered" and value == "owed":
        return Taken(value=value, effects=(_owe(call),), fixed=True)
    if question.field == "answer":
        _says_something(str(value))
        ours(call, str(value), f"{NAME}.answer")
        return Taken(value=value, effects=(_answered(call, str(value)),), fixed=True)
    return Taken(value=value, fixed=question.field in (OPENED, "said"))


def _says_something(answer: str) -> None:
    if sum(map(str.isalnum, answer)) < SAID:
        raise BadData(
            "answer_empty",
            N_("What was answered is recorded in a sentence."),
            hint=N_("If it could not be answered, record it as owed."),
        )


def _owe(call: Call) -> Effect:
    def write(pen: Pen) -> None:
        hold = freeze(pen, NAME, cause=str(call.given(NAME, "category")))
        _add(pen, call, due_on=call.hooks.due_on(NAME), status="open", hold=hold)

    return write


def _answered(call: Call, answer: str) -> Effect:
    def write(pen: Pen) -> None:
        _add(pen, call, answer=answer, answered_at=pen.at, status="answered")

    return write


def _add(pen: Pen, call: Call, **values: object) -> None:
    pen.add(
        Objection,
        "objection.recorded",
        case_id=call.case.id,
        call=call.id,
        category=call.given(NAME, "category"),
        content=call.given(NAME, "content"),
        by_person=call.person,
        received_at=pen.at,
        by_staff=call.collector.id,
        **values,
    )
