"""Step 13, wrap-up: the closing words, who ended the line, what comes next, the recording, a note.

A line nobody answered goes straight here and asks one thing: what comes next.
"""

from __future__ import annotations

from collectdesk.desk.call import ending, limits, lock
from collectdesk.desk.call.doorway import opened, outcome_of_doors, over
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, NONE, Choice, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import noted
from collectdesk.desk.recordings import owing
from collectdesk.store.tables import Call as CallRow
from collectdesk.store.tables import ConductWarning, Note

NAME = "wrapup"
ENDED_BY = ("us", "them", "line")
RECORDING = ("have_reference", "owed")
WORDS = ("debtors_words", "our_words", "rewrite")
NOTHING_NEXT = ("not_dialled",)
UNANSWERED = ("redial", "other_number", "locate", "to_lead", "write_letter", "none")


def asks(call: Call) -> Question | None:
    """What is still owed before the call can be closed."""
    if call.line is None or call.line in NOTHING_NEXT:
        return None
    if not call.connected:
        return _next(call)
    return _closing(call) or _ended_by(call) or _next(call) or _recording(call) or _note(call)


def take(call: Call, question: Question, value: Plain) -> Taken:
    """One field; the note is written once its wording is settled."""
    effects: dict[str, tuple[Effect, ...]] = {
        "ended_by": (_keep("ended_by", value),),
        "next_action": (_keep("next_action", value),),
        "reference": (_recorded(str(value)),),
    }
    if question.field == "next_at":
        assert isinstance(value, int)
        limits.callback(call, value)
        return Taken(value=value, effects=(_keep("next_at", value),))
    if question.field == "recording" and value == "owed":
        return Taken(value=value, effects=(_recorded(None),), fixed=True)
    if question.field == "note" and value not in ("", NONE) and not noted(call, str(value)):
        return Taken(value=value, effects=(_write_note(str(value)),), fixed=True)
    if question.field == "note_words":
        return _settled(call, value)
    return Taken(value=value, effects=effects.get(question.field, ()), fixed=question.field == "closing")


def _closing(call: Call) -> Question | None:
    """The last words, where there still is somebody to hear them."""
    if ending.ended_by(call) or call.given(NAME, "closing") == ACK:
        return None
    if over(call) and not (opened(call, "end") and call.word("end", "why") == "finished"):
        return None
    lines = lock.say_known(call, "closing")
    return Question(step=NAME, field="closing", kind="ack", say=lines) if lines else None


def _ended_by(call: Call) -> Question | None:
    if ending.ended_by(call) or call.given(NAME, "ended_by") is not None:
        return None
    return Question(step=NAME, field="ended_by", kind="choice", options=choices(*ENDED_BY))


def _next(call: Call) -> Question | None:
    if call.given(NAME, "next_action") is None:
        return Question(step=NAME, field="next_action", kind="choice", options=_ways_on(call))
    needs = call.library.code("next_action", str(call.given(NAME, "next_action"))).needs_time
    booked = call.given("result", "callback_at")
    if needs and booked is None and call.given(NAME, "next_at") is None:
        return Question(step=NAME, field="next_at", kind="instant")
    return None


def _ways_on(call: Call) -> tuple[Choice, ...]:
    """What may follow: after an unanswered dial its own few, after a talk what goes with its result."""
    if not call.connected:
        return call.library.only("next_action", *UNANSWERED)
    door = outcome_of_doors(call)
    return call.library.choices("next_action", call.said | ({"result": door} if door else {}))


def _recording(call: Call) -> Question | None:
    kept = call.word(NAME, "recording")
    if kept is None:
        return Question(step=NAME, field="recording", kind="choice", options=choices(*RECORDING))
    if kept == "have_reference" and call.given(NAME, "reference") is None:
        return Question(step=NAME, field="reference", kind="text")
    return None


def _note(call: Call) -> Question | None:
    note = call.word(NAME, "note")
    if note is None:
        return Question(step=NAME, field="note", kind="text", required=_note_owed(call))
    if note in ("", NONE) or not noted(call, note) or call.given(NAME, "note_words") is not None:
        return None
    return Question(step=NAME, field="note_words", kind="choice", options=choices(*WORDS), pane=call.library.hits(note))


def _note_owed(call: Call) -> bool:
    """Whether one of the codes asks for a word of explanation."""
    return any(call.library.code(field, code).needs_note for field, code in call.said.items())


def _settled(call: Call, value: Plain) -> Taken:
    note = call.word(NAME, "note") or ""
    if value == "rewrite":
        return Taken(value=None, retake=("note",))
    warn = _warned(call, note, debtors=value == "debtors_words")
    return Taken(value=value, effects=(_write_note(note), warn), fixed=True)


def _keep(column: str, value: Plain) -> Effect:
    return lambda pen: pen.change(CallRow, pen.call.id, f"call.{column}", **{column: value})


def _recorded(reference: str | None) -> Effect:
    return lambda pen: owing.name(pen.connection, pen.call.hooks.office, pen.call.id, reference, pen.at)


def _write_note(text: str) -> Effect:
    def write(pen: Pen) -> None:
        call = pen.call
        values = {"case_id": call.case.id, "call": call.id, "by_staff": call.collector.id, "at": pen.at}
        pen.add(Note, "note.written", **values, content=text)

    return write


def _warned(call: Call, text: str, *, debtors: bool) -> Effect:
    def write(pen: Pen) -> None:
        for entry in noted(call, text):
            pen.add(
                ConductWarning,
                "conduct.warned",
                staff=call.collector.id,
                call=call.id,
                case_id=call.case.id,
                entry=entry,
                place="wrapup.note",
                blocked=False,
                debtors_words=debtors,
                at=pen.at,
            )

    return write
