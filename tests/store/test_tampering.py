"""Whatever is done to one entry of the journal, or to a stretch of it, is found; and the finding points there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from collectdesk.store import audit, journal, schema
from collectdesk.store.engine import Store, open_engine
from tests.conftest import KEY, START

ENTRIES = 12
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8)
COLUMNS = st.sampled_from(["actor", "action", "subject", "before", "after", "prev", "hash"])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One journal for every example: each tampers inside a transaction that is rolled back."""
    path: Path = tmp_path_factory.mktemp("journal") / "desk.db"
    store = open_engine(f"sqlite:///{path}", KEY, create=True)
    schema.create(store, START)
    with store.writer.begin() as connection:
        for n in range(ENTRIES):
            journal.append(connection, at=START + n, actor="8001", action="a", subject=f"note:{n}", after={"n": n})
    yield store
    store.close()


@contextmanager
def tampering(store: Store) -> Iterator[Connection]:
    with store.writer.connect() as connection:
        connection.execute(text("DROP TRIGGER journal_no_update"))
        connection.execute(text("DROP TRIGGER journal_no_delete"))
        yield connection
        connection.rollback()


def found(connection: Connection, against: audit.Seal | None = None) -> set[tuple[str, int, int]]:
    faults = audit.verify(connection, against).faults
    return {(fault.kind, fault.seq, fault.until) for fault in faults if fault.kind != "trigger_missing"}


@given(seq=st.integers(1, ENTRIES), column=COLUMNS, value=TEXTS)
def test_any_edit_of_any_column_is_found_where_it_is(kept: Store, seq: int, column: str, value: str) -> None:
    with tampering(kept) as connection:
        change = text(f'UPDATE journal SET "{column}" = :value WHERE seq = :seq AND "{column}" IS NOT :value')
        touched = connection.execute(change, {"value": value, "seq": seq}).rowcount
        assert found(connection) == ({("changed", seq, seq)} if touched else set())


@given(first=st.integers(1, ENTRIES), length=st.integers(1, ENTRIES))
def test_any_gap_is_found_and_measured(kept: Store, first: int, length: int) -> None:
    last = min(first + length - 1, ENTRIES)
    with tampering(kept) as connection:
        sealed = audit.seal(connection, START)
        gone = {"first": first, "last": last}
        connection.execute(text("DELETE FROM journal WHERE seq BETWEEN :first AND :last"), gone)
        kind = "cut_off" if last == ENTRIES else "removed"
        assert found(connection, sealed) == {(kind, first, last)}


@given(first=st.integers(1, ENTRIES - 4), length=st.integers(1, 3))
def test_any_gap_is_found_though_the_rest_moved_up(kept: Store, first: int, length: int) -> None:
    with tampering(kept) as connection:
        gone = {"first": first, "last": first + length - 1, "length": length}
        connection.execute(text("DELETE FROM journal WHERE seq BETWEEN :first AND :last"), gone)
        for seq in range(first + length, ENTRIES + 1):
            connection.execute(
                text("UPDATE journal SET seq = :new WHERE seq = :seq"), {"new": seq - length, "seq": seq}
            )
        assert found(connection) == {("removed", first, first + length - 1)}


@given(seq=st.integers(1, ENTRIES - 1), other=st.integers(2, ENTRIES))
def test_two_entries_that_changed_places_are_found(kept: Store, seq: int, other: int) -> None:
    if seq == other:
        other = seq + 1
    with tampering(kept) as connection:
        for old, new in ((seq, -1), (other, seq), (-1, other)):
            connection.execute(text("UPDATE journal SET seq = :new WHERE seq = :old"), {"old": old, "new": new})
        assert found(connection)


@given(start=st.integers(1, ENTRIES), actor=TEXTS)
def test_a_rewritten_end_is_found_against_a_seal(kept: Store, start: int, actor: str) -> None:
    """Every hash from there on made anew: the chain is whole, only the seal tells."""
    with tampering(kept) as connection:
        sealed = audit.seal(connection, START)
        old = [tuple(row) for row in connection.execute(journal.READ, {"seq": start - 1})]
        connection.execute(text("DELETE FROM journal WHERE seq >= :start"), {"start": start})
        prev = str(old[0][7])
        for row in old:
            forged = [*row[:2], actor + "!", *row[3:7], prev]
            prev = journal.entry_hash(forged)
            connection.execute(text(journal.INSERT), dict(zip(journal.COLUMNS, [*forged, prev], strict=True)))
        assert found(connection) == set()
        assert found(connection, sealed) == {("rewritten", ENTRIES, ENTRIES)}
