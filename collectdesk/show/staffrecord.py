"""One member of staff on the screen and as JSON: what was checked, what they passed, what is due, what stops them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.desk import QUALIFICATIONS, STAFF_ROLES
from collectdesk.show.exam import STATES
from collectdesk.show.lacking import CAUSES, text_word
from collectdesk.show.stepwords import step_lines, steps_wire
from collectdesk.show.training import due_wire, due_word, tried_wire
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.training.record import Checked, Held, Off, Record

ITEMS = {
    "identity": N_("identity document seen"),
    "criminal_record": N_("no record of violent crime"),
    "credit_record": N_("no serious bad credit"),
    "employment": N_("earlier employment confirmed"),
    "interview": N_("interview held"),
}
"""What is checked, by the codes the shipped house rulebook sets."""
RESULTS = {"clear": N_("clear"), "concern": N_("not clear")}
FEW = 5
"""Of exams, readings and rehearsals the newest; JSON has them all."""


def as_text(view: Record, zone: tzinfo) -> None:
    """The record, what bars calls first."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import marks, out

    console = out()
    life = lifecycle("admission")
    off = [each for each in view.suspensions if each.lifted_at is None]
    pairs = [
        (_("No."), f"{view.number}   {word(STAFF_ROLES, view.role)}"),
        *((_("Suspended"), _off(each, zone)) for each in off),
        *((_("Due"), f"{marks().no if each.bars else '-'} {due_word(each)}  {each.command}") for each in view.due),
        (_("Admission"), life.titled(view.admission.status, _lang())),
        *((word(ITEMS, each.item), _checked(each)) for each in view.admission.items),
        (_("confidentiality pledge"), listed(filter(None, (view.admission.signed_on, view.admission.pledge))) or "-"),
        *((word(QUALIFICATIONS, each.kind), _held(each)) for each in view.qualifications if not each.revoked),
    ]
    pairs += [
        (_("Exam"), f"{_day(each.started_at, zone)}  {word(STATES, each.status)}  {_score(each.score)}")
        for each in view.attempts[:FEW]
    ]
    pairs += [(_("Read"), f"{_day(at, zone)}  {text_word(name)}") for name, _version, at in view.readings[:FEW]]
    pairs += [
        (_("Rehearsal"), f"{_day(each.at, zone)}  {each.persona}  {each.points}/100") for each in view.rehearsals[:FEW]
    ]
    if view.exchanges:
        pairs.append((_("Sessions of exchange"), str(view.exchanges)))
    console.print(facts(console, pairs))
    if view.admission.done:
        console.print()
        for line in step_lines(view.admission.done, life, zone):
            console.print(" " + line, soft_wrap=True)


def as_json(view: Record, zone: tzinfo) -> None:
    """One document, ``collectdesk.staff_record/1``."""
    from collectdesk.show.jsonout import emit

    admission = view.admission
    emit(
        "collectdesk.staff_record/1",
        {
            "number": view.number,
            "role": view.role,
            "status": view.status,
            "admission": {
                "status": admission.status,
                "items": [
                    {"item": each.item, "result": each.result, "on": each.on, "evidence": each.evidence, "by": each.by}
                    for each in admission.items
                ],
                "signed_on": admission.signed_on,
                "pledge": admission.pledge,
                "can": sorted({move.act for move in admission.moves}),
                "steps": steps_wire(admission.done, zone),
            },
            "qualifications": [
                {
                    "kind": each.kind,
                    "passed_on": each.passed_on,
                    "expires_on": each.expires_on,
                    "score": each.score,
                    "by": each.by,
                    "examined_here": each.by is None,
                    "revoked": each.revoked,
                }
                for each in view.qualifications
            ],
            "due": [due_wire(view.number, each) for each in view.due],
            "exams": [tried_wire(each, zone) for each in view.attempts],
            "readings": [
                {"text": name, "version": version, "at": _at(at, zone)} for name, version, at in view.readings
            ],
            "suspensions": [
                {
                    "cause": each.cause,
                    "reason": each.reason,
                    "violation": None if each.violation is None else f"i{each.violation}",
                    "from": _at(each.from_at, zone),
                    "by": each.by,
                    "until": None if each.lifted_at is None else _at(each.lifted_at, zone),
                    "lifted_by": each.lifted_by,
                }
                for each in view.suspensions
            ],
            "rehearsals": [
                {"at": _at(each.at, zone), "with": each.persona, "points": each.points, "digest": each.digest}
                for each in view.rehearsals
            ],
            "exchanges": view.exchanges,
        },
    )


def _checked(each: Checked) -> str:
    if each.result is None:
        return "-"
    return "  ".join(filter(None, (word(RESULTS, each.result), each.on, each.evidence, each.by)))


def _held(each: Held) -> str:
    until = _("through {day}").format(day=each.expires_on) if each.expires_on else ""
    score = f"{each.score}/100" if each.score is not None else ""
    by = each.by or _("examined here")
    return "  ".join(filter(None, (each.passed_on, score, by, until)))


def _off(each: Off, zone: tzinfo) -> str:
    why = f"i{each.violation}" if each.violation is not None else each.reason
    return "  ".join(filter(None, (_day(each.from_at, zone), word(CAUSES, each.cause), why, each.by)))


def _score(score: int | None) -> str:
    return "-" if score is None else f"{score}/100"


def _day(at: int, zone: tzinfo) -> str:
    return _at(at, zone).date().isoformat()


def _at(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
