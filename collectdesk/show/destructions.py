"""Destructions and their certificates (销毁证明), for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show import lives
from collectdesk.show.dates import local, stamp
from collectdesk.show.retention import WHY
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.destructions.reading import View

KINDS = {
    "recordings": N_("recordings"),
    "case_returned": N_("case handed back"),
    "case_destroyed": N_("case destroyed"),
}
OUTCOMES = {
    "asked": N_("waits"),
    "destroyed": N_("destroyed"),
    "gone": N_("was not there any more"),
    "stays": N_("stays"),
}
ERASED = {
    "case_file": N_("cases"),
    "person": N_("people"),
    "number": N_("numbers"),
    "contact_event": N_("contacts"),
    "call": N_("calls"),
    "call_answer": N_("answers on calls"),
    "statement": N_("statements"),
    "letter": N_("letters"),
    "complaint": N_("complaints"),
    "objection": N_("objections"),
    "promise": N_("promises"),
    "plan": N_("plans"),
    "payment": N_("payments"),
    "note": N_("notes"),
    "verdict": N_("verdicts"),
    "permit": N_("permits"),
    "step": N_("steps"),
}
"""What people ask about by name; of other tables the certificate tells each."""


def list_text(found: Sequence[View], zone: tzinfo) -> None:
    """One line each."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No destruction waits."))
        return
    columns = [Column(_("Id"), "id"), Column(_("What")), Column(_("Case"), "id"), Column(_("Asked by"), "id")]
    columns += [Column(_("Asked"), "date"), Column(_("State")), Column(_("Certificate"), "id")]
    rows = [
        [
            each.name,
            word(KINDS, each.kind),
            each.case or "-",
            each.asked_by,
            local(each.asked_at, zone).date().isoformat(),
            lives.state("destruction", each.state),
            each.number or "-",
        ]
        for each in found
    ]
    console.print(table(console, columns, rows))


def list_json(found: Sequence[View], zone: tzinfo) -> None:
    """One document, ``collectdesk.destructions/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.destructions/1", {"destructions": [_wire(each, zone) for each in found]})


def one_text(view: View, zone: tzinfo) -> None:
    """A destruction, its recordings, what was erased and by which certificate, and what may follow."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import Column, facts, table
    from collectdesk.show.terminal import out

    console = out()
    erased: Mapping[str, Any] = (view.certificate or {}).get("erased", {})
    pairs = [
        (_("Destruction"), "   ".join(filter(None, (view.name, word(KINDS, view.kind), view.case or "")))),
        (_("State"), lives.state("destruction", view.state)),
        (_("Reason"), view.reason),
        (_("Asked"), f"{view.asked_by}  {stamp(local(view.asked_at, zone))}"),
        (_("Decided"), f"{view.decided_by or '-'}  {stamp(local(view.decided_at, zone))}" if view.decided_at else "-"),
    ]
    if view.number:
        pairs += [(_("Certificate"), view.number), ("SHA-256", view.digest or "-")]
    if erased:
        pairs.append((_("Erased"), _erased(erased)))
    console.print(facts(console, pairs))
    if view.items:
        console.print()
        columns = [Column(_("Call"), "id"), Column(_("Outcome")), Column("SHA-256")]
        rows = [[each.call, _outcome(each.outcome, each.why), each.digest or "-"] for each in view.items]
        console.print(table(console, columns, rows))
    if view.acts:
        following = [lives.act("destruction", each, None) for each in view.acts]
        console.print()
        lines(_("What can be done: {acts}.").format(acts=listed(following)))
    if view.state == "asked":
        lines(_("Somebody else approves it:"))
        lines(f"collectdesk destruction approve {view.name}", indent=3)


def _erased(counts: Mapping[str, int]) -> str:
    """How many rows of what; those without a name of their own together."""
    known = [f"{_(title)} {counts[name]}" for name, title in ERASED.items() if counts.get(name)]
    others = sum(count for name, count in counts.items() if name not in ERASED)
    return listed([*known, *([_("others {count}").format(count=others)] if others else [])])


def one_json(view: View, zone: tzinfo) -> None:
    """One document, ``collectdesk.destruction/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.destruction/1", {**_wire(view, zone), "certificate": view.certificate})


def certificate_bytes(view: View) -> bytes:
    """The certificate as a file, with its own digest beside it."""
    from collectdesk.show.jsonout import dumps

    return (dumps({**(view.certificate or {}), "sha256": view.digest}, indent=2) + "\n").encode()


def _wire(view: View, zone: tzinfo) -> dict[str, object]:
    return {
        "id": view.name,
        "kind": view.kind,
        "case": view.case,
        "state": view.state,
        "reason": view.reason,
        "receipt": view.receipt,
        "asked_by": view.asked_by,
        "asked_at": local(view.asked_at, zone),
        "decided_by": view.decided_by,
        "decided_at": local(view.decided_at, zone) if view.decided_at is not None else None,
        "number": view.number,
        "sha256": view.digest,
        "recordings": list(view.items),
        "can": list(view.acts),
    }


def _outcome(outcome: str, why: str | None) -> str:
    colon = "：" if current() == "zh_CN" else ": "
    return word(OUTCOMES, outcome) + (colon + word(WHY, why) if why else "")
