"""The steps of a life for people and for programs: when, what, by whom, and what was recorded with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.lang import current, translate
from collectdesk.show.lives import ACTS

if TYPE_CHECKING:
    from collectdesk.desk.adopted_text import Lang
    from collectdesk.desk.lifecycle import Lifecycle
    from collectdesk.desk.steps_taken import Taken

HIDDEN = ("was", "is")
"""What a step keeps of a person; nobody is shown it here."""


def at(seconds: int | None, zone: tzinfo) -> datetime | None:
    """UTC seconds as local time, unknown as unknown."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone(zone)


def steps_wire(taken: Sequence[Taken], zone: tzinfo) -> list[dict[str, object]]:
    """Each step as JSON has it."""
    return [
        {"at": at(step.at, zone), "act": step.act, "state": step.state, "by": step.by, **_said(step.content)}
        for step in taken
    ]


def step_lines(taken: Sequence[Taken], life: Lifecycle, zone: tzinfo) -> list[str]:
    """Each step on a line: time, act, who, and the words recorded."""
    from collectdesk.show.dates import stamp

    speak: Lang = "zh_CN" if current() == "zh_CN" else "en"
    titles = {name: translate(begun, speak) for name, begun in ACTS.items()}
    titles |= {move.act: move.title.in_(speak) for move in life.moves}
    found = []
    for step in taken:
        words = [str(value) for key, value in _said(step.content).items() if key in ("reason", "answer", "evidence")]
        when = stamp(datetime.fromtimestamp(step.at, UTC).astimezone(zone))
        found.append("  ".join(filter(None, (when, titles.get(step.act, step.act), step.by or "", *words))))
    return found


def state_word(life: Lifecycle, state: str) -> str:
    """What people call a state."""
    return life.titled(state, "zh_CN" if current() == "zh_CN" else "en")


def _said(content: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in content.items() if value is not None and key not in HIDDEN}
