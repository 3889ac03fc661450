"""A desk with four who decide, and a call on which somebody is in danger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from collectdesk.desk.call import engine
from collectdesk.desk.emergencies.sweep import sweep
from collectdesk.desk.office import Office
from collectdesk.store.home import Home
from collectdesk.store.tables import Staff
from tests.desk.call.phone import Phone
from tests.desk.rooms import Room
from tests.desks import add

MINUTE = 60


class Danger:
    """The small desk (8000 admin, 8001 lead over 8002) with a second lead 8003 and an officer 8004 besides."""

    def __init__(self, phone: Phone, place: Path) -> None:
        room = phone.room
        office = replace(room.office, home=Home(place))
        self.room: Room = replace(room, office=office)
        self.phone = Phone(self.room)
        self.place = place
        other, officer = self.room.do("two more", self._join)
        small = room.small
        self.keys = {"8000": small.admin, "8001": small.lead, "8002": small.collector, "8003": other, "8004": officer}
        roles = {"8000": "admin", "8001": "lead", "8002": "collector", "8003": "lead", "8004": "officer"}
        self.offices: dict[str, Office] = {
            number: self.room.seat(self.keys[number], number, role) for number, role in roles.items()
        }

    def _join(self) -> tuple[int, int]:
        small = self.room.small
        joined = {"team": small.team, "joined_at": small.at}
        with self.room.office.writer.begin() as connection:
            other = add(connection, Staff, number="8003", name="钱 组长", role="lead", superior=small.admin, **joined)
            return other, add(connection, Staff, number="8004", name="孙 合规", role="officer", **joined)

    @property
    def hands(self) -> Any:
        """The clock on the wall."""
        return self.room.hands

    def raised(self, kind: str = "self_harm") -> str:
        """The collector takes the door in the middle of a call, and ends it; the emergency's id."""
        self.phone.dial()
        self.phone.go("disclosure")
        self.phone.door("emergency")
        self.phone.go(given={"emergency.kind": kind, "emergency.content": "想不开", "emergency.safe": "help_there"})
        return f"g{self.phone.one('SELECT max(id) FROM emergency')}"

    def after(self, minutes: float) -> None:
        """Time goes by, and somebody runs any command."""
        self.hands.at += int(minutes * MINUTE)
        sweep(self.offices["8002"])

    def alerted(self) -> list[str]:
        """Whom it went to, in order, departments by their names."""
        rows = self.phone.rows(
            "SELECT coalesce(s.number, k.name) FROM emergency_alert a LEFT JOIN staff s ON s.id = a.staff "
            "LEFT JOIN emergency_contact k ON k.id = a.contact ORDER BY a.id"
        )
        return [str(row[0]) for row in rows]

    def mails(self) -> dict[str, str]:
        """The e-mail files, by name."""
        from email import message_from_bytes
        from email.policy import default

        found = sorted((self.place / "outbox").glob("*.eml"))
        read = {path.name: message_from_bytes(path.read_bytes(), policy=default) for path in found}
        return {name: f"{mail}\n{mail.get_content()}" for name, mail in read.items()}

    def written(self) -> tuple[Any, ...]:
        """Everything an act could have changed."""
        tables = ("emergency", "hold", "case_file", "emergency_alert", "step", "journal", "contact_event")
        with self.room.office.reader.connect() as connection:
            return tuple(tuple(connection.execute(text(f"SELECT * FROM {each} ORDER BY 1")).all()) for each in tables)


def safety_call(danger: Danger, number: str, name: str, *, begin: Callable[..., Any]) -> Phone:
    """A superior calls back for safety; where that call stands."""
    phone = Phone(replace(danger.room, office=danger.offices[number]))
    phone.prompt = begin(danger.offices[number], name)
    return phone


def closed_call(phone: Phone) -> None:
    """Answer on to the end as it comes."""
    phone.go()
    assert engine.current(phone.office, phone.prompt.call.id).ended
