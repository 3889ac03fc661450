"""The journal: one chain, append-only, and precise about what was done to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, delete, insert, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from collectdesk.store import audit, journal
from collectdesk.store.engine import Store
from collectdesk.store.tables import Journal, Person

AT = 1_795_400_000
ROWS = Journal.metadata.tables["journal"]


def write(store: Store, count: int) -> None:
    with store.writer.begin() as connection:
        journal.append_many(
            connection,
            [journal.Change(AT + n, "8001", "note.add", f"note:{n}", None, {"n": n}) for n in range(count)],
        )


def disarm(connection: Connection) -> None:
    """What somebody with the key and a database tool would do first."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER journal_no_update"))
        connection.execute(text("DROP TRIGGER journal_no_delete"))
    else:
        connection.execute(text("ALTER TABLE journal DISABLE TRIGGER journal_no_change"))


def rearm(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE journal ENABLE TRIGGER journal_no_change"))
        return
    from collectdesk.store.tables.journal import append_only

    for statement in append_only("sqlite"):
        connection.execute(text(statement))


def tampered(store: Store, act: Callable[[Connection], object]) -> list[tuple[str, int, int]]:
    with store.writer.begin() as connection:
        disarm(connection)
        act(connection)
        rearm(connection)
    return faults(store)


def faults(store: Store, against: audit.Seal | None = None) -> list[tuple[str, int, int]]:
    with store.reader.connect() as connection:
        return [(f.kind, f.seq, f.until) for f in audit.verify(connection, against).faults]


def rehash(connection: Connection, seq: int) -> None:
    row = connection.execute(journal.READ, {"seq": seq - 1}).first()
    assert row is not None
    connection.execute(update(ROWS).where(ROWS.c.seq == seq).values(hash=journal.entry_hash(tuple(row))))


def test_an_untouched_journal_is_sound(store: Store) -> None:
    write(store, 5)
    with store.reader.connect() as connection:
        found = audit.verify(connection, audit.seal(connection, AT))
    assert (found.sound, found.count) == (True, 5)


def test_an_empty_journal_is_sound(store: Store) -> None:
    assert faults(store) == []


def test_an_entry_rolls_back_with_its_change(store: Store) -> None:
    with store.writer.connect() as connection:
        connection.execute(insert(Person), {"name": "王"})
        journal.append(connection, at=AT, actor="8001", action="person.add", subject="person:1")
        connection.rollback()
    with store.reader.connect() as connection:
        assert journal.head(connection).seq == 0


def test_a_session_may_append(store: Store) -> None:
    with Session(store.writer) as session:
        assert journal.append(session, at=AT, actor="8001", action="a", subject="b") == 1
        session.commit()
    assert faults(store) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda c: c.execute(update(ROWS).values(actor="8002")),
        lambda c: c.execute(delete(ROWS)),
    ],
)
def test_change_and_removal_are_refused_by_the_database(store: Store, act: Callable[[Connection], object]) -> None:
    write(store, 2)
    with pytest.raises(DBAPIError, match="append-only"), store.writer.begin() as connection:
        act(connection)
    assert faults(store) == []


def test_replace_is_refused_too(store: Store) -> None:
    """SQLite's REPLACE would slip past the triggers without recursive_triggers; PostgreSQL has TRUNCATE instead."""
    write(store, 2)
    sly = (
        'INSERT OR REPLACE INTO journal SELECT seq, at, \'x\', action, subject, "before", "after", prev, hash '
        "FROM journal WHERE seq = 1"
        if not store.on_server
        else "TRUNCATE journal"
    )
    with pytest.raises(DBAPIError, match="append-only"), store.writer.begin() as connection:
        connection.execute(text(sly))


def test_a_changed_entry_is_named(store: Store) -> None:
    write(store, 6)
    assert tampered(store, lambda c: c.execute(update(ROWS).where(ROWS.c.seq == 3).values(actor="8002"))) == [
        ("changed", 3, 3)
    ]


