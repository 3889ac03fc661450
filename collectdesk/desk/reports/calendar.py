"""The calendar (日历): each day's kind, by whose word, how long it may be called in, and the calls made on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.counting import STEP
from collectdesk.desk.reports.definitions import common
from collectdesk.desk.reports.figure import Chart, Column, Note, Row, Section, Table, Value, Words
from collectdesk.desk.reports.notes import note
from collectdesk.desk.reports.tables import Part, section, table
from collectdesk.desk.working_days import REGION

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look
    from collectdesk.gate.calendar import CalendarYear, Day

DAYS = (
    "calendar_days.days",
    "calendar_days.open",
    "calendar_days.closed",
    "calendar_days.working",
    "calendar_days.holidays",
    "calendar_days.makeup",
    "calendar_days.unconfirmed",
    "calendar_days.hours",
)
CALLS = ("calls.dialled",)
TIMED = ("calendar_days.open", "calendar_days.closed", "calendar_days.unconfirmed", "calendar_days.hours")
FIGURES = (*DAYS, *CALLS)
ORDINARY = ("workday", "rest_day")
COLUMNS = ("day_kind", "day_name", "confirmed", "source")


def sections(look: Look) -> tuple[Section, ...]:
    """The whole, over time, and the days that are no ordinary ones."""
    days = look.count("calendar_days", DAYS, by=(STEP,))
    calls = look.count("calls", CALLS, by=(STEP,))
    shown = ("calendar_days.hours",) if look.step == "day" else TIMED
    return (
        section(look, "whole", (*days.figures(*DAYS), *calls.figures(*CALLS))),
        section(look, "days", (), [
            table(look, "days" if look.step == "day" else "time", STEP, Part(days, shown), Part(calls, CALLS),
                  chart=Chart(shape="lines", columns=CALLS)),
            _special(look),
        ]),
    )  # fmt: skip


def notes(look: Look) -> Sequence[Note]:
    """When the next year's notice is to be looked for, by when those before it were issued."""
    following = periods.day_of(look.window.at).year + 1
    years = [each.value for each in adoption.in_force(look.window.ask, "calendar", look.window.at)]
    if any(year.year == following and year.confirmed for year in years):
        return []
    issued = sorted(day for year in years if (day := _issued(year)))
    if not issued:
        return [note("notice_waited", year=following)]
    if issued[0] == issued[-1]:
        return [note("notice_due_on", year=following, on=issued[0])]
    return [note("notice_due", year=following, first=issued[0], last=issued[-1])]


def _issued(year: CalendarYear) -> str:
    """Month and day its notice was issued, in the year before."""
    on = year.source.get("issued_on") or ""
    return on[5:] if on[:4] == str(year.year - 1) else ""


def _special(look: Look) -> Table:
    """Dates of the period whose kind the week does not tell, with their names and sources."""
    words = common()
    return Table(
        key="special",
        title=look.words.table["special"],
        by="day",
        dimension=words.dimension["day"],
        columns=tuple(Column(key=key, title=words.column[key], kind="words") for key in COLUMNS),
        rows=tuple(_special_rows(look)),
    )


def _special_rows(look: Look) -> Iterator[Row]:
    calendar = adoption.calendars(look.window.ask, look.window.at).get(REGION)
    first, last = periods.first(look.asked.period), periods.last(look.asked.period)
    if calendar is None:
        return
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = calendar.day(ordinal)
        if day.kind not in ORDINARY:
            on = date.fromordinal(ordinal).isoformat()
            yield Row(key=on, label=on, values=tuple(_words(day)))


def _words(day: Day) -> Iterator[Value]:
    name = Both(day.name["zh_CN"], day.name["en"]) if day.name else None
    settled = "yes" if day.confirmed else "no"
    yield Words(day.kind, common().code[f"day_kind_{day.kind}"])
    yield Words(name.en, name) if name else None
    yield Words(settled, common().code[f"confirmed_{settled}"])
    yield Words(day.source) if day.source else None
