"""Instants: UTC seconds on the inside, ISO 8601 with an offset on the outside."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


class Instant(int):
    """A moment as whole UTC seconds since 1970; what the contract calls an instant."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Instant:
        """Read ISO 8601 with an offset or ``Z``; fractions of a second are cut off.

        Raises:
            ValueError: not such a text, or without an offset.
        """
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("no offset")
        return cls(moment.timestamp() // 1)


def iso(at: int, zone: tzinfo = UTC) -> str:
    """Write ``at`` as ISO 8601 in ``zone``, with seconds and offset."""
    return datetime.fromtimestamp(at, zone).isoformat()
