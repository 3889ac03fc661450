"""The door *complaint* (F3, policy article 10.2): the talk stops, the case freezes, a lead who is not the person
complained of gets it; the collector can neither close nor edit it."""

from __future__ import annotations

from collectdesk.desk import four_eyes
from collectdesk.desk.call import lock
from collectdesk.desk.call.doorway import OPENED, opened
from collectdesk.desk.call.freezing import row_of, told
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import ACK, NONE, Plain, Question, choices
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.complaints import subjects
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.complaints.receiving import Received, receive
from collectdesk.errors import N_, BadData
from collectdesk.store.tables import Complaint

NAME = "complaint"
UNTOLD = "untold"
TOLD = "complaint.told"
ABOUT = ("about_me", "about_other_staff", "about_company", "about_creditor")
OTHER = "about_other_staff"


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
    if call.given(NAME, "about") == OTHER and call.given(NAME, "whom") is None:
        return Question(step=NAME, field="whom", kind="text", required=False)
    if call.given(NAME, "content") is None:
        return Question(step=NAME, field="content", kind="text")
    return None


def take(call: Call, question: Question, value: Plain) -> Taken:
    """What is told is added to what was recorded at once; whom it is about may move it to another lead.

    Raises:
        BadData: nobody of the desk has that staff number.
    """
    if question.field == OPENED:
        return Taken(value=value, effects=(_record,), fixed=True)
    if question.field in ("category", "content"):
        return told(Complaint, TOLD, value, **{question.field: value})
    if question.field == "about" and value != "about_me":
        return Taken(value=value, effects=(_about(None),), fixed=True)
    if question.field == "whom" and value not in ("", NONE):
        return Taken(value=value, effects=(_about(_somebody(call, str(value))),), fixed=True)
    return Taken(value=value, fixed=True)


def _record(pen: Pen) -> None:
    """Until it is said otherwise it is about the collector on the line."""
    call = pen.call
    received = Received(
        case=call.case.id,
        debtor=call.case.debtor.person,
        channel="call",
        category=UNTOLD,
        content=UNTOLD,
        about=call.collector.id,
        received_on=today(pen.at),
        call=call.id,
    )
    receive(pen.connection, call.hooks.office, received, pen.at)


def _about(staff: int | None) -> Effect:
    """It is about somebody else, or nobody of the desk; it stays with its lead unless that is who."""

    def write(pen: Pen) -> None:
        key = row_of(pen, Complaint)
        pen.journal(TOLD, f"complaint:{key}", after={"about": staff})
        subjects.name(pen.connection, pen.call.hooks.office, key, staff, pen.at)

    return write


def _somebody(call: Call, number: str) -> int:
    """The key of whoever has that staff number.

    Raises:
        BadData: nobody has.
    """
    found = next((each for each in four_eyes.people(call.hooks.connection) if each.number == number.strip()), None)
    if found is None:
        raise BadData(
            "nobody_of_that_number",
            N_("Nobody active on this desk has that staff number."),
            hint=N_("Leave it empty where it is not known."),
        )
    return found.id
