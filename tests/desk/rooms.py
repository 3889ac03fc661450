"""An office over the small desk, with the shipped rules adopted and a clock that stands where a test puts it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import text

from collectdesk.desk import adoptable, adoption
from collectdesk.desk.clock import Reading
from collectdesk.desk.office import Company, Member, Office
from collectdesk.store.engine import Store
from collectdesk.store.home import Home
from tests import desks
from tests.conftest import KEY
from tests.desk.ways import Deeds, Each
from tests.desks import SmallDesk

T = TypeVar("T")


@dataclass
class Hands:
    """A clock whose hands a test moves; ``boot`` runs along unless told otherwise."""

    at: int
    behind: int = field(default=0)

    def __call__(self) -> datetime:
        """The wall clock."""
        return datetime.fromtimestamp(self.at, UTC)

    def both(self, wall: int) -> Reading:
        """Both clocks, one boot."""
        return Reading(wall, wall - self.behind, "boot-1")


@dataclass(frozen=True)
class Room:
    """An office, the keys of what is on file, and the clock on its wall."""

    office: Office
    small: SmallDesk
    hands: Hands
    deeds: Deeds = field(default_factory=Each)

    def do(self, what: Hashable, really: Callable[[], T], by: Office | None = None) -> T:
        """Do something that depends on nothing but the office, its desk, the time and ``what``: ``tests.desk.ways``.

        ``by``: the office it is done from; else the room's own.
        """
        return self.deeds.do(by or self.office, what, really)

    def seat(self, staff: int, number: str = "8002", role: str = "collector") -> Office:
        """The same desk with somebody else signed in."""
        return replace(self.office, staff=Member(staff, number, "某某", role, self.small.team))


def furnish(store: Store, at: int = desks.MORNING) -> Room:
    """Fill the desk, adopt what ships, and sit the collector down; time on a server is the desk's own here."""
    small = desks.fill(store, at)
    admin = Member(small.admin, "8000", "赵 管", "admin")
    with store.writer.begin() as connection:
        for kind in ("rulebook", "calendar"):
            for _, path, content in (each for each in adoptable.shipped_texts() if each[0] == kind):
                adoption.adopt(connection, kind, content, by=admin, at=at, effective_from=at, file=path)
    hands = Hands(at)
    company = Company(small.own, "示例催收公司", "agency")
    member = Member(small.collector, "8002", "李 催", "collector", small.team, small.lead)
    office = Office(Home(Path("/nowhere")), store, member, company, "en", KEY, practice=True, clock=hands)
    return Room(office, small, hands)


def count(store: Store, table: str, condition: str = "true") -> int:
    """How many rows there are."""
    with store.reader.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table} WHERE {condition}")).scalar_one())
