"""A call on the small desk: every shipped text adopted, the collector seated, a clock the test moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collectdesk.store import schema
from collectdesk.store.engine import open_engine
from tests.conftest import KEY, START
from tests.desk.call.phone import Phone, furnished
from tests.desk.rooms import Hands, Room


@pytest.fixture(scope="session")
def furniture(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Room]:
    """The furnished desk, made once; each test works on a copy of its file."""
    path = tmp_path_factory.mktemp("furniture") / "desk.db"
    store = open_engine(f"sqlite:///{path}", KEY, create=True)
    schema.create(store, START)
    room = furnished(store)
    store.close()
    return path, room


@pytest.fixture
def phone(tmp_path: Path, furniture: tuple[Path, Room]) -> Iterator[Phone]:
    """A telephone on a desk in a file of its own."""
    made, room = furniture
    path = tmp_path / "desk.db"
    shutil.copy(made, path)
    store = open_engine(f"sqlite:///{path}", KEY)
    hands = Hands(room.small.at)
    yield Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands))
    store.close()
