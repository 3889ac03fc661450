"""The numbers of a case with source and state, for people and for programs; digits masked unless asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.lang import _
from collectdesk.show.masking import Masks
from collectdesk.show.stepwords import at, state_word, step_lines, steps_wire
from collectdesk.show.words import ROLES, SOURCES, word

if TYPE_CHECKING:
    from collectdesk.desk.numberbook import NumberView


def number_wire(view: NumberView, masks: Masks, zone: tzinfo) -> dict[str, object]:
    """One number."""
    row = view.row
    return {
        "id": f"n{row.id}",
        "person": f"p{row.person}",
        "role": view.party.role,
        "number": masks.number(row.number),
        "class": row.class_,
        "place": row.place,
        "source": row.source,
        "status": row.status,
        "status_at": at(row.status_at, zone),
        "confirmed_at": at(row.confirmed_at, zone),
        "added_at": at(row.added_at, zone),
        "steps": steps_wire(view.steps, zone),
    }


def numbers_json(code: str, views: Sequence[NumberView], masks: Masks, zone: tzinfo) -> None:
    """One document, ``collectdesk.numbers/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.numbers/1", {"case": code, "numbers": [number_wire(view, masks, zone) for view in views]})


def number_json(code: str, view: NumberView, masks: Masks, zone: tzinfo) -> None:
    """One document, ``collectdesk.number/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.number/1", {"case": code, **number_wire(view, masks, zone)})


def numbers_text(views: Sequence[NumberView], masks: Masks, zone: tzinfo) -> None:
    """Each number: whose, where it came from, how it stands, and what was done to it."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    for view in views:
        console.print(facts(console, _facts(view, masks, zone)))
        console.print()
    if not views:
        console.print(" " + _("No number is on file."))


def _facts(view: NumberView, masks: Masks, zone: tzinfo) -> list[tuple[str, str]]:
    from collectdesk.desk.lifecycle import lifecycle
    from collectdesk.show.dates import stamp

    row, life = view.row, lifecycle("number")
    since = at(row.status_at, zone)
    state = "  ".join(filter(None, (state_word(life, row.status), stamp(since) if since else "")))
    return [
        (_("Number"), f"n{row.id}  {masks.number(row.number)}"),
        (_("Whose"), f"{word(ROLES, view.party.role)}  {masks.name(view.name)}"),
        (_("Source"), word(SOURCES, row.source)),
        (_("State"), state),
        *((_("Step"), line) for line in step_lines(view.steps, life, zone)),
    ]
