"""What a side door freezes and records at once: a hold on the case, the case itself, and the row told of afterwards."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import SQLModel

from collectdesk.desk import holds
from collectdesk.desk.call.pen import Pen
from collectdesk.desk.call.question import Plain
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.hold_kinds import WHOLE


def freeze(pen: Pen, kind: str, *, cause: str, persons: tuple[int, ...] = (), until: int | None = None) -> int:
    """Put a hold of ``kind`` on this case, or on ``persons`` alone; the hold's key.

    What is about the debtor and not about one debt is on the debtor's every case.

    One without an end freezes the case as well.
    """
    call = pen.call
    return holds.put(
        pen.connection,
        kind,
        debtor=call.case.debtor.person,
        cases=() if kind in WHOLE else (call.case.id,),
        cause=cause,
        at=pen.at,
        by=call.hooks.office.staff,
        persons=persons,
        until=until,
    )


def record(pen: Pen, kind: type[SQLModel], action: str, door: str, /, **values: object) -> None:
    """Freeze the case for ``door`` and write its row of ``kind``: open, and by the collector on the line."""
    call = pen.call
    hold = freeze(pen, door, cause=door)
    made = {"case_id": call.case.id, "call": call.id, "by_staff": call.collector.id, "status": "open", "hold": hold}
    pen.add(kind, action, **made, **values)


def told(kind: type[SQLModel], action: str, value: Plain, /, **columns: object) -> Taken:
    """An answer that is added to the row this call made of ``kind``, and stays."""

    def write(pen: Pen) -> None:
        pen.change(kind, row_of(pen, kind), action, **columns)

    return Taken(value=value, effects=(write,), fixed=True)


def row_of(pen: Pen, kind: type[SQLModel]) -> int:
    """The row of ``kind`` this call made."""
    made = select(kind.id).where(kind.call == pen.call.id).order_by(kind.id.desc())  # type: ignore[attr-defined]
    return int(pen.connection.execute(made).scalars().first() or 0)
