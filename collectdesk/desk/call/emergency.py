"""The door *emergency* (F2, policy article 12): safety first, debt talk over, case frozen, superior alerted.

Opening it freezes and alerts before anything is asked; number and last known address stand on the card from then on,
against a journal entry, so that they can be given to police or ambulance, whose call needs no permit.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from collectdesk.desk.call import lock, safety_card
from collectdesk.desk.call.doorway import OPENED, opened
from collectdesk.desk.call.freezing import record, row_of, told
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, NONE, Pane, PaneRow, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.emergencies.alarm import raise_alarm
from collectdesk.desk.emergencies.in_line import UNNAMED
from collectdesk.store.tables import Emergency, Staff

NAME = "emergency"
TOLD = "emergency.told"
SAFE = ("help_there", "superior_took_over", "somebody_with_them", "calmed_down", "they_hung_up", "line_lost")
"""How a call on which somebody was in danger came to its end."""


def asks(call: Call) -> Question | None:
    """What to say first, then the kind, a word about it, and how it was left safely."""
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
    if call.given(NAME, "content") is None:
        return Question(step=NAME, field="content", kind="text", required=False, pane=_card(call))
    if call.connected and call.given(NAME, "safe") is None:
        return Question(
            step=NAME,
            field="safe",
            kind="choice",
            options=choices(*SAFE),
            pane=_card(call, ("do",)),
            remind=("safety_first",),
        )
    return None


def take(_call: Call, question: Question, value: Plain) -> Taken:
    """What is known now is added to what was recorded at once."""
    if question.field == OPENED:
        return Taken(value=value, effects=(_alarm,), fixed=True)
    if question.field == "kind":
        return told(Emergency, TOLD, value, kind=value)
    if question.field == "safe":
        return told(Emergency, TOLD, value, safe=value)
    if question.field == "content" and value not in ("", NONE):
        return told(Emergency, TOLD, value, content=value)
    return Taken(value=value, fixed=True)


def _alarm(pen: Pen) -> None:
    call = pen.call
    record(pen, Emergency, "emergency.raised", NAME, kind=UNNAMED, at=pen.at, level=0, alerted=[], content="")
    raise_alarm(
        pen.connection,
        call.hooks.office,
        row_of(pen, Emergency),
        case=call.case.id,
        call=call.id,
        at=pen.at,
        minutes=call.library.house.emergency.acknowledge_minutes,
    )
    pen.journal("case.unmasked", f"case_file:{call.case.id}", after={"why": NAME, "call": call.id})


def _card(call: Call, only: tuple[str, ...] = ()) -> Pane:
    """Where they are and who was alerted; what to do and whom to ring, for the kind that was named, else for all.

    ``only``: of the card itself no more than these rows, so that the last question fits one screen with it.
    """
    card = safety_card.card(call.library.safety, call.word(NAME, "kind"))
    return Pane(
        card.code, (*_whereabouts(call), *_alerted(call), *(row for row in card.rows if not only or row.code in only))
    )


def _whereabouts(call: Call) -> tuple[PaneRow, ...]:
    """What police or ambulance need, in full: it was journalled when the door was opened."""
    debtor = call.case.debtor
    line = call.case.number(call.number)
    numbers = [line.number] if line else [
        each.number for each in call.case.numbers if each.person == debtor.person and each.status not in _DEAD
    ]  # fmt: skip
    rows = [PaneRow("reach_name", "text", debtor.name), *(PaneRow("reach_number", "text", each) for each in numbers)]
    return (*rows, PaneRow("reach_address", "text", call.case.address or NONE))


_DEAD = ("invalid", "wrong")


def _alerted(call: Call) -> tuple[PaneRow, ...]:
    """Whom the desk has alerted, and since when it waits for somebody to take it."""
    connection = call.hooks.connection
    asked = select(col(Emergency.alerted), col(Emergency.at), col(Emergency.acknowledged_at))
    row = connection.execute(asked.where(col(Emergency.call) == call.id).order_by(col(Emergency.id).desc())).first()
    if row is None:
        return ()
    found = connection.execute(select(col(Staff.id), col(Staff.number)).where(col(Staff.id).in_(row.alerted))).all()
    numbers = {each.id: each.number for each in found}
    zone = ZoneInfo(call.case.zone)
    rows = [PaneRow("alerted", "text", ", ".join(numbers[key] for key in row.alerted if key in numbers) or NONE)]
    if row.acknowledged_at is not None:
        at = datetime.fromtimestamp(row.acknowledged_at, zone)
        return (*rows, PaneRow("taken_at", "text", at.strftime("%H:%M:%S")))
    waited = max(0, call.now - row.at)
    return (*rows, PaneRow("waits", "text", f"{waited // 60:02d}:{waited % 60:02d}"))
