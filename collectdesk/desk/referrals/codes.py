"""Whom a case may be referred to (转介去向): codes of the adopted file, the shipped ones where it has none of them."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.codes import Code, Field, compile_codes
from collectdesk.desk.shipped import shipped
from collectdesk.errors import N_, UsageProblem
from collectdesk.store.words import REFERRALS

if TYPE_CHECKING:
    from sqlalchemy import Connection

FIELD: Field = "referral"


def codes(connection: Connection, at: int) -> dict[str, Code]:
    """The ways in force at ``at``, in the order they are offered."""
    adopted = adoption.the_one(connection, "codes", at)
    field = adopted.fields.get(FIELD)
    found = field.codes if field is not None else compile_codes(tomllib.loads(shipped("codes.toml").decode())).of(FIELD)
    return {each.code: each for each in found if each.code in REFERRALS}


def code_of(connection: Connection, name: str, at: int) -> Code:
    """One of them.

    Raises:
        UsageProblem: there is none of that name; says which there are.
    """
    known = codes(connection, at)
    if name not in known:
        raise UsageProblem(
            "referral_to", N_("{name} must be one of: {choices}."), name="--to", choices=", ".join(known)
        )
    return known[name]
