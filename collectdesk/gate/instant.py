"""Instants: UTC seconds on the inside, ISO 8601 with an offset on the outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WALL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - subtracted from wall times, their offset aside
_EAST: dict[str, int] = {"Z": 0}
"""Seconds east of UTC of the offsets met so far that are written ``±hh:mm``, as they are written."""
EARLIEST = -2208988800  # 1900: whatever was before it was long ago
LATEST = 221845392000  # 9000: local time can still be told, and whatever comes after it never comes


class Instant(int):
    """A moment as whole UTC seconds since 1970; what the contract calls an instant."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Instant:
        """Read ISO 8601 with an offset or ``Z``; fractions of a second are cut off.

        What lies beyond ``EARLIEST`` and ``LATEST`` (9999-12-31 for "for ever") is read as those.

        Raises:
            ValueError: not such a text, or without an offset.
        """
        east = _EAST.get(text[19:])
        if east is None:
            seconds = _exactly(text)
        else:
            since = _since(_WALL_EPOCH, datetime.fromisoformat(text[:19]))
            seconds = 86400 * since.days + since.seconds - east
        return cls(seconds if EARLIEST <= seconds <= LATEST else EARLIEST if seconds < 0 else LATEST)


def _exactly(text: str) -> int:
    """The seconds of a text of any layout ISO 8601 allows."""
    moment = datetime.fromisoformat(text)
    since = _since(EPOCH, moment)
    east = moment.utcoffset()
    # offsets of whole minutes are so few that they may all be remembered; one of 25 characters may have a fraction
    if east is not None and len(text) == 25 and text[19] in "+-" and text[22] == ":":
        _EAST[text[19:]] = 86400 * east.days + east.seconds
    return 86400 * since.days + since.seconds


def _since(epoch: datetime, moment: datetime) -> timedelta:
    """The time from ``epoch``, which has an offset exactly where ``moment`` is to have one."""
    try:
        return moment - epoch
    except TypeError:
        raise ValueError("no offset, or two") from None


def iso(at: int, zone: tzinfo = UTC) -> str:
    """Write ``at`` as ISO 8601 in ``zone``, with seconds and offset."""
    return datetime.fromtimestamp(at, zone).isoformat()
