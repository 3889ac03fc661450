"""Schema 3: training, recordings, the phone's own records, notices, quality and reports."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from collectdesk.store.migrations import changes

NEW_TABLES: tuple[str, ...] = (
    "admission", "vetting_check", "exam_attempt", "exam_answer", "exam_round", "reading", "exchange", "exchange_part",
)  # fmt: skip
MADE_ANEW: Mapping[str, Mapping[str, str]] = {
    "adoption": {},
    "qualification": {},
    "suspension": {},
}
"""Tables to which no other refers, each with what its new columns hold in the rows that are there (SQL)."""
NEW_COLUMNS: tuple[tuple[str, str], ...] = ()
"""Table and column, of tables others refer to."""


def apply(connection: Connection) -> None:
    """Bring a desk of schema 2 forward."""
    for table, column in NEW_COLUMNS:
        changes.new_column(connection, table, column)
    changes.new_tables(connection, NEW_TABLES)
    for name, filled in MADE_ANEW.items():
        changes.made_anew(connection, name, filled)
