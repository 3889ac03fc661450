"""Dates and instants as files write them: ISO, ``2026/1/5``, ``2026年1月5日``, ``20260105``, spreadsheet serials."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collectdesk.desk.importing.cells import Cell, tidy
from collectdesk.desk.importing.finding import Refusal
from collectdesk.errors import N_

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(
    r"[T ]?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DAY_FIRST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of the 1900 date system, local by nature
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050  # 1927 to 2099
EARLIEST, LATEST = 1900, 2100


def is_serial(cell: Cell) -> bool:
    """Whether a date stands there as a spreadsheet's day count, ``46349`` for 2026-11-23."""
    text = tidy(cell) if isinstance(cell, str | int | float) and not isinstance(cell, bool) else ""
    return bool(_SERIAL.fullmatch(text)) and FIRST_SERIAL <= float(text) <= LAST_SERIAL


def read_date(cell: Cell) -> date:
    """A local date; a time of day beside it is dropped.

    Raises:
        Refusal: ambiguous (``03/04/2026``), impossible, or not a date.
    """
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else _local(cell)[0].date()


def read_instant(cell: Cell, zone: ZoneInfo) -> int:
    """An instant in UTC seconds; local to ``zone`` unless it names its offset; a bare date is its midnight.

    Raises:
        Refusal: as for a date.
    """
    return _seconds(_moment(cell), zone)


def read_time(cell: Cell, zone: ZoneInfo) -> int:
    """An instant of which the time of day must be stated.

    Raises:
        Refusal: as for a date, or the time of day is missing.
    """
    moment, timed = _moment(cell)
    if not timed:
        raise Refusal("time_missing", N_("a date without its time of day."), _ADD_TIME)
    return _seconds((moment, timed), zone)


def midnight(day: date, zone: ZoneInfo) -> int:
    """The first instant of a local date, in UTC seconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def _seconds(moment: tuple[datetime, bool], zone: ZoneInfo) -> int:
    at = moment[0]
    return int((at if at.tzinfo else at.replace(tzinfo=zone)).timestamp())


def _moment(cell: Cell) -> tuple[datetime, bool]:
    if isinstance(cell, datetime):
        return cell, True
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day), False  # noqa: DTZ001 - local until its zone is joined
    return _local(cell)


def _local(cell: Cell) -> tuple[datetime, bool]:
    text = tidy(cell)
    if is_serial(cell):
        serial = float(text)
        return _EPOCH + timedelta(seconds=round(serial * 86_400)), not serial.is_integer()
    found = _DATE.match(text) or _COMPACT.match(text)
    if not found:
        raise _odd(text)
    rest = text[found.end() :].strip()
    timed = _TIME.fullmatch(rest) if rest else None
    if rest and not timed:
        raise _odd(text)
    return _build(found, timed), timed is not None


def _build(day: re.Match[str], timed: re.Match[str] | None) -> datetime:
    year, month, number = (int(part) for part in day.groups())
    hour, minute, second, offset = timed.groups() if timed else ("0", "0", "0", None)
    if not EARLIEST <= year <= LATEST:
        raise Refusal("date_impossible", N_("not a date of the calendar."), _WRITE)
    try:
        moment = datetime(year, month, number, int(hour), int(minute), int(second or 0))  # noqa: DTZ001 - local
        return datetime.fromisoformat(moment.isoformat() + offset.upper()) if offset else moment
    except ValueError as error:
        raise Refusal("date_impossible", N_("not a date of the calendar."), _WRITE) from error


def _odd(text: str) -> Refusal:
    if _DAY_FIRST.match(text):
        return Refusal("date_ambiguous", N_("day and month cannot be told apart."), _WRITE)
    return Refusal("date_form", N_("not a date."), _WRITE)


_WRITE = N_("Write it like 2026-01-05.")
_ADD_TIME = N_("Write date and time like 2026-01-05 09:30.")
