"""A seeded random book for the reports: rows as plain mappings, which an oracle may count in Python, and on a desk.

Everything is invented. Rows hold what the tables hold; ``write`` puts them into a database as they are.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from collectdesk.store.engine import Store
from tests.desk.reports import letters, matters, people, phone

Row = dict[str, Any]
DAY = 86_400
NOW = 1_795_424_400  # Monday 2026-11-23, 17:00 in Beijing
TODAY = date(2026, 11, 23)
LINES = ("answered", "answered", "no_answer", "busy", "rejected", "switched_off", "dropped", "unknown", "not_dialled")
RULES = ("house/gap-after-dial", "house/talks-per-day", "house/hours", "house/holds")
PRODUCTS = ("credit_card", "consumer_loan", "auto", None)
ORDER = (
    "org", "creditor", "team", "staff", "qualification", "person", "number", "case_file", "statement", "verdict",
    "contact_event", "permit", "promise", "hold", "objection", "complaint", "consent", "history_cover", "plan",
    "emergency", "call", "recording_keeper", "recording", "step", "grievance", "violation", *people.TABLES,
    "import_batch", *phone.TABLES, *letters.TABLES,
    "plan_instalment", "payment", "suspension", "designation",
)  # fmt: skip


@dataclass
class Book:
    """Rows by table."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in (*ORDER, "journal")})

    def add(self, table: str, **values: Any) -> int:
        """One row under the next key, which is returned."""
        key = len(self.rows[table]) + 1
        self.rows[table].append({"id": key, **values})
        return key

    def __getitem__(self, table: str) -> list[Row]:
        return self.rows[table]

    def get(self, table: str, key: int) -> Row:
        """A row by its key."""
        return self.rows[table][key - 1]

    def write(self, store: Store) -> None:
        """Put every row into the database, but the journal's, which make a chain."""
        with store.writer.begin() as connection:
            for name in ORDER:
                if self.rows[name]:
                    table = SQLModel.metadata.tables[name]
                    known = set(table.columns.keys())
                    alike: dict[frozenset[str], list[Row]] = {}
                    for row in self.rows[name]:
                        kept = {key: each for key, each in row.items() if key in known}
                        alike.setdefault(frozenset(kept), []).append(kept)
                    for rows in alike.values():
                        connection.execute(insert(table), rows)


