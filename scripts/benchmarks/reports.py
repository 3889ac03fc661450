"""Reports over a year of calls, each a fresh process, against a fresh process with the bare aggregate query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks import book
from benchmarks.measuring import Contender, Setting, cold
from collectdesk.store import lite

TITLE = "reports over a year of calls as processes, multiples of the bare aggregate query as one"
ROUNDS = 7
LIMIT = 3
BARE = """
import sys
from pathlib import Path
from collectdesk.store import lite
connection = lite.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), readonly=True)
rows = connection.execute(
    "SELECT (at + 28800) / 86400, by_staff, count(*), count(*) FILTER (WHERE line = 'answered'), sum(duration_s) "
    "FROM contact_event WHERE kind = 'call' AND direction = 'out' AND superseded_at IS NULL AND org = 1 "
    "GROUP BY 1, 2"
).fetchall()
print(len(rows), sum(row[2] for row in rows))
"""
PERMIT = (
    "INSERT INTO permit (id, debtor, case_id, person, number, collector, debts, purpose, state, granted_at, shown_at, "
    "resolved_at, expires_at, allowed_until, idempotency_key, event) SELECT id, debtor, debtor, debtor, number, "
    "by_staff, debts, 'collect', 'resolved', at, at, at + 60, at + 180, at + 3600, 'b' || id, id FROM contact_event"
)


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare query, then the reports of a year and of a day."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    _furnish(desk)
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(setting.scratch / "compiled")}
    environment = {**desk.environment, **compiled}  # as installed: modules are compiled once
    today = date.today()  # noqa: DTZ011 - the book ends with this machine's today
    year = ["--from", (today - timedelta(days=364)).isoformat(), "--json"]

    def report(*words: str) -> Contender:
        return Contender(f"report {words[0]}", cold(["-m", "collectdesk", "report", *words], environment), LIMIT)

    return [
        Contender("bare query", cold(["-c", BARE, str(desk.home.database), book.KEY.hex()], environment)),
        report("contact", *year),
        report("gate", *year),
        report("day", "--json"),
    ]


def _furnish(desk: book.Book) -> None:
    """Spread the calls over the staff, each with a permit, a length and an identity; an administrator asks."""
    connection = lite.connect(desk.home.database, book.KEY)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE contact_event SET by_staff = 1 + id % 40, answered_by = person, duration_s = id % 300, "
        "identity = CASE WHEN id % 3 = 0 THEN 'verified' ELSE 'failed' END"
    )
    connection.execute(PERMIT)
    connection.execute("UPDATE staff SET role = 'admin' WHERE id = 1")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()
