"""The door *objection* (F4, policy article 10.1): answered on the spot, or recorded with its date and the case held
until the debtor was told."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select
from sqlmodel import col

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import opened
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, NONE, Choice, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import ours
from collectdesk.desk.objections import recording
from collectdesk.errors import N_, BadData
from collectdesk.store.tables import Objection

NAME: Literal["objection"] = "objection"
ANSWERED = ("now", "owed")
SAID = recording.SAID
"""Letters, figures or Chinese characters an answer on the spot has at least."""


def asks(call: Call) -> Question | None:
    """Kind, the debtor's words, whether it was answered here and now; if it was not, what they offer as evidence."""
    if not opened(call, NAME):
        return None
    if call.given(NAME, "category") is None:
        return Question(step=NAME, field="category", kind="choice", options=call.library.choices("objection"))
    if call.given(NAME, "content") is None:
        return Question(step=NAME, field="content", kind="text")
    answered = call.word(NAME, "answered")
    if answered is None:
        return Question(step=NAME, field="answered", kind="choice", options=_ways(call))
    if answered == "now":
        return None if call.given(NAME, "answer") is not None else Question(step=NAME, field="answer", kind="text")
    return _owed(call)


def _ways(call: Call) -> tuple[Choice, ...]:
    """What a text wants answered in writing is not answered by word of mouth."""
    written = call.library.code(NAME, str(call.given(NAME, "category"))).answer_written
    return choices("owed") if written else choices(*ANSWERED)


def _owed(call: Call) -> Question | None:
    if call.given(NAME, "evidence") is None:
        return Question(step=NAME, field="evidence", kind="text", required=False)
    if call.connected and call.given(NAME, "said") != ACK:
        words = call.hooks.objection_words(call.library.code(NAME, str(call.given(NAME, "category"))))
        lines = lock.say_known(call, NAME, words)
        return Question(step=NAME, field="said", kind="ack", say=lines) if lines else None
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """An answer on the spot is ours to say and is checked; one that is owed holds the case.

    Raises:
        BadData: what is called the answer says nothing.
        BarredWording: the answer holds wording that is not allowed.
    """
    if question.field == "answered" and value == "owed":
        return Taken(value=value, effects=(_record(call),), fixed=True)
    if question.field == "evidence":
        offered = str(value or NONE)
        return Taken(value=offered, effects=() if offered == NONE else (_offered(offered),), fixed=True)
    if question.field == "answer":
        _says_something(str(value))
        ours(call, str(value), f"{NAME}.answer")
        return Taken(value=value, effects=(_record(call, answer=str(value)),), fixed=True)
    return Taken(value=value, fixed=question.field == "said")  # until it is recorded the door can be left again


def _says_something(answer: str) -> None:
    if sum(map(str.isalnum, answer)) < SAID:
        raise BadData(
            "answer_empty",
            N_("What was answered is recorded in a sentence."),
            hint=N_("If it could not be answered, record it as owed."),
        )


def _record(call: Call, answer: str | None = None) -> Effect:
    def write(pen: Pen) -> None:
        category = str(call.given(NAME, "category"))
        new = recording.New(
            case=call.case.id,
            category=category,
            content=str(call.given(NAME, "content")),
            received_at=pen.at,
            call=call.id,
            by_person=call.person,
            answer=answer,
        )
        recording.record(pen.connection, call.hooks.office, new, call.library.code(NAME, category), pen.at)

    return write


def _offered(text: str) -> Effect:
    def write(pen: Pen) -> None:
        made = select(col(Objection.id)).where(col(Objection.call) == pen.call.id).order_by(col(Objection.id).desc())
        key = pen.connection.execute(made).scalars().first()
        assert key is not None
        recording.evidence(pen.connection, pen.call.hooks.office, key, text, pen.at)

    return write
