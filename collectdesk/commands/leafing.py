"""A page in parts: where a screen is too low for it, Enter turns from one to the next, the head always in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collectdesk.lang import _
from collectdesk.show import callscreen
from collectdesk.show.prompts import Asker

FLAG = "--json"


def leaf(parts: Sequence[Sequence[str]], asker: Asker, trouble: Sequence[str] = ()) -> Asker:
    """Show ``parts`` one after the other; who asks the question under the last, below what went wrong before."""
    *before, last = parts
    for number, part in enumerate(before, 1):
        callscreen.turn(part)
        more = _("More: press Enter")
        replace(asker, above=len(part)).enter(f"{more}  {number}/{len(parts)}", flag=FLAG)
    shown = [*last, *trouble]
    callscreen.turn(shown)
    return replace(asker, above=len(shown))
