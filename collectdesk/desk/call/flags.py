"""What a code sets in motion by its flags: a hold, a frozen case. Never by its label."""

from __future__ import annotations

from collectdesk.desk.call.freezing import freeze
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.refusal import refused
from collectdesk.desk.call.state import Call
from collectdesk.desk.codes import Field
from collectdesk.desk.lost.refusal import KIND as REFUSED

OWN_WAY = ("emergency", "complaint", "objection", "cease", "promise")
"""Holds that a side door or a promise puts on with all that belongs to them."""


def flagged(call: Call, field: Field, code: str) -> tuple[Effect, ...]:
    """The effects of an answer's code."""
    meant = call.library.code(field, code)
    kind = meant.opens_hold
    if kind is None or kind in OWN_WAY or (field == "result" and meant.needs_objection):
        return ()  # an objection's door opens with that result, and puts on the hold that ends with it
    if kind == REFUSED:
        return (refused(call, cause=f"{field}.{code}"),)

    def write(pen: Pen) -> None:
        freeze(pen, kind, cause=f"{field}.{code}")

    return (write,)
