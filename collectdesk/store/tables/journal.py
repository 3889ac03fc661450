"""The journal (日志): every change, in one hash chain; triggers refuse to alter it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, Table, event
from sqlmodel import Field

from collectdesk.store.columns import Row, instant, text


class Journal(Row, table=True):
    """One entry. ``before``/``after`` are keyed digests, ``prev`` the hash of the entry before; no personal data."""

    seq: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: int = instant()
    actor: str = text()
    action: str = text()
    subject: str = text()
    before: str | None = text(optional=True)
    after: str | None = text(optional=True)
    prev: str = text(unique=True)
    hash: str = text(unique=True)


def append_only(dialect: str) -> list[str]:
    """The statements that make the journal refuse change; REPLACE deletes first and so meets them too."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER journal_no_{verb} BEFORE {verb.upper()} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        "CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'restrict_violation'; END $$",
        "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()",
    ]


@event.listens_for(Journal.metadata.tables["journal"], "after_create")
def _guard(_table: Table, connection: Connection, **_kw: object) -> None:
    for statement in append_only(connection.dialect.name):
        connection.exec_driver_sql(statement)
