"""A copy of the furnished desk for each run of a machine that tries a life at random, and everybody's seat at it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import text

from collectdesk.desk.office import Member, Office
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.conftest import Furniture
from tests.desk.rooms import Room


def seats(room: Room) -> dict[str, Office]:
    """The collector, their lead and an administrator, each at the same desk."""
    small = room.small
    return {
        "collector": room.office,
        "lead": room.seat(small.lead, "8001", "lead"),
        "admin": replace(room.office, staff=Member(small.admin, "8000", "赵 管", "admin")),
    }


class OnADesk(RuleBasedStateMachine):
    """A copy of the furnished desk for each run; ``furniture`` is set by the test."""

    furniture: Furniture

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory(prefix="lives-")
        made, room = self.furniture
        assert made.path is not None
        self.store = open_engine(f"sqlite:///{shutil.copy(made.path, Path(self.place.name) / 'desk.db')}", KEY)
        self.room = replace(room, office=replace(room.office, store=self.store))
        self.seats = seats(self.room)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What is on the desk."""
        with self.store.reader.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def teardown(self) -> None:
        """Give the copy back."""
        self.store.close()
        self.place.cleanup()
