"""Stretches of local time that repeat by date: wall-clock windows turned into instants."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from collectdesk.gate.clock import LocalClock, weekday
from collectdesk.gate.periods import Weekly

Span = tuple[int, int]
LOOK_AHEAD = 400
"""Days within which a repeating stretch is looked for."""


@cache
def minutes(wall: str) -> int:
    """``HH:MM`` as minutes since local midnight; ``24:00`` is 1440."""
    return int(wall[:2]) * 60 + int(wall[3:])


def weekly_spans(weekly: Iterable[Weekly], day: int, clock: LocalClock, *, wanted: bool = True) -> list[Span]:
    """The stretches of ``weekly`` on the local date ``day``; no weekdays named means every day.

    Where the clocks go back, a ``wanted`` stretch is as short as the wall allows and an unwanted one as long; 24:00 is
    the end of the date however often midnight comes.
    """
    return [
        (
            clock.edge(day, minutes(entry.begins), opening=wanted),
            clock.edge(day, minutes(entry.ends), opening=not wanted and entry.ends != "24:00"),
        )
        for entry in weekly
        if not entry.days or weekday(day) in entry.days
    ]


def inside(spans: Iterable[Span], at: int) -> Span | None:
    """The stretch around ``at``, the one lasting longest."""
    longest: Span | None = None
    for span in spans:
        if span[0] <= at < span[1] and (longest is None or span[1] > longest[1]):
            longest = span
    return longest


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order, the empty ones left out, those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def next_start(
    spans_of: Callable[[int], Iterable[Span]], at: int, clock: LocalClock, last: int | None = None
) -> int | None:
    """When the next stretch begins after ``at``; ``None`` when none does within ``LOOK_AHEAD`` days.

    After the local date ``last``, where given, none will.
    """
    today = clock.day(at)
    end = today + LOOK_AHEAD if last is None else min(today + LOOK_AHEAD, last + 1)
    for day in range(today, end):
        starts = [start for start, end in spans_of(day) if at < start < end and clock.day(start) == day]
        if starts:
            return min(starts)
    return None
