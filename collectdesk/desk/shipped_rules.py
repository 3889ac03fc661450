"""The gate as it ships, for questions asked without a desk: every rulebook and calendar in ``data/``."""

from __future__ import annotations

import hashlib
import json
import tomllib

from collectdesk.desk.shipped import listed, shipped
from collectdesk.gate import Gate, Rulebook, compile_calendar, compile_rulebook


def shipped_gate() -> Gate:
    """All shipped rulebooks; those that apply by themselves, presets where a question names them."""
    books = [_book(shipped(path)) for path in listed("rulebooks/*.toml")]
    years = [json.loads(shipped(path)) for path in listed("calendars/*.json")]
    regions = sorted({str(year["region"]) for year in years})
    calendars = {region: compile_calendar(year for year in years if year["region"] == region) for region in regions}
    return Gate(books, calendars)


def _book(text: bytes) -> Rulebook:
    return compile_rulebook(tomllib.loads(text.decode()), hashlib.sha256(text).hexdigest())
