"""Somebody beside the debtor says no (联系人拒绝): one refusal on any call of this desk ends it for good (GB/T §5.3).

Asking not to be called and not passing a message on are the same refusal. It is on the contact who was called; on the
debtor's own line it is on whoever of the file that may have been.
"""

from __future__ import annotations

from collectdesk.desk import holds
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.state import Call
from collectdesk.desk.lost import refusal
from collectdesk.store.tables import Designation


def refused(call: Call, *, cause: str, leave_line: bool = False) -> Effect:
    """The effect: holds in every file that person stands in.

    ``leave_line``: somebody on the debtor's own line asked not to be called, so that line is left alone.
    """

    def write(pen: Pen) -> None:
        persons = _who(pen, call)
        files = refusal.files_of(pen.connection, persons) if persons else {}
        for debtor, there in files.items():
            holds.put(
                pen.connection,
                refusal.KIND,
                debtor=debtor,
                cases=(),
                cause=cause,
                at=pen.at,
                by=call.hooks.office.staff,
                persons=there,
            )
        if leave_line and call.called.role not in refusal.THIRD:
            bar(pen, number=call.number)

    return write


def bar(pen: Pen, **what: object) -> None:
    """A number or place that is left alone from now on."""
    values = {"debtor": pen.call.case.debtor.person, "via": "debtor", "kind": "barred", "weekly": [], "debts": []}
    pen.add(Designation, "designation.made", **values, **what, from_at=pen.at)


def _who(pen: Pen, call: Call) -> list[int]:
    if call.called.role in refusal.THIRD:
        return [call.called.person]
    relation = call.word("party", "relation")
    role = call.library.code("relation", relation).role if relation is not None else None
    return refusal.alike(pen.connection, call.case.id, role) if role not in (None, "other") else []
