"""Closing a case that is paid (结清, Civil Code article 557): held at once, opened again if money goes back.

A case that the creditor's file calls settled is held in the same way. Either ends only when the money was taken back,
a newer statement asks for more, or the creditor's file opens the case again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import and_, or_, select, update

from collectdesk.desk import holds, steps
from collectdesk.desk.payments.ledger import balances
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

T = METADATA.tables
Key = TypeVar("Key")
HOLD = "settled"
CHUNK = 500
PAID, STATED = "paid", "stated"
"""Why a case is held as settled: its payments, or the creditor's word."""


def payments_changed(session: Session, case: int, now: int) -> None:
    """Close the case or open it again, as its payments and statement say.

    Args:
        session: an open write transaction.
        case: key of ``case_file``.
        now: UTC seconds.
    """
    session.flush()
    review(session.connection(), (case,), now, reopen=True)
    session.expire_all()


def unreviewed(connection: Connection) -> list[int]:
    """The cases on which a file of cases may have changed what their holds say."""
    cases, held, paid, stated = T["case_file"], T["hold"], T["payment"], T["statement"]
    standing = select(held.c.debtor).where(held.c.kind == HOLD, held.c.lifted_at.is_(None))
    some = select(paid.c.id).where(paid.c.case_id == cases.c.id).exists()
    nothing = select(stated.c.id).where(stated.c.case_id == cases.c.id, stated.c.total <= 0).exists()
    open_ = and_(cases.c.status == "open", or_(cases.c.debtor.in_(standing), some, nothing))
    asked = select(cases.c.id).where(or_(cases.c.status == "settled", open_))
    return list(connection.execute(asked.order_by(cases.c.id)).scalars())


def review(connection: Connection, cases: Collection[int], now: int, *, reopen: bool = False) -> None:
    """Bring status and hold of each case into line with its payments; whatever is in line stays.

    ``reopen``: money may have gone back, so a case that was closed because it was paid is opened if it is not. A file
    of cases says itself which are open.
    """
    rows = T["case_file"]
    for chunk in batched(cases, CHUNK):
        owed = balances(connection, chunk)
        for row in connection.execute(select(rows).where(rows.c.id.in_(chunk)).order_by(rows.c.id)).all():
            balance = owed.get(row.id)
            _align(connection, row, now, paid=balance is not None and balance.left <= 0, reopen=reopen)


def _align(connection: Connection, case: Any, now: int, *, paid: bool, reopen: bool) -> None:  # noqa: ANN401
    standing = _standing(connection, case)
    if paid if case.status == "open" else case.status == "settled" and not standing:
        _settle(connection, case, PAID if paid else STATED, standing, now)
    elif standing and not paid:
        closed_by_payment = reopen and any(each.cause == PAID for each in standing)
        if case.status == "open" or (case.status == "settled" and closed_by_payment):
            _reopen(connection, case, standing, now)


def _standing(connection: Connection, case: Any) -> list[Any]:  # noqa: ANN401 - a row of the engine's
    """The holds that closed this case, as this module put them on."""
    held = T["hold"]
    asked = select(held).where(held.c.debtor == case.debtor, held.c.kind == HOLD, held.c.lifted_at.is_(None))
    found = connection.execute(asked.order_by(held.c.id)).all()
    return [each for each in found if each.cause in (PAID, STATED) and case.id in each.debts]


def _settle(connection: Connection, case: Any, cause: str, standing: Iterable[Any], now: int) -> None:  # noqa: ANN401
    if not any(standing):
        holds.put(connection, HOLD, debtor=case.debtor, cases=(case.id,), cause=cause, at=now, by=None)
    _status(connection, case.id, "settled")
    _record(connection, case.id, "settle", "settled", cause, now)


def _reopen(connection: Connection, case: Any, standing: Iterable[Any], now: int) -> None:  # noqa: ANN401
    for each in standing:
        holds.lift(connection, each.id, at=now, by=None)
    _status(connection, case.id, "open")
    _record(connection, case.id, "reopen", "open", "owed_again", now)


def _status(connection: Connection, case: int, status: str) -> None:
    rows = T["case_file"]
    connection.execute(update(rows).where(rows.c.id == case).values(status=status))


def _record(connection: Connection, case: int, act: str, state: str, cause: str, now: int) -> None:
    steps.record(connection, "case_file", case, act, state, at=now, by=None, case=case, content={"cause": cause})


def batched(keys: Iterable[Key], most: int) -> Iterator[list[Key]]:
    """The keys, up to ``most`` at a time."""
    left = iter(keys)
    while some := list(islice(left, most)):
        yield some
