"""The values of a report in words, the same in every form for people: numbers, shares, amounts, lengths, changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.definitions import common
from collectdesk.desk.reports.figure import (
    Count,
    Day,
    Definition,
    Duration,
    Label,
    Moment,
    Money,
    Period,
    Report,
    Score,
    Share,
    Value,
    Words,
)
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext
from collectdesk.show.dates import weekday
from collectdesk.show.money import amount
from collectdesk.show.words import bracketed, listed

NOTHING = "-"
"""Where nothing is known, or there is nothing to take a share or mean of."""
PRACTICE = N_("PRACTICE DESK - everything on it is made up")


class Change(NamedTuple):
    """How a value differs from that of the compared period: ``way`` is 1, 0 or -1, ``good`` whether that is wanted."""

    way: int
    size: str
    good: bool | None


def said(text: Both) -> str:
    """A text of the data in the language spoken."""
    return text.zh_CN if current() == "zh_CN" else text.en


def named(means: Definition) -> str:
    """A figure's name where it is defined; with the heading it stands under, where the name does not contain that."""
    title, heading = said(means.title), said(means.short)
    return title if heading.casefold() in title.casefold() else title + bracketed(heading)


def called(label: Label) -> str:
    """A label: its wording, or the name as it is."""
    return said(label) if isinstance(label, Both) else label


def worded(value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return NOTHING
    if isinstance(value, Count):
        return f"{value.number:,}"
    if isinstance(value, Share):
        tenths = tenths_of(value)
        return NOTHING if tenths is None else f"{tenths // 10}.{tenths % 10}%"
    if isinstance(value, Money):
        return " + ".join(amount(each.minor, each.currency) for each in value.amounts) or "0"
    if isinstance(value, Duration):
        return _length(value)
    if isinstance(value, Score):
        mean = rounded(value.points * 10, value.per)
        return NOTHING if mean is None else f"{mean // 10}.{mean % 10}"
    return _plain(value)


def change(value: Value, before: Value, means: Definition) -> Change | None:
    """The difference to the compared period; none where the two cannot be compared."""
    pair = _comparable(value, before)
    if pair is None:
        return None
    now, then, kind = pair
    way = (now > then) - (now < then)
    wanted = {"more": 1, "less": -1, "neither": 0}[means.better]
    good = None if not way or not wanted else way == wanted
    return Change(way, _size(abs(now - then), kind, value), good)


def tenths_of(share: Share) -> int | None:
    """A share in tenths of a per cent, halves rounded up; none of nothing."""
    return rounded(share.part * 1000, share.whole)


def rounded(total: int, per: int) -> int | None:
    """A mean of whole numbers to the nearest, halves up; none of nothing."""
    return None if per <= 0 else (2 * total + per) // (2 * per)


def span(period: Period) -> str:
    """A period: ``2026-11-23 Mon``, ``2026-W48 (2026-11-23 - 2026-11-29)``."""
    first, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    if first == last:
        return f"{period.first} {weekday(first)}"
    if period.span == "month":
        return period.first[:7]
    ends = f"{period.first} - {period.last}"
    if period.span == "week":
        year, week, _day = first.isocalendar()
        return f"{year}-W{week:02} ({ends})"
    return ends


def scope(report: Report) -> str:
    """Whose work it is, and how many collectors: ``Team One  8 collectors``."""
    whose = report.scope
    named = whose.collector or whose.team or (_("whole desk") if whose.whose == "desk" else _("own team"))
    people = ngettext("{count} collector", "{count} collectors", whose.people).format(count=whose.people)
    product = said(common().code[f"product_{whose.product}"]) if whose.product else None
    narrowed = [each for each in (product, whose.stage) if each]
    return "   ".join([named, *([people] if not whose.collector else []), *([listed(narrowed)] if narrowed else [])])


def _length(value: Duration) -> str:
    seconds = rounded(value.seconds, value.per)
    if seconds is None:
        return NOTHING
    if value.hours:
        return _("{hours} h").format(hours=f"{(seconds * 10 + 1800) // 3600 / 10:,.1f}")
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def _plain(value: Moment | Day | Words) -> str:
    if isinstance(value, Moment):
        return f"{datetime.fromtimestamp(value.at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)):%Y-%m-%d %H:%M}"
    if isinstance(value, Day):
        return value.on
    return said(value.label) if value.label else value.text


def _comparable(value: Value, before: Value) -> tuple[int, int, str] | None:
    """Both as whole numbers of one unit, and which."""
    if isinstance(value, Count) and isinstance(before, Count):
        return value.number, before.number, "count"
    if isinstance(value, Share) and isinstance(before, Share):
        return _both(tenths_of(value), tenths_of(before), "tenths")
    if isinstance(value, Duration) and isinstance(before, Duration):
        return _both(rounded(value.seconds, value.per), rounded(before.seconds, before.per), "seconds")
    if isinstance(value, Score) and isinstance(before, Score):
        return _both(rounded(value.points * 10, value.per), rounded(before.points * 10, before.per), "tenths")
    if isinstance(value, Money) and isinstance(before, Money):
        currencies = {each.currency for each in (*value.amounts, *before.amounts)}
        if len(currencies) == 1:
            return _minor(value), _minor(before), "money"
    return None


def _both(now: int | None, then: int | None, kind: str) -> tuple[int, int, str] | None:
    return None if now is None or then is None else (now, then, kind)


def _minor(value: Money) -> int:
    return sum(each.minor for each in value.amounts)


def _size(size: int, kind: str, value: Value) -> str:
    if kind == "tenths":
        return f"{size // 10}.{size % 10}"
    if kind == "seconds":
        return _length(Duration(size, hours=isinstance(value, Duration) and value.hours))
    if kind == "money":
        assert isinstance(value, Money)
        return amount(size, value.amounts[0].currency) if value.amounts else f"{size / 100:,.2f}"
    return f"{size:,}"
