"""A schedule on a low screen: in parts, each under the heading of its columns, the last with what it is not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from collectdesk.show import plans
from collectdesk.show.terminal import WIDTH

if TYPE_CHECKING:
    from collectdesk.desk.plans.terms import Drawn

_HEADING = 2
"""Rows of a table's heading: the titles and the line under them."""
_FOOT = 2
"""Rows under the schedule: no interest is added, nothing is promised."""


def leaves(drawn: Drawn, room: int) -> list[list[str]]:
    """The schedule in as few parts of at most ``room`` rows as hold it."""
    about, table = _whole(drawn)
    heading, rows, foot = table[:_HEADING], table[_HEADING:-_FOOT], table[-_FOOT:]
    if len(about) + len(heading) + len(rows) + len(foot) <= room:
        return [[*about, *table]]
    each = max(1, room - _HEADING)
    first = max(1, each - len(about))
    cut = [rows[:first], *(rows[at : at + each] for at in range(first, len(rows), each))]
    parts = [[*(about if number == 0 else []), *heading, *some] for number, some in enumerate(cut)]
    if len(parts[-1]) + _FOOT > room:
        parts.append([])
    parts[-1] += foot
    return parts


def _whole(drawn: Drawn) -> tuple[list[str], list[str]]:
    """What is told of the plan, and the schedule with its foot, as lines without colour."""
    from rich.console import Console

    kept = io.StringIO()
    plans.drawn_text(drawn, Console(file=kept, width=WIDTH, markup=False, emoji=False, highlight=False))
    about, _, table = kept.getvalue().partition("\n\n")
    return [*about.split("\n"), ""], [line.rstrip() for line in table.rstrip("\n").split("\n")]
