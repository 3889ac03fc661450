"""What came of asking somebody beside the debtor (联系人、接听人, policy articles 5.2 and 11.2).

Two things only may be asked: for the debtor's own details, and to pass on that they get in touch. What follows is one
of a few plain answers; each stands for an outcome of the call, so that nothing has to be said twice. One refusal ends
it for good, and whoever offers to pay hears what paying needs.
"""

from __future__ import annotations

from collections.abc import Mapping

from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.refusal import refused
from collectdesk.desk.call.state import Call
from collectdesk.desk.codes import Field
from collectdesk.store.tables import Call as CallRow

STEP, FIELD = "party", "message"
OUTCOMES: Mapping[str, str | None] = {
    "message_promised": "message_passed",
    "details_given": "number_given",
    "wont_pass_on": "contact_refused",
    "refused": "contact_refused",
    "offers_to_pay": "offers_to_pay",
    "cannot_help": "no_result",
    "died": "deceased_claim",
    "incapable": "incapacity_claim",
    "minor": "minor_claim",
    "other": None,
}
"""What they answered, and the outcome it stands for; with *other* the outcome is asked as ever."""
REFUSALS = ("wont_pass_on", "refused")
CUT_SHORT = ("refused", "offers_to_pay", "died", "incapable", "minor")
"""Answers that come before everything could be said."""
REPLIES: Mapping[str, str] = {
    "wont_pass_on": "third_party.refused",
    "refused": "third_party.refused",
    "died": "third_party.bereaved",
}
"""The line of the script that such an answer is met with."""
RESULT: Field = "result"


def answered(call: Call) -> str | None:
    """What they answered, none where nobody was asked yet."""
    return call.word(STEP, FIELD) if call.party_kind == "third_party" else None


def outcome(call: Call) -> str | None:
    """The outcome their answer stands for, as far as the adopted codes have it."""
    found = OUTCOMES.get(answered(call) or "other")
    known = {code.code for code in call.library.codes.of(RESULT)}
    return found if found in known else None


def effects(call: Call, answer: str) -> tuple[Effect, ...]:
    """What an answer writes: the outcome, and the hold it opens."""
    from collectdesk.desk.call.flags import flagged

    came = OUTCOMES[answer]
    if came is None or came not in {code.code for code in call.library.codes.of(RESULT)}:
        return ()

    def write(pen: Pen) -> None:
        pen.change(CallRow, call.id, "call.outcome", outcome=came)

    if answer in REFUSALS:
        return write, refused(call, cause=f"{STEP}.{answer}", leave_line=answer == "refused")
    return write, *flagged(call, RESULT, came)
