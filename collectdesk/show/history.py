"""The history of a case for people and for programs: each call with its verdict, what was said, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show import lives
from collectdesk.show.casewire import plain_row
from collectdesk.show.masking import Masks
from collectdesk.show.words import FINDINGS, LINES, ROLES, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.history import Entry

Label = Callable[[str, str], str]
"""The words for a code of a field, as the desk adopted them."""

TALKS = {"none": N_("no talk"), "brief": N_("brief"), "conversation": N_("talk"), "unknown": N_("talk unknown")}
IDENTITIES = {
    "verified": N_("identity verified"),
    "failed": N_("identity not verified: wrong answers"),
    "refused": N_("identity not verified: refused"),
    "not_asked": N_("identity not verified: not asked"),
}
OUTCOMES = {
    "promise": N_("promise"),
    "callback": N_("callback"),
    "objection": N_("objection"),
    "complaint": N_("complaint"),
    "emergency": N_("emergency"),
    "conductwarning": N_("wording warning"),
}
OWED = ("owed", "named")
_MARK = re.compile(r"\[objection\] (?P<id>j\d+) (?P<mark>\w+)")
"""The mark of an objection on an account, as a note holds it."""
_FIELDS = ("cause", "ability", "attitude", "outcome", "next_action")
_CODED = {"outcome": "result"}
"""What the adopted codes call a column that has another name."""


def history_text(entries: Sequence[Entry], masks: Masks, zone: tzinfo, label: Label, *, said: bool) -> None:
    """Every entry, newest first; with ``said`` each line of the script that was shown."""
    from collectdesk.show.safe import safe
    from collectdesk.show.terminal import out
    from collectdesk.show.width import wrap

    console = out()
    room = min(console.width, 100) - 4
    for entry in entries:
        console.print(" " + safe(_heading(entry, masks, zone)), soft_wrap=True)
        for text in _details(entry, masks, zone, label, said=said):
            for number, line in enumerate(wrap(safe(text), room)):
                console.print(("   " if number == 0 else "     ") + line, soft_wrap=True)
    if not entries:
        console.print(" " + _("No contact yet."))


def history_json(code: str, entries: Sequence[Entry], masks: Masks, zone: tzinfo) -> None:
    """One document, ``collectdesk.history/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.history/1", {"case": code, "entries": history_wire(entries, masks, zone)})


def history_wire(entries: Sequence[Entry], masks: Masks, zone: tzinfo) -> list[dict[str, object]]:
    """Every entry as JSON has it."""
    return [_entry(each, masks, zone) for each in entries]


def _heading(entry: Entry, masks: Masks, zone: tzinfo) -> str:
    from collectdesk.show.dates import stamp

    who = " ".join(filter(None, (word(ROLES, entry.role) if entry.role else "", _name(entry, masks))))
    words = [stamp(_local(entry.at, zone)), _kind(entry), who, masks.number(entry.number) if entry.number else ""]
    return "  ".join(filter(None, [*words, entry.org or entry.by or ""]))


def _kind(entry: Entry) -> str:
    if entry.kind == "refused":
        return _("refused by the gate")
    if entry.kind == "note":
        return _("note")
    if entry.step is not None:
        return lives.named(entry.step.kind, entry.step.subject)
    if entry.payment is not None:
        return _("payment") if entry.payment.amount > 0 else _("payment taken back")
    inbound = (entry.call or entry.event) and (entry.call or entry.event).direction == "in"  # type: ignore[union-attr]
    if entry.event is not None and entry.event.kind != "call":
        return _("visit") if entry.event.kind == "visit" else _("message")
    return _("call in") if inbound else _("call out")


