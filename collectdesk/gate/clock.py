"""Local time: what the calendar on the debtor's wall says at an instant, and when a wall-clock time comes.

Local dates are proleptic ordinals (``date.toordinal``), wall times minutes since local midnight (0–1440). Real day
bounds are used, never 24 hours: a day may have 23 or 25. Where clocks go back and a wall time comes twice, an
opening takes the later and a closing the earlier, so no minute that the wall shows as closed is ever open.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collectdesk.gate.instant import EARLIEST, LATEST

QUARTER = 900  # every zone's offset has only ever changed on a quarter of an hour
REMEMBERED = 65_536
"""Quarters of an hour, near two years, whose dates are kept, and as many edges; then the memory starts afresh."""
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
FIRST_DAY = date(1900, 1, 2).toordinal()
LAST_DAY = date(9000, 1, 1).toordinal()
"""The dates whose local time is told; what lies beyond is taken for these."""
NO_PLACES = ("Factory", "localtime", "posixrules")
COPIES = ("posix/", "right/")
"""What may lie among a machine's zones and is none of IANA's that a debtor can be in: a clock nobody has set, the
machine's own, and copies of all, of which those of *right* count leap seconds."""


class LocalClock:
    """One time zone, with its dates and their edges remembered."""

    def __init__(self, name: str) -> None:
        """Open the zone ``name``.

        Raises:
            LookupError: the machine has no data for it, or it is no place's.
        """
        if name in NO_PLACES or name.startswith(COPIES):
            raise LookupError(name)
        try:
            self.zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as missing:
            raise LookupError(name) from missing
        self.name = name
        self._days: dict[int, int] = {}
        self._starts: dict[int, int] = {}
        self._edges: dict[tuple[int, int, bool], int] = {}

    def offset(self, at: int) -> int:
        """Seconds east of UTC at ``at``."""
        return self._exact_offset(min(max(at - at % QUARTER, EARLIEST), LATEST))

    def day(self, at: int) -> int:
        """The local date at ``at``, as an ordinal."""
        known = self._days.get(at // QUARTER)
        return self._day(at) if known is None else known

    def _day(self, at: int) -> int:
        """The date, remembered for the quarter of an hour unless midnight may fall into it."""
        offset = self.offset(at)
        day = (at + offset) // 86400 + _EPOCH_ORDINAL
        if offset % QUARTER == 0:
            if len(self._days) >= REMEMBERED:
                self._days.clear()
            self._days[at // QUARTER] = day
        return day

    def start_of(self, day: int) -> int:
        """The first instant of the local date ``day``."""
        known = self._starts.get(day)
        if known is None:
            if len(self._starts) >= REMEMBERED:
                self._starts.clear()
            known = self._starts[day] = self.edge(day, 0, opening=False)
        return known

    def edge(self, day: int, minute: int, *, opening: bool) -> int:
        """The instant at which a stretch beginning (``opening``) or ending at that wall time does so."""
        key = (day, minute, opening)
        known = self._edges.get(key)
        if known is None:
            if len(self._edges) >= REMEMBERED:
                self._edges.clear()
            known = self._edges[key] = self._edge(day + minute // 1440, minute % 1440, opening=opening)
        return known

    def _edge(self, day: int, minute: int, *, opening: bool) -> int:
        near = date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY))
        wall = datetime.combine(near, time(minute // 60, minute % 60), self.zone)
        first, second = int(wall.timestamp()), int(wall.replace(fold=1).timestamp())
        if first <= second:
            return second if opening else first
        return self._change_between(second, first)

    def _change_between(self, low: int, high: int) -> int:
        """The instant in ``(low, high]`` at which the offset changes: the wall time asked for is skipped."""
        before = self.offset(low)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._exact_offset(middle) == before else (low, middle)
        return high

    def _exact_offset(self, at: int) -> int:
        return int((datetime.fromtimestamp(at, self.zone).utcoffset() or timedelta()).total_seconds())

    def iso(self, at: int) -> str:
        """ISO 8601 with this zone's offset."""
        return datetime.fromtimestamp(at, self.zone).isoformat()


@lru_cache(maxsize=512)
def clock_for(zone: str) -> LocalClock:
    """The clock of ``zone`` (IANA name), opened once per process.

    Raises:
        LookupError: no data for that zone on this machine.
    """
    return LocalClock(zone)


def weekday(day: int) -> int:
    """ISO weekday of an ordinal: 1 = Monday."""
    return (day + 6) % 7 + 1
