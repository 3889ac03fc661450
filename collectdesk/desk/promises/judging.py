"""What has become of promises, from the money that came and the dates that passed; no database, no clock.

Money counts for a promise when it is dated between the day the promise was made and the last day that counts, and
was not on the desk yet when it was made. Each cent counts once: for the promise that ends first and still lacks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

State = Literal["open", "kept", "partly_kept", "broken", "expired", "withdrawn"]


class Money(Struct, frozen=True):
    """A payment as it stands after reversals: local date, minor units, when it was recorded (UTC seconds)."""

    key: int
    on: date
    minor: int
    at: int


class Pledge(Struct, frozen=True):
    """A promise: minor units, the local dates from which and up to which money counts, when it was made."""

    key: int
    amount: int
    made_on: date
    last_on: date
    at: int

    def takes(self, money: Money) -> bool:
        """Whether that payment may count for it."""
        return self.made_on <= money.on <= self.last_on and money.at >= self.at


def shared(pledges: Iterable[Pledge], payments: Iterable[Money]) -> dict[int, int]:
    """How much of the payments counts for each promise, by key; ``pledges`` are of one currency and not withdrawn."""
    queue = sorted(pledges, key=lambda each: (each.last_on, each.key))
    received = {each.key: 0 for each in queue}
    for money in sorted(payments, key=lambda each: (each.on, each.key)):
        _give(queue, received, money)
    return received


def judge(
    state: State, *, amount: int, received: int, over: bool, closed: bool = False, suspended: bool = False
) -> State:
    """The state a promise belongs in.

    Args:
        state: the one it is in; a withdrawn promise stays so, and one found broken or expired does until money comes.
        amount: what was promised, in minor units.
        received: what counts for it.
        over: the last day that counts has ended.
        closed: the case is settled, recalled or sold.
        suspended: when that day ended the house had stopped collecting on the case.
    """
    if state == "withdrawn":
        return state
    if received >= amount:
        return "kept"
    if not over and not closed:
        return "broken" if state == "broken" else "open"
    if received:
        return "partly_kept"
    if state in ("broken", "expired"):
        return state
    return "expired" if closed or suspended else "broken"


def _give(queue: Sequence[Pledge], received: dict[int, int], money: Money) -> None:
    rest = money.minor
    for pledge in queue:
        if rest and pledge.takes(money):
            share = min(rest, pledge.amount - received[pledge.key])
            received[pledge.key] += share
            rest -= share
