"""Violations and hits of the wording check, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.words import SECTIONS, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.conduct.reading import Done, ViolationView

Label = Callable[[str], tuple[str, str]]
"""The adopted words of a kind of violation, and the articles it is against."""
OUTCOMES = {
    "none": N_("no violation"),
    "warned": N_("warned"),
    "retrain": N_("to be trained anew"),
    "suspended": N_("suspended"),
}
SOURCES = {"wording": N_("wording check"), "complaint": N_("a complaint"), "review": N_("a review")}
ACTS = {
    "record": N_("recorded"),
    "decide": N_("decided"),
    "appeal": N_("appealed"),
    "lift": N_("suspension lifted"),
}
PLACES = {"wrapup.note": N_("note"), "plan.own": N_("own strategy")}


def as_list(views: Sequence[ViolationView], zone: tzinfo, label: Label) -> None:
    """One line each."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not views:
        console.print(" " + _("No violation waits for a decision."))
        return
    columns = [
        Column(_("Id"), "id"),
        Column(_("Staff"), "id"),
        Column(_("Recorded"), "date"),
        Column(_("Kind")),
        Column(_("State")),
        Column(_("Outcome")),
    ]
    rows = [
        [
            view.name,
            view.number(view.row.staff) or "-",
            _stamp(view.row.recorded_at, zone),
            label(view.row.kind)[0],
            _state(view),
            _outcome(view),
        ]
        for view in views
    ]
    console.print(table(console, columns, rows))


def as_text(view: ViolationView, zone: tzinfo, label: Label) -> None:
    """One violation: whose, what, what shows it, what was done, what may follow."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    row = view.row
    kind, articles = label(row.kind)
    came = listed(filter(None, (word(SOURCES, row.source), f"c{row.call}" if row.call else "", view.case or "")))
    pairs = [
        (_("Violation"), "   ".join((view.name, kind, *([_("grave")] if row.grave else [])))),
        (_("Against"), articles),
        (_("Staff"), view.number(row.staff) or "-"),
        (_("From"), came),
        (_("Evidence"), row.evidence),
        (_("State"), listed(filter(None, (_state(view), _outcome(view) if row.outcome or view.suspends else "")))),
    ]
    console.print(facts(console, pairs))
    console.print()
    console.print(facts(console, [(_stamp(each.at, zone), _done(each)) for each in view.done]))
    following = [move.title.in_("zh_CN" if current() == "zh_CN" else "en") for move in view.moves]
    if following:
        console.print()
        console.print(" " + _("What can be done: {acts}.").format(acts=listed(following)))


def as_json(view: ViolationView, zone: tzinfo, label: Label) -> dict[str, object]:
    """One violation by its keys."""
    row = view.row
    return {
        "id": view.name,
        "staff": view.number(row.staff),
        "kind": row.kind,
        "articles": label(row.kind)[1],
        "grave": row.grave,
        "source": row.source,
        "call": f"c{row.call}" if row.call else None,
        "case": view.case,
        "warning": f"a{row.warning}" if row.warning else None,
        "complaint": f"k{row.complaint}" if row.complaint else None,
        "evidence": row.evidence,
        "recorded_by": view.number(row.recorded_by),
        "recorded_at": _at(row.recorded_at, zone),
        "status": row.status,
        "outcome": row.outcome,
        "decided_by": view.number(row.decided_by),
        "decided_at": _at(row.decided_at, zone),
        "suspends": view.suspends,
        "can": [move.act for move in view.moves],
        "steps": [
            {
                "at": _at(each.at, zone),
                "act": each.act,
                "state": each.state,
                "by": each.by,
                "content": dict(each.content),
            }
            for each in view.done
        ],
    }


def warnings_text(rows: Sequence[tuple[Any, str]], zone: tzinfo) -> None:
    """Hits of the wording check nobody has judged: never the words themselves."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not rows:
        console.print(" " + _("No hit of the wording check waits to be looked at."))
        return
    columns = [Column(_("Id"), "id"), Column(_("Staff"), "id"), Column(_("When"), "date")]
    columns += [Column(_("Call"), "id"), Column(_("Entry")), Column(_("Place")), Column(_("Kept"))]
    found = [
        [
            f"a{row.id}",
            number,
            _stamp(row.at, zone),
            f"c{row.call}" if row.call else "-",
            row.entry,
            word(PLACES, row.place),
            _("refused") if row.blocked else _("kept as ours"),
        ]
        for row, number in rows
    ]
    console.print(table(console, columns, found))


def warning_json(row: Any, number: str, zone: tzinfo) -> dict[str, object]:  # noqa: ANN401 - a row of the table
    """One hit."""
    call = f"c{row.call}" if row.call else None
    return {
        "id": f"a{row.id}",
        "staff": number,
        "at": _at(row.at, zone),
        "call": call,
        "entry": row.entry,
        "place": row.place,
        "blocked": row.blocked,
    }


def _outcome(view: ViolationView) -> str:
    outcome = word(OUTCOMES, view.row.outcome) if view.row.outcome else ""
    standing = _("may not call now") if view.suspends else ""
    return listed(filter(None, (outcome, standing))) or "-"


def _state(view: ViolationView) -> str:
    from collectdesk.desk.lifecycle import lifecycle

    return lifecycle("conduct").titled(view.row.status, "zh_CN" if current() == "zh_CN" else "en")


def _done(step: Done) -> str:
    outcome = word(OUTCOMES, step.content["outcome"]) if step.content.get("outcome") else ""
    section = word(SECTIONS, step.content["section"]) if step.content.get("section") else ""
    parts = (step.by or _("the desk"), word(ACTS, step.act), outcome, section, str(step.content.get("text") or ""))
    return "  ".join(part for part in parts if part)


def _at(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)


def _stamp(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")
