"""Every open case with what today still holds for it (可拨容量), as the gate answers now over the queue's reading.

What the database is given is short: each thing there is to be told, with the keys of its cases.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from collectdesk.desk.capacity import Chance, chances
from collectdesk.desk.reports.relation import Measure, Relation, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from collectdesk.desk.window import Window

SEVERAL = "several"
"""What there is more than one of for a case: the hours, the calls."""
ONE = "m.one"
"""The one of ``SEVERAL`` a row is about, as SQL."""
EACH = (
    " CROSS JOIN (SELECT DISTINCT CAST(JSON_TEXT(o.value, nr) AS bigint) AS nr, CAST(i.value AS bigint) AS one"
    " FROM JSON_LIST(:{name}, rows) o CROSS JOIN JSON_ITEMS(JSON_TEXT(o.value, several)) i) m"
)
"""The several of every chance, read once, not again for each of its cases."""
_kept: list[tuple[Window, list[tuple[Chance, Sequence[int]]]]] = []
"""The last answer: several relations of one report are of the same."""


def relation(window: Window) -> Relation:
    """The cases, told apart by when they may be called and by what bars them."""
    return of_cases(
        "capacity",
        window,
        lambda each: {
            "room": each.room, "bars": each.bars, "dials_left": each.dials_left, "talks_left": each.talks_left,
            "allowed_until": each.until,
        },
        {"room": "text", "bars": "text", "dials_left": "bigint", "talks_left": "bigint", "allowed_until": "bigint"},
        dimensions={"bars": "y.bars", "room": "y.room"},
        shown=(
            Shown("room", "y.room"), Shown("bars", "y.bars"), Shown("dials_left", "y.dials_left", "count"),
            Shown("talks_left", "y.talks_left", "count"), Shown("allowed_until", "y.allowed_until", "moment"),
        ),
        measures={
            "cases": Measure(),
            "today": Measure(where="y.room IN ('now', 'later')"),
            **{room: Measure(where=f"y.room = '{room}'") for room in ("now", "later", "another_day", "act")},
        },
    )  # fmt: skip


def known(window: Window) -> list[tuple[Chance, Sequence[int]]]:
    """The chances of this window's moment with their cases, asked once."""
    if not _kept or _kept[0][0] is not window:
        _kept[:] = [(window, list(chances(window).items()))]
    return _kept[0][1]


def of_cases(
    name: str,
    window: Window,
    row: Callable[[Chance], Mapping[str, object]],
    columns: Mapping[str, str],
    *,
    several: bool = False,
    **more: Any,  # noqa: ANN401 - Relation's own
) -> Relation:
    """A relation with a row for every case, or where there are ``several`` one for each that its chance has.

    ``columns``: what ``row`` makes of a chance, in ``y``, of these types.
    """
    made = [(row(each), cases) for each, cases in known(window)]
    having = [(told, cases) for told, cases in made if told.get(SEVERAL, True)]
    listed = [{**told, "nr": number, "cases": list(cases)} for number, (told, cases) in enumerate(having)]
    told_apart = {**columns, "nr": "bigint"}
    named = "".join(f"CAST(JSON_TEXT(o.value, {key}) AS {kind}) AS {key}, " for key, kind in told_apart.items())
    return Relation(
        name=name,
        source=(  # DISTINCT: worked out once, not again for every case
            f"(SELECT DISTINCT {named}JSON_TEXT(o.value, cases) AS cases FROM JSON_LIST(:{name}, rows) o) y"  # noqa: S608
            " CROSS JOIN JSON_ITEMS(y.cases) k CROSS JOIN case_file c" + (EACH.format(name=name) if several else "")
        ),
        where="c.id = CAST(k.value AS bigint)" + (" AND m.nr = y.nr" if several else ""),
        id="c.code",
        collector="c.collector",
        case="c.id",
        debtor="c.debtor",
        cased=True,
        debtors=("bars",),
        values={name: json.dumps({"rows": listed})},
        **more,
    )