def test_a_changed_entry_with_a_new_hash_is_named(store: Store) -> None:
    write(store, 6)

    def act(connection: Connection) -> None:
        connection.execute(update(ROWS).where(ROWS.c.seq == 3).values(actor="8002"))
        rehash(connection, 3)

    assert tampered(store, act) == [("changed", 3, 3)]


def test_removed_entries_are_named(store: Store) -> None:
    write(store, 8)
    gone = tampered(store, lambda c: c.execute(delete(ROWS).where(ROWS.c.seq.in_([3, 4]))))
    assert gone == [("removed", 3, 4)]


def test_a_removed_entry_is_named_though_the_rest_was_renumbered(store: Store) -> None:
    write(store, 6)

    def act(connection: Connection) -> None:
        connection.execute(delete(ROWS).where(ROWS.c.seq == 3))
        for seq in (4, 5, 6):
            connection.execute(update(ROWS).where(ROWS.c.seq == seq).values(seq=seq - 1))

    assert tampered(store, act) == [("removed", 3, 3)]


def test_an_inserted_entry_is_named(store: Store) -> None:
    write(store, 6)

    def act(connection: Connection) -> None:
        before = connection.execute(text("SELECT hash FROM journal WHERE seq = 2")).scalar_one()
        for seq in (6, 5, 4, 3):
            connection.execute(update(ROWS).where(ROWS.c.seq == seq).values(seq=seq + 1))
        connection.execute(update(ROWS).where(ROWS.c.seq == 4).values(prev="taken"))
        row = [3, AT, "8002", "call.end", "call:1", None, None, before]
        forged = dict(zip(journal.COLUMNS, [*row, journal.entry_hash(row)], strict=True))
        connection.execute(text(journal.INSERT), forged)

    assert tampered(store, act) == [("inserted", 3, 3)]


def test_an_entry_put_before_the_first_is_named(store: Store) -> None:
    write(store, 3)
    row = [0, AT, "8002", "a", "b", None, None, "x"]
    forged = dict(zip(journal.COLUMNS, [*row, journal.entry_hash(row)], strict=True))
    assert tampered(store, lambda c: c.execute(text(journal.INSERT), forged)) == [("inserted", 0, 0)]


def test_a_cut_tail_shows_against_a_seal(store: Store) -> None:
    write(store, 6)
    with store.reader.connect() as connection:
        sealed = audit.seal(connection, AT)
    assert tampered(store, lambda c: c.execute(delete(ROWS).where(ROWS.c.seq > 4))) == []
    assert faults(store, sealed) == [("cut_off", 5, 6)]


def test_a_rewritten_journal_shows_against_a_seal(store: Store) -> None:
    write(store, 4)
    with store.reader.connect() as connection:
        sealed = audit.seal(connection, AT)

    def act(connection: Connection) -> None:
        connection.execute(update(ROWS).where(ROWS.c.seq == 4).values(actor="8002"))
        rehash(connection, 4)

    assert tampered(store, act) == []
    assert faults(store, sealed) == [("rewritten", 4, 4)]


def test_missing_triggers_are_named(store: Store) -> None:
    with store.writer.begin() as connection:
        disarm(connection)
    assert faults(store) == [("trigger_missing", 0, 0)]


def test_digests_are_keyed_and_say_nothing(store: Store) -> None:
    """The policy's article 9.2: no leak; a digest must not let anyone try numbers until one fits."""
    value = {"number": "13800135678"}
    with store.writer.begin() as connection:
        journal.append(connection, at=AT, actor="8001", action="number.add", subject="number:1", after=value)
        kept = connection.execute(text('SELECT "after" FROM journal')).scalar_one()
        assert kept == journal.value_digest(connection, value)
    assert kept != journal.digest(b"another desk", value)


def test_destroying_a_subjects_rows_leaves_the_chain(store: Store) -> None:
    with store.writer.begin() as connection:
        connection.execute(insert(Person), {"name": "王"})
        journal.append(connection, at=AT, actor="8001", action="person.add", subject="person:1", after={"name": "王"})
    with store.writer.begin() as connection:
        connection.execute(delete(Person))
        journal.append(connection, at=AT, actor="8000", action="person.destroy", subject="person:1")
    assert faults(store) == []
