"""Terms: how long something lasts that names no end of its own, in local dates or calendar months."""

from datetime import date
from typing import Literal

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.kinds.base import Positive


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """So many local ``dates`` or calendar ``months``, or until the ``year_end``: exactly one of them.

    ``first`` says which date is the first of them: the *same* on which it began, or the *next* one (the usual way of
    civil codes). A month that lacks the date ends with its last.
    """

    dates: Positive | None = None
    months: Positive | None = None
    year_end: bool = False
    first: Literal["same", "next"] = "same"

    def __post_init__(self) -> None:
        """A term has exactly one length."""
        if (self.dates is not None) + (self.months is not None) + self.year_end != 1:
            raise ValueError("a term has exactly one of dates, months, year_end")

    def ends(self, start: int, clock: LocalClock) -> int:
        """The instant at which a term that began at ``start`` is over."""
        return clock.start_of(self._last(clock.day(start)) + 1)

    def _last(self, day: int) -> int:
        """The last local date of a term that began on the date ``day``."""
        if self.year_end:
            return date(date.fromordinal(day).year, 12, 31).toordinal()
        following = self.first == "next"
        if self.dates is not None:
            return day + self.dates - (0 if following else 1)
        return months_later(day, self.months or 0) - (0 if following else 1)


def months_later(day: int, months: int) -> int:
    """The same date so many months later, or that month's last."""
    began = date.fromordinal(day)
    count = began.year * 12 + began.month - 1 + months
    year, month = count // 12, count % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    length = (following - date(year, month, 1)).days
    return date(year, month, min(began.day, length)).toordinal()
