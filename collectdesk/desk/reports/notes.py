"""Footnotes on the whole: whether the period is over, empty or half imported, and what its numbers cannot tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.definitions import common, filled
from collectdesk.desk.reports.figure import (
    Count,
    Duration,
    Money,
    Note,
    Period,
    Score,
    Section,
    Share,
    Value,
)
from collectdesk.desk.reports.relation import LOCAL

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

CUT = (
    "SELECT o.name, max(h.complete_through) FROM history_cover h JOIN org o ON o.id = h.org "
    "WHERE h.case_id IS NULL AND h.complete_through IS NOT NULL GROUP BY o.name ORDER BY o.name"
)
JUMPS = "SELECT count(*) FROM journal WHERE action = 'clock.jump' AND at >= :since AND at < :until"
YEARS = (
    "SELECT a.compiled FROM adoption a WHERE a.kind = 'calendar' AND a.effective_from <= :now "
    "AND (a.withdrawn_at IS NULL OR a.withdrawn_at > :now) AND a.name LIKE :name ORDER BY a.effective_from, a.id"
)


def note(code: str, *, caution: bool = False, **params: object) -> Note:
    """A footnote with its placeholders filled."""
    return Note(code=code, text=filled(common().note[code], **params), caution=caution)


def notes_on(look: Look, sections: Iterable[Section]) -> Iterator[Note]:
    """What is to be said of any report of this period."""
    asked, at = look.asked, look.window.at
    today = periods.day_of(at)
    if periods.first(asked.period) > today:
        yield note("ahead", caution=True)
    told = list(_values(look, sections))
    if told and all(map(is_nothing, told)) and periods.first(asked.period) <= today:
        yield note("empty")
    if told and periods.first(asked.period) <= today <= periods.last(asked.period):
        yield note("not_over", at=stamp(at))
        if asked.compared is not None:
            yield note("cut_alike")
    for period in filter(None, (asked.period, asked.compared)):
        yield from _doubts(look, period)


def stamp(at: int) -> str:
    """An instant in both languages alike: ``2026-11-23 19:30``."""
    return f"{datetime.fromtimestamp(at, UTC) + timedelta(seconds=LOCAL):%Y-%m-%d %H:%M}"


def is_nothing(value: Value) -> bool:
    """Whether a value says that there is none of it."""
    if isinstance(value, Count):
        return value.number == 0
    if isinstance(value, Share):
        return value.whole == 0
    if isinstance(value, Money):
        return not value.amounts
    if isinstance(value, (Duration, Score)):
        return value.per == 0 or (value.seconds if isinstance(value, Duration) else value.points) == 0
    return value is None


def _values(look: Look, sections: Iterable[Section]) -> Iterator[Value]:
    """What was counted of the period; what stands now is not of it."""
    for section in sections:
        yield from (figure.value for figure in section.figures if not look.stands(figure.key))
        for table in section.tables:
            of_now = [column.figure is not None and look.stands(column.figure) for column in table.columns]
            cells = [zip(row.values, of_now, strict=True) for row in table.rows]
            yield from (value for row in cells for value, now in row if not now)


def _doubts(look: Look, period: Period) -> Iterator[Note]:
    """A half-imported day, clock jumps, a year whose holidays nobody has confirmed."""
    ask, values = look.window.ask, look.values(period)
    since, until = periods.bounds(period)
    for org, through in ask(CUT, {}):
        if since <= int(through) < min(until, look.window.at):
            yield note("history_cut", caution=True, org=org, at=stamp(int(through)))
    jumps = int(ask(JUMPS, values)[0][0])
    if jumps:
        yield note("clock_jump", caution=True, count=jumps)
    for year in range(periods.first(period).year, periods.last(period).year + 1):
        if not _confirmed(look, year):
            yield note("calendar", year=year)


def _confirmed(look: Look, year: int) -> bool:
    found = look.window.ask(YEARS, {"now": look.window.at, "name": f"CN-{year}%"})
    return bool(found) and bool(json.loads(str(found[-1][0])).get("confirmed"))
