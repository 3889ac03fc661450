"""Kinds of hold (停催种类): which may be recorded by command, what each covers, and by which way it may end.

Holds of an objection, a complaint, a plan, a promise, an emergency, a payment or a recall belong to those and end with
them; nothing here lifts one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.errors import N_, BadData, UsageProblem

Ground: TypeAlias = Literal["correction", "ended", "withdrawn"]
"""Why a hold ends: it was recorded by mistake; what it was for is over; who asked for it took it back."""

CORRECTION: tuple[Ground, ...] = ("correction",)
OVER: tuple[Ground, ...] = ("correction", "ended")
ASKED: tuple[Ground, ...] = ("correction", "withdrawn")


class Kind(Struct, frozen=True, kw_only=True):
    """One kind: the grounds on which it may be lifted, and what it is on.

    ``whole``: the debtor's every case, for it is about the person. ``third``: one third person alone. ``confirmed``:
    what a lead's confirmation records on the person. ``soft``: that it is over needs no evidence, only a reason.
    """

    grounds: tuple[Ground, ...]
    whole: bool = False
    third: bool = False
    soft: bool = False
    confirmed: Literal["died_on", "capacity", "born_on"] | None = None


KINDS: Mapping[str, Kind] = {
    "cease": Kind(grounds=ASKED, whole=True),
    "attorney": Kind(grounds=OVER, whole=True),
    "deceased": Kind(grounds=CORRECTION, whole=True, confirmed="died_on"),
    "incapacity": Kind(grounds=OVER, whole=True, confirmed="capacity"),
    "minor": Kind(grounds=OVER, whole=True, confirmed="born_on"),
    "contact_refused": Kind(grounds=CORRECTION, third=True),
    "bereavement": Kind(grounds=OVER, soft=True),
    "disaster": Kind(grounds=OVER, soft=True),
    "moratorium": Kind(grounds=OVER),
    "debt_adjustment": Kind(grounds=OVER),
    "bankruptcy": Kind(grounds=OVER),
    "litigation": Kind(grounds=OVER),
    "dispute": Kind(grounds=OVER, soft=True),
    "hardship": Kind(grounds=OVER, soft=True),
    "other": Kind(grounds=OVER, soft=True),
}
RECORDED = tuple(kind for kind in KINDS if kind not in ("dispute", "hardship"))
"""Those that are recorded by command; the others begin on a call."""

WHOLE = frozenset(name for name, kind in KINDS.items() if kind.whole)
"""Kinds that are about the debtor, not about one debt."""

ENDS_WITH: Mapping[str, str] = {
    "objection": "objection",
    "complaint": "complaint",
    "plan": "plan",
    "promise": "promise",
    "emergency": "emergency",
    "settled": "import",
    "recalled": "import",
}
"""The command by which a hold of another chapter ends."""


def recordable(kind: str) -> Kind:
    """A kind that may be recorded by command.

    Raises:
        UsageProblem: there is none of that name, or it begins and ends elsewhere.
    """
    if kind not in RECORDED:
        raise UsageProblem(
            "hold_kind",
            N_("{name} must be one of: {choices}."),
            hint=N_("A hold of another kind begins and ends with what it is for."),
            name="--kind",
            choices=", ".join(RECORDED),
        )
    return KINDS[kind]


def liftable(kind: str, ground: str) -> None:
    """Go on only if a hold of ``kind`` may end on that ground.

    Raises:
        BadData: it ends with another chapter, or this ground is none of its.
    """
    if kind not in KINDS:
        raise BadData(
            "hold_of_chapter",
            N_("This hold ends with what it is for."),
            hint=N_("`collectdesk {command}` does it."),
            command=ENDS_WITH.get(kind, "case"),
        )
    if ground not in KINDS[kind].grounds:
        raise BadData(
            "hold_ground",
            N_("A hold of this kind cannot be lifted on that ground."),
            hint=N_("It can on: {grounds}."),
            grounds=", ".join(KINDS[kind].grounds),
        )
