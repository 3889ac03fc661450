"""What a drawing of calls for review did: how many there were, which were put in and why, by which seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.lang import _, ngettext
from collectdesk.show.quality import RULES
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.quality.sampling import Drawn


def as_text(drawn: Sequence[Drawn]) -> None:
    """A line for each month, and below it how many by each rule."""
    from collectdesk.show.desk import lines

    for each in drawn:
        calls = ngettext("{count} connected call", "{count} connected calls", each.considered)
        added = ngettext("{count} put in", "{count} put in", len(each.added)).format(count=len(each.added))
        lines(f"{each.month}  " + listed((calls.format(count=each.considered), added)))
        counted = Counter(rule for why in each.added.values() for rule in why)
        if counted:
            lines(listed(f"{word(RULES, rule)} {count}" for rule, count in counted.items()), indent=3)
        if each.more:
            named = listed(f"c{key}" for key in each.more)
            lines(_("More reasons for: {calls}").format(calls=named), indent=3)
        if each.seed is not None:
            lines(_("Drawn by the seed {seed}, which is kept.").format(seed=each.seed), indent=3)


def as_json(drawn: Sequence[Drawn]) -> None:
    """One document, ``collectdesk.quality_sample/1``."""
    from collectdesk.show.jsonout import emit

    months = [
        {
            "month": each.month,
            "seed": each.seed,
            "considered": each.considered,
            "added": [{"call": f"c{key}", "why": list(why)} for key, why in each.added.items()],
            "more": [{"call": f"c{key}", "why": list(why)} for key, why in each.more.items()],
        }
        for each in drawn
    ]
    emit("collectdesk.quality_sample/1", {"months": months})
