"""Every open case with what today still holds for it (可拨容量), as the gate answers now over the queue's reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from collectdesk.desk.capacity import Chance, chances
from collectdesk.desk.reports.relation import Measure, Relation, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectdesk.desk.window import Window

ROOM = "JSON_TEXT(y.value, room)"
BARS = "JSON_TEXT(y.value, bars)"
_kept: list[tuple[Window, list[Chance]]] = []
"""The last answer: several relations of one report are of the same."""


def relation(window: Window) -> Relation:
    """The cases, told apart by when they may be called and by what bars them."""
    rows = [{"case": each.case, "room": each.room, "bars": each.bars} for each in known(window)]
    return of_cases(
        "capacity",
        rows,
        dimensions={"bars": BARS, "room": ROOM},
        shown=(Shown("room", ROOM), Shown("bars", BARS)),
        measures={
            "cases": Measure(),
            "today": Measure(where=f"{ROOM} IN ('now', 'later')"),
            **{room: Measure(where=f"{ROOM} = '{room}'") for room in ("now", "later", "another_day", "act")},
        },
    )


def known(window: Window) -> list[Chance]:
    """The chances of this window's moment, asked once."""
    if not _kept or _kept[0][0] is not window:
        _kept[:] = [(window, chances(window))]
    return _kept[0][1]


def of_cases(name: str, rows: Iterable[Mapping[str, object]], **more: Any) -> Relation:  # noqa: ANN401 - Relation's own
    """A relation whose rows were worked out, each of the case under its key ``case``."""
    return Relation(
        name=name,
        source=f"JSON_LIST(:{name}, rows) y JOIN case_file c ON c.id = CAST(JSON_TEXT(y.value, case) AS bigint)",
        id="c.code",
        collector="c.collector",
        case="c.id",
        debtor="c.debtor",
        cased=True,
        debtors=("bars",),
        values={name: json.dumps({"rows": list(rows)})},
        **more,
    )
