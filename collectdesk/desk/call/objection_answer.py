"""Between identity and the debt: an objection's answer is told (policy article 10.1), on a call made for it or theirs.

The objection, what was found and the answer are on the screen; the answer is said, and that it was said is recorded.
The debtor is asked whether that settles it: then it is closed, else it is opened again with their words. Nobody but
the debtor, their agent or whoever raised it hears it. On a call of this purpose the debt is not pressed.
"""

from __future__ import annotations

from collections.abc import Mapping

from collectdesk.desk.call import lock
from collectdesk.desk.call.casefile import Disputed
from collectdesk.desk.call.doorway import over
from collectdesk.desk.call.identity_result import speaker
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, Choice, Pane, PaneRow, Plain, Question, Said, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import ours
from collectdesk.desk.objections import acts
from collectdesk.desk.objections.recording import KIND, says_something
from collectdesk.errors import N_
from collectdesk.store.words import OBJECTION_FINDINGS

NAME = "objection_answer"
PURPOSE = "answer_objection"
LINE = "objection.answer"
LATER = "owed"
FIELDS = ("finding", "ready", "answer", "told", "settled", "content")
"""Asked of one objection, and anew of the next."""
_CLOSING = "。．.!！ "


def asks(call: Call) -> Question | None:
    """The finding and the answer where they are still owed; that it was told; whether it settles the matter."""
    if not call.connected or over(call) or (call.purpose != PURPOSE and not call.inbound):
        return None
    here = _here(call)
    if here is None:
        return None
    if here.status == "open":
        return _find(call, here)
    if here.status == "verified":
        return _answer(call, here)
    if call.given(NAME, "told") != ACK:
        return Question(step=NAME, field="told", kind="ack", say=_lines(call, here), pane=pane(call, here))
    if call.given(NAME, "settled") is None:
        return Question(step=NAME, field="settled", kind="choice", options=choices("yes", "no"))
    return Question(step=NAME, field="content", kind="text")


def take(call: Call, question: Question, value: Plain) -> Taken:
    """What was found, answered, said, and what they said to it.

    Raises:
        BadData: the answer, or their words, say nothing.
        BarredWording: the answer holds wording that is not allowed.
    """
    here = _here(call)
    assert here is not None
    if value == LATER:
        return _last(here, value)
    if question.field == "answer":
        says_something(str(value), N_("What was answered is recorded in a sentence."))
        ours(call, str(value), f"{KIND}.answer")
        return Taken(value=value, effects=(_answered(here, call.word(NAME, "finding"), str(value)),), fixed=True)
    if question.field == "told" and here.written:
        return _last(here, value, _told_ahead(here))
    if question.field == "settled" and value == "yes":
        return _last(here, value, _closed(here))
    if question.field == "content":
        says_something(str(value), N_("Why it is opened again is recorded in a sentence."))
        return _last(here, value, _reopened(here, str(value)))
    return Taken(value=value, fixed=question.field != "ready")


def told(call: Call) -> bool:
    """Whether an answer was told on this call."""
    return ACK in call.every(NAME, "told") or any(_done(value) for value in call.every(NAME, "told"))


def pane(call: Call, here: Disputed) -> Pane:
    """The objection, what was found, the answer."""
    kind = call.library.code(KIND, here.category).label
    rows = (
        PaneRow("objection_kind", "both", {"zh_CN": kind.zh_CN, "en": kind.en}),
        PaneRow("objection_content", "text", here.content),
        PaneRow("objection_evidence", "text", here.evidence),
        PaneRow("objection_due", "date", here.due_on),
        PaneRow("objection_finding", "code", here.finding, "finding"),
        PaneRow("objection_found", "text", here.found),
        PaneRow("objection_answer", "text", here.answer),
    )
    return Pane(KIND, tuple(row for row in rows if row.value is not None))


def _here(call: Call) -> Disputed | None:
    """The objection in hand: the first of those not dealt with on this call that may be told to whoever listens."""
    dealt = {_done(value) for field in FIELDS for value in call.every(NAME, field)}
    return next((each for each in call.case.disputed if each.id not in dealt and _may_hear(call, each)), None)


def _may_hear(call: Call, each: Disputed) -> bool:
    if call.inbound and call.purpose != PURPOSE and each.status != "answered":
        return False
    hearer, who = lock.hearer(call), speaker(call)
    raised = hearer in lock.KNOWING and who is not None and who.person == each.by_person
    return hearer in ("debtor", "agent") or raised


def _find(call: Call, here: Disputed) -> Question:
    """What the check found, where the answer is known on the call; or that it is still owed."""
    if call.given(NAME, "finding") is not None:
        return Question(step=NAME, field="answer", kind="text", pane=pane(call, here))
    options = (*map(Choice, OBJECTION_FINDINGS), Choice(LATER))
    return Question(step=NAME, field="finding", kind="choice", options=options, pane=pane(call, here))


def _answer(call: Call, here: Disputed) -> Question:
    if call.given(NAME, "ready") is None:
        return Question(step=NAME, field="ready", kind="choice", options=choices("now", LATER), pane=pane(call, here))
    return Question(step=NAME, field="answer", kind="text", pane=pane(call, here))


def _lines(call: Call, here: Disputed) -> tuple[Said, ...]:
    """The script's line with the answer in it; a script without one leaves the pane."""
    known: Mapping[str, str] = {"answer": (here.answer or "").rstrip(_CLOSING)}
    return tuple(line for line in lock.say_known(call, KIND, known) if line.line == LINE)


def _done(value: Plain) -> int | None:
    """The objection that a last answer dealt with."""
    key = value.get(KIND) if isinstance(value, dict) else None
    return key if isinstance(key, int) else None


def _last(here: Disputed, value: Plain, *effects: Effect) -> Taken:
    """The last answer of one objection: its key is kept with it, and the fields are free for the next."""
    return Taken(value={KIND: here.id, "answer": value}, effects=effects, fixed=True, retake=FIELDS)


def _answered(here: Disputed, finding: str | None, text: str) -> Effect:
    def write(pen: Pen) -> None:
        office = pen.call.hooks.office
        if here.status == "open":
            acts.verified(pen.connection, office, here.id, str(finding), text, pen.at)
        acts.answered(pen.connection, office, here.id, text, pen.at)

    return write


def _told_ahead(here: Disputed) -> Effect:
    return lambda pen: acts.told_ahead(pen.connection, pen.call.hooks.office, here.id, pen.at, pen.call.id)


def _closed(here: Disputed) -> Effect:
    def write(pen: Pen) -> None:
        acts.closed(pen.connection, pen.call.hooks.office, here.id, "call", pen.at, pen.at, pen.call.id)

    return write


def _reopened(here: Disputed, text: str) -> Effect:
    return lambda pen: acts.reopened(pen.connection, pen.call.hooks.office, here.id, text, pen.at)
