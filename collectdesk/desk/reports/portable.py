"""What the two engines spell differently in the SQL of reports: six macros, written where a text is asked.

``EPOCH_DAY(x)``: an ISO date as days since 1970-01-01; ``JSON_FIRST(x)``: the first key of a JSON list of keys;
``JSON_HAS(x, y)``: whether the number ``y`` is in such a list; ``JSON_LIST(x, name)``: the members of a list inside a
JSON document, as rows with a column ``value``; ``JSON_ITEMS(x)``: the texts of a list likewise; ``JSON_TEXT(x, name)``:
a text inside a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_MACRO = re.compile(r"\b(EPOCH_DAY|JSON_FIRST|JSON_LIST|JSON_TEXT|JSON_HAS|JSON_ITEMS)\(")
_SQLITE = {
    "EPOCH_DAY": "CAST(julianday({0}) - 2440587.5 AS INTEGER)",
    "JSON_FIRST": "json_extract({0}, '$[0]')",
    "JSON_LIST": "json_each({0}, '$.{1}')",
    "JSON_ITEMS": "json_each({0})",
    "JSON_TEXT": "json_extract({0}, '$.{1}')",
    "JSON_HAS": "EXISTS (SELECT 1 FROM json_each({0}) jh WHERE jh.value = {1})",
}
_SERVER = {
    "EPOCH_DAY": "(CAST({0} AS date) - DATE '1970-01-01')",
    "JSON_FIRST": "CAST(CAST({0} AS json) ->> 0 AS bigint)",
    "JSON_LIST": "json_array_elements(CAST({0} AS json) -> '{1}')",
    "JSON_ITEMS": "json_array_elements_text(CAST({0} AS json))",
    "JSON_TEXT": "(CAST({0} AS json) ->> '{1}')",
    "JSON_HAS": "CAST({0} AS jsonb) @> to_jsonb({1})",
}


@lru_cache(maxsize=256)
def portable(sql: str, *, on_server: bool) -> str:
    """``sql`` with its macros as the engine spells them, the innermost last."""
    spelt = _SERVER if on_server else _SQLITE
    return _written(sql, lambda name, arguments: spelt[name].format(*arguments))


def _written(sql: str, spell: Callable[[str, list[str]], str]) -> str:
    found = _MACRO.search(sql)
    while found is not None:
        ends, arguments = _arguments(sql, found.end())
        sql = sql[: found.start()] + spell(found[1], arguments) + sql[ends:]
        found = _MACRO.search(sql)
    return sql


def _arguments(sql: str, begins: int) -> tuple[int, list[str]]:
    """Where the macro that opens before ``begins`` has closed, and what stood between its commas."""
    depth, start, quoted = 0, begins, False
    arguments: list[str] = []
    for place in range(begins, len(sql)):
        char = sql[place]
        quoted ^= char == "'"
        if quoted:
            continue
        if depth == 0 and char in ",)":
            arguments.append(sql[start:place].strip())
            start = place + 1
            if char == ")":
                return place + 1, arguments
        depth += {"(": 1, ")": -1}.get(char, 0)
    raise ValueError(sql)
