"""The score (得分) of a review: what was earned of what the call gave occasion for, out of 100; nothing where fatal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from collectdesk.desk.quality.scorecards import WHOLE, Fatal

if TYPE_CHECKING:
    from collectdesk.desk.quality.scorecards import Scorecard

Level: TypeAlias = Literal["full", "part", "none", "not_applicable", "clear", "found"]
LEVELS: tuple[Level, ...] = ("full", "part", "none", "not_applicable")
"""How an item may be scored."""
FATAL_LEVELS: tuple[Level, ...] = ("clear", "found")
LOST: tuple[Level, ...] = ("part", "none", "found")
"""Levels that need their reason."""


class Score(Struct, frozen=True):
    """Out of 100; ``found`` are the zero-tolerance items that make it nothing."""

    points: int
    found: tuple[str, ...]


def levels_of(card: Scorecard, item: str) -> tuple[Level, ...]:
    """How this item may be scored."""
    return FATAL_LEVELS if isinstance(card.by_name[item], Fatal) else LEVELS


def score(card: Scorecard, given: Mapping[str, Level]) -> Score:
    """Count it; a part earns half, what the call gave no occasion for is left out, halves of a point are rounded up.

    A call that gave occasion for nothing has all its points.
    """
    found = tuple(each.name for each in card.fatals if given.get(each.name) == "found")
    asked = [each for each in card.items if given.get(each.name) in ("full", "part", "none")]
    whole = 2 * sum(each.points for each in asked)
    earned = sum(each.points * {"full": 2, "part": 1, "none": 0}[given[each.name]] for each in asked)
    points = (2 * WHOLE * earned + whole) // (2 * whole) if whole else WHOLE
    return Score(0 if found else points, found)


def open_items(card: Scorecard, given: Mapping[str, Level]) -> tuple[str, ...]:
    """What has still to be scored, in the order it is asked."""
    return tuple(name for name in card.by_name if name not in given)
