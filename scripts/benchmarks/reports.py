"""Reports over a year of calls, each a fresh process, against a fresh process with the bare aggregate query.

Each is asked by an administrator, who sees the desk, and by a lead, who sees a team: here everybody. The book holds
calls, their permits, promises, recordings, exams and rehearsals. Of complaints, letters and the like it holds none:
those reports are timed for what they cost beside a million calls, and are named as empty. ``report capacity`` asks the
gate and counts little; the benchmark ``capacity`` times that.
"""

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
FILLED = ("contact", "gate", "promises", "staff", "calendar", "recordings", "training")
EMPTY = ("objections", "complaints", "plans", "incidents", "notices", "quality")
LEAD = "0002"
PROMISE = (
    "INSERT INTO promise (case_id, by_person, amount, currency, pay_on, channel, status, at, by_staff, holds) "
    "SELECT debtor, debtor, 1000 + id % 9000, 'CNY', date(at + 259200, 'unixepoch'), 'app', "
    "CASE WHEN at + 259200 > unixepoch() THEN 'open' WHEN id % 3 = 0 THEN 'kept' ELSE 'broken' END, at, by_staff, '[]' "
    "FROM contact_event WHERE id % 10 = 0"
)
PERMIT = (
    "INSERT INTO permit (id, debtor, case_id, person, number, collector, debts, purpose, state, granted_at, shown_at, "
    "resolved_at, expires_at, allowed_until, idempotency_key, event) SELECT id, debtor, debtor, debtor, number, "
    "by_staff, debts, 'collect', 'resolved', at, at, at + 60, at + 180, at + 3600, 'b' || id, id FROM contact_event"
)
CALLS = (
    "INSERT INTO call (permit, case_id, collector, direction, driver, step, state, started_at, connected_at, ended_at, "
    "event, line, talk) SELECT id, debtor, by_staff, 'out', 'terminal', 'done', '{}', at, at + 5, "
    "at + 5 + duration_s, id, line, talk FROM contact_event WHERE line = 'answered'"
)
KEEPER = "INSERT INTO recording_keeper (id, name, folder, learned, added_at, added_by) VALUES (1, 'k', '/k', 0, 0, 1)"
RECORDINGS = (
    "INSERT INTO recording (at, call, status, keeper, file, digest, size, format, duration_ms) SELECT started_at, id, "
    "'kept', 1, 'f' || id, printf('%064x', id), 1000, 'wav', 1000 * (ended_at - connected_at) FROM call"
)
EXAMS = (
    "INSERT INTO exam_attempt (staff, course, version, digest, seed, drawn, pass_mark, status, started_at, until, "
    "ended_at, score) SELECT by_staff, 'collector', '1', 'x', id, '[]', 80, "
    "CASE id % 3 WHEN 0 THEN 'failed' ELSE 'passed' END, at, at + 3600, at + 1800, 60 + id % 40 "
    "FROM contact_event WHERE id % 1000 = 0"
)
REHEARSALS = (
    "INSERT INTO attestation (kind, by_staff, at, scope) SELECT 'rehearsal', by_staff, at, "
    "json_object('with', 'p', 'points', id % 100) FROM contact_event WHERE id % 200 = 1"
)


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare query, then the reports of a year and of a day."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    _furnish(desk)
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(setting.scratch / "compiled")}
    environment = {**desk.environment, **compiled}  # as installed: modules are compiled once
    today = date.today()  # noqa: DTZ011 - the book ends with this machine's today
    year = ["--from", (today - timedelta(days=364)).isoformat(), "--json"]

    lead = {**environment, "XDG_RUNTIME_DIR": str(book.sign_in(setting.scratch / "lead", desk.home, LEAD))}

    def report(*words: str, note: str = "") -> list[Contender]:
        return [
            Contender(f"report {words[0]}{note}{who}", cold(["-m", "collectdesk", "report", *words], seat), LIMIT)
            for who, seat in (("", environment), (", a lead", lead))
        ]

    return [
        Contender("bare query", cold(["-c", BARE, str(desk.home.database), book.KEY.hex()], environment)),
        *report("day", "--json"),
        *(each for name in FILLED for each in report(name, *year)),
        *(each for name in EMPTY for each in report(name, *year, note=" (empty)")),
    ]


def _furnish(desk: book.Book) -> None:
    """Spread the calls over the staff, each with a permit, a length and an identity, one in ten with a promise."""
    connection = lite.connect(desk.home.database, book.KEY)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "UPDATE contact_event SET by_staff = 1 + id % 40, answered_by = person, duration_s = id % 300, "
        "identity = CASE WHEN id % 3 = 0 THEN 'verified' ELSE 'failed' END"
    )
    connection.execute(PERMIT)
    connection.execute(PROMISE)
    for text in (CALLS, KEEPER, RECORDINGS, EXAMS, REHEARSALS):
        connection.execute(text)
    connection.execute("UPDATE staff SET role = CASE id WHEN 1 THEN 'admin' ELSE 'lead' END WHERE id IN (1, 2)")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()
