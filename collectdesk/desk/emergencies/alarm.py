"""The alarm (报警): written with the emergency itself, in the same transaction; it leaves the desk once that stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, update
from sqlmodel import SQLModel

from collectdesk.desk import steps
from collectdesk.desk.emergencies.in_line import in_line
from collectdesk.store.tables import Emergency, EmergencyAlert

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

KIND = "emergency"
"""The table, as the steps name it."""


def raise_alarm(
    connection: Connection, office: Office, emergency: int, *, case: int, call: int | None, at: int, minutes: int
) -> list[int]:
    """Alert the first in line of what whoever is signed in raised; the keys of those alerted.

    Args:
        connection: an open write transaction, the emergency's row already in it.
        office: who raised it.
        emergency: its key.
        case: the case it froze.
        call: the call it was raised on.
        at: UTC seconds.
        minutes: how long each has to take it.
    """
    first = in_line(connection, office.staff.id)[:1]
    alerted = [person.id for person in first]
    following = at + minutes * 60 if first else at
    table = SQLModel.metadata.tables[str(Emergency.__tablename__)]
    changed = {"alerted": alerted, "next_alert_at": following}
    connection.execute(update(table).where(table.c.id == emergency).values(**changed))
    alert(connection, emergency, 0, at, alerted, ())
    content = {"call": f"c{call}" if call else None, "alerted": [person.number for person in first]}
    steps.record(connection, KIND, emergency, "raise", "open", at=at, by=office, case=case, content=content)
    return alerted


def alert(
    connection: Connection, emergency: int, level: int, at: int, staff: Sequence[int], contacts: Sequence[int]
) -> None:
    """Owe an alert to each of them; ``deliver`` sends it."""
    rows = [{"staff": key, "contact": None} for key in staff] + [{"staff": None, "contact": key} for key in contacts]
    for row in rows:
        connection.execute(insert(EmergencyAlert).values(emergency=emergency, level=level, at=at, **row))
