"""The door *emergency* (F2, policy article 12): safety first, debt talk over, case frozen, superior alerted.

Opening it freezes and alerts before anything is asked; number and address are shown against a journal entry.
"""

from __future__ import annotations

from collectdesk.desk.call import lock, safety_card
from collectdesk.desk.call.doorway import OPENED, opened
from collectdesk.desk.call.freezing import record, told
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, NONE, Pane, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Emergency

NAME = "emergency"
UNNAMED = "unnamed"
TOLD = "emergency.told"
SHOWN = "show_contact"


def asks(call: Call) -> Question | None:
    """What to say first, then the kind, whether help needs number and address, and a word about it."""
    if not opened(call, NAME):
        return None
    if call.connected and call.given(NAME, "said") != ACK:
        lines = lock.say_known(call, NAME)
        if lines:
            return Question(step=NAME, field="said", kind="ack", say=lines, pane=_card(call))
    if call.given(NAME, "kind") is None:
        return Question(
            step=NAME, field="kind", kind="choice", options=call.library.choices("emergency"), pane=_card(call)
        )
    if call.given(NAME, SHOWN) is None:
        return Question(step=NAME, field=SHOWN, kind="choice", options=call.library.yes_no(), pane=_card(call))
    if call.given(NAME, "content") is None:
        return Question(step=NAME, field="content", kind="text", required=False, pane=_card(call))
    return None


def take(_call: Call, question: Question, value: Plain) -> Taken:
    """What is known now is added to what was recorded at once."""
    if question.field == OPENED:
        return Taken(value=value, effects=(_alarm,), fixed=True)
    if question.field == "kind":
        return told(Emergency, TOLD, value, kind=value)
    if question.field == SHOWN and value == "yes":
        return Taken(value=value, effects=(_revealed,), fixed=True)
    if question.field == "content" and value not in ("", NONE):
        return told(Emergency, TOLD, value, content=value)
    return Taken(value=value, fixed=True)


def _alarm(pen: Pen) -> None:
    superior = pen.call.collector.superior
    alerted = [superior] if superior else []
    record(pen, Emergency, "emergency.raised", NAME, kind=UNNAMED, at=pen.at, alerted=alerted, content="")


def _revealed(pen: Pen) -> None:
    pen.journal("case.unmasked", f"case_file:{pen.call.case.id}", after={"why": NAME, "call": pen.call.id})


def _card(call: Call) -> Pane:
    """What to do and whom to ring, for the kind that was named; before that what holds for all."""
    return safety_card.card(call.library.safety, call.word(NAME, "kind"))
