"""``report capacity`` over a big book as a process, against one that asks a bare aggregate query.

The query is what a report in SQL alone would ask to tell the same by its own two caps: every open case with debtor,
numbers, newest statement, notices and holds, and the calls of a month, by collector and product. Beside it a process
that only steps the rows the report reads, as in ``check_all``: what the report asks of the file is written down once
and asked again. Times are of the processor.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec.structs import replace

from benchmarks import book
from benchmarks.check_all import BARE, Recorder, looking, told
from benchmarks.measuring import Contender, Setting
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.asked import Asked
from collectdesk.desk.reports.making import make
from collectdesk.store import lite

TITLE = "report capacity as a process, multiples of one that asks the bare aggregate query"
ROUNDS = 5
LIMIT = 3
QUALIFIED = (
    "INSERT INTO qualification (staff, kind, passed_on, by_whom, attested_by, recorded_at) SELECT s.id, q.kind, "
    "q.passed_on, q.by_whom, q.attested_by, q.recorded_at FROM staff s JOIN qualification q ON q.staff = 1 "
    "WHERE s.id > 1"
)
"""Everybody may call: else hardly a case has anything to tell of today."""
MONTH = 30 * book.DAY
AGGREGATE = """
SELECT c.collector, c.product, count(*), max(past.latest),
  sum(CASE WHEN told.sent_at < :at AND stated.as_of >= :day THEN max(0, 4 - coalesce(past.dials, 0)) END),
  sum(CASE WHEN told.sent_at < :at AND stated.as_of >= :day THEN max(0, 2 - coalesce(past.talks, 0)) END)
FROM case_file c
JOIN person p ON p.id = c.debtor
LEFT JOIN (SELECT person, count(*) AS usable FROM number WHERE status = 'ok' GROUP BY person) reached
  ON reached.person = c.debtor
LEFT JOIN (SELECT case_id, max(as_of) AS as_of FROM statement GROUP BY case_id) stated ON stated.case_id = c.id
LEFT JOIN (SELECT debtor, min(sent_at) AS sent_at FROM notice GROUP BY debtor) told ON told.debtor = c.debtor
LEFT JOIN (
  SELECT debtor, sum(at >= :today) AS dials, sum(at >= :today AND talk = 'conversation') AS talks, max(at) AS latest
  FROM contact_event WHERE at >= :since AND superseded_at IS NULL GROUP BY debtor
) past ON past.debtor = c.debtor
WHERE c.status = 'open' AND p.died_on IS NULL AND reached.usable > 0
  AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.debtor = c.debtor AND h.lifted_at IS NULL)
GROUP BY c.collector, c.product
"""


def contenders(setting: Setting) -> Sequence[Contender]:
    """The bare process and the report."""
    desk = book.build(setting.scratch, setting.cases, setting.calls)
    connection = lite.connect(desk.home.database, book.KEY)
    connection.execute(QUALIFIED)
    connection.execute("UPDATE staff SET role = 'admin' WHERE id = 1")
    connection.close()
    return compared(desk, setting)


def compared(desk: book.Book, setting: Setting) -> Sequence[Contender]:
    """Both, of a desk that is there."""
    asked, summed, output = (setting.scratch / name for name in ("asked.jsonl", "summed.jsonl", "output"))
    with looking(desk) as window:
        recorder = Recorder(window.reader, asked)
        today = periods.a_day(periods.day_of(window.at))
        make(replace(window, reader=recorder), Asked(report="capacity", period=today))
        recorder.close()
        moments = {"at": window.at, "today": periods.bounds(today)[0], "since": window.at - MONTH}
        summed.write_text(json.dumps([AGGREGATE, {**moments, "day": today.first}]), "utf-8")
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(setting.scratch / "compiled")}
    environment = {**desk.environment, **compiled}  # as installed: modules are compiled once
    bare = ["-c", BARE, str(desk.home.database), book.KEY.hex()]
    report = ["-m", "collectdesk", "report", "capacity", "--json"]
    return [
        Contender("bare aggregate", told([*bare, str(summed)], environment, output)),
        Contender("bare rows", told([*bare, str(asked)], environment, output)),
        Contender("report capacity", told(report, environment, output), LIMIT),
    ]
