"""The program as a caller sees it: words in; exit code, stdout and stderr out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from collectdesk import cli, lang
from collectdesk.store import home, schema, sessions
from collectdesk.store.engine import open_engine
from collectdesk.store.home import Home
from tests.desks import SmallDesk, fill


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Program = Callable[..., Done]

KEY = bytes(range(32))
START = 1_795_392_000  # 2026-11-23 00:00 UTC
YEAR = 366 * 86_400


class Desk(NamedTuple):
    """An encrypted desk on disk: its paths, and the keys of what is in it."""

    home: Home
    small: SmallDesk

    def sign_in(self, staff: str, *, until: int | None = None, scope: tuple[str, ...] | None = None) -> None:
        """Sign ``staff`` in, as ``collectdesk login`` does once it has the key."""
        os.environ[sessions.CHOICE] = staff if scope is not None else ""  # the fixture puts it back
        began = self.small.at
        ends = until if until is not None else began + 10 * YEAR
        sessions.write(sessions.SignIn(home.read(self.home).desk, staff, KEY, began, ends, scope))


@pytest.fixture
def program(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Program]:
    """Run the program in this process, in English unless told otherwise, on a desk directory of its own."""
    spoken = lang.current()
    for name in ("COLLECTDESK_LANG", "COLLECTDESK_DEBUG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLLECTDESK_DESK", str(tmp_path / "desk"))

    def run(*words: str) -> Done:
        code = cli.run(words)
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    yield run
    lang.use(spoken)


@pytest.fixture(scope="session")
def small_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small desk, made once; each test works on a copy of its directory."""
    return made(Home(tmp_path_factory.mktemp("small") / "desk"))


@pytest.fixture
def desk(small_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """A small desk where the program looks for it; nobody is signed in yet."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv(sessions.CHOICE, "")
    shutil.copytree(small_desk.home.root, tmp_path / "desk")
    return Desk(Home(tmp_path / "desk"), small_desk.small)


def made(place: Home) -> Desk:
    """The small desk, in the directory ``place``."""
    home.create(place, home.new_settings())
    store = open_engine(f"sqlite:///{place.database}", KEY, create=True)
    schema.create(store, START)
    small = fill(store)
    store.close()
    return Desk(place, small)
