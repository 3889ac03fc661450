"""The engine recipe: snapshots, write locks, races, kills, and a clear word for every failure."""

from __future__ import annotations

import os
import signal
import traceback
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from collectdesk.errors import Problem
from collectdesk.store import audit, engine, faults, journal, lite, schema
from collectdesk.store.engine import Store, open_engine
from collectdesk.store.tables import CaseParty, Meta, Note, Person
from tests import desks
from tests.conftest import KEY, START
from tests.store import racers

PROCESSES = 16
ROUNDS = 50
CAP = 3
KILLS = 10


def local(tmp_path: Path) -> Store:
    store = open_engine(f"sqlite:///{tmp_path / 'desk.db'}", KEY, create=True)
    schema.create(store, START)
    return store


def code_of(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.code


def test_a_reader_sees_one_snapshot(store: Store) -> None:
    with store.reader.connect() as reading:
        before = reading.execute(select(func.count()).select_from(Person)).scalar_one()
        with store.writer.begin() as writing:
            writing.execute(insert(Person), {"name": "王"})
        assert reading.execute(select(func.count()).select_from(Person)).scalar_one() == before


def test_a_reader_holds_no_write_lock(store: Store) -> None:
    with Session(store.reader) as reading:
        reading.exec(select(Person)).all()  # type: ignore[call-overload]
        with store.writer.begin() as writing:
            writing.execute(insert(Person), {"name": "王"})


def test_a_reader_cannot_write(store: Store) -> None:
    """Else a write could slip in that holds no lock from its first statement on."""
    with store.reader.connect() as reading, pytest.raises(Problem) as refused:
        reading.execute(insert(Person), {"name": "王"})
    assert code_of(refused) == "database_read_only"
    with store.writer.begin() as writing:
        writing.execute(insert(Person), {"name": "王"})


def test_a_savepoint_rolls_back_alone(store: Store) -> None:
    with store.writer.begin() as connection:
        connection.execute(insert(Person), {"name": "王"})
        with connection.begin_nested() as point:
            connection.execute(insert(Person), {"name": "李"})
            point.rollback()
    with store.reader.connect() as connection:
        assert connection.execute(select(Person.name)).scalars().all() == ["王"]  # type: ignore[call-overload]


def test_a_server_has_its_own_clock(store: Store) -> None:
    with store.writer.connect() as connection:
        assert (engine.now(connection, 7) == 7) is not store.on_server


def test_a_foreign_key_is_held(store: Store) -> None:
    with pytest.raises(IntegrityError), store.writer.begin() as connection:
        connection.execute(insert(Note), {"case_id": 99, "by_staff": 99, "at": 1, "content": "x"})


def test_sixteen_processes_never_pass_the_cap(store: Store, url: str) -> None:
    """The policy's article 8.1: a cap that two hundred hands cannot pass; every loser is told, none dies."""
    with store.writer.begin() as connection:
        debtors = [desks.add(connection, Person, name=f"p{n}") for n in range(ROUNDS)]
    chosen = racers.context()
    barrier = chosen.Barrier(PROCESSES, timeout=240)
    arguments = (url, KEY, debtors, CAP, barrier)
    processes = [chosen.Process(target=racers.race, args=arguments) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with store.reader.connect() as connection:
        taken = connection.execute(select(racers.EVENTS.c.debtor, func.count()).group_by(racers.EVENTS.c.debtor)).all()
        assert sorted(map(tuple, taken)) == [(debtor, CAP) for debtor in debtors]
        assert audit.verify(connection).sound


def test_a_killed_process_loses_nothing_it_acknowledged(store: Store, url: str, tmp_path: Path) -> None:
    acknowledged = tmp_path / "acknowledged"
    acknowledged.touch()
    chosen = racers.context()
    for kill in range(KILLS):
        process = chosen.Process(target=racers.append_for_ever, args=(url, KEY, str(acknowledged)))
        process.start()
        goal = acknowledged.stat().st_size + 40 + 34 * kill
        while acknowledged.stat().st_size < goal and process.is_alive():
            os.sched_yield()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    last = int(acknowledged.read_text().split("\n")[-2])
    with store.reader.connect() as connection:
        found = audit.verify(connection)
        if not store.on_server:
            assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
    assert found.sound
    assert found.count >= last


def test_a_held_database_is_busy_after_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lite, "BUSY_MS", 60)
    monkeypatch.setattr(engine, "WORD_AFTER", 0.02)
    store = local(tmp_path)
    words: list[str] = []
    waiting = open_engine(str(store.url), KEY, on_wait=lambda: words.append("waiting"))
    with store.writer.begin(), pytest.raises(Problem) as refused:
        waiting.writer.connect().begin()
    assert (code_of(refused), words) == ("database_locked", ["waiting"])


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    store = open_engine(f"sqlite:///{tmp_path / 'none.db'}", KEY)
    with pytest.raises(Problem) as refused:
        store.reader.connect()
    assert code_of(refused) == "database_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [bytes(32), b"short"])
def test_another_key_is_refused(tmp_path: Path, key: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    local(tmp_path).close()
    with pytest.raises(Problem) as refused:
        open_engine(f"sqlite:///{tmp_path / 'desk.db'}", key).reader.connect()
    assert code_of(refused) == "database_wrong_key"
    assert capfd.readouterr().err == ""


def test_a_damaged_page_is_named(tmp_path: Path) -> None:
    store = local(tmp_path)
    desks.fill(store)
    store.close()
    path = tmp_path / "desk.db"
    raw = bytearray(path.read_bytes())
    raw[4096 * 2 :] = bytes(len(raw) - 4096 * 2)
    path.write_bytes(raw)
    with pytest.raises(Problem) as refused, store.reader.connect() as connection:
        connection.execute(text("SELECT * FROM statement")).all()
    assert code_of(refused) in ("database_corrupt", "database_wrong_key")


def test_a_full_disk_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    store = local(tmp_path)
    with store.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Problem) as refused:
            connection.execute(insert(Meta), {"key": "k", "value": "x" * 10**6})
    assert code_of(refused) == "disk_full"
    with store.reader.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Meta)).scalar_one() == 0


