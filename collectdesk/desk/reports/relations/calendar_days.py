"""The dates of the calendars in force (日历), each with its kind and how long it may be called in."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.calling_hours import CallingHours
from collectdesk.desk.checking import gate_in_force
from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.working_days import REGION, WORKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectdesk.desk.window import Window

NONE = "CAST(NULL AS bigint)"
ON = "JSON_TEXT(y.value, day)"
KIND = "JSON_TEXT(y.value, kind)"
SECONDS = "CAST(JSON_TEXT(y.value, seconds) AS bigint)"


def relation(window: Window) -> Relation:
    """Every date of a year there is a calendar for."""
    return Relation(
        name="calendar_days",
        source="JSON_LIST(:calendar_days, rows) y",
        on=ON,
        id=ON,
        collector=NONE,
        case=NONE,
        debtor=NONE,
        ahead=True,
        shared=True,
        shown=(Shown("day_kind", KIND), Shown("hours", SECONDS, "duration")),
        measures={
            "days": Measure(),
            "open": Measure(where=f"{SECONDS} > 0"),
            "closed": Measure(where=f"{SECONDS} = 0"),
            "working": Measure(where=f"{KIND} IN {WORKING!r}"),
            "holidays": Measure(where=f"{KIND} IN ('statutory_holiday', 'announced_holiday')"),
            "makeup": Measure(where=f"{KIND} = 'makeup_workday'"),
            "unconfirmed": Measure(where="JSON_TEXT(y.value, confirmed) = 'no'"),
            "hours": Measure(amount=SECONDS),
        },
        values={"calendar_days": json.dumps({"rows": list(_rows(window))})},
    )


def _rows(window: Window) -> Iterator[dict[str, object]]:
    calendar = adoption.calendars(window.ask, window.at).get(REGION)
    if calendar is None:
        return
    hours = CallingHours(gate_in_force(window.ask, window.at), window.at)
    for year in sorted(calendar.years):
        for ordinal in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
            day = calendar.day(ordinal)
            yield {
                "day": date.fromordinal(ordinal).isoformat(),
                "kind": day.kind,
                "confirmed": "yes" if day.confirmed else "no",
                "seconds": hours.seconds(ordinal),
            }
