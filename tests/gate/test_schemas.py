"""The published shapes of the answers: what the gate says fits them, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from collectdesk.gate import Unreadable, convert_dial
from collectdesk.gate.examples import merged
from collectdesk.gate.instant import Instant
from collectdesk.gate.schemas import decision_schema, error_schema
from tests.gate import shipped_rules as shipped

Json = dict[str, Any]
KINDS: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
NIGHT = "2026-03-10T22:30:00+08:00"


def fits(value: Any, schema: Json, whole: Json) -> bool:
    """Whether ``value`` is of the shape, as far as ours use JSON Schema."""
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole)
    if "anyOf" in schema:
        return any(fits(value, each, whole) for each in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return value in schema.get("enum", [schema.get("const")])
    if not isinstance(value, KINDS[schema["type"]]):
        return False
    if isinstance(value, list):
        return all(fits(each, schema["items"], whole) for each in value)
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        closed = not schema["additionalProperties"] and value.keys() <= known.keys()
        return closed and set(schema["required"]) <= value.keys() and all(
            fits(each, known[name], whole) for name, each in value.items()
        )  # fmt: skip
    return not isinstance(value, str) or (bool(re.search(schema.get("pattern", ""), value)) and _formed(value, schema))


def _formed(text: str, schema: Json) -> bool:
    try:
        return schema.get("format") != "date-time" or Instant.parse(text) is not None
    except ValueError:
        return False


def altered(value: Any) -> Iterator[Any]:
    """``value`` with one field taken away, one too many, or one that holds a number; evidence may be anything."""
    if isinstance(value, dict):
        yield {**value, "colour": "red"}
        for name, each in value.items():
            yield {key: kept for key, kept in value.items() if key != name}
            yield from ({**value, name: other} for other in (altered(each) if name != "evidence" else [4711]))
    elif isinstance(value, list):
        yield from ([*value[:place], other] for place, each in enumerate(value) for other in altered(each))
    else:
        yield 4711


def answer(**changes: Any) -> Json:
    return shipped.gate().decide(convert_dial(shipped.lawful(**changes))).to_wire()


@pytest.mark.parametrize("book", shipped.examples())
def test_every_answer_is_of_the_published_shape(book: str) -> None:
    schema, document = decision_schema(), shipped.examples()[book]
    for example in document["example"][::10]:
        question = merged({"rulebooks": [book]}, merged(document["base"], example.get("given", {})))
        assert fits(shipped.gate().decide(convert_dial(question)).to_wire(), schema, schema)


def test_nothing_else_is_of_that_shape() -> None:
    schema, wire = decision_schema(), answer(id="q1", at=NIGHT, history=None)
    assert all(wire[part] for part in ("blocks", "warnings", "passed", "rulebooks", "calendars"))
    assert fits(wire, schema, schema)
    others = list(altered(wire))
    assert len(others) > 100
    assert [each for each in others if fits(each, schema, schema)] == []


def test_an_error_is_of_its_shape_and_nothing_else() -> None:
    schema = error_schema()
    with pytest.raises(Unreadable) as caught:
        convert_dial({"id": "q1", "at": "now"})
    wire = caught.value.to_wire()
    assert fits(wire, schema, schema)
    assert [each for each in altered(wire) if fits(each, schema, schema)] == []
