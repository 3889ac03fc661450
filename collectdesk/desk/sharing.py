"""Cases of one sort share an answer: what the queue, the day's capacity and the check of a whole book rest on.

One case of a sort (``sorts``) is asked about as a single check asks, the others are told the same. Those that are of no
sort, because something on file is personal, are each asked about alone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, cast

from collectdesk.store import book_rows
from collectdesk.store.book_rows import Stretch
from collectdesk.store.case_rows import Ask

PURPOSE = "collect"
"""What calls are for where nothing is due."""
DEBTORS = 4_000
"""Debtors whose narrow rows are read at once."""
FILES = 500
"""Cases whose whole files are read at once."""
REMEMBERED = 65_536
"""Answers kept to be given again; beyond that the memory starts afresh."""

T = TypeVar("T")
Asking = Callable[[Sequence[int]], Mapping[int, T]]
"""Answers about a few cases (keys), each as a single check answers."""


class Sharing(Generic[T]):
    """The answers already given, each under what all who are told it share."""

    def __init__(self) -> None:
        self._given: dict[Hashable, T] = {}

    def answers(self, cases: Sequence[tuple[int, Hashable | None]], ask: Asking[T]) -> list[T]:
        """The answers about these cases (keys, each with what all of one answer share), in their order.

        Args:
            cases: none shares an answer whose second part is none.
            ask: asked about no more cases at a time than whose files are read at once.
        """
        given = self._given
        if len(given) > REMEMBERED:
            given.clear()
        told = [None if alike is None else given.get(alike) for _, alike in cases]
        missing = [place for place, answer in enumerate(told) if answer is None]
        firsts: dict[Hashable, int] = {}
        alone: list[int] = []
        for case, alike in (cases[place] for place in missing):
            if alike is None:
                alone.append(case)
            else:
                firsts.setdefault(alike, case)
        asked = in_portions(ask, [*alone, *firsts.values()])
        given.update((alike, asked[case]) for alike, case in firsts.items())
        for place in missing:
            case, alike = cases[place]
            told[place] = asked[case] if alike is None else given[alike]
        return cast("list[T]", told)


def in_portions(ask: Asking[T], cases: Sequence[int]) -> dict[int, T]:
    """The answers about all of these, whose files are read some at a time."""
    found: dict[int, T] = {}
    for portion in portions(cases, FILES):
        found.update(ask(portion))
    return found


def portions(keys: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """All of them in their order, so many at a time."""
    return (keys[first : first + most] for first in range(0, len(keys), most))


def stretches(ask: Ask) -> Iterator[Stretch]:
    """All debtors of the desk, as many at a time as are read at once."""
    after = 0
    while (last := ask(book_rows.END, {"after": after, "most": DEBTORS})[0][0]) is not None:
        yield book_rows.between(after, last)
        after = last
