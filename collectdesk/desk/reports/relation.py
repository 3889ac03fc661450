"""Relations and measures: what is counted, said once, so that a figure and the list behind it cannot differ."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from collectdesk.store.words import DEBT_TYPES

LOCAL = 8 * 3600
"""Seconds the house's zone (Asia/Shanghai) is ahead of UTC, all year and every year since 1991."""
LATEST = (
    " LEFT JOIN statement st ON st.id = (SELECT x.id FROM statement x WHERE x.case_id = c.id "
    "ORDER BY x.as_of DESC, x.imported_at DESC, x.id DESC LIMIT 1)"
)
THURSDAY = 3
"""Days from Monday to the day of the week 1970-01-01 was."""
WITHIN = "WITHIN(e.at)"
"""In a source that counts before it is asked: inside the period by the instant of a call."""
MONTH = 30
BEYOND = 7
"""Stages from here on are one: ``M6+``."""


class Measure(Struct, frozen=True, kw_only=True):
    """A figure as SQL: the predicate ``where`` on a row of the relation, and what is summed, if not the rows.

    ``amount``: the column that is summed, minor units with ``currency`` beside it, seconds or points; a row where it
    is null is not counted. ``mean``: the sum is told over the rows that have it. Values every text may use: ``:now``
    (UTC seconds), ``:today``, ``:soon`` (the local date 30 days on).
    """

    where: str = ""
    amount: str = ""
    currency: str = ""
    mean: bool = False


class Shown(Struct, frozen=True):
    """A further column of the list behind a figure: its key, its SQL, what it holds, and whose codes its words are."""

    key: str
    sql: str
    kind: Literal["count", "money", "duration", "moment", "day", "words"] = "words"


class Relation(Struct, frozen=True, kw_only=True):
    """What is counted: a FROM clause, and the columns every relation is asked for.

    Attributes:
        name: the first word of its figures' keys.
        source: the FROM clause; ``c`` is the case there where ``cased`` says so.
        where: what holds of every row.
        at: the instant that puts a row into a period, or ``on`` the local date; neither: it stands now or not at all.
        indexed, lag: an indexed column that lies at most so many seconds before ``at``, where that has no index.
        id, letter: its key, and the letter its public ids begin with; none where the key is public.
        collector: whose it is, a key of ``staff``.
        case: a key of ``case_file``; ``debtor`` of ``person``.
        currency: of its amounts, for lists of figures that sum none.
        cased: the source has the case as ``c`` already.
        ahead: it has rows of days to come, which a table over time shows as well.
        shared: it is nobody's alone, so that everybody who may see the report sees it.
        handled: its rows are handled by others than whom they are about, so that a collector sees their number only.
        dimensions: what else its rows are told apart by, as SQL.
        debtors: those of ``dimensions`` that say something of the debtor, so that small groups are not told apart.
        shown: further columns of the list.
        measures: its figures by name.
        values: what else its texts name, and what that stands for.
    """

    name: str
    source: str
    where: str = ""
    at: str = ""
    on: str = ""
    indexed: str = ""
    lag: int = 0
    id: str
    letter: str = ""
    collector: str
    case: str
    debtor: str
    currency: str = ""
    cased: bool = False
    ahead: bool = False
    shared: bool = False
    handled: bool = False
    dimensions: dict[str, str] = {}
    debtors: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()
    measures: dict[str, Measure]
    values: dict[str, object] = {}

    @property
    def day(self) -> str:
        """Days since 1970-01-01 of the local date, as SQL."""
        return f"(({self.at} + {LOCAL}) / 86400)" if self.at else f"EPOCH_DAY({self.on})" if self.on else ":day"

    def dimension(self, name: str) -> str:
        """A dimension as SQL.

        Raises:
            KeyError: its rows are not told apart by that.
        """
        known = {"collector": self.collector, **self.dimensions, "product": "c.type", "stage": self._stage}
        known["week"] = f"{self.day} - ({self.day} + {THURSDAY}) % 7"  # the day number of its Monday
        if self.at:
            known["hour"] = f"(({self.at} + {LOCAL}) / 3600) % 24"
        return known[name]

    def joined(self, *, case: bool, stage: bool) -> str:
        """The FROM clause, with the case and its latest statement where they are asked for."""
        joins = "" if self.cased or not (case or stage) else f" LEFT JOIN case_file c ON c.id = {self.case}"
        return self.source + joins + (LATEST if stage else "")

    @property
    def _stage(self) -> str:
        """Begun months past due on the row's day, as the queue counts them: as stated, else from the due date."""
        stated = f"st.days_past_due + {self.day} - EPOCH_DAY(st.as_of)"
        days = f"COALESCE({stated}, {self.day} - EPOCH_DAY(c.due_on))"
        last = MONTH * (BEYOND - 1)
        begun = f"({days} + {MONTH - 1}) / {MONTH}"
        return f"CASE WHEN {days} <= 0 THEN 0 WHEN {days} > {last} THEN {BEYOND} ELSE {begun} END"


def stage_name(months: int | None) -> str:
    """``M0`` … ``M6``, beyond that ``M6+``; empty when not known."""
    return "" if months is None else f"M{months}" if months < BEYOND else "M6+"


STAGES = tuple(stage_name(months) for months in range(BEYOND + 1))
PRODUCTS = DEBT_TYPES
