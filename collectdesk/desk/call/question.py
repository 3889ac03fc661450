"""What a step asks and shows: a typed field, what to say, what to look at. Codes only, words are the face's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct

Kind: TypeAlias = Literal["ack", "choice", "choices", "text", "amount", "date", "instant"]
"""``ack``: read or said, confirmed by ``done``. ``choices``: several codes. ``instant``: local or with an offset."""

Plain: TypeAlias = bool | int | str | list["Plain"] | dict[str, "Plain"] | None
"""What JSON can hold, amounts and instants as whole numbers."""

ACK = "done"
NONE = "-"
"""What stands for *nothing* where a text is optional, and for *will not say* where identity is asked."""

Cell: TypeAlias = Literal[
    "text", "name", "number", "document", "amount", "date", "instant", "days", "code", "count", "flag", "both"
]


class Choice(Struct, frozen=True):
    """One possible answer. ``label`` and ``note`` in both languages where adopted data names it, else the face does.

    ``name`` is a person's, masked by the face.
    """

    code: str
    name: str = ""
    label: Mapping[str, str] = {}
    note: Mapping[str, str] = {}


class Said(Struct, frozen=True):
    """A line of the script, rendered; ``done`` once the collector has said it."""

    line: str
    text: str
    audience: str
    done: bool = False


class PaneRow(Struct, frozen=True):
    """A fact on a pane: what it is (``code``), of which kind, its value; ``table`` names the words of a code.

    ``mark`` says, on a redial, that it is ``new`` or ``gone`` since it was last acknowledged.
    """

    code: str
    kind: Cell
    value: Any  # Plain; msgspec reads no recursive type
    table: str = ""
    currency: str = ""
    mark: Literal["", "new", "gone"] = ""


class Pane(Struct, frozen=True):
    """Facts to read before going on; ``partial`` when only what changed is shown."""

    code: str
    rows: tuple[PaneRow, ...]
    partial: bool = False


class Question(Struct, frozen=True, kw_only=True):
    """One field of one step, and all a driver needs to ask for it.

    ``tries`` is ``(this one, of how many)``; ``least`` the fewest of several choices; ``missing`` names what bars the
    way, so that only a door is left; ``remind`` names what manner asks for here (policy 6.2, 6.3).
    """

    step: str
    field: str
    kind: Kind
    options: tuple[Choice, ...] = ()
    required: bool = True
    least: int = 0
    tries: tuple[int, int] | None = None
    currency: str = ""
    say: tuple[Said, ...] = ()
    pane: Pane | None = None
    missing: tuple[str, ...] = ()
    remind: tuple[str, ...] = ()


def choices(*codes: str) -> tuple[Choice, ...]:
    """Choices the face has words for."""
    return tuple(Choice(code) for code in codes)
