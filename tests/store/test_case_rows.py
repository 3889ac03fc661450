"""The fast texts, held to the models: the same rows, the same columns, on both engines, none of a stranger's."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from msgspec import Struct
from msgspec.structs import astuple
from sqlalchemy import Column, Connection, select, text
from sqlmodel import SQLModel

from collectdesk.store import case_rows as rows
from collectdesk.store import reader
from collectdesk.store.columns import JsonText, dump_json
from collectdesk.store.engine import Store
from collectdesk.store.tables import (
    Attestation,
    CaseFile,
    CaseParty,
    Consent,
    ContactEvent,
    Designation,
    HistoryCover,
    Hold,
    ImportBatch,
    Notice,
    Number,
    Permit,
    Person,
    PersonZone,
    Statement,
)
from tests import desks
from tests.conftest import KEY

AT = desks.MORNING
DIAL = {"kind": "call", "direction": "out", "channel": "voice", "line": "no_answer", "recorded_at": AT}


class Stranger(NamedTuple):
    """Somebody else's file: none of its rows may answer."""

    person: int
    case: int


def add_facts(connection: Connection, small: desks.SmallDesk, debtor: int, case: int, number: int) -> None:
    """A row of every kind that bears on a debtor."""
    desks.add(connection, ContactEvent, at=AT - 60, debtor=debtor, person=debtor, number=number, debts=[case], **DIAL)
    desks.add(connection, ContactEvent, at=AT - 50, debtor=debtor, superseded_at=AT, **DIAL)
    desks.add(connection, Consent, debtor=debtor, opens=["hours"], by_person=debtor, given_at=AT, via="call")
    weekly = [{"days": [1, 2], "from": "12:00", "to": "14:00"}]
    desks.add(connection, Designation, debtor=debtor, via="debtor", kind="barred", weekly=weekly)
    desks.add(connection, Hold, debtor=debtor, kind="cease", received_at=AT, allows=["answer_request"])
    desks.add(connection, Notice, debtor=debtor, kind="debt", sent_at=AT, debts=[case])
    desks.add(connection, HistoryCover, case_id=case, org=small.creditor, complete_through=AT)
    desks.add(connection, Attestation, kind="no_other_calls", case_id=case, by_staff=small.lead, at=AT)
    permit = {"debtor": debtor, "case_id": case, "person": debtor, "number": number, "purpose": "collect"}
    for state, collector in (
        ("granted", small.collector if case == small.case else small.lead),
        ("lapsed", small.lead),
    ):
        times = {"granted_at": AT, "expires_at": AT + 180, "idempotency_key": f"{case}-{state}"}
        desks.add(connection, Permit, **permit, state=state, collector=collector, **times)


def add_stranger(connection: Connection, small: desks.SmallDesk) -> Stranger:
    person = desks.add(connection, Person, name="钱外人")
    number = desks.add(connection, Number, person=person, number="19900009999")
    desks.add(connection, PersonZone, person=person, zone="Asia/Urumqi", source="address")
    batch = desks.add(connection, ImportBatch, digest="d", at=AT, by_staff=small.lead, counts={})
    origin = {"contract_no": "other", "creditor": small.creditor, "import_batch": batch}
    case = desks.add(connection, CaseFile, code="B-1", debtor=person, collector=small.lead, **origin)
    desks.add(connection, CaseParty, case_id=case, person=person, role="debtor")
    amounts = {"principal": 1, "interest": 0, "fees": 0, "total": 1, "currency": "CNY"}
    desks.add(connection, Statement, case_id=case, as_of="2026-11-22", imported_at=AT, **amounts)
    desks.add(connection, Attestation, kind="number_source", batch=batch, by_staff=small.lead, at=AT)
    add_facts(connection, small, person, case, number)
    return Stranger(person, case)


@pytest.fixture
def filled(store: Store) -> tuple[desks.SmallDesk, Stranger]:
    small = desks.fill(store)
    with store.writer.begin() as connection:
        add_facts(connection, small, small.debtor, small.case, small.number)
        return small, add_stranger(connection, small)


def by_models(store: Store, kind: type[Struct], stranger: Stranger) -> list[tuple[object, ...]]:
    """The same question put to the models: everything on the desk but the stranger's and what no longer holds."""
    table = SQLModel.metadata.tables[rows.SOURCES[kind][0]]
    columns = [table.c[field.rstrip("_")] for field in kind.__struct_fields__]
    with store.reader.connect() as connection:
        found = connection.execute(select(table)).mappings().all()
    return [
        tuple(as_stored(row[column], column) for column in columns)
        for row in found
        if not strange(table.name, dict(row), stranger) and holds(row.get("superseded_at"), row.get("state"))
    ]


