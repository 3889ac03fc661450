"""The payments of a case as they stand (还款台账): each less what was taken back, and what they leave of the statement.

A statement stands for everything paid before its date, and on its date as far as the desk knew of it when the
statement came; what was paid since comes off it. A newer statement supersedes both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import select

from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = METADATA.tables


class Paid(Struct, frozen=True):
    """A payment: ``minor`` as it was made, ``net`` less what was taken back, in minor units of ``currency``."""

    key: int
    case: int
    on: date
    minor: int
    net: int
    currency: str
    reference: str | None
    channel: str | None
    at: int


class Balance(Struct, frozen=True):
    """What is owed: ``stated`` by the statement of ``as_of``, ``paid`` since, and what is left; below zero overpaid."""

    as_of: str
    stated: int
    paid: int
    currency: str

    @property
    def left(self) -> int:
        """What is left of it."""
        return self.stated - self.paid


def payments(connection: Connection, cases: Collection[int]) -> dict[int, list[Paid]]:
    """The payments of each case that has any, by date; reversals are in ``net``."""
    rows = T["payment"]
    asked = select(rows).where(rows.c.case_id.in_(cases)).order_by(rows.c.paid_on, rows.c.id)
    found = connection.execute(asked).all()
    back: dict[int, int] = defaultdict(int)
    for row in found:
        if row.reverses is not None:
            back[row.reverses] += row.amount
    listed: dict[int, list[Paid]] = defaultdict(list)
    for row in found:
        if row.reverses is None:
            on, net = date.fromisoformat(row.paid_on), row.amount + back[row.id]
            paid = Paid(row.id, row.case_id, on, row.amount, net, row.currency, row.reference, row.channel, row.at)
            listed[row.case_id].append(paid)
    return dict(listed)


def balances(connection: Connection, cases: Collection[int]) -> dict[int, Balance]:
    """What is left of the newest statement of each case that has one."""
    rows = T["statement"]
    asked = select(rows).where(rows.c.case_id.in_(cases)).order_by(rows.c.as_of, rows.c.imported_at, rows.c.id)
    newest = {row.case_id: row for row in connection.execute(asked)}
    paid = payments(connection, newest)
    return {
        case: Balance(
            row.as_of,
            row.total,
            sum(
                each.net
                for each in paid.get(case, ())
                if each.currency == row.currency and since(each, row.as_of, row.imported_at)
            ),
            row.currency,
        )
        for case, row in newest.items()
    }


def since(paid: Paid, as_of: str, imported_at: int) -> bool:
    """Whether a payment is not yet in the statement of ``as_of`` that came at ``imported_at``."""
    day = date.fromisoformat(as_of)
    return paid.on > day or (paid.on == day and paid.at > imported_at)
