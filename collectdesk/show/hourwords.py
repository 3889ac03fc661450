"""Closed hours, closed days, calendars and local times that are not known, in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

from collectdesk.errors import N_
from collectdesk.lang import current
from collectdesk.show import words
from collectdesk.show.dates import clock, short_date, weekday, zone_word
from collectdesk.show.said import Said, Wire, instant, tell, there
from collectdesk.show.words import listed, word


def hours_closed(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    """Outside the hours of the day, or on a day that has none."""
    at = there(evidence.get("local_time"), evidence)
    spans = [(there(start, evidence), there(end, evidence)) for start, end in evidence.get("hours") or ()]
    hours = ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans if start and end)
    if not hours:
        return Said(tell(N_("No hours are open on this day"), lang))
    asked = clock(at) if at else "?"
    elsewhere = at is not None and at.utcoffset() != _offset(evidence.get("local_time"))
    figure = N_("at {time} in {zone}") if elsewhere else N_("at {time}")
    text = tell(N_("Outside the hours, {hours} local time"), lang, hours=hours)
    return Said(text, tell(figure, lang, time=asked, zone=zone_word(str(evidence.get("zone")), lang)))


def _offset(text: object) -> timedelta | None:
    """How far from UTC the clock is that the decision is written in."""
    at = instant(text)
    return at.utcoffset() if at else None


def day_closed(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    """On a day on which nobody is contacted."""
    return Said(tell(N_("A closed day"), lang), _day(evidence, lang))


def _day(evidence: Wire, lang: str | None) -> str:
    """The date there, with its name and kind; by a text without a calendar with its weekday."""
    at = there(evidence.get("local_time"), evidence)
    names = evidence.get("day_name") or {}
    name = names.get(lang or current()) or next(iter(names.values()), "")
    without = weekday(at, lang) if at else ""
    kind = word(words.DAY_KINDS, evidence["day_kind"], lang) if "day_kind" in evidence else without
    parts = [short_date(at, lang) if at else "", name, kind]
    return (", " if (lang or current()) == "en" else " ").join(part for part in parts if part)


def calendar_missing(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    """On a date no calendar tells the kind of."""
    at = there(evidence.get("local_time"), evidence)
    return Said(tell(N_("No calendar covers this date"), lang), short_date(at, lang) if at else "")


def calendar_unconfirmed(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    """On a date of a year whose notice is not in."""
    day = date.fromisoformat(str(evidence["date"])) if evidence.get("date") else None
    text = tell(N_("The official holiday notice is not in; the day is judged by the stricter guess"), lang)
    return Said(text, str(day or ""))


def zone_unknown(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    """Of a debtor whose local time cannot be told."""
    return Said(tell(N_("The debtor's local time is not known"), lang), listed(map(str, evidence.get("zones") or ())))