def book(seed: int, *, calls: int = 160) -> Book:
    """A book: two teams under a lead each, cases of several products and ages, three weeks of work."""
    chance = random.Random(seed)
    made = Book()
    _people(made, chance)
    _cases(made, chance)
    for _ in range(calls):
        _call(made, chance)
    for _ in range(calls // 3):
        _refusal(made, chance)
    for _ in range(calls // 6):
        _promise(made, chance)
    for _ in range(calls // 12):
        _matters(made, chance)
    for _ in range(calls // 10):
        _openings(made, chance)
    for action in ("clock.jump", "clock.confirm", "clock.jump"):
        made.add("journal", at=_instant(chance), action=action, subject="desk:clock")
    matters.add(made, chance, calls // 8)
    people.add(made, chance, calls // 8)
    phone.add(made, chance, calls // 8)
    letters.add(made, chance, calls // 8)
    return made


def _people(made: Book, chance: random.Random) -> None:
    made.add("org", name="own", kind="agency", licensed=True, own=True)
    made.add("org", name="示例银行", kind="lender", licensed=True, own=False)
    made["creditor"].append({"org": 2, "identity_items": [], "languages": []})
    for name in ("信用卡一组", "Team Two"):
        made.add("team", name=name)
    made.add("staff", number="8000", name="x", role="admin", team=None, superior=None, status="active", joined_at=0)
    for team in (1, 2):
        made.add(
            "staff", number=f"800{team}", name="x", role="lead", team=team, superior=1, status="active", joined_at=0
        )
    for key in range(6):
        team = 1 + key % 2
        made.add(
            "staff", number=f"810{key}", name="x", role="collector", team=team if key else None, superior=1 + team,
            status="active", joined_at=0,
        )  # fmt: skip
        made.add(
            "qualification", staff=4 + key, kind="exam", passed_on="2026-01-01", by_whom="x", attested_by=1,
            recorded_at=0, expires_on=(TODAY + timedelta(days=chance.choice((-3, 10, 40)))).isoformat(),
        )  # fmt: skip


def _cases(made: Book, chance: random.Random) -> None:
    for key in range(1, 41):
        made.add("person", name=f"王{key}", country="CN")
        known = {"class": "mobile", "place": "none", "source": "contract", "status": "ok"}
        made.add("number", person=key, number=f"+8616000{key:06}", **known)
        due = TODAY - timedelta(days=chance.choice((5, 20, 70, 100, 250)))
        made.add(
            "case_file", code=f"A-{key}", creditor=2, debtor=key, contract_no=str(key), status="open",
            type=chance.choice(PRODUCTS) if key > 3 else "student", due_on=due.isoformat(), team=1 + key % 2,
            collector=4 + key % 6,
        )  # fmt: skip
        if chance.random() < 0.6:
            as_of = TODAY - timedelta(days=chance.randrange(1, 9))
            made.add(
                "statement", case_id=key, as_of=as_of.isoformat(), principal=key, interest=0, fees=0, total=key,
                currency="CNY", imported_at=0, days_past_due=chance.choice((None, 3, 45, 200)),
            )  # fmt: skip


def _call(made: Book, chance: random.Random) -> None:
    case = chance.randrange(1, 41)
    at = _instant(chance)
    line = chance.choice(LINES)
    answered = line == "answered"
    by = chance.choice((None, 4, 5, 6, 7, 8, 9))
    person = chance.choice((case,) * 6 + (1 + case % 40,))
    row: Row = {
        "at": at, "recorded_at": at, "kind": chance.choice(("call",) * 9 + ("message",)),
        "org": chance.choice((1, 1, 1, 1, 2)), "direction": chance.choice(("out",) * 5 + ("in",)),
        "debtor": case, "person": person, "number": person, "channel": "voice", "automated": False, "line": line,
        "talk": chance.choice(("conversation", "brief")) if answered else "none",
        "identity": chance.choice(("verified", "failed", "not_asked")) if answered else None,
        "answered_by": chance.choice((case, case, None, 1 + case % 40)) if answered else None,
        "duration_s": chance.choice((None, 17, 95, 240)) if answered else None,
        "debts": [case], "discussed": [], "purpose": "collect", "by_staff": by, "superseded_at": None,
        "corrects": None, "allowed_until": None,
    }  # fmt: skip
    event = made.add("contact_event", **row)
    if by is not None and row["kind"] == "call" and chance.random() < 0.8:
        _permit(made, chance, event, case, at, by)
    if line == "unknown" and chance.random() < 0.5:
        later = at + chance.choice((600, 7200, DAY))
        if later < NOW:
            made.get("contact_event", event)["superseded_at"] = later
            made.add(
                "contact_event", **{**row, "line": chance.choice(("no_answer", "answered")), "recorded_at": later,
                                    "corrects": event},
            )  # fmt: skip


def _permit(made: Book, chance: random.Random, event: int, case: int, at: int, by: int) -> None:
    made.add(
        "permit", debtor=case, case_id=case, person=case, number=case, collector=by, debts=[case], purpose="collect",
        state="resolved", granted_at=at - 5, shown_at=at, resolved_at=at + 60, expires_at=at + 175,
        allowed_until=chance.choice((None, at + 300, at + 600, at + 601, at + 9000)),
        idempotency_key=f"p{event}", event=event, reason=None, verdict=None,
    )  # fmt: skip


def _refusal(made: Book, chance: random.Random) -> None:
    case, at = chance.randrange(1, 41), _instant(chance)
    rules = chance.sample(RULES, chance.choice((1, 1, 2)))
    verdict = made.add(
        "verdict", at=at, case_id=case, allowed=False, dial={}, digests={}, journal_seq=1,
        decision={"blocks": [{"rule": rule, "code": "x"} for rule in rules], "warnings": [], "allowed": False},
    )  # fmt: skip
    made.add(
        "permit", debtor=case, case_id=case, person=case, number=case, collector=chance.randrange(4, 10),
        debts=[case], purpose=chance.choice(("collect", "callback")), state="refused",
        granted_at=at - chance.choice((0, 0, 30)), shown_at=None, resolved_at=at, expires_at=at, allowed_until=None,
        idempotency_key=f"r{verdict}", verdict=verdict, event=None,
        reason=chance.choice((None, None, "call_unresolved")),
    )  # fmt: skip


def _promise(made: Book, chance: random.Random) -> None:
    case, at = chance.randrange(1, 41), _instant(chance)
    pay_on = TODAY + timedelta(days=chance.randrange(-12, 8))
    made.add(
        "promise", case_id=case, by_person=case, amount=chance.randrange(1, 10_000_000),
        currency=chance.choice(("CNY", "CNY", "USD")), pay_on=pay_on.isoformat(), channel="app",
        status=chance.choice(("kept", "partly_kept", "broken", "withdrawn")), at=at, by_staff=chance.randrange(4, 10),
        last_on=chance.choice((None, (pay_on + timedelta(days=1)).isoformat())), lapses_at=at, holds=[],
    )  # fmt: skip


def _matters(made: Book, chance: random.Random) -> None:
    case, at = chance.randrange(1, 41), _instant(chance)
    due = (TODAY + timedelta(days=chance.randrange(-3, 4))).isoformat()
    made.add(
        "objection", case_id=case, category=chance.choice(("amount", "not_mine")), content="x", received_at=at,
        via="call", due_on=due, status=chance.choice(("open", "verified", "answered")), by_staff=4, reopened=0,
        written=False,
    )  # fmt: skip
    closed = chance.random() < 0.4
    made.add(
        "complaint", case_id=case, channel="call", category="tone", content="x", assigned_to=2, about=None,
        received_at=at, received_on="2026-11-02", term=15, last_on=due, due_on=due, upheld=[], by_staff=4,
        status="closed" if closed else chance.choice(("in_hand", "replied")), closed_at=at if closed else None,
    )  # fmt: skip


def _openings(made: Book, chance: random.Random) -> None:
    """What opens the gate, or happens beside it: consents, emergencies, plans, recordings owed."""
    case, at = chance.randrange(1, 41), _instant(chance)
    event = chance.choice([row["id"] for row in made["contact_event"]])
    made.add(
        "consent", debtor=case, by_person=case, opens=chance.choice((["hours"], ["cap"], ["rest"], ["number"])),
        to_org=1, debts=[case], numbers=[], channels=[], given_at=at, only_in=[], weekly=[], via="call",
        in_event=chance.choice((None, event)), revoked_at=chance.choice((None, None, at)),
    )  # fmt: skip
    made.add(
        "emergency", case_id=case, kind="self_harm", at=at, by_staff=chance.randrange(4, 10), alerted=[], level=0,
        status=chance.choice(("open", "acknowledged", "closed")), content="",
    )  # fmt: skip
    call = made.add(
        "call", case_id=case, collector=chance.randrange(4, 10), direction="out", driver="json", step="done", state={},
        started_at=at, ended_at=at + 60,
    )  # fmt: skip
    due = chance.choice((None, at, NOW + DAY))
    made.add("recording", call=call, status="owed" if due else "named", due_at=due, reference=None, at=at)


def _instant(chance: random.Random) -> int:
    """Within three weeks before now, by day and by night, some on the very second a day begins."""
    midnight = NOW - (NOW + 8 * 3600) % DAY
    if chance.random() < 0.05:
        return midnight - DAY * chance.randrange(0, 20)
    return NOW - chance.randrange(1, 20 * DAY)


def as_json(value: object) -> str:
    """As the database holds it."""
    return json.dumps(value, separators=(",", ":"))
