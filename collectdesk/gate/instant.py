"""Instants: UTC seconds on the inside, ISO 8601 with an offset on the outside."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

_LAYOUT = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{8}|\d{4}-W\d\d-\d|\d{4}W\d{3})[T ]"
    r"\d\d(:\d\d(:\d\d([.,]\d+)?)?|\d\d(\d\d([.,]\d+)?)?)?"
    r"(Z|[+-]\d\d(:?[0-5]\d(:?[0-5]\d)?)?)",
    re.ASCII,
)
"""What of a text Python reads is ISO 8601: it takes any character for the T and lets others lie about."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST = -2208988800  # 1900: whatever was before it was long ago
LATEST = 221845392000  # 9000: local time can still be told, and whatever comes after it never comes
DAY = 86400
FIRST_YEAR, LAST_YEAR = 1901, 8998  # in which no time of any offset lies beyond those
USUAL_LENGTH = len("2026-03-10T09:30:00+08:00")  # no fraction, and an offset of whole minutes
REMEMBERED = 65_536
"""Dates kept, near two centuries of them; then the memory starts afresh. Of the other parts no more than 1,440 minutes
and some 170,000 seconds with an offset can be written."""
_DATES: dict[str, int] = {}
_MINUTES: dict[str, int] = {}
_TAILS: dict[str, int] = {}
"""Parts of texts met so far, in seconds: ``2026-03-10T`` (midnight in UTC), ``09:30``, ``:00+08:00`` or ``:00Z``."""


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
        try:
            return cls(_DATES[text[:11]] + _MINUTES[text[11:16]] + _TAILS[text[16:]])
        except KeyError:
            return cls(_read(text))


def _read(text: str) -> int:
    """The seconds of a text of any layout ISO 8601 allows."""
    moment = datetime.fromisoformat(text)
    try:
        since = moment - EPOCH
    except TypeError:
        raise ValueError("no offset, or two") from None
    if not _LAYOUT.fullmatch(text):
        raise ValueError("of no layout of ISO 8601")
    _remember(text, moment)
    seconds = DAY * since.days + since.seconds
    return min(max(seconds, EARLIEST), LATEST)


def _remember(text: str, moment: datetime) -> None:
    """Keep the parts of a text in the usual layout: of any such parts another is made up."""
    written, east = moment.isoformat(), moment.utcoffset()
    usual = len(written) == USUAL_LENGTH and written == text.replace("Z", "+00:00")
    if not usual or east is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return
    if len(_DATES) >= REMEMBERED:
        _DATES.clear()
    _DATES[text[:11]] = DAY * (moment.toordinal() - EPOCH.toordinal())
    _MINUTES[text[11:16]] = 3600 * moment.hour + 60 * moment.minute
    _TAILS[text[16:]] = moment.second - DAY * east.days - east.seconds


def iso(at: int, zone: tzinfo = UTC) -> str:
    """Write ``at`` as ISO 8601 in ``zone``, with seconds and offset."""
    return datetime.fromtimestamp(at, zone).isoformat()
