"""Schema 3: training, recordings, the phone's own records, notices, quality and reports."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from collectdesk.store.migrations import changes

NEW_TABLES: tuple[str, ...] = (
    "admission", "vetting_check", "exam_attempt", "exam_answer", "exam_round", "reading", "exchange", "exchange_part",
    "recording_keeper", "found_recording", "destruction",
    "phone_source", "extension", "dial_record", "dial_finding", "letter",
    "quality_sample", "quality_review", "quality_answer", "quality_finding", "retraining",
)  # fmt: skip
RECORDING = {
    "status": "CASE WHEN owed THEN 'owed' ELSE 'named' END",
    "due_at": "CASE WHEN owed THEN at + 432000 END",
    "keeper": "NULL",
}
"""What a call owed until now is due five days after it; what was named until then stays so."""
MADE_ANEW: Mapping[str, Mapping[str, str]] = {
    "adoption": {},
    "qualification": {},
    "suspension": {},
    "recording": RECORDING,
}
"""Tables to which no other refers, each with what its new columns hold in the rows that are there (SQL)."""
LATER_TABLES: tuple[str, ...] = ("destruction_item",)
"""New tables that refer to one made anew."""
ONE_A_CALL = "DELETE FROM recording WHERE id NOT IN (SELECT max(id) FROM recording GROUP BY call)"
OWED = (
    "INSERT INTO recording (call, status, at, due_at) SELECT id, 'owed', connected_at, connected_at + 432000 FROM call "
    "WHERE connected_at IS NOT NULL AND id NOT IN (SELECT call FROM recording)"
)
"""Each connected call owes one (policy article 14.1); until now only those that came to the wrap-up said so."""
NEW_COLUMNS: tuple[tuple[str, str], ...] = (("case_file", "destroyed_at"),)
"""Table and column, of tables others refer to."""

NEW_INDEXES: tuple[tuple[str, str], ...] = (("contact_event", "ix_contact_event_dead"),)
"""Table and index, of tables others refer to."""


def apply(connection: Connection) -> None:
    """Bring a desk of schema 2 forward."""
    for table, column in NEW_COLUMNS:
        changes.new_column(connection, table, column)
    for table, index in NEW_INDEXES:
        changes.new_index(connection, table, index)
    changes.new_tables(connection, NEW_TABLES)
    connection.exec_driver_sql(ONE_A_CALL)
    for name, filled in MADE_ANEW.items():
        changes.made_anew(connection, name, filled)
    changes.new_tables(connection, LATER_TABLES)
    connection.exec_driver_sql(OWED)
