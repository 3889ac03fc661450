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
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
FIRST_DAY = date(1900, 1, 2).toordinal()
LAST_DAY = date(9000, 1, 1).toordinal()
"""The dates whose local time is told; what lies beyond is taken for these."""


class LocalClock:
    """One time zone, with its offsets and edges remembered."""

    def __init__(self, name: str) -> None:
        """Open the zone ``name``.

        Raises:
            LookupError: the machine has no data for it.
        """
        try:
            self.zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as missing:
            raise LookupError(name) from missing
        self.name = name
        self._offsets: dict[int, int] = {}
        self._starts: dict[int, int] = {}
        self._edges: dict[tuple[int, int, bool], int] = {}

    def offset(self, at: int) -> int:
        """Seconds east of UTC at ``at``."""
        quarter = at // QUARTER
        known = self._offsets.get(quarter)
        if known is None:
            moment = datetime.fromtimestamp(min(max(quarter * QUARTER, EARLIEST), LATEST), self.zone)
            known = self._offsets[quarter] = int((moment.utcoffset() or timedelta()).total_seconds())
        return known

    def day(self, at: int) -> int:
        """The local date at ``at``, as an ordinal."""
        offset = self._offsets.get(at // QUARTER)
        return (at + (self.offset(at) if offset is None else offset)) // 86400 + _EPOCH_ORDINAL

    def start_of(self, day: int) -> int:
        """The first instant of the local date ``day``."""
        known = self._starts.get(day)
        if known is None:
            known = self._starts[day] = self.edge(day, 0, opening=False)
        return known

    def edge(self, day: int, minute: int, *, opening: bool) -> int:
        """The instant at which a stretch beginning (``opening``) or ending at that wall time does so."""
        key = (day, minute, opening)
        known = self._edges.get(key)
        if known is None:
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
