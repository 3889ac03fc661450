"""The shipped rulebooks and calendars as the gate takes them, and a question every one of them lets pass."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from collectdesk.gate import Calendar, Gate, Rulebook, compile_calendar, compile_rulebook

DATA = Path(__file__).resolve().parents[2] / "data"


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def rulebooks() -> Mapping[str, Rulebook]:
    """Every shipped rulebook by id."""
    files = [each for each in sorted((DATA / "rulebooks").glob("*.toml")) if not each.name.endswith(".examples.toml")]
    return {book.id: book for book in (compile_rulebook(toml(each)) for each in files)}


@cache
def calendars() -> Mapping[str, Calendar]:
    """The shipped calendars by region."""
    years = [json.loads(each.read_text(encoding="utf-8")) for each in sorted((DATA / "calendars").glob("*.json"))]
    regions = {str(year["region"]) for year in years}
    return {region: compile_calendar(year for year in years if year["region"] == region) for region in regions}


@cache
def gate() -> Gate:
    """A gate of everything shipped."""
    return Gate(rulebooks().values(), calendars())


@cache
def examples() -> Mapping[str, dict[str, Any]]:
    """Every file of worked examples, by the name of the rulebook beside it."""
    files = sorted((DATA / "rulebooks").glob("*.examples.toml"))
    return {each.name.removesuffix(".examples.toml"): toml(each) for each in files}


def lawful(**changes: Any) -> dict[str, Any]:
    """A question at ten on Tuesday 2026-03-10 in Shanghai that every shipped rulebook lets pass."""
    return {
        "at": "2026-03-10T10:00:00+08:00",
        "place": {"country": "CN"},
        "zones": [{"zone": "Asia/Shanghai", "from": "address"}],
        "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": ["d1"]},
        "own_org": {"id": "o1", "kind": "agency"},
        "debts": [
            {
                "id": "d1",
                "creditor": "o2",
                "type": "online_consumer_loan",
                "status": "open",
                "statement_at": "2026-03-10T00:00:00+08:00",
            }
        ],
        "persons": [{"id": "p1", "role": "debtor", "born_on": "1990-05-01", "capacity": "full"}],
        "numbers": [{"number": "n1", "person": "p1", "class": "mobile", "source": "application", "status": "ok"}],
        "notices": [{"kind": "outsourcing", "sent_at": "2026-03-01T09:00:00+08:00"}],
        "standing": {"collector": "k1", "qualified_until": "2030-01-01T00:00:00+08:00"},
        "history": {
            "complete_from": "2025-01-01T00:00:00+08:00",
            "complete_through": "2030-01-01T00:00:00+08:00",
            "by_org": [{"org": "o2", "complete_through": "2030-01-01T00:00:00+08:00"}],
        },
        **changes,
    }
