"""What a step makes of an answer."""

from __future__ import annotations

from msgspec import Struct

from collectdesk.desk.call.pen import Effect
from collectdesk.desk.call.question import Plain


class Taken(Struct, frozen=True, kw_only=True):
    """The value to record, what else to write, and whether the answer can still be taken back.

    ``door`` opens a side door with this answer. ``fixed`` is true where words were spoken or rows written. ``retake``
    names fields to be asked again, of the same step, or with theirs: ``party.party``. ``unsaid``: the lines shown with
    the question were not said.
    """

    value: Plain
    effects: tuple[Effect, ...] = ()
    fixed: bool = False
    door: str | None = None
    retake: tuple[str, ...] = ()
    unsaid: bool = False
