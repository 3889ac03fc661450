"""Desks as earlier programs left them: the schema as it was then, with a few rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import text

from collectdesk.store import migrations
from collectdesk.store.engine import Store

AT = 1_795_400_000
SCHEMAS = Path(__file__).with_name("schemas")
BASE = (
    "INSERT INTO org (id, name, kind, own) VALUES (1, 'Bank', 'lender', true)",
    "INSERT INTO creditor (org, identity_items, languages) VALUES (1, '[]', '[]')",
    "INSERT INTO person (id, name, country) VALUES (1, '王伟', 'CN')",
    "INSERT INTO staff (id, number, name, role, status, joined_at) VALUES (1, '0001', 'x', 'collector', 'active', 0)",
    "INSERT INTO case_file (id, code, creditor, debtor, contract_no, status) VALUES (1, 'A-1', 1, 1, 'C-1', 'open')",
)
ROWS: Mapping[int, tuple[str, ...]] = {
    1: (
        "INSERT INTO promise (id, case_id, by_person, amount, currency, pay_on, channel, status, at, by_staff) "
        "VALUES (7, 1, 1, 100000, 'CNY', '2026-11-25', 'app', 'open', 0, 1)",
        "INSERT INTO objection (id, case_id, category, content, received_at, answer, answered_at, status, by_staff) "
        "VALUES (3, 1, 'amount', 'x', 5, 'y', 5, 'answered', 1)",
        "INSERT INTO objection (id, case_id, category, content, received_at, due_on, status, by_staff) "
        "VALUES (4, 1, 'fees', 'x', 5, '2026-11-30', 'open', 1)",
        "INSERT INTO complaint (id, case_id, category, content, assigned_to, received_at, due_on, status, by_staff) "
        "VALUES (3, 1, 'time', 'x', 1, 1795363200, '2026-12-31', 'open', 1)",
    ),
    2: (
        "INSERT INTO promise (id, case_id, by_person, amount, currency, pay_on, channel, status, at, by_staff, holds) "
        "VALUES (7, 1, 1, 100000, 'CNY', '2026-11-25', 'app', 'open', 0, 1, '[]')",
    ),
    3: (
        "INSERT INTO promise (id, case_id, by_person, amount, currency, pay_on, channel, status, at, by_staff, holds) "
        "VALUES (7, 1, 1, 100000, 'CNY', '2026-11-25', 'app', 'open', 0, 1, '[]')",
        "INSERT INTO adoption (id, kind, name, version, digest, content, compiled, adopted_at, by_staff, "
        "effective_from) VALUES (2, 'rulebook', 'house', '1', 'd', 'text', 'form', 5, 1, 6)",
    ),
}
"""What a desk of each schema held."""


def older(store: Store, number: int) -> None:
    """Make the database as schema ``number`` was, with a few rows in it."""
    engine = store.writer.dialect.name
    with store.writer.begin() as connection:
        for statement in (SCHEMAS / f"{number}.{engine}.sql").read_text("utf-8").split("\n;;\n"):
            connection.exec_driver_sql(statement.replace("%", "%%") if engine == "postgresql" else statement)
        for statement in (*BASE, *ROWS[number]):
            connection.execute(text(statement))
        for step in migrations.STEPS[:number]:
            migrations._mark(connection, step, AT)
