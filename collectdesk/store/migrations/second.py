"""Schema 2: objections, complaints, plans, payments, emergencies and conduct through their whole life."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection

from collectdesk.store.migrations import changes

NEW_TABLES: tuple[str, ...] = (
    "plan", "plan_instalment", "plan_evidence", "step", "payment", "outside_officer", "request", "referral",
    "emergency_contact", "violation", "suspension",
)  # fmt: skip
DAY = {
    "sqlite": r"date(\1 + 28800, 'unixepoch')",
    "postgresql": r"to_char(to_timestamp(\1 + 28800) AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
}
"""The house's local date (UTC+8) of an instant, on each engine; ``DAY(…)`` below."""
FORTNIGHT = "DAY(received_at + 1296000)"
"""Fifteen days on."""
COMPLAINT = {
    "channel": "'call'",
    "received_on": "DAY(received_at)",
    "term": "15",
    "last_on": FORTNIGHT,
    "due_on": f"CASE WHEN due_on <= {FORTNIGHT} THEN due_on ELSE {FORTNIGHT} END",
    "upheld": "'[]'",
    "status": "CASE WHEN closed_at IS NOT NULL THEN 'closed' "
    "WHEN assigned_to IS NULL THEN 'waiting' ELSE 'in_hand' END",
}
OBJECTION = {
    "via": "'call'",
    "written": "false",
    "reopened": "0",
    "told_at": "answered_at",
    "told_how": "CASE WHEN answered_at IS NOT NULL THEN 'call' END",
    "told_call": "CASE WHEN answered_at IS NOT NULL THEN call END",
    "status": "CASE status WHEN 'answered' THEN 'closed' ELSE status END",
}
"""Until now an answer was always one given on the call, so the debtor was told."""
EMERGENCY = {
    "level": "0",
    "next_alert_at": "CASE WHEN status = 'open' THEN at END",
}
"""One nobody took yet is passed on at once."""
MADE_ANEW: Mapping[str, Mapping[str, str]] = {
    "promise": {"holds": "'[]'"},
    "objection": OBJECTION,
    "complaint": COMPLAINT,
    "emergency": EMERGENCY,
}
"""Tables, each with what its new columns hold in the rows that are there (SQL)."""
LATER_TABLES: tuple[str, ...] = ("grievance", "emergency_alert")
"""New tables that refer to one made anew."""
NEW_COLUMNS: tuple[tuple[str, str], ...] = ()
"""Table and column."""


def apply(connection: Connection) -> None:
    """Bring a desk of schema 1 forward."""
    changes.new_tables(connection, NEW_TABLES)
    for name, filled in MADE_ANEW.items():
        changes.made_anew(connection, name, {column: _spelled(connection, sql) for column, sql in filled.items()})
    changes.new_tables(connection, LATER_TABLES)
    for table, column in NEW_COLUMNS:
        changes.new_column(connection, table, column)


def _spelled(connection: Connection, sql: str) -> str:
    return re.sub(r"DAY\(([^()]*)\)", DAY[connection.dialect.name], sql)
