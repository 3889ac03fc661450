"""Objections on the screen and as JSON; the debtor's name is in neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.words import FINDINGS, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.objections.listing import ObjectionView

Label = Callable[[str], str]
"""A kind of objection, by its code, in the words of the adopted codes."""

SCHEMA = "collectdesk.objection/1"
STATES = {
    "open": N_("to be checked"),
    "verified": N_("to be answered"),
    "answered": N_("to be told"),
    "closed": N_("closed"),
}
WAYS = {
    "call": N_("call"),
    "letter": N_("letter"),
    "email": N_("e-mail"),
    "app": N_("app"),
    "text": N_("text message"),
    "visit": N_("visit"),
    "creditor": N_("through the creditor"),
    "regulator": N_("through the regulator"),
}
URGENCY = {"overdue": N_("overdue"), "due": N_("today"), "soon": N_("soon due")}
ACTS = {
    "record": N_("recorded"),
    "evidence": N_("evidence offered"),
    "verify": N_("checked"),
    "answer": N_("answer recorded"),
    "tell": N_("told ahead of the writing"),
    "close": N_("debtor told, closed"),
    "correct": N_("put right"),
    "reopen": N_("opened again"),
}


def list_json(found: Sequence[ObjectionView], zone: tzinfo) -> None:
    """One document, ``collectdesk.objections/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.objections/1", {"objections": [_wire(view, zone) for view in found]})


def list_text(found: Sequence[ObjectionView], label: Label) -> None:
    """A table, the most pressing first."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    if not found:
        lines(_("No objection waits."))
        return
    console = out()
    columns = [
        Column(_("Objection"), "id"),
        Column(_("Case"), "id"),
        Column(_("Kind")),
        Column(_("Stands")),
        Column(_("Answer due"), "date"),
        Column(_("Collector"), "id"),
    ]
    rows = [
        [
            f"j{view.row.id}",
            view.case.code,
            label(view.row.category),
            _stands(view),
            view.row.due_on or "-",
            view.collector or "-",
        ]
        for view in found
    ]
    console.print(table(console, columns, rows))


def one_json(view: ObjectionView, zone: tzinfo) -> None:
    """One document, ``collectdesk.objection/1``, with every step."""
    from collectdesk.show.jsonout import emit

    steps = [
        {"act": step.act, "state": step.state, "at": _at(step.at, zone), "by": by, "content": _content(step)}
        for step, by in view.steps
    ]
    emit(SCHEMA, {**_wire(view, zone), "steps": steps})


def one_text(view: ObjectionView, label: Label, zone: tzinfo) -> None:
    """The objection on one page: what was said, found, answered, and each step."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    console.print(facts(console, _facts(view, label, zone)))
    console.print()
    console.print(facts(console, [(_stamp(step.at, zone), _step(step, by)) for step, by in view.steps]))


def _facts(view: ObjectionView, label: Label, zone: tzinfo) -> list[tuple[str, str]]:
    row = view.row
    due = "  ".join((row.due_on, _("in writing"))) if row.written and row.due_on else row.due_on
    told = f"{_stamp(row.told_at, zone)}  {word(WAYS, row.told_how or '')}" if row.told_at is not None else None
    marked = _("disputed, since {at}").format(at=_stamp(row.annotated_at, zone)) if row.annotated_at else None
    pairs = [
        (_("Objection"), f"j{row.id}  {label(row.category)}"),
        (_("Case"), view.case.code),
        (_("Stands"), _stands(view)),
        (_("Received"), f"{_stamp(row.received_at, zone)}  {word(WAYS, row.via)}"),
        (_("In their words"), row.content),
        (_("Evidence"), row.evidence),
        (_("Answer due"), due),
        (_("Account marked"), marked),
        (_("Finding"), word(FINDINGS, row.finding) if row.finding else None),
        (_("Found"), row.found),
        (_("Answer"), row.answer),
        (_("Told"), told),
        (_("Calls for payment"), _("wait") if view.holding else _("not held by this")),
    ]
    return [(name, value) for name, value in pairs if value]


def _stands(view: ObjectionView) -> str:
    if view.correction_owed:
        return _("closed; to be put right")
    told = word(STATES, view.row.status)
    return listed([told, word(URGENCY, view.urgency)]) if view.urgency else told


def _step(step: Any, by: str | None) -> str:  # noqa: ANN401 - a row of the table
    """Who did what, and the words of it: what stands above is of the last round only."""
    from collectdesk.show.lives import said

    words = listed(said(step.content or {})) if step.act != "record" else ""
    return "  ".join(filter(None, (word(ACTS, step.act), by, words)))


def _content(step: Any) -> dict[str, object] | None:  # noqa: ANN401 - a row of the table
    """What was recorded with a step, a call by its public id."""
    if step.content is None:
        return None
    call = step.content.get("call")
    return {**step.content, "call": f"c{call}"} if call else dict(step.content)


def _wire(view: ObjectionView, zone: tzinfo) -> dict[str, object]:
    row = view.row
    return {
        "objection": f"j{row.id}",
        "case": view.case.code,
        "collector": view.collector,
        "category": row.category,
        "status": row.status,
        "urgency": view.urgency or None,
        "content": row.content,
        "evidence": row.evidence,
        "via": row.via,
        "call": f"c{row.call}" if row.call else None,
        "received_at": _at(row.received_at, zone),
        "due_on": date.fromisoformat(row.due_on) if row.due_on else None,
        "written": row.written,
        "annotated_at": _at(row.annotated_at, zone),
        "finding": row.finding,
        "found": row.found,
        "answer": row.answer,
        "answered_at": _at(row.answered_at, zone),
        "told_at": _at(row.told_at, zone),
        "told_how": row.told_how,
        "told_call": f"c{row.told_call}" if row.told_call else None,
        "reopened": row.reopened,
        "hold": f"h{row.hold}" if row.hold else None,
        "holding": view.holding,
        "correction_owed": view.correction_owed,
    }


def _at(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)


def _stamp(at: int | None, zone: tzinfo) -> str:
    moment = _at(at, zone)
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"
