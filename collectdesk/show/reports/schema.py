"""The JSON Schema of ``collectdesk.report/1``."""

from __future__ import annotations

from typing import get_args

from collectdesk.desk.reports.catalogue import REPORTS
from collectdesk.desk.reports.figure import SCHEMA, Better, Kind, Shape, Span

Schema = dict[str, object]


def report_schema() -> Schema:
    """A report's document as ``report NAME --json`` prints it."""
    fields: Schema = {
        "schema": {"const": SCHEMA},
        "report": {"enum": list(REPORTS)},
        "title": _text("In the language spoken."),
        "about": _text("The question it answers."),
        "language": {"enum": ["zh_CN", "en"]},
        "practice": {"type": "boolean", "description": "Everything in it is made up."},
        "made_at": {"type": "string", "format": "date-time"},
        "made_by": _text("The staff number of who asked."),
        "period": _period(),
        "compared": {"anyOf": [_period(), {"type": "null"}], "description": "What `before` is of."},
        "scope": _scope(),
        "unmasked": {"type": "boolean", "description": "Names and numbers of debtors stand in it in full."},
        "sections": _list(_section()),
        "notes": _list(_object({"code": _text(), "text": _text(), "caution": {"type": "boolean"}})),
        "definitions": _list(_definition()),
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **_object(fields)}


def _section() -> Schema:
    figure = _object({"key": _key(), "value": _value(), "before": _value(), "alarm": {"type": "boolean"}})
    return _object({"key": _text(), "title": _text(), "figures": _list(figure), "tables": _list(_table())})


def _table() -> Schema:
    kinds = [*get_args(Kind), "moment", "day", "words"]
    column = _object(
        {"key": _text(), "title": _text(), "kind": {"enum": kinds}, "figure": {"anyOf": [_key(), {"type": "null"}]}}
    )
    chart = _object({"shape": {"enum": list(get_args(Shape))}, "columns": _list(_text())})
    return _object(
        {
            "key": _text(),
            "title": _text(),
            "by": _text("What tells rows apart."),
            "columns": _list(column),
            "rows": _list(_row()),
            "total": _nullable(_row()),
            "chart": _nullable(chart),
        }
    )


def _row() -> Schema:
    values: Schema = {"type": "object", "additionalProperties": _value(), "description": "By the columns' keys."}
    return _object(
        {
            "key": _text(),
            "label": _text(),
            "values": values,
            "before": _nullable(values),
            "folded": {"type": "integer", "description": "Groups too small to be told apart that it stands for."},
        }
    )


def _value() -> Schema:
    decimal = {"type": ["string", "null"], "description": "One decimal."}
    whole: Schema = {"type": "integer"}
    return {
        "anyOf": [
            {"type": ["integer", "string", "null"], "description": "A count; an instant, a local date, a code."},
            {"description": "A share.", **_object({"part": whole, "whole": whole, "percent": decimal})},
            {"description": "An amount a currency.", **_list(_object({"amount": _text(), "currency": _text()}))},
            {"description": "A length.", **_object({"seconds": whole, "per": whole, "mean": _nullable(whole)})},
            {"description": "Points.", **_object({"points": whole, "per": whole, "mean": decimal})},
        ]
    }


def _definition() -> Schema:
    fields: Schema = {
        "key": _key(),
        "kind": {"enum": list(get_args(Kind))},
        "title": _text(),
        "meaning": _text(),
        "better": {"enum": list(get_args(Better))},
        "part": _nullable(_key()),
        "whole": _nullable(_key()),
        "listed": {"type": "boolean", "description": "Whether --list shows the rows behind it."},
    }
    return _object(fields)


def _period() -> Schema:
    day = {"type": "string", "format": "date"}
    return _object({"span": {"enum": list(get_args(Span))}, "first": day, "last": day})


def _scope() -> Schema:
    names = {name: {"type": ["string", "null"]} for name in ("team", "collector", "product", "stage")}
    return _object({"whose": {"enum": ["desk", "team", "collector"]}, **names, "people": {"type": "integer"}})


def _key() -> Schema:
    return {"type": "string", "pattern": r"^[a-z_]+\.[a-z0-9_]+$"}


def _text(description: str = "") -> Schema:
    return {"type": "string", "description": description} if description else {"type": "string"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _nullable(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
