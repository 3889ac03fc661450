"""A safety card as facts to show: what to say, to do and to leave, and whom to ring (policy article 12)."""

from __future__ import annotations

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.call.question import Pane, PaneRow
from collectdesk.desk.safety import Safety

COUNTRY = "CN"


def card(safety: Safety, kind: str | None) -> Pane:
    """The card for a kind; without one what comes first whatever it is."""
    if kind is None:
        return Pane("safety", tuple(_row("first", each) for each in safety.first))
    found = safety.card(kind)
    rows = [_row("say", each) for each in found.say]
    rows += [_row("do", each) for each in found.do]
    rows += [_row("avoid", each) for each in found.avoid]
    for line in safety.helplines_for(found, COUNTRY):
        rows.append(
            PaneRow(
                "ring",
                "both",
                {"zh_CN": _ring(line.number, line.purpose.zh_CN), "en": _ring(line.number, line.purpose.en)},
            )
        )
    return Pane("safety", tuple(rows))


def _row(code: str, text: Both) -> PaneRow:
    return PaneRow(code, "both", {"zh_CN": text.zh_CN, "en": text.en})


def _ring(number: str, purpose: str) -> str:
    return f"{number} {purpose}"
