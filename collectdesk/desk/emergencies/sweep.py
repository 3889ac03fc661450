"""The sweep (巡查): passes an emergency on when its time is up, and sends the alerts that are owed.

There is no watchman that never sleeps: every command of anybody on the desk sweeps, and who is due is computed from
the time. It never stands in the way of the command it comes with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select, update
from sqlmodel import SQLModel, col

from collectdesk.desk import house, steps
from collectdesk.desk.emergencies import watch
from collectdesk.desk.emergencies.alarm import KIND, alert
from collectdesk.desk.emergencies.delivery import deliver
from collectdesk.desk.emergencies.in_line import departments, in_line
from collectdesk.errors import Problem
from collectdesk.store.case_rows import driver_of
from collectdesk.store.engine import lock_row
from collectdesk.store.tables import Emergency

if TYPE_CHECKING:
    from collectdesk.desk.office import Clock, Office
    from collectdesk.store.home import Home


def sweep(office: Office) -> bool:
    """Pass on what nobody took in time and send what is owed; whether there was anything. Never raises a Problem."""
    try:
        with office.reader.connect() as connection:
            if not watch.owed(driver_of(connection), office.now()):
                return False
            late = _late(connection, office.now())
        for key in late:
            with office.writer.begin() as connection:  # one each: a row is held before the journal is written
                pass_on(connection, key, office.now())
        deliver(office)
    except Problem:
        return False
    return True


def sweep_desk(desk: Home, clock: Clock, lang: str) -> None:
    """The same for whoever only looks at the desk: it is opened for it and closed."""
    from collectdesk.desk.office import open_office

    try:
        office = open_office(desk, clock=clock, lang=lang)
    except Problem:
        return
    try:
        sweep(office)
    finally:
        office.close()


def _late(connection: Connection, at: int) -> list[int]:
    due = select(col(Emergency.id)).where(col(Emergency.status) == "open", col(Emergency.next_alert_at) <= at)
    return [key for key in connection.execute(due.order_by(col(Emergency.id))).scalars() if key is not None]


def pass_on(connection: Connection, emergency: int, at: int) -> None:
    """Alert everybody whose turn it is by ``at`` (UTC seconds), in an open write transaction."""
    lock_row(connection, KIND, emergency)
    table = SQLModel.metadata.tables[KIND]
    minutes = house.in_force(connection, at).emergency.acknowledge_minutes
    while _due(row := _row(connection, table, emergency), at):
        left = [person for person in in_line(connection, row.by_staff) if person.id not in row.alerted]
        told = departments(connection, row.kind) if row.level == 0 else []
        following = row.next_alert_at + minutes * 60 if len(left) > 1 else None
        level, first = row.level + 1, left[:1]
        changed = {"level": level, "alerted": [*row.alerted, *(each.id for each in first)], "next_alert_at": following}
        connection.execute(update(table).where(table.c.id == emergency).values(**changed))
        if not first and not told:
            continue
        alert(connection, emergency, level, at, [each.id for each in first], [each.id for each in told])
        content = {"level": level, "alerted": [each.number for each in first], "departments": [x.name for x in told]}
        steps.record(connection, KIND, emergency, "escalate", "open", at=at, by=None, case=row.case_id, content=content)


def _row(connection: Connection, table: Any, emergency: int) -> Any:  # noqa: ANN401 - a row by its columns
    return connection.execute(select(table).where(table.c.id == emergency)).one()


def _due(row: Any, at: int) -> bool:  # noqa: ANN401
    """Nobody has taken it, and the time of whoever was alerted last is up."""
    return row.status == "open" and row.next_alert_at is not None and row.next_alert_at <= at
