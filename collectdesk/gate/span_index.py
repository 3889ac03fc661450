"""An index of many stretches of time: what lies around an instant, and what begins next, without looking at each.

A rule steps from change to change, and at each step would ask everything on file. Here it is put together once: what
has its instants in ``Stretches``, what repeats by local date in ``Recurring``, date by date as the dates are asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.spans import LOOK_AHEAD, Span


class Stretches:
    """Stretches of time in the order in which they begin; what is empty is none.

    ``starts``: the instants at which, in order, one begins; of all of them, unless some are named.
    """

    __slots__ = ("_begins", "_lasting", "starts")

    def __init__(self, spans: Iterable[Span], starts: Iterable[int] | None = None) -> None:
        """Put ``spans`` in order."""
        ordered = sorted(span for span in spans if span[0] < span[1])
        self._begins = [start for start, _ in ordered]
        self._lasting = list(accumulate((end for _, end in ordered), max))
        self.starts = self._begins if starts is None else sorted(starts)

    def until(self, at: int) -> int | None:
        """The end of the stretch around ``at``, of the one lasting longest."""
        begun = bisect_right(self._begins, at)
        return self._lasting[begun - 1] if begun and at < self._lasting[begun - 1] else None

    def after(self, at: int) -> int | None:
        """When the next one begins after ``at``."""
        return first_after(self.starts, at)


class Recurring:
    """Stretches by local date: ``spans_of`` tells those of one, and is asked once for each."""

    __slots__ = ("_clock", "_dates", "_spans_of")

    def __init__(self, spans_of: Callable[[int], Iterable[Span]], clock: LocalClock) -> None:
        """Begin with no date known."""
        self._spans_of = spans_of
        self._clock = clock
        self._dates: dict[int, Stretches] = {}

    def until(self, at: int) -> int | None:
        """The end of the stretch of the date of ``at`` that lies around it, of the one lasting longest."""
        return self._date(self._clock.day(at)).until(at)

    def after(self, at: int, last: int | None = None) -> int | None:
        """When the next one begins, as ``next_start`` has it: on no date after the ``last``, nor beyond its sight."""
        today = self._clock.day(at)
        end = today + LOOK_AHEAD if last is None else min(today + LOOK_AHEAD, last + 1)
        starts = (self._date(day).after(at) for day in range(today, end))
        return next((start for start in starts if start is not None), None)

    def _date(self, day: int) -> Stretches:
        known = self._dates.get(day)
        if known is None:
            spans = list(self._spans_of(day))
            starts = [start for start, end in spans if start < end and self._clock.day(start) == day]
            known = self._dates[day] = Stretches(spans, starts)
        return known


def first_after(instants: list[int], at: int) -> int | None:
    """The first of ``instants``, which are in order, after ``at``."""
    place = bisect_right(instants, at)
    return instants[place] if place < len(instants) else None
