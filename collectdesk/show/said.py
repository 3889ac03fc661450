"""What every reason in words is made of: the sentence and its figure, instants told where a rule was judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from collectdesk.errors import N_
from collectdesk.gate.clock import clock_for
from collectdesk.lang import current, translate
from collectdesk.show.dates import clock, long_date, span

Wire = Mapping[str, Any]
"""A JSON object."""
_FIRST_YEAR = 1900
"""The gate's first year: what begins in it begins before anything happened."""


class Said(Struct, frozen=True):
    """A reason in words: what stands in the way, and the figure beside it (``2/2``, ``20 min left``)."""

    text: str
    figure: str = ""


def tell(message: str, lang: str | None, **values: object) -> str:
    """``message`` in ``lang``, or the language spoken, with its values."""
    return translate(message, lang or current()).format(**values)


def instant(text: object) -> datetime | None:
    """An instant of the JSON, or None where there is none."""
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def there(text: object, evidence: Wire) -> datetime | None:
    """An instant in the zone the rule was judged in, which may be another than the decision is written in."""
    at, zone = instant(text), evidence.get("zone")
    if at is None or not isinstance(zone, str):
        return at
    try:
        return at.astimezone(clock_for(zone).zone)
    except LookupError:  # recorded on a machine that knew more zones
        return at


def day_of(at: datetime, lang: str | None) -> str:
    """A date with its year, and the time of day where it does not begin there."""
    day = long_date(at, lang)
    return day if (at.hour, at.minute) == (0, 0) else f"{day} {clock(at)}"


def window_of(evidence: Wire, lang: str | None) -> str:
    """How long what counts keeps counting: today, so many dates, this month, so long, for ever."""
    window = evidence.get("window") or {}
    if _endless(window.get("from")):
        return tell(N_("ever"), lang)
    start, end = there(window.get("from"), evidence), there(window.get("to"), evidence)
    if start is None or end is None:
        return "?"
    days = (end.date() - start.date()).days
    if (start.hour, start.minute, end.hour, end.minute) != (0, 0, 0, 0) or days < 1:
        return tell(N_("in {span}"), lang, span=span(end - start, lang))
    if (start.day, end.day) == (1, 1) and days in (28, 29, 30, 31):
        return tell(N_("this month"), lang)
    return tell(N_("today"), lang) if days == 1 else tell(N_("in {days} dates"), lang, days=days)


def _endless(start: object) -> bool:
    """Whether the window begins before there was anything to count."""
    at = instant(start)
    return at is not None and at.year <= _FIRST_YEAR
