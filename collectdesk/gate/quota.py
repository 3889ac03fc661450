"""Quotas of wishes: how much a person may bar by designation where the text sets a measure; beyond it nothing binds.

What is designated is taken in the order of giving. Of barred hours the first so many of each calendar week (from
Monday, as the wall shows them) bind; of barred channels the first so many.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from collectdesk.gate.clock import weekday
from collectdesk.gate.dial import Designation
from collectdesk.gate.kinds.base import Natural, Positive
from collectdesk.gate.periods import DateRange
from collectdesk.gate.spans import joined, minutes
from collectdesk.gate.vocabulary import Channel, WallTime

Minutes = tuple[int, int]
WHOLE_DAY: Minutes = (0, 1440)


class Quota(Struct, frozen=True, forbid_unknown_fields=True):
    """How much may be barred.

    ``hours_a_week``: of times, so many hours of each week; with ``hours_between`` only what lies between these times
    of a date is counted, and what lies outside binds for nothing. ``channels``: so many channels without a time;
    ``not_together``: pairs of which only the first given may be barred; ``media``: the channels that may be barred at
    all (empty: any), of which at least ``leave`` stay free.
    """

    hours_a_week: Positive | None = None
    hours_between: tuple[WallTime, WallTime] | None = None
    channels: Positive | None = None
    not_together: tuple[tuple[Channel, Channel], ...] = ()
    media: tuple[Channel, ...] = ()
    leave: Natural = 0

    @property
    def _counted(self) -> Minutes:
        """The minutes of a date that use up the hours."""
        if self.hours_between is None:
            return WHOLE_DAY
        start, end = self.hours_between
        return minutes(start), minutes(end)

    def channels_kept(self, given: Sequence[Designation]) -> list[Designation]:
        """Those of ``given`` (untimed, in the order of giving) that bind."""
        barred: list[Channel] = []
        kept = []
        for entry in given:
            channel = channel_of(entry)
            if channel is None or channel in barred:
                kept.append(entry)
            elif self._has_room(channel, barred):
                barred.append(channel)
                kept.append(entry)
        return kept

    def _has_room(self, channel: Channel, barred: Sequence[Channel]) -> bool:
        if self.media and (channel not in self.media or len(self.media) - len(barred) - 1 < self.leave):
            return False
        if self.channels is not None and len(barred) >= self.channels:
            return False
        return not any(channel in pair and other in pair for pair in self.not_together for other in barred)

    def hours_kept(self, given: Sequence[Designation], day: int) -> list[list[Minutes]]:
        """For each of ``given`` (timed, in the order of giving) its binding minutes on the local date ``day``."""
        monday = day - weekday(day) + 1
        left = 60 * (self.hours_a_week or 0)
        taken: dict[int, list[Minutes]] = {}
        kept: list[list[Minutes]] = []
        for entry in given:
            own: list[Minutes] = []
            for date, stretch in _week_of(entry, monday):
                before = taken.setdefault(date, [])
                bound = [cut for each in before if (cut := _common(stretch, each))]
                for piece in _without(stretch, before):
                    bound += _without(piece, [self._counted])
                    start, end = _common(piece, self._counted) or (0, 0)
                    until = min(end, start + left)
                    if start < until:
                        left -= until - start
                        bound.append((start, until))
                taken[date] = joined([*before, *bound])
                if date == day:
                    own += bound
            kept.append(own)
        return kept


def channel_of(entry: Designation) -> Channel | None:
    """The channel an untimed designation bars; a number without one is a telephone's."""
    return entry.channel or ("voice" if entry.number is not None else None)


def within(dates: DateRange | None, day: int) -> bool:
    """Whether the local date ``day`` is one of ``dates``."""
    return dates is None or (
        (dates.start is None or day >= dates.start.toordinal()) and (dates.end is None or day <= dates.end.toordinal())
    )


def _week_of(entry: Designation, monday: int) -> Iterable[tuple[int, Minutes]]:
    """The stretches of ``entry`` in the week from ``monday``, as it was given: stretch by stretch, day by day."""
    stretches = [(each.days, (minutes(each.begins), minutes(each.ends))) for each in entry.weekly or ()]
    for days, stretch in stretches or [((), WHOLE_DAY)]:
        for number in range(7):
            if (not days or number + 1 in days) and within(entry.dates, monday + number):
                yield monday + number, stretch


def _common(one: Minutes, other: Minutes) -> Minutes | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def _without(stretch: Minutes, taken: Iterable[Minutes]) -> list[Minutes]:
    """What of ``stretch`` lies in none of ``taken``, in order."""
    rest = [stretch]
    for start, end in taken:
        cut = [part for low, high in rest for part in ((low, min(high, start)), (max(low, end), high))]
        rest = [(low, high) for low, high in cut if low < high]
    return sorted(rest)
