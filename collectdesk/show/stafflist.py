"""The staff as a table, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.lang import _
from collectdesk.show.desk import STAFF_ROLES
from collectdesk.show.lacking import lacking_words

if TYPE_CHECKING:
    from collectdesk.desk.roster import StaffLine

COLUMNS = ("number", "name", "role", "status", "team", "superior", "qualified_until", "suspended", "missing")


def staff_table(lines: Sequence[StaffLine], zone: tzinfo) -> None:
    """Everybody: number, name, role, team, superior, and whether they may call."""
    from collectdesk.show.tables import Column, short, table
    from collectdesk.show.terminal import out

    console = out()
    columns = [
        Column(_("No."), "id"),
        Column(_("Name")),
        Column(_("Role")),
        Column(_("Team")),
        Column(_("Superior"), "id"),
        Column(_("Qualified")),
    ]
    rows = [
        [
            line.number,
            short(line.name, 20),
            _(STAFF_ROLES[line.role]),
            short(line.team or "-", 20),
            line.superior or "-",
            _qualified(line, zone),
        ]
        for line in lines
    ]
    console.print(table(console, columns, rows))


def staff_json(lines: Sequence[StaffLine], zone: tzinfo) -> None:
    """One document, ``collectdesk.staff/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.staff/1", {"staff": [dict(zip(COLUMNS, _row(line, zone), strict=True)) for line in lines]})


def staff_csv(lines: Sequence[StaffLine], zone: tzinfo) -> None:
    """The same rows as CSV."""
    from collectdesk.show.csvout import emit_csv

    emit_csv(COLUMNS, [[*_row(line, zone)[:-1], " ".join(line.missing)] for line in lines])


def _row(line: StaffLine, zone: tzinfo) -> list[object]:
    until = None if line.qualified_until is None else _local(line.qualified_until, zone)
    missing = list(line.missing)
    return [line.number, line.name, line.role, line.status, line.team, line.superior, until, line.suspended, missing]


def _qualified(line: StaffLine, zone: tzinfo) -> str:
    if line.status != "active":
        return _("left")
    if line.role == "script":
        return "-"
    if line.suspended:
        return _("suspended")
    if line.missing:
        return _("lacks {kinds}").format(kinds=lacking_words(line.missing))
    if line.qualified_until is None:
        return _("yes")
    # the instant is the midnight after the last day that counts
    return _("through {day}").format(day=_local(line.qualified_until - 1, zone).date().isoformat())


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
