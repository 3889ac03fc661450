"""Step 11, the discussion (policy article 7.3): why they fell behind and what they are able to do, as codes only."""

from __future__ import annotations

from typing import cast

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import over, unpressed
from collectdesk.desk.call.flags import flagged
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.codes import Field
from collectdesk.store.tables import Call as CallRow

NAME = "discussion"
FIELDS: tuple[Field, ...] = ("cause", "ability", "attitude")
REMIND = ("listen", "on_topic")


def asks(call: Call) -> Question | None:
    """Cause, then ability, of whoever the debt was told to."""
    if not call.connected or over(call) or unpressed(call) or lock.hearer(call) not in lock.KNOWING:
        return None
    for field in FIELDS:
        if call.given(NAME, field) is None:
            lines = lock.say_all(call, NAME, {}, (f"discussion.{field}",))
            options = call.library.choices(field, call.said)
            return Question(step=NAME, field=field, kind="choice", options=options, say=lines, remind=REMIND)
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The code, kept with the call."""

    field = cast("Field", question.field)

    def write(pen: Pen) -> None:
        pen.change(CallRow, call.id, f"call.{field}", **{field: value})

    return Taken(value=value, effects=(write, *flagged(call, field, str(value))), fixed=True)
