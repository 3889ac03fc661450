"""When consents open a rule: put together once, then asked at every step."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent_lives import limits, windows
from collectdesk.gate.dial import Consent
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.span_index import Recurring, Stretches, first_after
from collectdesk.gate.spans import LOOK_AHEAD, Span

Life = tuple[Consent, int, int]
"""A consent with the half-open stretch for which it lives."""


class Openings:
    """The stretches consents open: while they live, in the stretches they are limited to, at times of the week."""

    def __init__(self, lives: Iterable[Life], clock: LocalClock) -> None:
        """Put together what the consents of ``lives`` open."""
        alive = [each for each in lives if each[1] < each[2]]
        self._clock = clock
        self._starts = sorted(start for _, start, _ in alive)
        self._plain = Stretches(
            (start, end) for consent, start, end in alive if not consent.only and not consent.weekly
        )
        self._limited = Stretches(
            span
            for consent, start, end in alive
            if consent.only and not consent.weekly
            for span in _cut(limits(consent), start, end)
        )
        self._weekly = [each for each in alive if each[0].weekly]
        self._last = max((clock.day(end) if end < FOREVER else FOREVER for _, _, end in self._weekly), default=0)
        self._recurring = Recurring(partial(_of_the_date, self._weekly, clock), clock)

    def at(self, at: int) -> tuple[bool, int | None]:
        """Whether it is open at ``at``, and when that may next change."""
        ends = (self._plain.until(at), self._limited.until(at), self._recurring.until(at) if self._weekly else None)
        until = max((each for each in ends if each is not None), default=None)
        if until is not None:
            return True, until if until < FOREVER else None
        begins = (first_after(self._starts, at), self._next_limited(at), self._next_weekly(at))
        return False, min((each for each in begins if each is not None), default=None)

    def _next_limited(self, at: int) -> int | None:
        """When the next stretch some are limited to begins, unless it is too far ahead to be seen."""
        start = self._limited.after(at)
        far = start is None or self._clock.day(start) >= self._clock.day(at) + LOOK_AHEAD
        return None if far else start

    def _next_weekly(self, at: int) -> int | None:
        return self._recurring.after(at, self._last) if self._weekly else None


def _of_the_date(weekly: Iterable[Life], clock: LocalClock, day: int) -> list[Span]:
    """What those that repeat by week open on a local date."""
    return [span for each, start, end in weekly for span in _cut(windows(each, clock, day), start, end)]


def _cut(spans: Iterable[Span], low: int, high: int) -> list[Span]:
    return [(max(start, low), min(end, high)) for start, end in spans]
