"""Calendars for people and for programs: the years, and each date that is no ordinary one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from collectdesk.lang import _, ngettext
from collectdesk.show.rulebooks import pick
from collectdesk.show.words import DAY_KINDS, listed, word

if TYPE_CHECKING:
    from collectdesk.gate.calendar import CalendarYear, DayEntry


def list_text(years: Sequence[CalendarYear]) -> None:
    """The years, those of a region that follow each other and are settled alike on one line."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [Column(_("Region"), "id"), Column(_("Year"), "id"), Column(_("Dates"), "number"), Column(_("Notice"))]
    rows = [
        [run[0].region, _span(run), str(sum(len(year.days) for year in run)), _notice(run[-1])] for run in _runs(years)
    ]
    console.print(table(console, columns, rows))


def _runs(years: Sequence[CalendarYear]) -> list[list[CalendarYear]]:
    runs: list[list[CalendarYear]] = []
    for year in years:
        last = runs[-1][-1] if runs else None
        if last and (year.region, year.year, year.confirmed) == (last.region, last.year + 1, last.confirmed):
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _span(run: Sequence[CalendarYear]) -> str:
    first, last = run[0].year, run[-1].year
    return str(first) if first == last else f"{first}–{last}"


def list_json(years: Sequence[CalendarYear]) -> None:
    """One document, ``collectdesk.calendars/1``."""
    from collectdesk.show.jsonout import emit

    keys = ("region", "year", "version", "confirmed", "confirmed_through")
    rows = [{**{key: getattr(year, key) for key in keys}, "days": len(year.days)} for year in years]
    emit("collectdesk.calendars/1", {"calendars": rows})


def show_text(year: CalendarYear) -> None:
    """Every date listed, with its kind, name and source; then where the year comes from."""
    from collectdesk.show.dates import weekday
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [Column(_("Date"), "date"), Column(""), Column(_("Kind")), Column(_("Occasion"))]
    rows = [
        [day.date.isoformat(), weekday(day.date), word(DAY_KINDS, day.kind), pick(day.name)]
        for day in sorted(year.days, key=lambda each: each.date)
    ]
    console.print(table(console, columns, rows))
    lines(_notice(year), *(text for text in (year.source.get("title"), year.source.get("url")) if text))


def show_json(year: CalendarYear) -> None:
    """One document, ``collectdesk.calendar_shown/1``: the year as its file holds it."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.calendar_shown/1", {"calendar": msgspec.to_builtins(year)})


def difference_text(old: Sequence[CalendarYear], new: CalendarYear) -> None:
    """What an adoption changes, on stderr: it is asked about next."""
    from collectdesk.show.terminal import say

    before = {day.date: _plain(day) for each in old for day in each.days}
    after = {day.date: _plain(day) for day in new.days}
    changed = Counter(
        "new" if day not in before else "gone" if day not in after else "changed"
        for day in {*before, *after}
        if before.get(day) != after.get(day)
    )
    words = {"new": _("new"), "gone": _("gone"), "changed": _("changed")}
    counted = listed(f"{words[kind]} {count}" for kind, count in sorted(changed.items()))
    said = ngettext("{count} date of {year}: {what}", "{count} dates of {year}: {what}", len(new.days))
    say(" " + said.format(count=len(new.days), year=new.year, what=counted or _("nothing changes")))


def _plain(day: DayEntry) -> tuple[str, str]:
    return day.kind, str(day.name)


def _notice(year: CalendarYear) -> str:
    if year.confirmed and year.confirmed_through:
        return _("confirmed through {day}").format(day=year.confirmed_through.isoformat())
    return _("unconfirmed: the notice is not in")
