"""The debrief of a rehearsed call (复盘): what was left out, wording to avoid, how long each step took."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collectdesk.lang import _, current
from collectdesk.show.callwords import STAGES
from collectdesk.show.dates import span
from collectdesk.show.doors import CALL_DOORS
from collectdesk.show.terminal import WIDTH, marks
from collectdesk.show.width import wrap
from collectdesk.show.words import listed

if TYPE_CHECKING:
    from collectdesk.desk.call.scoring import Score


def lines(score: Score) -> list[str]:
    """Below the expectations: steps missed, wording by kind and step, time by step."""
    found = []
    if score.missed:
        steps = listed(dict.fromkeys(step_word(step) for step in score.missed))
        found.append(" " + _("Left out: {steps}").format(steps=steps))
    for word in score.words:
        kind = word.kind.in_("zh_CN" if current() == "zh_CN" else "en")
        step = step_word(word.place.partition(".")[0])
        found.append(f"   {marks().warn} " + _("{step}: {kind}").format(step=step, kind=kind))
    spent: dict[str, int] = {}
    for step, seconds in score.times:
        spent[step_word(step)] = spent.get(step_word(step), 0) + seconds
    each = listed(f"{stage} {_long(seconds)}" for stage, seconds in spent.items())
    return [*found, *(f" {line}" for line in wrap(f"{_('Time')}: {_long(sum(spent.values()))}  {each}", WIDTH - 2))]


def step_word(step: str) -> str:
    """A step by its stage in the progress row, a side door by its name."""
    stage = next((title for title, steps in STAGES if step in steps), None)
    return _(stage or next((door.label for door in CALL_DOORS if door.code == step), step))


def _long(seconds: int) -> str:
    return span(timedelta(seconds=seconds), seconds=True)


def wire(score: Score) -> dict[str, object]:
    """The score as JSON has it."""
    return {
        "points": score.points,
        "met": [{"expectation": code, "met": met} for code, met in score.met],
        "missed": list(score.missed),
        "wording": [
            {"entry": each.entry, "kind": {"zh_CN": each.kind.zh_CN, "en": each.kind.en}, "at": each.place}
            for each in score.words
        ],
        "seconds": [{"step": step, "seconds": seconds} for step, seconds in score.times],
        "digest": score.digest,
    }