def as_stored(value: object, column: Column[Any]) -> object:
    return dump_json(value) if isinstance(column.type, JsonText) and value is not None else value


def strange(table: str, row: dict[str, object], stranger: Stranger) -> bool:
    own = {"case_file": stranger.case, "person": stranger.person}.get(table)
    theirs = row.get("debtor"), row.get("person")
    return (
        row.get("id") == own
        or stranger.person in theirs
        or row.get("case_id") == stranger.case
        or bool(row.get("batch"))
    )


def holds(superseded_at: int | None, state: str | None) -> bool:
    return superseded_at is None and state != "lapsed"


@pytest.mark.parametrize("kind", list(rows.SOURCES))
def test_a_text_answers_as_the_models_do(
    store: Store, url: str, filled: tuple[desks.SmallDesk, Stranger], kind: type[Struct]
) -> None:
    small, stranger = filled
    with reader.open_url(url, KEY) as fast:
        answered = rows.read(fast.ask, kind, rows.one_case(small.case))
    expected = by_models(store, kind, stranger)
    assert expected
    assert sorted(map(repr, map(plain, map(astuple, answered)))) == sorted(map(repr, map(plain, expected)))


def plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """SQLite says 1 where PostgreSQL says true."""
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


@pytest.mark.parametrize("kind", list(rows.SOURCES))
def test_a_scope_of_many_is_the_sum_of_its_cases(
    url: str, filled: tuple[desks.SmallDesk, Stranger], kind: type[Struct]
) -> None:
    small, stranger = filled
    with reader.open_url(url, KEY) as fast:
        every = rows.read(fast.ask, kind, rows.all_open())
        each = [rows.read(fast.ask, kind, rows.one_case(case)) for case in (small.case, stranger.case)]
    assert set(every) == {row for part in each for row in part}


def test_calls_to_a_number_somebody_else_has_too_are_seen(
    store: Store, url: str, filled: tuple[desks.SmallDesk, Stranger]
) -> None:
    """The policy's article 8.1: a cap per number holds however many files name it."""
    small, stranger = filled
    with store.writer.begin() as connection:
        twin = desks.add(connection, Number, person=stranger.person, number=small.mobile)
        called = desks.add(connection, ContactEvent, at=AT, debtor=stranger.person, number=twin, **DIAL)
    with reader.open_url(url, KEY) as fast:
        events = rows.read(fast.ask, rows.EventRow, rows.one_case(small.case))
        assert called in [event.id for event in events]
        assert rows.twins(fast.ask, rows.one_case(small.case)) == [rows.TwinRow(small.number, twin)]


def test_the_same_text_runs_inside_a_write(store: Store, filled: tuple[desks.SmallDesk, Stranger]) -> None:
    small, _ = filled
    with store.writer.begin() as connection:
        connection.execute(text("UPDATE hold SET cause = 'seen'"))
        held = rows.read(rows.driver_of(connection), rows.HoldRow, rows.one_case(small.case))
        assert [(hold.cause, json.loads(hold.allows)) for hold in held] == [("seen", ["answer_request"])]


def test_several_texts_see_one_snapshot(store: Store, filled: tuple[desks.SmallDesk, Stranger]) -> None:
    small, _ = filled
    with store.reader.connect() as connection:
        ask = rows.driver_of(connection)
        before = rows.read(ask, rows.HoldRow, rows.one_case(small.case))
        with store.writer.begin() as writing:
            desks.add(writing, Hold, debtor=small.debtor, kind="complaint", received_at=AT)
        assert rows.read(ask, rows.HoldRow, rows.one_case(small.case)) == before


@pytest.mark.parametrize("kind", list(rows.SOURCES))
def test_no_text_reads_a_whole_table_for_one_case(store: Store, kind: type[Struct]) -> None:
    """A look-up stays a look-up: the planner has an index for every table it asks."""
    query = rows._text(kind, rows.one_case(1).condition).replace(":case_id", "1")
    with store.reader.connect() as connection:
        if store.on_server:  # with a handful of rows it would read the table whatever the indexes
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = [line[0].strip(" ->") for line in connection.execute(text(f"EXPLAIN {query}"))]
        else:
            plan = list(connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).scalars("detail"))
    whole = [line.replace("Seq Scan on", "SCAN") for line in plan if line.startswith(("SCAN", "Seq Scan on"))]
    assert [line for line in whole if line.split()[1] in SQLModel.metadata.tables] == []
