"""The JSON Schema of ``collectdesk.call/1``: where a call stands and what it asks."""

from __future__ import annotations

from typing import get_args

from collectdesk.desk.call.question import ACK, NONE, Kind


def call_schema() -> dict[str, object]:
    """A call's document as ``call start``, ``answer``, ``show``, ``door`` and ``end`` print it."""
    fields = {
        "schema": {"const": "collectdesk.call/1"},
        "call": _text("Its id, such as c12."),
        "case": _text("The case's number."),
        "practice": {"type": "boolean"},
        "direction": {"enum": ["out", "in"]},
        "language": {"enum": ["zh_CN", "en"]},
        "status": {"enum": ["open", "ended"]},
        "who": {"type": "object", "description": "Whom the call is to: masked name, role, number."},
        **{name: _instant() for name in ("started_at", "connected_at", "ended_at", "allowed_until")},
        "seconds_left": {"type": ["integer", "null"]},
        "wrap_up": {"type": "boolean"},
        "step": {"type": ["string", "null"]},
        "progress": {"type": "array", "items": {"type": "object"}},
        "say": {"type": "array", "items": {"type": "object"}, "description": "Lines to say now, word for word."},
        "at_hand": {"type": "array", "items": {"type": "object"}, "description": "Lines `call say` records."},
        "ask": {
            "anyOf": [_question(), {"type": "null"}],
            "description": "What is asked; null once the call has ended.",
        },
        "doors": {"type": "array", "items": {"type": "string"}, "description": "What `call door` takes here."},
        "alarms": {"type": "array", "items": {"type": "string"}},
        "may_go_back": {"type": "boolean"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "collectdesk.call/1",
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _question() -> dict[str, object]:
    options = f"Every value `call answer --value` takes, or for choices several with commas; of an ack it is {ACK}."
    fields = {
        "field": _text("Step and field: `call answer --field`."),
        "kind": {"enum": list(get_args(Kind)), "description": "ack: said or read; choices: several options."},
        "label": {"type": "string"},
        "required": {"type": "boolean", "description": f"If false, {NONE} is an answer: nothing."},
        "options": {"type": "array", "items": _option(), "description": f"{options} Empty: anything of its kind."},
        "least": {"type": "integer", "description": "The fewest of choices."},
        "currency": {"type": ["string", "null"]},
        "tries": {"type": ["object", "null"], "description": "now, of how many; - is a refusal to say."},
        "missing": {"type": "array", "items": {"type": "string"}, "description": "What bars the way: take a door."},
        "pane": {"type": ["object", "null"], "description": "What to read before it."},
    }
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _option() -> dict[str, object]:
    fields = {"value": {"type": "string"}, "label": {"type": "string"}}
    return {"type": "object", "properties": fields, "required": ["value", "label"], "additionalProperties": False}


def _text(description: str) -> dict[str, object]:
    return {"type": "string", "description": description}


def _instant() -> dict[str, object]:
    return {"type": ["string", "null"], "format": "date-time"}
