"""Drawing an exam (抽题): each section its share by weight, those asked longest ago first, answers shuffled.

The seed is kept with the attempt; what was drawn is kept as well, so that it reads the same whatever a later version
of the program would draw.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.training.courses import LETTERS

if TYPE_CHECKING:
    from collectdesk.desk.training.courses import Item, Section

NOTHING_SEEN: Mapping[str, int] = MappingProxyType({})


class Drawn(Struct, frozen=True):
    """One question of an exam: its id, and the letters of its answers in the order they are shown."""

    question: str
    options: tuple[str, ...]


def draw(
    sections: Sequence[Section], pool: Sequence[Item], count: int, seed: int, *, seen: Mapping[str, int] = NOTHING_SEEN
) -> tuple[Drawn, ...]:
    """``count`` questions of ``pool``, or all where there are fewer; those ``seen`` only when others end, oldest first.

    ``seen`` maps a question to the number of the try that last asked it, from 1.
    """
    dice = random.Random(seed)  # noqa: S311 - which questions somebody is asked is no secret
    chosen: list[Item] = []
    for name, share in shares(sections, pool, count).items():
        there = sorted((each for each in pool if each.section == name), key=lambda each: each.id)
        dice.shuffle(there)
        there.sort(key=lambda each: seen.get(each.id, 0))
        chosen += there[:share]
    dice.shuffle(chosen)
    return tuple(Drawn(each.id, _shuffled(each, dice)) for each in chosen)


def shares(sections: Sequence[Section], pool: Sequence[Item], count: int) -> Mapping[str, int]:
    """How many of ``count`` each section gives: by its weight, never more than it has, the rest to the others."""
    there: dict[str, int] = {each.name: sum(item.section == each.name for item in pool) for each in sections}
    given: dict[str, int] = dict.fromkeys(there, 0)
    for _each in range(min(count, sum(there.values()))):
        able = [each for each in sections if given[each.name] < there[each.name]]
        poorest = max(able, key=lambda each: each.weight / (given[each.name] + 1))
        given[poorest.name] += 1
    return given


def _shuffled(item: Item, dice: random.Random) -> tuple[str, ...]:
    letters = list(LETTERS[: len(item.options)])
    dice.shuffle(letters)
    return tuple(letters)
