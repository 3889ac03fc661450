"""By when an objection is answered, and whether in writing: the text that says so, else the house (article 10.1)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct

from collectdesk.desk import adoption, house
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.working_days import working_day

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.codes import Code

WRITING = ("letter", "email", "app", "text")
"""Ways that leave the words with the debtor: writing, as Civil Code article 469 has it (书面形式)."""
LIVE = ("call", "visit", "app", "text")
"""Ways on which an answer given at once is heard at once."""


class Owed(Struct, frozen=True):
    """``due_on``: the last day, a local date. ``days``: how many that is, working days where ``working``."""

    due_on: str
    days: int
    working: bool
    written: bool


def owed(connection: Connection, code: Code, received: date, at: int) -> Owed:
    """What is owed for an objection of this kind received on ``received``, the day itself not counted.

    A code with days of its own is a text's deadline, in calendar days: 征信业管理条例 第二十五条 has twenty and asks
    for writing. Every other kind has the working days the house set.
    """
    if code.answer_days is not None:
        due = received + timedelta(days=code.answer_days)
        return Owed(due.isoformat(), code.answer_days, working=False, written=code.answer_written)
    days = house.in_force(connection, at).answers.objection
    due = working_day(adoption.calendars(connection, at), received, days)
    return Owed(due.isoformat(), days, working=True, written=code.answer_written)


def local_day(at: int) -> date:
    """The house's local date of an instant."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)).date()


def noon(day: date) -> int:
    """The middle of a local day in UTC seconds, for what is known by its date alone."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(HOUSE_ZONE)).timestamp())
