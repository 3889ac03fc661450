"""The door *end* (F10): the talk closes politely, whatever was reached; also the way to calm down and close (9.6).

A bare *not convenient* asks when it is (8.2): a named time becomes a lasting designation.
"""

from __future__ import annotations

from collectdesk.desk.call import lock, times
from collectdesk.desk.call.doorway import opened
from collectdesk.desk.call.identity_result import speaker
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Designation

NAME = "end"
WHY = (
    "not_convenient", "calm_down", "hung_up", "line_dropped", "cannot_talk", "hours_ending", "finished", "other_reason",
)  # fmt: skip
BEFORE = ("not_now", "materials_missing", "case_changed", "other_reason")
TIMES = ("times_not_said", "times_barred", "times_only")
GONE = {"hung_up": "them", "line_dropped": "line"}
LINES = {"not_convenient": "not_convenient", "calm_down": "calm"}


def asks(call: Call) -> Question | None:
    """Why, and where it was not convenient, when it is."""
    if not opened(call, NAME):
        return None
    why = call.word(NAME, "why")
    if why is None:
        return Question(
            step=NAME,
            field="why",
            kind="choice",
            options=call.library.only("end_reason", *(WHY if call.connected else BEFORE)),
        )
    if call.connected and why in LINES and call.given(NAME, "said") != ACK:
        lines = lock.say_known(call, LINES[why])
        if lines:
            return Question(step=NAME, field="said", kind="ack", say=lines, remind=("calm",))
    if why != "not_convenient" or call.party_kind not in ("debtor", "agent"):
        return None
    wish = call.word(NAME, "times")
    if wish is None:
        return Question(step=NAME, field="times", kind="choice", options=choices(*TIMES))
    if wish != "times_not_said" and call.given(NAME, "when") is None:
        return Question(step=NAME, field="when", kind="text")
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The reason; times become a designation.

    Raises:
        BadData: the times cannot be read.
    """
    if question.field != "when":
        return Taken(value=value, fixed=question.field == "said")  # a door taken by mistake can be left again
    read = times.read(str(value))
    kind = "barred" if call.word(NAME, "times") == "times_barred" else "only"
    by = speaker(call) or call.called

    def write(pen: Pen) -> None:
        pen.add(
            Designation,
            "designation.made",
            debtor=call.case.debtor.person,
            by_person=by.person,
            via="agent" if call.party_kind == "agent" else "debtor",
            kind=kind,
            weekly=list(read.weekly),
            dates_from=read.dates_from,
            dates_until=read.dates_until,
            debts=[],
            from_at=pen.at,
        )

    return Taken(value=value, effects=(write,), fixed=True)


def ended_by(call: Call) -> str | None:
    """Who ended the line, where the reason says so."""
    return GONE.get(call.word(NAME, "why") or "")
