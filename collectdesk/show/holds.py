"""The holds of a case, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.stepwords import at, state_word, step_lines, steps_wire
from collectdesk.show.words import HOLDS, bracketed, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.holdbook import HoldView

GROUNDS = {
    "correction": N_("recorded by mistake, with evidence"),
    "ended": N_("what it was for is over"),
    "withdrawn": N_("they took it back"),
}


def hold_wire(view: HoldView, zone: tzinfo) -> dict[str, object]:
    """One hold: its kind, what it is on, its state, on which grounds it may be lifted, and its steps."""
    from collectdesk.desk.hold_kinds import ENDS_WITH

    row = view.row
    return {
        "id": f"h{row.id}",
        "kind": row.kind,
        "state": view.state,
        "cause": row.cause,
        "on": "person" if row.persons else "case" if row.debts else "debtor",
        "persons": [f"p{key}" for key in row.persons],
        "cases": list(view.cases),
        "received_at": at(row.received_at, zone),
        "until": at(row.until, zone),
        "by": view.by,
        "lifted_at": at(row.lifted_at, zone),
        "lifted_by": view.lifted_by,
        "grounds": list(view.grounds) if row.lifted_at is None else [],
        "ends_with": ENDS_WITH.get(row.kind),
        "steps": steps_wire(view.steps, zone),
    }


def holds_json(code: str, views: Sequence[HoldView], zone: tzinfo) -> None:
    """One document, ``collectdesk.holds/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.holds/1", {"case": code, "holds": [hold_wire(view, zone) for view in views]})


def hold_json(code: str, view: HoldView, zone: tzinfo) -> None:
    """One document, ``collectdesk.hold/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.hold/1", {"case": code, **hold_wire(view, zone)})


def holds_text(views: Sequence[HoldView], zone: tzinfo) -> None:
    """Each hold with its steps; how it may end."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    for view in views:
        console.print(facts(console, _facts(view, zone)))
        console.print()
    if not views:
        console.print(" " + _("No hold is in force."))


def _facts(view: HoldView, zone: tzinfo) -> list[tuple[str, str]]:
    from collectdesk.desk.lifecycle import lifecycle
    from collectdesk.show.dates import stamp

    row, life = view.row, lifecycle("hold")
    on = listed(f"p{key}" for key in row.persons) or listed(view.cases) or _("every case of the debtor")
    began = at(row.received_at, zone)
    assert began is not None
    pairs = [
        (_("Hold"), f"h{row.id}  {word(HOLDS, row.kind)}" + bracketed(state_word(life, view.state))),
        (_("On"), on),
        (_("Since"), "  ".join(filter(None, (stamp(began), view.by or "")))),
    ]
    if row.until is not None and (ends := at(row.until, zone)) is not None:
        pairs.append((_("Until"), stamp(ends)))
    if row.lifted_at is None:
        pairs.append((_("Way back"), _way_back(view)))
    return pairs + [(_("Step"), line) for line in step_lines(view.steps, life, zone)]


def _way_back(view: HoldView) -> str:
    from collectdesk.desk.hold_kinds import ENDS_WITH

    if not view.grounds:
        command = ENDS_WITH.get(view.row.kind, "case")
        return _("it ends with `collectdesk {command}`").format(command=command)
    return listed(ground + bracketed(_(GROUNDS[ground])) for ground in view.grounds)
