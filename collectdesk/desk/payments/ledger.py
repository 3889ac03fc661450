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

from collectdesk.store.case_rows import driver_of, listed

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAYMENTS = (
    "SELECT id, case_id, paid_on, currency, reference, channel, at, reverses, amount FROM payment"
    " WHERE case_id IN ({cases}) ORDER BY paid_on, id"
)
STATEMENTS = (
    "SELECT case_id, as_of, total, currency, imported_at FROM statement"
    " WHERE case_id IN ({cases}) ORDER BY as_of, imported_at, id"
)


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
    found = driver_of(connection)(PAYMENTS.format(cases=listed(cases)), {})
    back: dict[int, int] = defaultdict(int)
    for *_, reverses, amount in found:
        if reverses is not None:
            back[reverses] += amount
    paid: dict[int, list[Paid]] = defaultdict(list)
    for key, case, on, currency, reference, channel, at, reverses, amount in found:
        if reverses is None:
            day, net = date.fromisoformat(on), amount + back[key]
            paid[case].append(Paid(key, case, day, amount, net, currency, reference, channel, at))
    return dict(paid)


def balances(connection: Connection, cases: Collection[int]) -> dict[int, Balance]:
    """What is left of the newest statement of each case that has one."""
    found = driver_of(connection)(STATEMENTS.format(cases=listed(cases)), {})
    newest = {case: stated for case, *stated in found}
    paid = payments(connection, newest)
    return {
        case: Balance(
            as_of,
            total,
            sum(
                each.net for each in paid.get(case, ()) if each.currency == currency and since(each, as_of, imported_at)
            ),
            currency,
        )
        for case, (as_of, total, currency, imported_at) in newest.items()
    }


def since(paid: Paid, as_of: str, imported_at: int) -> bool:
    """Whether a payment is not yet in the statement of ``as_of`` that came at ``imported_at``."""
    day = date.fromisoformat(as_of)
    return paid.on > day or (paid.on == day and paid.at > imported_at)