def test_a_file_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    local(tmp_path).close()
    connection = lite.connect(tmp_path / "desk.db", KEY, readonly=True)
    with pytest.raises(Problem) as refused, faults.translated():
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")
    connection.close()
    assert code_of(refused) == "database_read_only"


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(Problem) as refused:
        open_engine("postgresql://nobody@/none?host=/nonexistent").reader.connect()
    assert code_of(refused) == "server_unreachable"


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        open_engine("mysql://host/db")
    assert code_of(refused) == "database_url"


HOSTILE = [
    "\x1b[31mred\x07",
    "[bold]markup[/] {name} %s %(x)s :param",
    '=HYPERLINK("http://x")',
    "'; DROP TABLE journal; --",
    "\u202eright to left\u200f\ufeff",
    "家" * 100_000,
    "𠮷 🧾 é\r\n\t",
    "\\x00 \\u0000",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_is_stored_exactly(store: Store, value: str) -> None:
    with store.writer.begin() as connection:
        connection.execute(insert(Meta), {"key": "k", "value": value})
        journal.append(connection, at=1, actor="8002", action="a", subject="meta:k", after={"value": value})
    with store.reader.connect() as connection:
        assert connection.execute(select(Meta.value)).scalar_one() == value  # type: ignore[call-overload]


def test_what_is_no_text_is_refused_in_words(store: Store) -> None:
    with pytest.raises(Problem) as refused, store.writer.begin() as connection:
        connection.execute(insert(Meta), {"key": "k", "value": "broken \ud800"})
    assert code_of(refused) == "text_unstorable"


def test_no_problem_carries_a_value(store: Store) -> None:
    """A driver's own message quotes data; ours must not."""
    secret = "13800135678"
    with pytest.raises(IntegrityError) as refused, store.writer.begin() as connection:
        connection.execute(insert(Person), {"name": secret, "id_kind": "spaceship"})
    assert secret not in "".join(traceback.format_exception(refused.value))
    assert "ck_person_id_kind" in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_held_row_keeps_no_reference_to_it_waiting(store: Store) -> None:
    """Whoever adds to the person the race is about goes on; on SQLite one writer holds the whole file anyway."""
    small = desks.fill(store)
    with store.writer.begin() as holding, store.writer.begin() as adding:
        engine.lock_row(holding, "person", small.debtor)
        adding.execute(text("SET LOCAL lock_timeout = '2s'"))
        desks.add(adding, CaseParty, case_id=small.case, person=small.debtor, role="guarantor")
