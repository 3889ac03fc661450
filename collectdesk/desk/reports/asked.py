"""What was asked for, and the desk it is asked of: every report is made from one ``Look``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from msgspec import Struct

from collectdesk.desk import house
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.counting import Counted, tally
from collectdesk.desk.reports.definitions import ReportWords, words_of
from collectdesk.desk.reports.figure import Period
from collectdesk.desk.reports.names import Names
from collectdesk.desk.reports.reach import Reach
from collectdesk.desk.reports.relation import Relation
from collectdesk.desk.reports.relations import relation
from collectdesk.desk.reports.small_groups import hidden
from collectdesk.desk.window import Window

SOON = 30
"""Days ahead that count as soon."""


class Asked(Struct, frozen=True, kw_only=True):
    """A report's question: its name, the period, what to compare with, and what to narrow it to.

    ``by``: what to tell rows apart by, where the report leaves it open. ``found``: the period was not asked for, it is
    the last one somebody worked in.
    """

    report: str
    period: Period
    compared: Period | None = None
    team: str = ""
    collector: str = ""
    product: str = ""
    stage: str = ""
    by: str = ""
    found: bool = False


class Look:
    """One look at the desk: what was asked, who asks, whose work it is, and the counting."""

    def __init__(
        self,
        window: Window,
        asked: Asked,
        reach: Reach,
        spans: Mapping[str, int],
        most: Mapping[str, int],
    ) -> None:
        self.window = window
        self.asked = asked
        self.reach = reach
        self.spans = spans
        self.most = most
        self.words: ReportWords = words_of(asked.report)
        self.names = Names(window.ask, window.at, reach)
        self.withheld = False
        """Whether something was narrowed to too few debtors to be told."""
        self._relations: dict[str, Relation] = {}

    @property
    def on_server(self) -> bool:
        """Which engine spells the SQL."""
        return self.window.reader.on_server

    @cached_property
    def least(self) -> int:
        """Debtors a group needs to be told apart, by the house."""
        return house.in_force(self.window.ask, self.window.at).reports.least_debtors

    @cached_property
    def step(self) -> periods.Step:
        """How finely the period is told over time."""
        return periods.step_of(self.asked.period)

    def count(self, name: str, keys: tuple[str, ...], by: tuple[str, ...] = ()) -> Counted:
        """Count figures of one relation in one pass, and in a second one those of the compared period.

        Args:
            name: the relation.
            keys: of the figures, shares too; all of this relation.
            by: the dimensions that tables will tell apart, the finest grain.
        """
        counted = self.relation(name)
        compared = self.asked.compared if counted.at or counted.on else None  # what stands now has nothing beside it
        now = tally(self, counted, keys, by, self.spanned(name, self.asked.period))
        before = tally(self, counted, keys, by, self.spanned(name, compared)) if compared is not None else None
        withheld = hidden(self, counted)
        self.withheld |= withheld
        return Counted(self, counted, by, now, before, withheld)

    def relation(self, name: str) -> Relation:
        """The relation with this name, made once a look."""
        if name not in self._relations:
            self._relations[name] = relation(name, self.window)
        return self._relations[name]

    def stands(self, key: str) -> bool:
        """Whether a figure tells what stands when the report is made, whatever the period."""
        counted = self.relation(key.partition(".")[0])
        return not (counted.at or counted.on)

    def spanned(self, name: str, period: Period) -> Period:
        """The period a relation is counted over: this one, or as many days as the report says that end with it."""
        ends, days = periods.last(period), self.spans.get(name, 0)
        if periods.days(period) > self.most.get(name, periods.MOST_DAYS):
            days = self.most[name]
        return periods.a_range(ends - timedelta(days=days - 1), ends) if days else period

    def values(self, period: Period) -> dict[str, object]:
        """What the SQL texts may name."""
        since, until = periods.bounds(period)
        begun, over = periods.bounds(self.asked.period)
        if until <= begun <= self.window.at < over:  # what it is compared with is counted to the same hour of it
            until = min(until, since + self.window.at + 1 - begun)
        today = periods.day_of(self.window.at)
        return {
            "since": since,
            "until": min(until, self.window.at + 1),
            "first": period.first,
            "last": period.last,
            "now": self.window.at,
            "day": today.toordinal() - periods.EPOCH,
            "today": today.isoformat(),
            "soon": (today + timedelta(days=SOON)).isoformat(),
        }
