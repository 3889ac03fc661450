"""Charts a terminal draws with letters: a line of small blocks, and bars. Both show the values given, and only them."""

from __future__ import annotations

from collections.abc import Sequence

from collectdesk.desk.reports.figure import Amount, Count, Duration, Money, Score, Share, Value
from collectdesk.show.reports.wording import rounded, tenths_of, worded
from collectdesk.show.safe import safe
from collectdesk.show.terminal import ascii_only
from collectdesk.show.width import cells, clip, pad

BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587"
PLAIN = "_.-=+*#"
LONGEST = 24
"""Cells of the longest bar."""
MOST_LABEL = 30


def spark(values: Sequence[Value]) -> str:
    """The values as one line of blocks; nothing is the lowest of them, and only nothing is a blank.

    >>> spark([Count(0), Count(1), Count(7)])
    ' ▁▇'
    """
    sizes = [size(value) for value in values]
    most = max(sizes, default=0)
    signs = PLAIN if ascii_only() else BLOCKS
    return "".join(" " if not each else signs[-(-each * len(signs) // most) - 1] for each in sizes)


def bars(labels: Sequence[str], values: Sequence[Value], width: int) -> list[str]:
    """A line for each: label, value, and a bar as long as its share of the largest."""
    names = [clip(safe(label), MOST_LABEL) for label in labels]
    told = [worded(value) for value in values]
    left, middle = max(map(cells, names), default=0), max(map(cells, told), default=0)
    drawn = lengths(values, min(LONGEST, width - left - middle - 4))
    return [
        f"{pad(name, left)}  {pad(text, middle, right=True)}  {bar}".rstrip()
        for name, text, bar in zip(names, told, drawn, strict=True)
    ]


def lengths(values: Sequence[Value], room: int) -> list[str]:
    """A bar for each value, the largest ``room`` cells long; what is anything at all has one cell at least."""
    sizes = [size(value) for value in values]
    most = max(sizes, default=0)
    sign = "#" if ascii_only() else "\u2588"
    return [sign * (-(-each * room // most) if most else 0) for each in sizes]


def size(value: Value) -> int:
    """How large a value is drawn; not below nothing. Of several currencies the sum, for want of a rate."""
    if isinstance(value, Count):
        return value.number
    if isinstance(value, Share):
        return tenths_of(value) or 0
    if isinstance(value, Duration):
        return rounded(value.seconds, value.per) or 0
    if isinstance(value, Score):
        return rounded(value.points * 10, value.per) or 0
    return max(0, sum(map(_minor, value.amounts))) if isinstance(value, Money) else 0


def _minor(amount: Amount) -> int:
    return amount.minor
