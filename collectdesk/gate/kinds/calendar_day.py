"""A local date as the calendar knows it: its kind, what a verdict tells of it, and whether a notice has settled it."""

from datetime import date

from collectdesk.gate.calendar import Day
from collectdesk.gate.clock import weekday
from collectdesk.gate.kinds.base import Ground, Reason

UNKNOWN_DAY = Day("unknown", {}, "", confirmed=False)


def day_of(ground: Ground, day: int) -> Day:
    """What the calendar says of a local date; without a calendar nothing is known."""
    return ground.calendar.day(day) if ground.calendar else UNKNOWN_DAY


def day_evidence(ground: Ground, day: int) -> dict[str, object]:
    """What a verdict tells of a local date: the weekday, and what the calendar says where there is one."""
    if ground.calendar is None:
        return {"weekday": weekday(day)}
    known = ground.calendar.day(day)
    return {
        "weekday": weekday(day),
        "day_kind": known.kind,
        "day_name": dict(known.name),
        "day_source": known.source,
        "day_confirmed": known.confirmed,
    }


def unconfirmed(ground: Ground, at: int) -> Reason | None:
    """The warning that the calendar of this date rests on no notice."""
    day = ground.clock.day(at)
    if ground.calendar is None or ground.calendar.day(day).confirmed:
        return None
    through = ground.calendar.confirmed_through
    evidence = {
        "region": ground.calendar.region,
        "date": date.fromordinal(day),
        "confirmed_through": through,
        **day_evidence(ground, day),
    }
    return Reason("calendar_unconfirmed", "admin", evidence)
