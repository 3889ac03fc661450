"""Step 10, disclosure (policy articles 7.1, 7.2): amount, duration, duty, terms, consequences, each said and confirmed.

Every line passes the lock for whoever is listening; a consequence is a code whose condition holds on this case's facts.
"""

from __future__ import annotations

from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import over, unpressed
from collectdesk.desk.call.lock import Voice
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import ACK, Plain, Question, Said
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.store.tables import Call as CallRow

NAME = "disclosure"
TERM = "disclosure.term"
"""The line that is said once for each term of the contract."""
AFTER = "disclosure.duty"
"""The line after which the consequences follow; where the hearer has none such, they come last."""
REMIND = ("no_pressure",)


def asks(call: Call) -> Question | None:
    """The next line that has not been said."""
    if not call.connected or over(call) or unpressed(call) or lock.hearer(call) == "anyone":
        return None
    lines = said(call)
    following = next((line for line in lines if not line.done), None)
    if following is None:
        return None
    return Question(step=NAME, field=following.line, kind="ack", say=lines, remind=REMIND)


def take(call: Call, _question: Question, value: Plain) -> Taken:
    """It was said; the first one makes the call a talk about the debt."""
    if any(line.done for line in said(call)):
        return Taken(value=value, fixed=True)

    def write(pen: Pen) -> None:
        pen.change(CallRow, call.id, "call.disclosed", talk="conversation")

    return Taken(value=value, effects=(write,), fixed=True)


def said(call: Call) -> tuple[Said, ...]:
    """All lines of the disclosure in the script's order, those said already marked."""
    voice = Voice(call)
    lines: list[Said] = []
    for line in voice.lines(NAME):
        lines += _terms(call, voice) if line == TERM else [voice.say(line)]
        if line == AFTER:
            lines += _consequences(call, voice)
    if not any(line.line == AFTER for line in lines):
        lines += _consequences(call, voice)
    return tuple(Said(line.line, line.text, line.audience, done=call.given(NAME, line.line) == ACK) for line in lines)


def _terms(call: Call, voice: Voice) -> list[Said]:
    """One sentence for each term of the contract, each confirmed by itself."""
    found = []
    for term in call.case.terms:
        if term.content:
            line = voice.say(TERM, {"term": term.content, "clause": term.clause or term.code})
            found.append(Said(f"{TERM}:{term.code}", line.text, line.audience))
    return found


def _consequences(call: Call, voice: Voice) -> list[Said]:
    """The consequences that apply here and now, each in its own adopted sentence."""
    found = []
    mine = voice.lines("consequence")
    for each in call.library.consequences(call):
        if each.line in mine:
            line = voice.say(each.line, each.variables)
            found.append(Said(f"{each.line}:{each.code}", line.text, line.audience))
    return found
