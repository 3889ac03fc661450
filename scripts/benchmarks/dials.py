"""Questions as they come, for the benchmarks: raw facts of many debtors, as JSON a program would send.

Made up, the same every time: half of the debtors were hardly called, some were called over and over; a few calls came
in, went to a contact person, were written, or another organisation made them; some debtors have something on hold.
"""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
LINES = {
    "answered": 30, "no_answer": 34, "rejected": 8, "busy": 8, "switched_off": 8, "unreachable": 4, "suspended": 1,
    "voicemail": 5, "unknown": 2,
}  # fmt: skip
HOLDS = ("plan", "promise", "complaint", "objection", "hardship", "attorney", "dispute", "cease")
Facts = dict[str, Any]


def questions(number: int) -> list[str]:
    """So many questions, each one JSON document."""
    chance = random.Random(20261130)  # noqa: S311 - the same questions every time
    return [json.dumps(_question(chance, each)) for each in range(number)]


def thirty_events(at: str) -> str:
    """A debtor of an online loan, called over ten days: thirty events, two of them on the day asked about."""
    lines = ["no_answer", "busy", "switched_off", "answered", "rejected"]
    days = [1 + number % 9 for number in range(28)] + [10, 10]
    calls = [
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
    facts = _shared(at)
    facts["events"] = calls
    facts["debts"][0]["as_of"] = "2026-03-10"
    return json.dumps(facts)


def _question(chance: random.Random, number: int) -> Facts:
    day = datetime(2026, 1, 12, tzinfo=ZONE) + timedelta(days=chance.randrange(300))
    at = day + timedelta(minutes=round(chance.triangular(7 * 60, 22 * 60, 14 * 60)))
    facts = {"id": f"q{number}", **_shared(at.isoformat())}
    facts["debts"][0]["as_of"] = (day - timedelta(days=1)).date().isoformat()
    facts["dial"]["purpose"] = chance.choices(("collect", "callback", "answer_complaint"), (90, 7, 3))[0]
    facts["dial"]["number"] = chance.choice(("n1", "n1", "n2"))
    recent = chance.choices((0, 1, 2, 3, 5, 8), (30, 25, 20, 12, 9, 4))[0]
    older = chance.choices((1, 4, 9, 16, 28), (25, 25, 25, 15, 10))[0]
    instants = [at - timedelta(minutes=chance.randrange(5, 14 * 60)) for _ in range(recent)]
    instants += [at - timedelta(minutes=chance.randrange(14 * 60, 60 * 1440)) for _ in range(older)]
    facts["events"] = [_event(chance, key, when) for key, when in enumerate(sorted(instants))]
    if chance.random() < 0.08:
        facts["holds"] = [_hold(chance, at)]
    return facts


def _shared(at: str) -> Facts:
    through = "2027-01-01T00:00:00+08:00"
    return {
        "at": at,
        "place": {"country": "CN"},
        "zones": [{"zone": "Asia/Shanghai", "from": "address"}],
        "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect", "debts": ["d1"]},
        "own_org": {"id": "o1", "kind": "agency"},
        "orgs": [{"id": "o2", "kind": "lender"}],
        "debts": [{"id": "d1", "creditor": "o2", "type": "online_consumer_loan", "status": "open"}],
        "persons": [{"id": "p1", "role": "debtor", "born_on": "1990-05-01", "capacity": "full"}],
        "numbers": [
            {"number": name, "person": "p1", "class": "mobile", "source": "application", "status": "ok"}
            for name in ("n1", "n2")
        ],
        "events": [],
        "notices": [{"kind": "outsourcing", "sent_at": "2026-01-05T08:00:00+08:00"}],
        "standing": {"collector": "k1", "qualified_until": "2027-01-01T00:00:00+08:00"},
        "history": {
            "complete_from": "2020-01-01T00:00:00+08:00",
            "complete_through": through,
            "by_org": [{"org": "o2", "complete_through": through}],
        },
    }


def _event(chance: random.Random, key: int, when: datetime) -> Facts:
    line = chance.choices(list(LINES), list(LINES.values()))[0]
    answered = line == "answered"
    event: Facts = {
        "id": f"e{key}",
        "at": when.isoformat(),
        "kind": "call",
        "org": chance.choices(("o1", "o2"), (92, 8))[0],
        "direction": chance.choices(("out", "in"), (96, 4))[0],
        "person": chance.choices(("p1", "p2"), (94, 6))[0],
        "number": chance.choice(("n1", "n1", "n2")),
        "channel": "voice",
        "line": line,
        "talk": "conversation" if answered else "none",
        "duration_s": chance.randrange(2, 400) if answered else 0,
        "debts": ["d1"],
    }
    if answered:
        event["answered_by"] = chance.choices(("p1", "p2", None), (85, 9, 6))[0]
    if chance.random() < 0.06:
        event |= {"kind": "message", "channel": "text", "number": None, "line": None, "talk": None, "duration_s": None}
    return event


def _hold(chance: random.Random, at: datetime) -> Facts:
    hold = {"id": "h1", "kind": chance.choice(HOLDS), "debts": chance.choice(([], ["d1"], ["d2"]))}
    hold["received_at"] = (at - timedelta(days=chance.randrange(40))).isoformat()
    if chance.random() < 0.4:
        hold["until"] = (at + timedelta(days=chance.randrange(-10, 30))).isoformat()
    return hold
