"""The gate as it ships, for questions asked without a desk: every rulebook and calendar in ``data/``."""

from __future__ import annotations

import hashlib
import json
import tomllib

from collectdesk.desk.by_region import ByRegion
from collectdesk.desk.shipped import listed, shipped
from collectdesk.gate import Calendar, Gate, Rulebook, compile_calendar, compile_rulebook


def shipped_gate() -> Gate:
    """All shipped rulebooks; those that apply by themselves, presets where a question names them."""
    books = [_book(shipped(path)) for path in listed("rulebooks/*.toml")]
    return Gate(books, shipped_calendars())


def shipped_calendars() -> ByRegion:
    """The shipped calendars by region; a file is read when its region is asked for."""
    files = listed("calendars/*.json")

    def regions() -> list[str]:
        return [file.removeprefix("calendars/").rpartition("-")[0] for file in files]

    def read(region: str) -> Calendar | None:
        years = [json.loads(shipped(file)) for file in files if file.rpartition("-")[0] == f"calendars/{region}"]
        return compile_calendar(years) if years else None

    return ByRegion(regions, read)


def _book(text: bytes) -> Rulebook:
    return compile_rulebook(tomllib.loads(text.decode()), hashlib.sha256(text).hexdigest())
