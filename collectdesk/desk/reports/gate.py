"""The gate (门禁): what it refused by which rule, when and to whom, how near the limits were, what opened it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.counting import STEP, Counted
from collectdesk.desk.reports.figure import Chart, Figure, Note, Section
from collectdesk.desk.reports.notes import note
from collectdesk.desk.reports.tables import Part, section, table

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

OWN = True
BY = ("collector", "team", "product", "stage")
REFUSED = ("refusals.refused", "refusals.at_showing", "refusals.call_unresolved")
TIMES = ("objecting.times",)
SHOWN = ("permits.shown", "permits.near_closing", "permits.shift_close")
CAPS = ("caps.days", "caps.below", "caps.used_up", "caps.over")
OPENED = (
    "corrections.made",
    "corrections.freed",
    "corrections.opened",
    "consents.given",
    "consents.hours",
    "consents.cap",
)
OUTSIDE = (
    "unpermitted.dialled",
    "unpermitted.imported",
    "unpermitted.phone",
    "dial_findings.found",
    "dial_findings.other_number",
    "dial_findings.no_dial",
    "dial_findings.incoming",
    "dial_findings.unexplained",
    "clock.jumps",
    "clock.confirmed",
)
MOST = {"caps": 92}
"""Caps are those in force now: further back other numbers may have held."""
ALARMING = (
    "caps.over",
    "unpermitted.dialled",
    "dial_findings.other_number",
    "dial_findings.incoming",
    "dial_findings.unexplained",
    "clock.jumps",
)
FIGURES = (*REFUSED, *TIMES, *SHOWN, *CAPS, *OPENED, *OUTSIDE)


def sections(look: Look) -> tuple[Section, ...]:
    """Refusals, the limits, what opened them, and what went past the gate."""
    by = look.asked.by or BY[0]
    refused = look.count("refusals", REFUSED, by=(STEP, "hour", by))
    rules = look.count("objecting", TIMES, by=("rule",))
    shown = look.count("permits", SHOWN, by=(by,))
    return (
        section(look, "refused", refused.figures(*REFUSED), [
            table(look, "rules", "rule", Part(rules, TIMES), total=False,
                  chart=Chart(shape="bars", columns=TIMES)),
            table(look, "hour", "hour", Part(refused, REFUSED), brief=True,
                  chart=Chart(shape="spark", columns=REFUSED[:1])),
            table(look, "time", STEP, Part(refused, REFUSED), chart=Chart(shape="lines", columns=REFUSED[:1])),
            table(look, by, by, Part(shown, SHOWN), Part(refused, REFUSED)),
        ]),
        _limits(look, shown),
        section(look, "opened", _several(look, OPENED)),
        section(look, "outside", _several(look, OUTSIDE)),
    )  # fmt: skip


def notes(look: Look) -> Sequence[Note]:
    """That a refusal may have several reasons, and that caps are not told of far back."""
    cut = periods.days(look.asked.period) > MOST["caps"]
    return [note("several_rules"), *([note("caps_recent", days=MOST["caps"])] if cut else [])]


def _limits(look: Look, shown: Counted) -> Section:
    caps = look.count("caps", CAPS, by=("rule",))
    figures = [shown.figure("permits.near_closing"), *_alarmed(caps, ("caps.used_up", "caps.over"))]
    return section(look, "limits", figures, [
        table(look, "caps", "rule", Part(caps, CAPS), total=False,
              chart=Chart(shape="bars", columns=("caps.used_up",))),
    ])  # fmt: skip


def _several(look: Look, keys: Sequence[str]) -> list[Figure]:
    found: list[Figure] = []
    for relation in dict.fromkeys(key.partition(".")[0] for key in keys):
        mine = tuple(key for key in keys if key.startswith(f"{relation}."))
        found += _alarmed(look.count(relation, mine), mine)
    return found


def _alarmed(counted: Counted, keys: Sequence[str]) -> list[Figure]:
    return [counted.figure(key, alarm=key in ALARMING) for key in keys]
