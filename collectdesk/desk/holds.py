"""Holds put on and lifted (停催): one way for every chapter, so that a case thaws only when no freeze is left.

A hold without an end that is on debts freezes its cases; one on persons, or with an end, does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from collectdesk.desk.steps import DESK
from collectdesk.store import journal
from collectdesk.store.tables import CaseFile, Hold

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Member


def put(
    connection: Connection,
    kind: str,
    *,
    debtor: int,
    cases: Sequence[int],
    cause: str,
    at: int,
    by: Member | None,
    persons: Sequence[int] = (),
    until: int | None = None,
    allows: Sequence[str] = (),
) -> int:
    """Put a hold of ``kind`` on ``cases``, or on ``persons`` alone, and freeze the cases; the hold's key.

    Args:
        connection: an open write transaction.
        kind: one of the contract's kinds of hold.
        debtor: whose file it belongs to.
        cases: keys of the cases it is on; none: the debtor's every case, those still to come too.
        cause: the code of what it came of.
        at: UTC seconds.
        by: who puts it on; none where the desk does so by itself.
        persons: keys of those it is on instead.
        until: its end in UTC seconds, if it has one; then nothing freezes.
        allows: purposes it lets through besides those its kind does.
    """
    values = {
        "debtor": debtor, "kind": kind, "cause": cause, "debts": [] if persons else list(cases),
        "persons": list(persons), "received_at": at, "until": until, "allows": list(allows),
        "by_staff": by.id if by else None,
    }  # fmt: skip
    made = connection.execute(insert(Hold), values).inserted_primary_key
    assert made is not None
    key = int(made[0])
    _journal(connection, by, at, f"hold.{kind}", f"hold:{key}", values)
    for case in () if persons or until is not None else cases or _every_case(connection, debtor):
        frozen = {"frozen_at": at, "frozen_why": kind}
        _change(connection, CaseFile, case, **frozen)
        _journal(connection, by, at, "case.frozen", f"case_file:{case}", frozen)
    return key


def lift(connection: Connection, hold: int, *, at: int, by: Member | None) -> bool:
    """Lift a hold, and the freeze of each case on which no other freezing hold is left; whether it still stood."""
    holds = _table(Hold)
    row = connection.execute(select(holds).where(holds.c.id == hold)).one()
    if row.lifted_at is not None:
        return False
    lifted = {"lifted_at": at, "lifted_by": by.id if by else None}
    _change(connection, Hold, hold, **lifted)
    _journal(connection, by, at, "hold.lifted", f"hold:{hold}", lifted)
    for case in _frozen_under(connection, row.debtor, row.debts):
        if not freezes(connection, row.debtor, case):
            thawed: dict[str, object] = {"frozen_at": None, "frozen_why": None}
            _change(connection, CaseFile, case, **thawed)
            _journal(connection, by, at, "case.thawed", f"case_file:{case}", thawed)
    return True


def freezes(connection: Connection, debtor: int, case: int) -> list[int]:
    """The holds that keep ``case`` frozen: on debts, without an end, not lifted."""
    holds = _table(Hold)
    standing = select(holds.c.id, holds.c.debts, holds.c.persons).where(
        holds.c.debtor == debtor, holds.c.lifted_at.is_(None), holds.c.until.is_(None)
    )
    found = connection.execute(standing.order_by(holds.c.id)).all()
    return [int(row.id) for row in found if not row.persons and (not row.debts or case in row.debts)]


def _every_case(connection: Connection, debtor: int) -> list[int]:
    cases = _table(CaseFile)
    open_ = select(cases.c.id).where(cases.c.debtor == debtor, cases.c.status == "open").order_by(cases.c.id)
    return list(connection.execute(open_).scalars())


def _frozen_under(connection: Connection, debtor: int, debts: Sequence[int]) -> list[int]:
    """The debtor's frozen cases a hold was on; all of them where it named none."""
    cases = _table(CaseFile)
    frozen = select(cases.c.id).where(cases.c.debtor == debtor, cases.c.frozen_at.is_not(None))
    found = connection.execute(frozen.order_by(cases.c.id)).scalars()
    return [int(key) for key in found if not debts or key in debts]


def _table(kind: type[SQLModel]) -> Any:  # noqa: ANN401 - a table's columns are named at run time
    return SQLModel.metadata.tables[str(kind.__tablename__)]


def _change(connection: Connection, kind: type[SQLModel], key: int, **values: object) -> None:
    table = _table(kind)
    connection.execute(update(table).where(table.c.id == key).values(**values))


def _journal(
    connection: Connection, by: Member | None, at: int, action: str, subject: str, after: Mapping[str, object]
) -> None:
    journal.append(connection, at=at, actor=by.number if by else DESK, action=action, subject=subject, after=after)
