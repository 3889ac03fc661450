"""The answers of the contract as JSON Schema: ``collectdesk.decision/1`` and ``collectdesk.error/1``."""

from __future__ import annotations

from typing import Any, get_args

from collectdesk.gate.decision import Confidence, Releaser, Severity, Status

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
LOCAL_DATE: Schema = {"type": "string", "format": "date"}


def decision_schema() -> Schema:
    """What the gate answers; a warning is a finding that also says whether it must be acknowledged."""
    return {
        "$schema": DRAFT,
        "title": "collectdesk.decision/1",
        **_record(
            schema={"const": "collectdesk.decision/1"},
            id=_maybe(TEXT),
            at=INSTANT,
            allowed=FLAG,
            next_allowed_at=_maybe(INSTANT),
            allowed_until=_maybe(INSTANT),
            horizon_reached=FLAG,
            rulebooks=_list(_record(id=TEXT, version=TEXT, digest=TEXT)),
            calendars=_list(_record(region=TEXT, version=TEXT, confirmed_through=_maybe(LOCAL_DATE))),
            blocks=_list({"$ref": "#/$defs/block"}),
            warnings=_list({"$ref": "#/$defs/warning"}),
            passed=_list(TEXT),
        ),
        "$defs": {"block": _record(**_finding()), "warning": _record(**_finding(), needs_ack=FLAG)},
    }


def error_schema() -> Schema:
    """How a line that cannot be read is answered; ``where`` is a path such as ``$.events[3].line``."""
    return {
        "$schema": DRAFT,
        "title": "collectdesk.error/1",
        **_record(schema={"const": "collectdesk.error/1"}, id=_maybe(TEXT), code=TEXT, where=TEXT, message=TEXT),
    }


def _finding() -> dict[str, Schema]:
    return {
        "rule": {"type": "string", "pattern": "^[^/]+/[^/]+$"},
        "kind": TEXT,
        "status": {"enum": list(get_args(Status))},
        "severity": {"enum": list(get_args(Severity))},
        "confidence": {"enum": list(get_args(Confidence))},
        "cite": TEXT,
        "code": TEXT,
        "message": TEXT,
        "opens_at": _maybe(INSTANT),
        "released_by": {"enum": [*get_args(Releaser), None]},
        "evidence": {"type": "object"},
    }


def _record(**fields: Schema) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _maybe(kind: Schema) -> Schema:
    return {"anyOf": [kind, {"type": "null"}]}
