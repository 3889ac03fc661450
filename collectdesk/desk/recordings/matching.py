"""Which file is of which call (录音匹配): by the call's id, its reference, else by number and start. Nothing is read.

The exchange's clock is seldom the desk's. What it is ahead by shows where many files of the right number lie equally
far from a call; until that is learned the two are taken to agree. Where two fit, or none, a person decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median_low
from typing import Literal, NamedTuple

How = Literal["call", "reference", "number"]
SPAN = 4 * 3600
"""Seconds two clocks may lie apart and still be learned from."""
CLUSTER = 20
"""Seconds by which one offset may differ from file to file: a call is marked answered by hand."""
LEAST = 3
"""Files that must agree before an offset is believed."""
TOLERANCE = 60
"""Seconds between a file's start and its call, offset taken off."""


class Named(NamedTuple):
    """A file as its name tells: its place in the list, the call it names, numbers, starts, and its stem."""

    key: int
    call: int | None
    numbers: frozenset[str]
    starts: tuple[int, ...]
    stem: str


class Called(NamedTuple):
    """A call that may be recorded: key, the number's digits, when the number was shown and the line answered."""

    call: int
    number: str
    shown_at: int
    answered_at: int
    reference: str | None = None


class Offset(NamedTuple):
    """By how many seconds the keeper's clock is ahead, and how many files agree on it."""

    seconds: int
    files: int


class Match(NamedTuple):
    """The one call a file is of and how that is known, or every call it may be of."""

    call: int | None
    how: How | None
    candidates: tuple[int, ...]


def learn(files: Iterable[Named], calls: Iterable[Called]) -> Offset | None:
    """By how much the clock behind the names is ahead; none while too few agree, or two offsets fit as well."""
    by_number, by_key = _by_number(calls)
    apart: list[tuple[int, int]] = []
    for file in files:
        own = by_key.get(file.call or 0)
        near = [own] if own else [call for number in file.numbers for call in by_number.get(number, ())]
        apart += [
            (start - call.answered_at, file.key)
            for call in near
            for start in file.starts
            if abs(start - call.answered_at) <= SPAN
        ]
    return _densest(sorted(apart))


def match(files: Sequence[Named], calls: Sequence[Called], ahead: int = 0) -> dict[int, Match]:
    """For every file, by its place in the list, the call it is of; ``ahead`` is the keeper's clock's offset."""
    by_number, by_key = _by_number(calls)
    by_reference = _by_reference(calls)
    sure: dict[int, Match] = {}
    possible: dict[int, tuple[int, ...]] = {}
    for file in files:
        named, referred = by_key.get(file.call or 0), by_reference.get(file.stem, ())
        if named is not None:
            sure[file.key] = Match(named.call, "call", ())
        elif len(referred) == 1:
            sure[file.key] = Match(referred[0], "reference", ())
        elif file.call is None:  # one that names a call that is not there is nobody else's
            possible[file.key] = _near(file, by_number, ahead)
    taken = {each.call for each in sure.values()}
    return (
        _apart(sure)
        | _alone(possible, taken)
        | {file.key: Match(None, None, ()) for file in files if file.key not in sure and file.key not in possible}
    )


def _apart(sure: Mapping[int, Match]) -> dict[int, Match]:
    """Two files that name the same call are for a person to tell apart."""
    claims: dict[int | None, int] = defaultdict(int)
    for each in sure.values():
        claims[each.call] += 1
    return {
        key: each if claims[each.call] == 1 else Match(None, None, (each.call,) if each.call else ())
        for key, each in sure.items()
    }


def _alone(possible: Mapping[int, tuple[int, ...]], taken: set[int | None]) -> dict[int, Match]:
    """A file goes to a call by number and start only where it is the only one, and the call has no other."""
    claims: dict[int, int] = defaultdict(int)
    for candidates in possible.values():
        for call in candidates:
            claims[call] += 1
    found = {}
    for key, candidates in possible.items():
        free = tuple(call for call in candidates if call not in taken)
        alone = len(free) == 1 and len(candidates) == 1 and claims[free[0]] == 1
        found[key] = Match(free[0], "number", ()) if alone else Match(None, None, candidates)
    return found


def _near(file: Named, by_number: Mapping[str, Sequence[Called]], ahead: int) -> tuple[int, ...]:
    return tuple(
        sorted(
            {
                call.call
                for number in file.numbers
                for call in by_number.get(number, ())
                for start in file.starts
                if call.shown_at - TOLERANCE <= start - ahead <= call.answered_at + TOLERANCE
            }
        )
    )


def _densest(apart: Sequence[tuple[int, int]]) -> Offset | None:
    """The window of offsets in which most files lie; none where another, clear of it, holds as many."""
    seconds = [each for each, _file in apart]
    windows = []
    for at, first in enumerate(seconds):
        end = bisect_right(seconds, first + CLUSTER)
        windows.append((len({file for _each, file in apart[at:end]}), at, end))
    if not windows:
        return None
    most, at, end = max(windows, key=lambda each: (each[0], -abs(median_low(seconds[each[1] : each[2]]))))
    low, high = bisect_left(seconds, seconds[at] - CLUSTER), bisect_right(seconds, seconds[end - 1] + CLUSTER)
    rivals = [count for count, other, stop in windows if stop <= low or other >= high]
    if most < LEAST or max(rivals, default=0) >= most:
        return None
    return Offset(median_low(seconds[at:end]), most)


def _by_number(calls: Iterable[Called]) -> tuple[dict[str, list[Called]], dict[int, Called]]:
    by_number: dict[str, list[Called]] = defaultdict(list)
    by_key: dict[int, Called] = {}
    for call in calls:
        by_number[call.number].append(call)
        by_key[call.call] = call
    by_number.pop("", None)
    return by_number, by_key


def _by_reference(calls: Iterable[Called]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for call in calls:
        if call.reference:
            found[call.reference].append(call.call)
    return found