def _details(entry: Entry, masks: Masks, zone: tzinfo, label: Label, *, said: bool) -> Iterator[str]:
    yield from _verdict(entry)
    yield from _result(entry)
    yield from _answers(entry, label)
    yield from _outcomes(entry, zone)
    if entry.step is not None:
        yield from lives.told(entry.step, veiled=entry.veiled)
    if entry.payment is not None:
        yield _payment(entry.payment)
    if entry.lines:
        yield from _lines(entry, zone, said=said)
    if entry.recording is not None:
        yield _recording(entry.recording)
    yield from (_note(note.content, label) for note in entry.notes)
    del masks


def _note(content: str, label: Label) -> str:
    """A note; a mark of ours, ``[objection] j1 amount``, in words."""
    found = _MARK.fullmatch(content)
    if found is None:
        return content
    mark = found["mark"]
    became = _("answered") if mark == "answered" else word(FINDINGS, mark) if mark in FINDINGS else ""
    if became:
        return _("Mark of the dispute on the account: objection {id}, {mark}").format(id=found["id"], mark=became)
    return _("Account marked as disputed: objection {id}, {mark}").format(id=found["id"], mark=label("objection", mark))


def _verdict(entry: Entry) -> Iterator[str]:
    if entry.verdict is None:
        return
    decision = entry.verdict.decision
    if entry.verdict.allowed:
        yield _("the gate allowed it (verdict v{number})").format(number=entry.verdict.id)
    else:
        rules = listed(dict.fromkeys(str(each["rule"]) for each in _blocks(decision)))
        yield _("verdict v{number}: {rules}").format(number=entry.verdict.id, rules=rules)


def _blocks(decision: dict[str, Any], which: str = "blocks") -> list[dict[str, Any]]:
    return list(decision.get(which, ()))


def _result(entry: Entry) -> Iterator[str]:
    row: Any = entry.call if entry.call is not None and entry.call.line else entry.event
    if row is None:
        return
    words = [word(LINES, row.line) if row.line else "", word(TALKS, row.talk) if row.talk else ""]
    words.append(word(IDENTITIES, row.identity) if row.identity else "")
    seconds = getattr(entry.event, "duration_s", None)
    if seconds:
        words.append(f"{seconds // 60:02}:{seconds % 60:02}")
    if any(words):
        yield listed(filter(None, words))


def _answers(entry: Entry, label: Label) -> Iterator[str]:
    if entry.call is None:
        return
    found = [(name, getattr(entry.call, name)) for name in ("party", *_FIELDS)]
    words = [label(_CODED.get(name, name), code) for name, code in found if code]
    if words:
        yield listed(words)


def _outcomes(entry: Entry, zone: tzinfo) -> Iterator[str]:
    from collectdesk.show.dates import stamp
    from collectdesk.show.money import amount

    for kind, rows in entry.outcome.items():
        for row in rows:
            words = [word(OUTCOMES, kind)]
            if kind == "promise":
                words += [row.pay_on, amount(row.amount, row.currency)]
            elif kind == "callback":
                words.append(stamp(_local(row.due_at, zone)))
            elif kind == "conductwarning":
                words.append(row.entry)
            yield "  ".join(words)


def _recording(row: Any) -> str:  # noqa: ANN401 - a row of the table
    """Its state, its reference, how long it is and its digest."""
    from collectdesk.show.lives import state

    words = [_("recording {state}").format(state=state("recording", row.status)), row.reference or ""]
    if row.duration_ms is not None:
        minutes, seconds = divmod(round(row.duration_ms / 1000), 60)
        words.append(f"{minutes:02}:{seconds:02}")
    words.append(f"SHA-256 {row.digest}" if row.digest else "")
    return "  ".join(filter(None, words))


def _payment(row: Any) -> str:  # noqa: ANN401 - a row of the table
    from collectdesk.show.money import amount

    words = [amount(row.amount, row.currency), _("paid on {day}").format(day=row.paid_on), row.reason or ""]
    return "  ".join(filter(None, words))


