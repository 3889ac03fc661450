"""A desk with a big book, for the benchmarks: encrypted on disk, signed in, with cases and calls as they come."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from collectdesk.desk import adoptable, adoption
from collectdesk.desk.office import Member
from collectdesk.store import home, lite, schema, sessions
from collectdesk.store.engine import open_engine
from collectdesk.store.home import Home

KEY = bytes(range(32))
DAY = 86_400
PORTION = 300
"""Cases of the signed-in collector."""
CACHE_KIB = 1_000_000
INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'contact_event' AND sql IS NOT NULL"
LINES = ("answered", "no_answer", "busy", "rejected", "switched_off", "voicemail")


class Book(NamedTuple):
    """Where the desk is, what a process needs to find it, and one of its case numbers."""

    home: Home
    environment: dict[str, str]
    code: str


def build(scratch: Path, cases: int, calls: int) -> Book:
    """Make the desk; nine calls in ten are older than a month, as they are."""
    place = Home(scratch / "desk")
    home.create(place, home.new_settings(language="en"))
    at = int(time.time())
    _first_rows(place, at)
    _rest(place, at, cases, calls)
    runtime = sign_in(scratch / "run", place, "0001")
    environment = {"XDG_RUNTIME_DIR": str(runtime), "COLLECTDESK_DESK": str(place.root)}
    return Book(place, environment, f"A-{PORTION // 2}")


def sign_in(runtime: Path, place: Home, staff: str) -> Path:
    """Sign a member of staff in; the runtime directory in which they are, newly made."""
    runtime.mkdir(mode=0o700)
    at = int(time.time())
    desk = home.read(place).desk
    _sign_in(runtime, sessions.SignIn(desk=desk, staff=staff, key=KEY, began_at=at, expires_at=at + DAY))
    return runtime


def _sign_in(runtime: Path, signed_in: sessions.SignIn) -> None:
    import os

    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        sessions.write(signed_in)
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before


def _first_rows(place: Home, at: int) -> None:
    store = open_engine(f"sqlite:///{place.database}", KEY, create=True)
    schema.create(store, at - 400 * DAY)
    with store.writer.begin() as connection:
        put = connection.exec_driver_sql
        put("INSERT INTO org (id, name, kind, own) VALUES (1, 'own', 'agency', 1), (2, 'bank', 'lender', 0)")
        put("INSERT INTO creditor (org, identity_items, languages) VALUES (2, '[\"name\", \"birth_date\"]', '[]')")
        put("INSERT INTO team (id, name) VALUES (1, 'one')")
        for key in range(1, 41):
            put(
                "INSERT INTO staff (id, number, name, role, team, status, joined_at) "
                "VALUES (?, ?, 'x', 'collector', 1, 'active', 0)",
                (key, f"{key:04}"),
            )
        for kind in ("vetting", "confidentiality", "exam"):
            put(
                "INSERT INTO qualification (staff, kind, passed_on, by_whom, attested_by, recorded_at) "
                "VALUES (1, ?, '2026-01-05', 'x', 2, 0)",
                (kind,),
            )
        admin = Member(1, "0001", "x", "admin")
        for kind, path, content in adoptable.shipped_texts():
            if kind in ("rulebook", "calendar"):
                adoption.adopt(connection, kind, content, by=admin, at=at - DAY, effective_from=at - DAY, file=path)
    store.close()


def _rest(place: Home, at: int, cases: int, calls: int) -> None:
    chance = random.Random(20261123)  # noqa: S311 - the same book every time
    connection = lite.connect(place.database, KEY)
    many = connection.executemany
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("BEGIN IMMEDIATE")
    indexes = connection.execute(INDEXES).fetchall()
    for name, _text in indexes:
        connection.execute(f"DROP INDEX {name}")  # ten times as fast made afterwards, in order
    keys = range(1, cases + 1)
    many(
        "INSERT INTO person (id, name, country, region, born_on, language) VALUES (?, 'x', 'CN', 'GD', '1980-01-01', "
        "'zh_CN')",
        ((key,) for key in keys),
    )
    many(
        "INSERT INTO number (id, person, number, class, place, source, status) "
        "VALUES (?, ?, ?, 'mobile', 'none', 'contract', 'ok')",
        ((key, key, f"+86199{key:08}") for key in keys),
    )
    many(
        "INSERT INTO case_file (id, code, creditor, debtor, contract_no, product, type, due_on, status, team, "
        "collector) VALUES (?, ?, 2, ?, ?, 'card', 'credit_card', '2026-09-01', 'open', 1, ?)",
        ((key, f"A-{key}", key, str(key), 1 if key <= PORTION else 2 + key % 39) for key in keys),
    )
    many("INSERT INTO case_party (case_id, person, role) VALUES (?, ?, 'debtor')", ((key, key) for key in keys))
    many(
        "INSERT INTO statement (case_id, as_of, principal, interest, fees, total, currency, days_past_due, "
        "imported_at) VALUES (?, ?, ?, 0, 0, ?, 'CNY', 80, ?)",
        ((key, time.strftime("%Y-%m-%d", time.gmtime(at)), key * 100, key * 100, at) for key in keys),
    )
    many(
        "INSERT INTO notice (debtor, kind, debts, sent_at) VALUES (?, 'outsourcing', '[]', ?)",
        ((key, at - 60 * DAY) for key in keys),
    )
    many(
        "INSERT INTO contact_event (at, recorded_at, kind, org, direction, debtor, person, number, channel, line, "
        "talk, debts, discussed, by_staff) VALUES (?, ?, 'call', 1, 'out', ?, ?, ?, 'voice', ?, ?, ?, '[]', 2)",
        _calls(chance, at, cases, calls),
    )
    for _name, text in indexes:
        connection.execute(text)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _calls(chance: random.Random, at: int, cases: int, calls: int) -> Iterator[tuple[object, ...]]:
    for number in range(calls):
        case = 1 + number % cases
        old = chance.random() < 0.9
        when = at - (chance.randrange(30 * DAY, 360 * DAY) if old else chance.randrange(3600, 30 * DAY))
        line = chance.choice(LINES)
        yield when, when, case, case, case, line, "conversation" if line == "answered" else "none", f"[{case}]"
