"""``--since last`` (自上次以来): how far a report with these filters has been made, so that a timer needs no memory.

The mark moves only once the report is out, and never back: a run that failed is made up for by the next one, under
the same file name.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.figure import Period

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.desk.reports.asked import Asked
    from collectdesk.desk.window import Window

MARK = "report_through"
"""``meta`` key, followed by the report and what it was narrowed to."""
READ = "SELECT value FROM meta WHERE key = :key"
WRITE = (
    "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value "
    "WHERE meta.value < excluded.value"
)


def due(window: Window, report: str, narrowed: tuple[str, ...]) -> Period | None:
    """The whole days since the last run, yesterday the last of them; the first time yesterday. None when none is."""
    yesterday = periods.day_of(window.at) - timedelta(days=1)
    found = window.ask(READ, {"key": key_of(report, narrowed)})
    if not found:
        return periods.a_day(yesterday)
    begins = date.fromisoformat(str(found[0][0])) + timedelta(days=1)
    if begins > yesterday:
        return None
    begins = max(begins, yesterday - timedelta(days=periods.MOST_DAYS - 1))
    return periods.a_day(begins) if begins == yesterday else periods.a_range(begins, yesterday)


def made(office: Office, asked: Asked, narrowed: tuple[str, ...]) -> None:
    """Move the mark to the end of what was made; journalled."""
    from sqlalchemy import text

    from collectdesk.store import journal

    with office.writing() as session:
        session.execute(text(WRITE), {"key": key_of(asked.report, narrowed), "value": asked.period.last})
        after = {"first": asked.period.first, "last": asked.period.last, "narrowed": list(narrowed)}
        journal.append(
            session, at=office.now(), actor=office.staff.number, action="report.made",
            subject=f"report:{asked.report}", after=after,
        )  # fmt: skip


def key_of(report: str, narrowed: tuple[str, ...]) -> str:
    """Under which key the mark of a report is kept."""
    return ":".join((MARK, report, *narrowed))