def _lines(entry: Entry, zone: tzinfo, *, said: bool) -> Iterator[str]:
    versions = listed(dict.fromkeys(f"{line.script} {line.script_version}" for line in entry.lines))
    done = sum(line.acknowledged_at is not None for line in entry.lines)
    count = _("{done} of {all} lines acknowledged").format(done=done, all=len(entry.lines))
    yield _("script {versions}: {count}").format(versions=versions, count=count)
    if not said:
        return
    for line in entry.lines:
        at = _local(line.acknowledged_at, zone).strftime("%H:%M:%S") if line.acknowledged_at else "--:--:--"
        quoted = f"「{line.content}」" if current() == "zh_CN" else f'"{line.content}"'
        yield f"{at} {quoted}"


def _entry(entry: Entry, masks: Masks, zone: tzinfo) -> dict[str, object]:
    call, event = entry.call, entry.event
    row: Any = call if call is not None else event
    shown: dict[str, object] = {
        "at": _local(entry.at, zone),
        "kind": entry.kind,
        "by": entry.by,
        "org": entry.org,
        "direction": row.direction if row is not None else None,
        "event": f"e{event.id}" if event is not None else None,
        "person": _name(entry, masks) or None,
        "role": entry.role,
        "number": masks.number(entry.number) if entry.number else None,
        "verdict": _verdict_wire(entry),
    }
    if event is not None:
        shown |= {
            name: getattr(event, name) for name in ("channel", "line", "talk", "identity", "ended_by", "duration_s")
        }
    if call is not None:
        shown |= _call_wire(entry, zone)
    if entry.step is not None:
        shown |= lives.wire(entry.step, veiled=entry.veiled)
    if entry.payment is not None:
        shown |= {"payment": plain_row(entry.payment, zone)}
    shown["notes"] = [{"at": _local(note.at, zone), "text": note.content} for note in entry.notes]
    return shown


def _call_wire(entry: Entry, zone: tzinfo) -> dict[str, object]:
    call = entry.call
    assert call is not None
    lines = [
        {
            "line": line.line,
            "script": line.script,
            "version": line.script_version,
            "text": line.content,
            "shown_at": _local(line.shown_at, zone),
            "acknowledged_at": _local(line.acknowledged_at, zone) if line.acknowledged_at else None,
        }
        for line in entry.lines
    ]
    plain = {name: getattr(call, name) for name in ("step", "line", "talk", "party", "identity", "ended_by", *_FIELDS)}
    return {
        "call": f"c{call.id}",
        **plain,
        "ended_at": _local(call.ended_at, zone) if call.ended_at else None,
        "lines": lines,
        "recording": entry.recording.reference if entry.recording else None,
        "recording_owed": entry.recording is not None and entry.recording.status in OWED,
        "recording_state": entry.recording.status if entry.recording else None,
        "recording_sha256": entry.recording.digest if entry.recording else None,
        "recording_ms": entry.recording.duration_ms if entry.recording else None,
        "came_of_it": {kind: [_came(row, zone) for row in rows] for kind, rows in entry.outcome.items()},
    }


def _came(row: Any, zone: tzinfo) -> dict[str, object]:  # noqa: ANN401 - a row of any table
    from collectdesk.desk.history import Withheld

    if isinstance(row, Withheld):
        return {"complaint": f"k{row.id}", "state": "closed" if row.closed else "in_hand"}
    return plain_row(row, zone)


def _verdict_wire(entry: Entry) -> dict[str, object] | None:
    verdict = entry.verdict
    if verdict is None:
        return None
    return {
        "id": f"v{verdict.id}",
        "allowed": verdict.allowed,
        "journal_seq": verdict.journal_seq,
        "digests": verdict.digests,
        "blocks": [{"rule": each["rule"], "code": each["code"]} for each in _blocks(verdict.decision)],
        "warnings": [each["rule"] for each in _blocks(verdict.decision, "warnings")],
    }


def _name(entry: Entry, masks: Masks) -> str:
    return masks.name(entry.person) if entry.person else ""


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
