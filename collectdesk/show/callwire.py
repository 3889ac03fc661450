"""A call as JSON (``collectdesk.call/1``): what to say, what is asked, where it stands; personal data masked.

The number is in it only while its permit is shown, and whom the call is to only by a masked name; in an emergency
both stand on its card in full, for police or ambulance.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import ACK, Choice, Pane, PaneRow, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.lang import _, pick
from collectdesk.show import callwords, veil
from collectdesk.show.masking import mask_id, mask_name, mask_number
from collectdesk.show.money import decimal_text

SCHEMA = "collectdesk.call/1"


def wire(prompt: Prompt) -> dict[str, object]:
    """The whole document without its schema."""
    call = prompt.call
    zone = ZoneInfo(call.case.zone)
    return {
        "call": f"c{call.id}",
        "case": call.case.code,
        "practice": call.practice,
        "direction": call.direction,
        "language": call.language,
        "status": "ended" if prompt.ended else "open",
        "who": {"name": mask_name(call.called.name), "role": call.called.role, "number": _number(prompt)},
        "started_at": _at(call.started_at, zone),
        "connected_at": _at(call.connected_at, zone),
        "ended_at": _at(call.ended_at, zone),
        "allowed_until": _at(call.allowed_until, zone),
        "seconds_left": prompt.seconds_left,
        "wrap_up": prompt.wrap_up,
        "step": prompt.step,
        "progress": [{"step": step, "state": state} for step, state in prompt.progress],
        "say": [
            {"line": line.line, "text": line.text, "said": line.done}
            for line in (prompt.question.say if prompt.question else ())
        ],
        "at_hand": [{"line": line.line, "text": line.text, "purpose": pick(line.purpose)} for line in prompt.at_hand],
        "ask": _question(prompt.question, call) if prompt.question else None,
        "doors": list(prompt.doors),
        "alarms": [each.name for each in prompt.alarms],
        "may_go_back": prompt.may_go_back,
    }


def summary(call: Call) -> dict[str, object]:
    """A call in a list."""
    zone = ZoneInfo(call.case.zone)
    return {
        "call": f"c{call.id}",
        "case": call.case.code,
        "direction": call.direction,
        "driver": call.driver,
        "status": "open" if call.ended_at is None else "ended",
        "started_at": _at(call.started_at, zone),
        "ended_at": _at(call.ended_at, zone),
    }


def _number(prompt: Prompt) -> str | None:
    if prompt.revealed is not None:
        return prompt.revealed
    line = prompt.call.case.number(prompt.call.number)
    return mask_number(line.number) if line else None


def _at(at: int | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)


def _question(asked: Question, call: Call) -> dict[str, object]:
    return {
        "field": f"{asked.step}.{asked.field}",
        "kind": asked.kind,
        "label": callwords.label(asked),
        "required": asked.required,
        "options": _options(asked),
        "least": asked.least,
        "currency": asked.currency or None,
        "tries": {"now": asked.tries[0], "of": asked.tries[1]} if asked.tries else None,
        "missing": list(asked.missing),
        "pane": _pane(asked.pane, call) if asked.pane else None,
    }


def _options(asked: Question) -> list[dict[str, object]]:
    """Every value that may be answered; what is only said or read has one."""
    if asked.kind == "ack" and not asked.missing:
        return [{"value": ACK, "label": _("Said") if asked.say else _("Read")}]
    return [_option(asked, choice) for choice in asked.options]


def _option(asked: Question, choice: Choice) -> dict[str, object]:
    return {"value": choice.code, "label": callwords.choice(asked, choice)}


def _pane(pane: Pane, call: Call) -> dict[str, object]:
    rows = [
        {"code": row.code, "kind": row.kind, "value": _value(row, call), "mark": row.mark or None} for row in pane.rows
    ]
    return {"code": pane.code, "partial": pane.partial, "rows": rows}


def _value(row: PaneRow, call: Call) -> Any:  # noqa: ANN401 - any JSON value
    if not isinstance(row.value, dict) and veil.hides(row, call):
        return veil.HIDDEN
    if isinstance(row.value, str) and row.kind in _MASKS:
        return _MASKS[row.kind](row.value)
    if row.kind == "amount" and isinstance(row.value, int):
        return {"amount": decimal_text(row.value, row.currency), "currency": row.currency}
    if isinstance(row.value, dict):
        return _mapping(row, row.value, call)
    return row.value


def _mapping(row: PaneRow, value: dict[str, Plain], call: Call) -> Any:  # noqa: ANN401
    if set(value) == {"zh_CN", "en"}:
        return pick({name: str(text) for name, text in value.items()})
    plain: dict[str, object] = dict(value)
    if row.kind == "number":
        plain["number"] = veil.number(row, value["number"], call)
    if isinstance(value.get("at"), int):
        plain["at"] = _at(int(str(value["at"])), ZoneInfo(call.case.zone))
    if row.code == "promise":
        plain["amount"] = decimal_text(int(str(value["amount"])), str(value["currency"]))
    return plain


_MASKS = {"name": mask_name, "document": mask_id}
