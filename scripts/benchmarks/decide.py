"""A warm decision about a debtor with thirty events, beside reading the same facts with ``json.loads``."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Callable, Sequence

from benchmarks.machine import ROOT
from benchmarks.measuring import Contender, Setting
from collectdesk.gate import Gate, compile_calendar, compile_rulebook, parse_dial

TITLE = "one warm decision with 30 events, calendars compiled (to be read against 100 µs)"
ROUNDS = 25
REPEATS = 200
"""Decisions timed together in a round; a round's figure is the mean of them."""


def gate() -> Gate:
    """Every shipped rulebook and calendar, compiled."""
    books = [each for each in (ROOT / "data/rulebooks").glob("*.toml") if not each.name.endswith(".examples.toml")]
    years = [json.loads(each.read_text("utf-8")) for each in (ROOT / "data/calendars").glob("CN-*.json")]
    compiled = [compile_rulebook(tomllib.loads(each.read_text("utf-8"))) for each in books]
    return Gate(compiled, {"CN": compile_calendar(years)})


def question(at: str) -> str:
    """A debtor of an online loan, called over ten days: thirty events, two of them on the day asked about."""
    lines = ["no_answer", "busy", "switched_off", "answered", "rejected"]
    days = [1 + number % 9 for number in range(28)] + [10, 10]
    events = [
        {
            "id": f"e{number}",
            "at": f"2026-03-{day:02}T09:{number:02}:00+08:00",
            "kind": "call",
            "org": "o1",
            "direction": "out",
            "person": "p1",
            "answered_by": "p1" if lines[number % 5] == "answered" else None,
            "number": f"n{1 + number % 2}",
            "channel": "voice",
            "line": lines[number % 5],
        }
        for number, day in enumerate(days)
    ]
    facts = {
        "at": at,
        "place": {"country": "CN"},
        "zones": [{"zone": "Asia/Shanghai", "from": "address"}],
        "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": ["d1"]},
        "own_org": {"id": "o1", "kind": "agency"},
        "orgs": [{"id": "o2", "kind": "lender"}],
        "debts": [
            {"id": "d1", "creditor": "o2", "type": "online_consumer_loan", "status": "open", "as_of": "2026-03-10"}
        ],
        "persons": [{"id": "p1", "role": "debtor", "born_on": "1990-05-01", "capacity": "full"}],
        "numbers": [
            {"number": name, "person": "p1", "class": "mobile", "source": "application", "status": "ok"}
            for name in ("n1", "n2")
        ],
        "events": events,
        "notices": [{"kind": "outsourcing", "sent_at": "2026-03-01T08:00:00+08:00"}],
        "standing": {"collector": "k1", "qualified_until": "2027-01-01T00:00:00+08:00"},
        "history": {
            "complete_through": "2027-01-01T00:00:00+08:00",
            "by_org": [{"org": "o2", "complete_through": "2027-01-01T00:00:00+08:00"}],
        },
    }
    return json.dumps(facts)


def timed(action: Callable[[], object]) -> Callable[[], float]:
    """The mean of ``REPEATS`` runs, in seconds."""

    def run() -> float:
        started = time.perf_counter()
        for _ in range(REPEATS):
            action()
        return (time.perf_counter() - started) / REPEATS

    return run


def contenders(setting: Setting) -> Sequence[Contender]:
    """Reading the facts; deciding them where nothing objects, and where the next lawful instant is to be found."""
    del setting
    judge = gate()
    allowed, refused = question("2026-03-10T15:00:00+08:00"), question("2026-03-10T21:00:00+08:00")
    open_dial, closed_dial = parse_dial(allowed), parse_dial(refused)
    if not judge.decide(open_dial).allowed or judge.decide(closed_dial).allowed:
        raise AssertionError("the two questions are to be one allowed and one refused")
    return [
        Contender("json.loads of the facts", timed(lambda: json.loads(allowed))),
        Contender("parse_dial of the facts", timed(lambda: parse_dial(allowed))),
        Contender("decide, allowed", timed(lambda: judge.decide(open_dial))),
        Contender("decide, refused, with the next instant", timed(lambda: judge.decide(closed_dial))),
        Contender(
            "parse, decide, answer as JSON", timed(lambda: json.dumps(judge.decide(parse_dial(allowed)).to_wire()))
        ),
    ]
