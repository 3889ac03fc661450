"""What a side door freezes at once: a hold on the case, and the case itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import SQLModel

from collectdesk.desk.call.pen import Pen
from collectdesk.store.tables import CaseFile, Hold


def freeze(pen: Pen, kind: str, *, cause: str, persons: tuple[int, ...] = (), until: int | None = None) -> int:
    """Put a hold of ``kind`` on this case, or on ``persons`` alone; the hold's key.

    One without an end freezes the case as well.
    """
    call = pen.call
    key = pen.add(
        Hold,
        f"hold.{kind}",
        debtor=call.case.debtor.person,
        kind=kind,
        cause=cause,
        debts=[] if persons else [call.case.id],
        persons=list(persons),
        received_at=pen.at,
        until=until,
        allows=[],
        by_staff=call.collector.id,
    )
    if not persons and until is None:
        pen.change(CaseFile, call.case.id, "case.frozen", frozen_at=pen.at, frozen_why=kind)
    return key


def row_of(pen: Pen, kind: type[SQLModel]) -> int:
    """The row of ``kind`` this call made."""
    made = select(kind.id).where(kind.call == pen.call.id).order_by(kind.id.desc())  # type: ignore[attr-defined]
    return int(pen.connection.execute(made).scalars().first() or 0)
