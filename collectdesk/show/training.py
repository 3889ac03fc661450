"""What is due in training, the exams that were sat, sessions of exchange; for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.dates import local
from collectdesk.show.exam import STATES
from collectdesk.show.lacking import text_word
from collectdesk.show.words import SECTIONS, word

if TYPE_CHECKING:
    from collectdesk.desk.training.due import Due
    from collectdesk.desk.training.exchanges import Held
    from collectdesk.desk.training.record import Tried

DUE = {
    "vetting": N_("vetting"),
    "confidentiality": N_("confidentiality pledge"),
    "exam": N_("exam"),
    "refresher": N_("refresher: the exam again"),
    "reading": N_("read {text}"),
    "retest": N_("the exam again, since {text}"),
    "retraining": N_("learn {text} again, then pass its exam"),
    "tries": N_("no tries left at {text}: a lead opens another round"),
}


def due_word(each: Due) -> str:
    """One thing that is due."""
    text = word(SECTIONS, each.name) if each.kind == "retraining" else text_word(each.name)
    return _(DUE[each.kind]).format(text=text) if each.kind in DUE else each.kind


def due_text(found: Sequence[tuple[str, Sequence[Due]]]) -> None:
    """By staff number: what, by when, whether it bars calls, what to type."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import marks, out

    console = out()
    owing = [(number, each) for number, dues in found for each in dues]
    if not owing:
        console.print(" " + _("Nothing is due."))
        return
    columns = [Column(_("No."), "id"), Column(_("Due"), "date"), Column(_("What")), Column(_("What to type"))]
    rows = [
        [
            number,
            f"{marks().no if each.bars else ' '} {each.due_on.isoformat() if each.due_on else '-'}",
            due_word(each),
            each.command,
        ]
        for number, each in owing
    ]
    console.print(table(console, columns, rows))
    if any(each.bars for _number, each in owing):
        console.print(f" {marks().no} " + _("bars calls until it is done."))


def due_json(found: Sequence[tuple[str, Sequence[Due]]]) -> None:
    """One document, ``collectdesk.train_due/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.train_due/1", {"due": [due_wire(number, each) for number, dues in found for each in dues]})


def due_wire(number: str, each: Due) -> dict[str, object]:
    """One thing that is due."""
    return {
        "staff": number,
        "kind": each.kind,
        "name": each.name or None,
        "due_on": each.due_on,
        "bars": each.bars,
        "command": each.command,
    }


def history_text(found: Sequence[Tried], zone: tzinfo) -> None:
    """Attempts, the newest first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No exam was sat."))
        return
    columns = [
        Column(_("Begun"), "date"),
        Column(_("Course"), "id"),
        Column(_("Version"), "id"),
        Column(_("State")),
        Column(_("Score"), "number"),
        Column(_("Course's digest"), "id"),
    ]
    rows = [
        [
            _stamp(each.started_at, zone),
            "  ".join(filter(None, (each.course, word(SECTIONS, each.section) if each.section else ""))),
            each.version,
            word(STATES, each.status),
            "-" if each.score is None else str(each.score),
            each.digest[:12],
        ]
        for each in found
    ]
    console.print(table(console, columns, rows))


def history_json(number: str, found: Sequence[Tried], zone: tzinfo) -> None:
    """One document, ``collectdesk.train_history/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.train_history/1", {"staff": number, "attempts": [tried_wire(each, zone) for each in found]})


def tried_wire(each: Tried, zone: tzinfo) -> dict[str, object]:
    """One attempt."""
    return {
        "attempt": each.attempt,
        "course": each.course,
        "section": each.section,
        "version": each.version,
        "digest": each.digest,
        "seed": each.seed,
        "status": each.status,
        "score": each.score,
        "pass_mark": each.pass_mark,
        "started_at": _at(each.started_at, zone),
        "ended_at": _at(each.ended_at or 0, zone),
    }


def exchanges_text(found: Sequence[Held]) -> None:
    """Sessions, the newest first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No session was logged."))
        return
    columns = [Column(_("Held on"), "date"), Column(_("Topic")), Column(_("Took part")), Column(_("Logged by"), "id")]
    rows = [[each.held_on, each.topic, ", ".join(each.took_part), each.by] for each in found]
    console.print(table(console, columns, rows))


def exchanges_json(found: Sequence[Held]) -> None:
    """One document, ``collectdesk.train_exchanges/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "id": each.id,
            "held_on": each.held_on,
            "topic": each.topic,
            "minutes": each.minutes,
            "took_part": list(each.took_part),
            "by": each.by,
        }
        for each in found
    ]
    emit("collectdesk.train_exchanges/1", {"exchanges": rows})


def done(schema: str, facts: dict[str, object], said: str, *, json: bool) -> None:
    """That an act was done."""
    from collectdesk.show.desk import lines
    from collectdesk.show.jsonout import emit

    emit(schema, facts) if json else lines(said)


def _at(at: int, zone: tzinfo) -> datetime | None:
    return local(at, zone) if at else None


def _stamp(at: int, zone: tzinfo) -> str:
    return local(at, zone).strftime("%Y-%m-%d %H:%M")
