"""A desk with enough people on it to complain about: two leads, an administrator, two collectors, one case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import text

from collectdesk.desk.complaints import receiving
from collectdesk.desk.office import Member, Office
from collectdesk.store import ids
from collectdesk.store.home import Home
from collectdesk.store.tables import Staff
from tests.desk.rooms import Hands, Room
from tests.desks import DAY, add


@dataclass(frozen=True)
class House:
    """The desk and its people by staff number: 8000 administrator, 8001 and 8003 leads, 8002 and 8004 collectors."""

    room: Room
    keys: dict[str, int]

    @property
    def case(self) -> str:
        """The case's number."""
        return self.room.small.code

    @property
    def hands(self) -> Hands:
        """The clock."""
        return self.room.hands

    def sit(self, number: str) -> Office:
        """The desk with somebody signed in."""
        with self.room.office.reader.connect() as connection:
            row = connection.execute(
                text("SELECT id, role, superior FROM staff WHERE number = :number"), {"number": number}
            ).one()
        member = Member(row.id, number, "某某", row.role, self.room.small.team, row.superior)
        return replace(self.room.office, staff=member)

    def remove(self, number: str) -> None:
        """Somebody leaves."""
        with self.room.office.writer.begin() as connection:
            connection.execute(text("UPDATE staff SET status = 'removed' WHERE number = :number"), {"number": number})

    def complain(self, about: str = "8002", by: str = "8002") -> str:
        """A letter about somebody comes in; the complaint's id."""
        key = receiving.add(
            self.sit(by), self.case, channel="letter", category="frequency", content="一天打了五次", about=about
        )
        return ids.public("complaint", key)

    def one(self, sql: str) -> object:
        """A single value."""
        with self.room.office.reader.connect() as connection:
            return connection.execute(text(sql)).scalar_one()

    def row(self, columns: str) -> tuple[object, ...]:
        """Columns of the newest complaint."""
        with self.room.office.reader.connect() as connection:
            return tuple(connection.execute(text(f"SELECT {columns} FROM complaint ORDER BY id DESC LIMIT 1")).one())

    def acts(self, kind: str = "complaint") -> list[str]:
        """What was done, in order."""
        with self.room.office.reader.connect() as connection:
            asked = text("SELECT act FROM step WHERE kind = :kind ORDER BY id")
            return list(connection.execute(asked, {"kind": kind}).scalars())

    def staff(self, number: str) -> int:
        """The key of a staff number."""
        return self.keys[number]


def house(room: Room, place: Path) -> House:
    """Bring in the second lead and the second collector, and give the desk a directory."""
    at = room.small.at
    place.mkdir(mode=0o700, exist_ok=True)
    with room.office.writer.begin() as connection:
        joined = {"team": room.small.team, "joined_at": at - 200 * DAY, "superior": room.small.admin}
        second = add(connection, Staff, number="8003", name="周 组长", role="lead", **joined)
        other = add(connection, Staff, number="8004", name="孙 催", role="collector", **joined | {"superior": second})
    small = room.small
    keys = {"8000": small.admin, "8001": small.lead, "8002": small.collector, "8003": second, "8004": other}
    return House(replace(room, office=replace(room.office, home=Home(place))), keys)
