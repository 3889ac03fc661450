"""Windows: how long an event keeps counting, by local dates as the law counts them."""

from datetime import date
from typing import Literal

from msgspec import Struct

from collectdesk.gate.clock import FIRST_DAY, LocalClock, weekday
from collectdesk.gate.facts import FOREVER
from collectdesk.gate.instant import EARLIEST, LATEST
from collectdesk.gate.vocabulary import Weekday


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch of time ending now.

    Exactly one is set: ``dates`` rolling local dates (today and the n − 1 before it; "7 days" is 7 dates, not 168
    hours), ``months`` rolling months (an event of the 5th counts until the 5th; where a month lacks the date, until
    the first of the next), ``calendar`` the calendar week (from ``week_starts``, 1 = Monday) or month, ``minutes``
    elapsed time, ``ever`` all there was.
    """

    dates: int | None = None
    months: int | None = None
    calendar: Literal["week", "month"] | None = None
    minutes: int | None = None
    ever: bool = False
    week_starts: Weekday = 1

    def __post_init__(self) -> None:
        """Exactly one length, and a positive one."""
        lengths = [self.dates, self.months, self.calendar, self.minutes, self.ever or None]
        if sum(length is not None for length in lengths) != 1:
            raise ValueError("a window has exactly one of dates, months, calendar, minutes, ever")
        if any(length < 1 for length in (self.dates, self.months, self.minutes) if length is not None):
            raise ValueError("a window is at least 1 long")

    @property
    def longest_days(self) -> int:
        """No event older than so many times 24 hours counts; a local date may be longer than that."""
        if self.ever:
            return FOREVER // 86400
        if self.minutes is not None:
            return self.minutes // 1440 + 1
        spans = {"week": 7, "month": 31}
        return 1 + (self.dates or 31 * (self.months or 0) or spans[self.calendar or "month"])

    def leaves(self, at: int, clock: LocalClock) -> int:
        """The first instant at which an event of ``at`` no longer counts; ``FOREVER`` when it always does."""
        if self.minutes is not None:
            return at + 60 * self.minutes
        if self.ever:
            return FOREVER
        day = clock.day(at)
        if self.dates is not None:
            return clock.start_of(day + self.dates)
        return clock.start_of(self._period(day)[1] if self.months is None else _months_after(day, self.months))

    def begins(self, at: int, clock: LocalClock) -> int:
        """The earliest instant whose events still count at ``at``."""
        if self.minutes is not None:
            return at - 60 * self.minutes + 1
        if self.ever:
            return -FOREVER
        day = clock.day(at)
        if self.dates is not None:
            return clock.start_of(day - self.dates + 1)
        return clock.start_of(self._period(day)[0] if self.months is None else _months_before(day, self.months) + 1)

    def bounds(self, at: int, clock: LocalClock) -> tuple[int, int]:
        """The window around ``at`` as a half-open stretch, for the evidence."""
        if self.ever:
            return EARLIEST, LATEST
        start = self.begins(at, clock)
        if self.minutes is not None:
            return start, at + 1
        day = clock.day(at)
        return start, clock.start_of(day + 1 if self.calendar is None else self._period(day)[1])

    def _period(self, day: int) -> tuple[int, int]:
        if self.calendar == "week":
            start = day - (weekday(day) - self.week_starts) % 7
            return start, start + 7
        first = date.fromordinal(day).replace(day=1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first.toordinal(), following.toordinal()


def _months_after(day: int, months: int) -> int:
    """The same date so many months later; where that month lacks it, the first of the next."""
    began = date.fromordinal(day)
    first = _first_of(began, months)
    length = _first_of(first, 1).toordinal() - first.toordinal()
    return first.toordinal() + min(began.day - 1, length)


def _months_before(day: int, months: int) -> int:
    """The last date that lies so many months back: its like is on ``day`` or before."""
    now = date.fromordinal(day)
    first = _first_of(now, -months)
    length = _first_of(first, 1).toordinal() - first.toordinal()
    return max(FIRST_DAY, first.toordinal() + min(now.day, length) - 1)


def _first_of(day: date, months: int) -> date:
    """The first of the month so many months after that of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
