"""What a call owes (应归档录音): a recording from when the line is answered, due in the house's working days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.working_days import working_day
from collectdesk.gate.clock import clock_for

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.adoption import Where
    from collectdesk.desk.office import Office


def owe(connection: Connection, office: Office, call: int, at: int) -> None:
    """Write down that ``call``, which has just been answered, owes its recording."""
    from sqlalchemy import insert

    from collectdesk.store import journal
    from collectdesk.store.tables import Recording

    values = {"call": call, "status": "owed", "due_at": due_at(connection, at), "at": at}
    made = connection.execute(insert(Recording), values).inserted_primary_key
    assert made is not None
    journal.append(
        connection, at=at, actor=office.staff.number, action="recording.owe", subject=f"recording:{made[0]}",
        after=values,
    )  # fmt: skip


def name(connection: Connection, office: Office, call: int, reference: str | None, at: int) -> None:
    """Write down what whoever called says of the recording: its reference, or that it is owed.

    A reference is what a file is looked for by; it takes the file's place only where the house says so.
    """
    from sqlalchemy import update
    from sqlmodel import col

    from collectdesk.store import journal
    from collectdesk.store.tables import Recording

    state = "named" if reference else "owed"
    values: dict[str, object] = {"status": state, "reference": reference}
    if reference and house.in_force(connection, at).recording.reference_suffices:
        values["due_at"] = None
    waits = (col(Recording.call) == call, col(Recording.status).in_(("owed", "named")))
    key = connection.execute(update(Recording).where(*waits).values(**values).returning(col(Recording.id))).scalar()
    if key is not None:  # a file that came meanwhile has settled it
        journal.append(
            connection, at=at, actor=office.staff.number, action="recording.name", subject=f"recording:{key}",
            after=values,
        )  # fmt: skip


def due_at(where: Where, at: int) -> int:
    """When a recording of a call answered at ``at`` becomes overdue: the midnight after its last working day."""
    days = house.in_force(where, at).recording.owed_days
    last = working_day(adoption.calendars(where, at), today(at), days)
    return clock_for(HOUSE_ZONE).start_of((last + timedelta(days=1)).toordinal())
