"""One JSON document on stdout: schema first, keys in the order they were given, nothing translated.

Amounts are decimal strings made by the caller, so a float is refused; instants are aware and keep their
offset. Characters that could act on a terminal leave as escapes, which JSON readers turn back exactly.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TextIO

import msgspec

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]

_ACTIVE = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def plain(value: object) -> Plain:
    """``value`` in JSON's own types.

    Mappings, sequences, msgspec structs (by their fields), dates, aware instants, decimals and enumerations.

    Raises:
        TypeError: a float, a naive instant, or anything else without one exact form.
    """
    if value is None or (isinstance(value, (bool, int, str)) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    fields = getattr(value, "__struct_fields__", None)
    if fields is not None:
        return {name: plain(getattr(value, name)) for name in fields}
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a naive instant has no offset to write")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"no exact JSON form for {type(value).__name__}")


def dumps(document: object, *, indent: int | None = None) -> str:
    """``document`` as JSON text that is harmless on a terminal."""
    return dumps_plain(plain(document), indent=indent)


def dumps_plain(exact: Plain, *, indent: int | None = None) -> str:
    """As ``dumps``, for what is in JSON's own types already."""
    try:
        encoded = msgspec.json.encode(exact)  # the standard library indents in Python, at ten times the price
        text = msgspec.json.format(encoded, indent=indent or 0).decode()
    except UnicodeEncodeError:  # half a character: it leaves as an escape
        import json

        text = json.dumps(exact, ensure_ascii=False, allow_nan=False, indent=indent)
    return _ACTIVE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def emit(schema: str, document: Mapping[str, object], *, stream: TextIO | None = None) -> None:
    """Write one document and a line end.

    ``schema`` (``collectdesk.check/1``), then the keys of ``document``.
    """
    write(dumps({"schema": schema, **document}, indent=2) + "\n", stream)


def emit_plain(schema: str, document: Mapping[str, Plain], *, stream: TextIO | None = None) -> None:
    """As ``emit``, for what is in JSON's own types already."""
    write(dumps_plain({"schema": schema, **document}, indent=2) + "\n", stream)


def emit_lines(rows: Iterable[object], *, stream: TextIO | None = None) -> None:
    """Write one document a line (NDJSON), each as soon as it is there."""
    for row in rows:
        write(dumps(row) + "\n", stream)


def write(text: str, stream: TextIO | None = None) -> None:
    """Write ``text`` as UTF-8 whatever the locale says, to stdout unless told otherwise."""
    target = stream or sys.stdout
    raw = getattr(target, "buffer", None)
    if raw is None:
        target.write(text)
        return
    target.flush()
    raw.write(text.encode("utf-8"))
    raw.flush()
