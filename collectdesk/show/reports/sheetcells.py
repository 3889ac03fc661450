"""The values of a report as cells: numbers, shares, amounts, lengths and dates as themselves; text as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from collectdesk.desk.reports.figure import Amount, Count, Day, Duration, Moment, Money, Score, Share, Value, Words
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.show.money import decimal_text
from collectdesk.show.reports.wording import rounded, said, worded
from collectdesk.show.safe import safe
from collectdesk.show.width import cells

DAY = 86_400
MOST_TEXT = 32_000
"""Letters of one cell; Excel ends at 32,767."""
MOMENT, DATE, LENGTH = "yyyy-mm-dd hh:mm", "yyyy-mm-dd", "[h]:mm:ss"
COUNT, SHARE, SCORE, TEXT = "#,##0", "0.0%", "0.0", "@"

Held: TypeAlias = float | int | str | datetime | date | None


class Cell(NamedTuple):
    """What a cell holds, its number format, and how many characters wide it is shown."""

    held: Held
    form: str = "General"
    wide: int = 0


def cell(value: Value, currency: str = "") -> Cell:
    """A value as a cell, of amounts the one in ``currency``; an empty one where nothing is known."""
    held, form = _held(value, currency)
    if held is None:
        return Cell(None)
    return Cell(held, form, cells(held) if isinstance(held, str) else _width(value, currency))


def word(text: str) -> Cell:
    """Text as it is: no formula, no link, no number, and nothing that acts on a screen."""
    kept = safe(text)[:MOST_TEXT]
    return Cell(kept, TEXT, cells(kept)) if kept else Cell(None)


def currencies(*values: Value) -> list[str]:
    """The currencies of the amounts among ``values``."""
    return sorted({each.currency for value in values if isinstance(value, Money) for each in value.amounts})


def _held(value: Value, currency: str) -> tuple[Held, str]:
    if isinstance(value, Count):
        return value.number, COUNT
    if isinstance(value, Share):
        return (value.part / value.whole if value.whole else None), SHARE
    if isinstance(value, Money):
        found = _amount(value, currency)
        return float(decimal_text(found.minor, found.currency)), _money(found)
    if isinstance(value, Duration):
        seconds = rounded(value.seconds, value.per)
        return (None if seconds is None else seconds / DAY), LENGTH
    if isinstance(value, Score):
        tenths = rounded(value.points * 10, value.per)
        return (None if tenths is None else tenths / 10), SCORE
    return _plain(value)


def _plain(value: Moment | Day | Words | None) -> tuple[Held, str]:
    if isinstance(value, Moment):
        return datetime.fromtimestamp(value.at, UTC).astimezone(ZoneInfo(HOUSE_ZONE)).replace(tzinfo=None), MOMENT
    if isinstance(value, Day):
        return date.fromisoformat(value.on), DATE
    if isinstance(value, Words):
        return word(said(value.label) if value.label else value.text)[:2]
    return None, "General"


def _amount(value: Money, currency: str) -> Amount:
    return next((each for each in value.amounts if each.currency == currency), Amount(0, currency))


def _money(amount: Amount) -> str:
    """The format of amounts in a currency: its sign or code, and as many places as it has."""
    _whole, dot, places = decimal_text(amount.minor, amount.currency).partition(".")
    number = f"#,##0{dot}{'0' * len(places)}"
    sign = "[$¥-804]" if amount.currency == "CNY" else f"[${amount.currency}] "
    return f"{sign}{number}" if amount.currency else number


def _width(value: Value, currency: str) -> int:
    shown = worded(Money((_amount(value, currency),)) if isinstance(value, Money) else value)
    return cells(shown)


class Ink:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, form: str, **look: object) -> Any:  # noqa: ANN401 - likewise
        """The format of a number format and a look: bold, a colour, a border."""
        named = {"num_format": form, "valign": "top", **({"quote_prefix": True} if form == TEXT else {}), **look}
        key = tuple(sorted(named.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(named)
        return self._made[key]
