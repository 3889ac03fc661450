"""A number told on a call: kept with its lawful source, the call and whoever told it, or not asked for at all.

From a contact the debtor reserved it is *told by a contact*; from the debtor or an agent who proved who they are it is
their own word. From anybody else it would have no lawful source, so nobody is asked for one.
"""

from __future__ import annotations

from collectdesk.desk import new_number
from collectdesk.desk.call import lock
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import NONE
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.lost.refusal import THIRD

FIELD = "number"
KEPT = "kept"
"""What the answer is recorded as; the digits stand with the number alone."""


def source(call: Call) -> str | None:
    """The lawful source of a number that whoever is speaking tells; none where it would have none."""
    if call.party_kind == "third_party":
        asked = call.called
        return new_number.TOLD if asked.role in THIRD and asked.reserved else None
    return {"debtor": "debtor", "agent": "authorisation"}.get(lock.hearer(call))


def take(call: Call, text: str) -> Taken:
    """Keep the number, or nothing where none was given.

    Raises:
        BadData: it is no telephone number.
        Busy: it is on file already.
    """
    if text in ("", NONE):
        return Taken(value="", fixed=True)
    told = source(call)
    assert told is not None
    office = call.hooks.office
    new = new_number.NewNumber(
        person=call.case.debtor.person,
        phone=new_number.read(text, practice=office.practice),
        source=told,
        told_by=call.called.person if told == new_number.TOLD else None,
        call=call.id,
    )
    new_number.refuse_known(call.hooks.connection, new)

    def write(pen: Pen) -> None:
        new_number.write(pen.connection, office, call.case.id, new, pen.at)

    return Taken(value=KEPT, effects=(write,), fixed=True)
