"""Windows: how long an event keeps counting, by local dates as the law counts them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from collectdesk.gate.clock import LocalClock, weekday
from collectdesk.gate.dial import Weekday


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch of time ending now.

    Exactly one is set: ``dates`` rolling local dates (today and the n − 1 before it; "7 days" is 7 dates, not 168
    hours), ``calendar`` the calendar week (from ``week_starts``, 1 = Monday) or month, ``minutes`` elapsed time.
    """

    dates: int | None = None
    calendar: Literal["week", "month"] | None = None
    minutes: int | None = None
    week_starts: Weekday = 1

    def __post_init__(self) -> None:
        """Exactly one length, and a positive one."""
        lengths = [self.dates, self.calendar, self.minutes]
        if sum(length is not None for length in lengths) != 1:
            raise ValueError("a window has exactly one of dates, calendar, minutes")
        if any(length < 1 for length in (self.dates, self.minutes) if length is not None):
            raise ValueError("a window is at least 1 long")

    def leaves(self, at: int, clock: LocalClock) -> int:
        """The first instant at which an event of ``at`` no longer counts."""
        if self.minutes is not None:
            return at + 60 * self.minutes
        day = clock.day(at)
        return clock.start_of(day + self.dates if self.dates is not None else self._period(day)[1])

    def begins(self, at: int, clock: LocalClock) -> int:
        """The earliest instant whose events still count at ``at``."""
        if self.minutes is not None:
            return at - 60 * self.minutes + 1
        day = clock.day(at)
        return clock.start_of(day - self.dates + 1 if self.dates is not None else self._period(day)[0])

    def bounds(self, at: int, clock: LocalClock) -> tuple[int, int]:
        """The window around ``at`` as a half-open stretch, for the evidence."""
        start = self.begins(at, clock)
        if self.minutes is not None:
            return start, at + 1
        day = clock.day(at)
        return start, clock.start_of(day + 1 if self.dates is not None else self._period(day)[1])

    def _period(self, day: int) -> tuple[int, int]:
        if self.calendar == "week":
            start = day - (weekday(day) - self.week_starts) % 7
            return start, start + 7
        first = date.fromordinal(day).replace(day=1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first.toordinal(), following.toordinal()
