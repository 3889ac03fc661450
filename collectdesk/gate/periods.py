"""Periods as the contract writes them: between two instants, every week, between two dates."""

from datetime import date

from msgspec import field

from collectdesk.gate.instant import Instant
from collectdesk.gate.vocabulary import Fact, WallTime, Weekday


class Interval(Fact, frozen=True):
    """A half-open stretch of time."""

    start: Instant | None = field(default=None, name="from")
    end: Instant | None = field(default=None, name="to")


class Weekly(Fact, frozen=True):
    """A stretch of wall-clock time on some weekdays (1 = Monday), never across midnight."""

    days: tuple[Weekday, ...] | None = ()
    start: WallTime | None = field(default=None, name="from")
    end: WallTime | None = field(default=None, name="to")

    def __post_init__(self) -> None:
        """A stretch that ends before it begins would silently be none."""
        if self.begins >= self.ends:
            raise ValueError("Expected `from` before `to`, within one day")

    @property
    def begins(self) -> str:
        """The wall time it begins at; the day's beginning where none is given."""
        return self.start or "00:00"

    @property
    def ends(self) -> str:
        """The wall time it ends at; the day's end where none is given."""
        return self.end or "24:00"


class DateRange(Fact, frozen=True):
    """Local dates, both ends included."""

    start: date | None = field(default=None, name="from")
    end: date | None = field(default=None, name="until")

    def __post_init__(self) -> None:
        """A range that ends before it begins would silently be none."""
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError("Expected the first date not after the last")
