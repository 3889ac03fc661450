"""The fast reader: the same answers, no ORM, a snapshot, and no writing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.errors import Problem
from collectdesk.store import reader
from collectdesk.store.engine import Store
from tests import desks
from tests.conftest import KEY

HEAVY = {"sqlalchemy", "sqlmodel", "pydantic", "rich", "questionary", "prompt_toolkit", "cryptography", "argon2"}
BY_CODE = "SELECT code, debtor FROM case_file WHERE code = :code AND code NOT LIKE '%?' ORDER BY id"


def test_it_answers_as_the_models_do(store: Store, url: str) -> None:
    small = desks.fill(store)
    with reader.open_url(url, KEY) as fast:
        assert fast.ask(BY_CODE, {"code": small.code}) == [(small.code, small.debtor)]


def test_it_sees_one_snapshot(store: Store, url: str) -> None:
    with reader.open_url(url, KEY) as fast:
        assert fast.ask("SELECT count(*) FROM person") == [(0,)]
        desks.fill(store)
        assert fast.ask("SELECT count(*) FROM person") == [(0,)]


@pytest.mark.usefixtures("store")
def test_it_cannot_write(url: str) -> None:
    with reader.open_url(url, KEY) as fast, pytest.raises(Problem) as refused:
        fast.ask("DELETE FROM person")
    assert refused.value.code == "database_read_only"


def test_it_refuses_another_schema(store: Store, url: str) -> None:
    with store.writer.begin() as connection:
        newer = "PRAGMA user_version = 99" if not store.on_server else "UPDATE migration SET number = number + 98"
        connection.execute(text(newer))
    with pytest.raises(Problem) as refused:
        reader.open_url(url, KEY)
    assert refused.value.code == "schema_newer"


def test_it_refuses_an_empty_database(empty_url: str, tmp_path: Path) -> None:
    (tmp_path / "desk.db").touch()
    with pytest.raises(Problem) as refused:
        reader.open_url(empty_url, None)
    assert refused.value.code == "database_empty"


@pytest.mark.usefixtures("store")
def test_it_imports_nothing_heavy(url: str) -> None:
    code = (
        "import sys; from collectdesk.store import reader\n"
        f"with reader.open_url({url!r}, {KEY!r}) as fast: fast.ask('SELECT 1 FROM person')\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "collectdesk.store.lite" in done.stdout.split()
    assert not HEAVY & set(done.stdout.split())
