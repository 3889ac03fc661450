"""Times a debtor calls inconvenient or wants, typed as ``1-5 09:00-12:00`` or ``2026-12-01..2026-12-05``."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from collectdesk.errors import N_, BadData

_WEEKLY = re.compile(r"(?P<days>[1-7](?:[-,][1-7])*)\s+(?P<start>\d\d?:\d\d)-(?P<end>\d\d?:\d\d)")
_DATES = re.compile(r"(?P<start>\d{4}-\d\d-\d\d)(?:\.\.(?P<end>\d{4}-\d\d-\d\d))?")
_DAY_END = 24 * 60


class Times(Struct, frozen=True):
    """Weekly stretches in the contract's form, or one range of dates."""

    weekly: tuple[dict[str, object], ...] = ()
    dates_from: str | None = None
    dates_until: str | None = None


def read(text: str) -> Times:
    """The times in ``text``; several weekly ones are parted by ``;``.

    Raises:
        BadData: they cannot be read.
    """
    parts = [part.strip() for part in re.split(r"[;；\n]", text) if part.strip()]
    dates = _DATES.fullmatch(parts[0]) if len(parts) == 1 else None
    try:
        if dates:
            first, last = (date.fromisoformat(each) for each in (dates["start"], dates["end"] or dates["start"]))
            if first <= last:
                return Times(dates_from=first.isoformat(), dates_until=last.isoformat())
        elif parts:
            return Times(tuple(_weekly(part) for part in parts))
    except ValueError:
        pass
    raise BadData(
        "times_unreadable",
        N_("Type weekdays and hours such as 1-5 09:00-12:00, or dates such as 2026-12-01..2026-12-05."),
        hint=N_("1 is Monday; hours do not cross midnight; several are parted by ;"),
    )


def _weekly(part: str) -> dict[str, object]:
    found = _WEEKLY.fullmatch(part)
    if found is None:
        raise ValueError(part)
    start, end = _clock(found["start"]), _clock(found["end"])
    if not start < end <= _DAY_END:
        raise ValueError(part)
    return {"days": _days(found["days"]), "from": _hhmm(start), "to": _hhmm(end)}


def _days(text: str) -> list[int]:
    days: set[int] = set()
    for each in text.split(","):
        first, _, last = each.partition("-")
        days.update(range(int(first), int(last or first) + 1))
    if not days:
        raise ValueError(text)
    return sorted(days)


def _clock(text: str) -> int:
    hours, minutes = map(int, text.split(":"))
    if minutes > 59:
        raise ValueError(text)
    return hours * 60 + minutes


def _hhmm(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
