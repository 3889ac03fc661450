"""Reading a question: strict about names and values, and precise about where one is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

from collectdesk.gate.dial import Dial
from collectdesk.gate.instant import Instant


class _Named(msgspec.Struct, frozen=True):
    """Of a document only its id: whatever else stands in it need not be readable."""

    id: Any = None


class Unreadable(ValueError):
    """A question that cannot be read.

    ``code`` is one of bad_json, unknown_field, missing_field, bad_value, unknown_rulebook; ``where`` a path such as
    ``$.events[3].line``; ``message`` says what was expected and never repeats a value.
    """

    def __init__(self, code: str, where: str, message: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(f"{where}: {message}")
        self.code = code
        self.where = where
        self.message = message
        self.id = id

    def to_wire(self) -> dict[str, Any]:
        """The contract's ``collectdesk.error/1``."""
        return {
            "schema": "collectdesk.error/1",
            "id": self.id,
            "code": self.code,
            "where": self.where,
            "message": self.message,
        }


NULL = "got `null`"
_TOLD_OF_BY = (
    ("orgs", "id", attrgetter("id")),
    ("debts", "id", attrgetter("id")),
    ("persons", "id", attrgetter("id")),
    ("numbers", "number", attrgetter("number", "person")),  # two people may share one
)
"""What is looked up in the question: in which field, by what, and how a row tells it."""
_instant: Callable[[type, Any], Instant] = vars(Instant)["parse"].__func__
"""Instants are the only values of the contract that msgspec does not know: it hands in the type and the text."""


@cache
def _decoder() -> msgspec.json.Decoder[Dial]:
    """Made at the first question that comes as text; desks ask in types."""
    return msgspec.json.Decoder(Dial, dec_hook=_instant)


def parse_dial(data: bytes | str) -> Dial:
    """Read one ``collectdesk.dial/1`` document.

    Raises:
        Unreadable: it is not JSON, names an unknown field, lacks one, or holds a value that does not fit.
    """
    try:
        return _told_once(_decoder().decode(data))
    except msgspec.ValidationError as error:
        raise _explained(error, _id_in(data)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Unreadable("bad_json", "$", "Expected one JSON document") from None
    except RecursionError:
        raise Unreadable("bad_json", "$", "Nested too deeply") from None


def convert_dial(mapping: Any) -> Dial:  # noqa: ANN401 - whatever JSON or TOML gave
    """Build a question from plain values, as an example file holds them.

    Raises:
        Unreadable: as ``parse_dial``.
    """
    try:
        return _told_once(msgspec.convert(mapping, Dial, dec_hook=_instant))
    except msgspec.ValidationError as error:
        raise _explained(error, _id_of(mapping)) from None


def _told_once(dial: Dial) -> Dial:
    """``dial``, where nothing is told of in two ways: of a person alive and dead, one would go unheard.

    What is heard row by row, as events, holds and permits are, may bear one id twice.
    """
    for name, key, which in _TOLD_OF_BY:
        rows = getattr(dial, name) or ()
        place = _told_otherwise(list(map(which, rows)), rows) if len(rows) > 1 else None
        if place is not None:
            raise Unreadable("bad_value", f"$.{name}[{place}].{key}", "Expected one row for each", dial.id)
    return dial


def _told_otherwise(ids: Sequence[Any], rows: Sequence[Any]) -> int | None:
    """The place of the first row that says something else of what an earlier one told of."""
    if len(set(ids)) == len(ids):
        return None
    first: dict[Any, Any] = {}
    places = enumerate(zip(ids, rows, strict=True))
    return next((place for place, (each, row) in places if first.setdefault(each, row) != row), None)


def _explained(error: msgspec.ValidationError, name: str | None) -> Unreadable:
    import re

    text = str(error)
    at = re.search(r" - at `(\$[^`]*)`$", text)  # the last of it: a value that is told of may look like a path
    problem, path = (text[: at.start()], at.group(1)) if at else (text, "$")
    if error.__cause__ is not None and not problem.startswith("Expected"):  # what Python says of an instant repeats it
        nothing = isinstance(error.__cause__, TypeError) and "NoneType" in str(error.__cause__)
        problem = NULL if nothing else "Expected an instant: ISO 8601 with offset or Z"
    if field := re.search(r"unknown field `(.*)`", problem):
        return Unreadable("unknown_field", f"{path}.{field.group(1)}", "This field is not in the contract", name)
    if field := re.search(r"missing required field `(.*)`", problem):
        path, problem = f"{path}.{field.group(1)}", NULL
    if problem.endswith(NULL) and re.search(r"\w$", path):  # what is optional takes a null, and a list holds none
        return Unreadable("missing_field", path, "This field is required", name)
    if "`at`" in problem:
        path += ".at"
    # an enumeration's complaint repeats the value, which may be anything
    message = "Not one of the contract's values" if problem.startswith("Invalid enum value") else problem
    return Unreadable("bad_value", path, message, name)


def _id_in(data: bytes | str) -> str | None:
    """The question's own id, where the text still gives it, so that its asker can tell which line was bad."""
    try:
        name = msgspec.json.decode(data, type=_Named).id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def _id_of(document: object) -> str | None:
    name = document.get("id") if isinstance(document, dict) else None
    return name if isinstance(name, str) else None


def dial_schema() -> dict[str, Any]:
    """``collectdesk.dial/1`` as JSON Schema."""
    return msgspec.json.schema(Dial, schema_hook=_instant_schema)


def _instant_schema(kind: type) -> dict[str, Any]:
    if kind is Instant:
        return {"type": "string", "format": "date-time"}
    raise NotImplementedError(kind)
