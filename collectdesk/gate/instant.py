"""Instants: UTC seconds on the inside, ISO 8601 with an offset on the outside."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

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
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("no offset")
        return cls(min(max(moment.timestamp() // 1, EARLIEST), LATEST))


def iso(at: int, zone: tzinfo = UTC) -> str:
    """Write ``at`` as ISO 8601 in ``zone``, with seconds and offset."""
    return datetime.fromtimestamp(at, zone).isoformat()
