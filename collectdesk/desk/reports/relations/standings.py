"""Who may call (上岗资格), as the gate holds it of each collector at this moment (policy article 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.reports.relation import Measure, Relation, Shown
from collectdesk.desk.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collectdesk.desk.window import Window
    from collectdesk.gate.dial import Standing

COLLECTORS = "SELECT id FROM staff WHERE role = 'collector' AND status <> 'removed' ORDER BY id"
NONE = "CAST(NULL AS bigint)"
LACKS = ("vetting", "confidentiality", "exam", "reading", "retest", "retraining")
SUSPENDED = "suspended"
"""Counted by itself."""


def relation(window: Window) -> Relation:
    """Every collector, told apart by what the gate says of them."""
    said = {int(key): standing_of(window.ask, int(key), window.at) for (key,) in window.ask(COLLECTORS, {})}
    suspended = [key for key, each in said.items() if each.suspended]
    lacking = {key: lack for key, each in said.items() if (lack := _lacks(each, window.at))}
    barred = {*suspended, *lacking}
    return Relation(
        name="standings",
        source="staff s",
        where=_among(said),
        id="s.number",
        collector="s.id",
        case=NONE,
        debtor=NONE,
        shown=(Shown("lacks", _told(lacking)),),
        measures={
            "collectors": Measure(),
            "able": Measure(where=_among(key for key in said if key not in barred)),
            "lacking": Measure(where=_among(lacking)),
            "suspended": Measure(where=_among(suspended)),
        },
    )


def _lacks(standing: Standing, at: int) -> str:
    """The first thing that is missing, by the word before its colon; an exam that has ended is missing too."""
    lacks = [word for each in standing.missing or () if (word := each.partition(":")[0]) != SUSPENDED]
    if lacks:
        return lacks[0] if lacks[0] in LACKS else "other"
    ended = standing.qualified_until is not None and int(standing.qualified_until) <= at
    return "exam" if ended else ""


def _among(keys: Iterable[int]) -> str:
    return f"s.id IN ({', '.join(map(str, keys)) or 'NULL'})"


def _told(lacking: Mapping[int, str]) -> str:
    cases = [f"WHEN {key} THEN '{lack}'" for key, lack in lacking.items()]
    return f"CASE s.id {' '.join(cases)} END" if cases else "CAST(NULL AS text)"
