"""The clock of a complaint (办理时限): fifteen, thirty or sixty calendar days, the day of receipt not counted.

银行业保险业消费投诉处理管理办法（2020）: decided and told of within fifteen days, thirty where it is complex, thirty
more for a special reason that another person approved. Its days are calendar days, and its last day is not rolled on
when it is no working day; so the house's own date is the working day before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk import adoption, house
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.working_days import rolled_back, working_day
from collectdesk.gate import Calendar
from collectdesk.gate.clock import clock_for

if TYPE_CHECKING:
    from collectdesk.desk.adoption import Where


class Clock(NamedTuple):
    """The days of one complaint.

    Attributes:
        term: calendar days allowed.
        last_on: the last of them.
        due_on: by when the house does it: no later, and a working day.
        warn_on: from when its handler is reminded.
    """

    term: int
    last_on: date
    due_on: date
    warn_on: date


class Clocks(NamedTuple):
    """What the days are counted by: the calendars, and the house's settings."""

    calendars: Mapping[str, Calendar]
    settings: house.HouseSettings

    def first(self, received_on: date) -> Clock:
        """The clock of a complaint nobody extended: the house's working days, where they end earlier."""
        clock = self.extended(received_on, self.settings.complaint.ordinary_days)
        promised = working_day(self.calendars, received_on, self.settings.answers.complaint)
        return clock._replace(due_on=min(promised, clock.due_on))

    def extended(self, received_on: date, term: int) -> Clock:
        """The clock of ``term`` days."""
        last_on = received_on + timedelta(days=term)
        warn_on = last_on - timedelta(days=self.settings.complaint.warn_days)
        return Clock(term, last_on, self._before(last_on, received_on), self._before(warn_on, received_on))

    def _before(self, day: date, received_on: date) -> date:
        return max(rolled_back(self.calendars, day), received_on)

    def next_term(self, term: int) -> int | None:
        """What a complaint of ``term`` days may be extended to; none after the longest."""
        return next((longer for longer in self.settings.complaint.terms if longer > term), None)


def clocks(where: Where, at: int) -> Clocks:
    """By what days are counted at ``at``."""
    return Clocks(adoption.calendars(where, at), house.in_force(where, at))


def today(at: int) -> date:
    """The house's local date."""
    return date.fromordinal(clock_for(HOUSE_ZONE).day(at))
