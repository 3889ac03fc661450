"""Planning a call (policy article 4.2): goals, points to cover, and likely reactions with a strategy for each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct

from collectdesk.desk.adopted_text import (
    Both,
    Headed,
    Name,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)
from collectdesk.errors import N_, NotFound


class Goal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the call is for."""

    code: Name
    label: Both


class Point(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something to cover in the call."""

    code: Name
    label: Both


class Reaction(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A likely reaction: how it sounds, how to meet it, what to leave alone; ``door`` is the side door it may open."""

    code: Name
    label: Both
    sounds: Both
    strategy: Both
    avoid: Both
    points: tuple[Name, ...] = ()
    door: Literal["emergency", "complaint", "objection", "stop_contact", "wrong_number", "end"] | None = None
    cite: tuple[str, ...]


class ReactionsFile(Headed, frozen=True, kw_only=True):
    """The library as its file holds it."""

    schema: Literal["collectdesk.reactions/1"]
    goal: tuple[Goal, ...]
    point: tuple[Point, ...]
    reaction: tuple[Reaction, ...]


class Reactions(Headed, frozen=True, kw_only=True, dict=True):
    """The library in force: plain data, to be stored and read back as JSON (msgspec)."""

    goals: tuple[Goal, ...]
    points: tuple[Point, ...]
    reactions: tuple[Reaction, ...]

    @cached_property
    def _by_code(self) -> dict[str, Reaction]:
        return {each.code: each for each in self.reactions}

    def get(self, code: str) -> Reaction:
        """The reaction ``code``.

        Raises:
            NotFound: there is none.
        """
        if code not in self._by_code:
            raise NotFound("reaction_unknown", N_("The library has no reaction '{reaction}'."), reaction=code)
        return self._by_code[code]


def compile_reactions(mapping: Mapping[str, object]) -> Reactions:
    """Build the library from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, a code stands twice, or a source or a point is not listed.
    """
    file = read_as(ReactionsFile, mapping, "reactions")
    codes = {
        "goal": [each.code for each in file.goal],
        "point": [each.code for each in file.point],
        "reaction": [each.code for each in file.reaction],
    }
    for name, listed in codes.items():
        refuse_doubles("reactions", f"$.{name}", listed)
        if not listed:
            raise malformed("reactions", f"$.{name}", "the list is empty")
    refuse_unknown_cites("reactions", file.cites, ((f"$.reaction.{each.code}", each.cite) for each in file.reaction))
    for each in file.reaction:
        if not set(each.points) <= set(codes["point"]):
            raise malformed("reactions", f"$.reaction.{each.code}.points", "no such point is listed")
    return Reactions(
        version=file.version,
        title=file.title,
        cites=file.cites,
        goals=file.goal,
        points=file.point,
        reactions=file.reaction,
    )
