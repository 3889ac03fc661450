"""The terms of a promise (承诺的期限): its last day, from when a reminder may be made, and the rest it gives the case.

They are set when the promise is made, by the house's settings of that day; a later setting changes none of them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from collectdesk.desk import holds
from collectdesk.desk.house_settings import Promises

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Member

HOLD = "promise"


class Terms(Struct, frozen=True):
    """The last local date on which money counts, the instant it ends, and from when one may remind (UTC seconds)."""

    last_on: date
    lapses_at: int
    remind_at: int | None


def terms(pay_on: date, made_at: int, zone: str, limits: Promises) -> Terms:
    """The terms of a promise for ``pay_on`` made at ``made_at``; nobody is reminded on the day it was made."""
    last_on = pay_on + timedelta(days=limits.grace_days)
    first = max(pay_on - timedelta(days=limits.reminder_days - 1), day_of(made_at, zone) + timedelta(days=1))
    reminds = limits.reminder_days > 0 and first <= pay_on
    return Terms(last_on, starts(last_on + timedelta(days=1), zone), starts(first, zone) if reminds else None)


def rest(
    connection: Connection, found: Terms, *, debtor: int, case: int, at: int, by: Member | None, cause: str = HOLD
) -> list[int]:
    """Put the case at rest until the promise lapses; the keys of the holds.

    Two where a reminder may be made: one lets it through, the other does not and ends when reminding begins.
    """

    def put(until: int, *allows: str) -> int:
        return holds.put(
            connection, HOLD, debtor=debtor, cases=(case,), cause=cause, at=at, by=by, until=until, allows=allows
        )

    if found.remind_at is None:
        return [put(found.lapses_at)]
    whole = put(found.lapses_at, "remind")
    return [whole, put(found.remind_at)] if found.remind_at > at else [whole]


def starts(day: date, zone: str) -> int:
    """The first instant of a local date."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())


def day_of(at: int, zone: str) -> date:
    """The local date of an instant."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).date()
