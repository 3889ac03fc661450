"""Instalments held against payments (分期与还款的核对): which are paid, exactly, late, in part or over.

Pure: rows go in, a finding comes out. Money goes to the oldest instalment first, in the order it was paid, so that
what is paid early or over counts for the next. A plan is broken when an instalment is not whole by the end of its
day and the days of grace the house gives; what was paid in time and only became known later never broke it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

State = Literal["open", "exact", "late", "part", "missed"]
"""*open*: not due yet; *exact*: whole by its day; *late*: whole after it; *part*, *missed*: past its day, short."""


class Owed(Struct, frozen=True):
    """An instalment: its number, the local date it is due on, its amount in minor units."""

    number: int
    due_on: date
    amount: int


class Paid(Struct, frozen=True):
    """A payment that stands: the local date it was made on and its amount in minor units."""

    on: date
    amount: int


class Matched(Struct, frozen=True):
    """An instalment, how much of it is paid, since when it is whole, and how it stands."""

    number: int
    due_on: date
    amount: int
    paid: int
    whole_on: date | None
    state: State


class Performance(Struct, frozen=True):
    """How a plan is kept.

    ``over``: money beyond the whole plan. ``broken_on``: the first local date on which it is broken, past or not
    whole in time at all. ``next``: the first instalment not whole. ``whole_on``: when the last one became so.
    """

    instalments: tuple[Matched, ...]
    paid: int
    over: int
    broken_on: date | None
    next: Matched | None
    whole_on: date | None

    def blocks_until(self, grace_days: int) -> date | None:
        """The first local date on which collection calls are no longer blocked; none once everything is paid."""
        return None if self.next is None else ends_on(self.next.due_on, grace_days)


def ends_on(due_on: date, grace_days: int) -> date:
    """The first local date after an instalment's day and its days of grace."""
    return due_on + timedelta(days=grace_days + 1)


def match(owed: Sequence[Owed], paid: Iterable[Paid], today: date, grace_days: int) -> Performance:
    """Hold instalments, in the order they are due, against the payments that stand.

    Args:
        owed: the schedule.
        paid: payments for this plan, in any order; taken back ones are left out by the caller.
        today: the local date it is asked on; a payment dated later counts all the same.
        grace_days: calendar days after its day within which an instalment may still be paid.
    """
    purse = sorted(paid, key=lambda each: each.on)
    total = sum(each.amount for each in purse)
    found: list[Matched] = []
    before = 0
    for each in owed:
        before += each.amount
        got = max(0, min(each.amount, total - before + each.amount))
        whole_on = _reached(purse, before) if got == each.amount else None
        found.append(Matched(each.number, each.due_on, each.amount, got, whole_on, _state(each, got, whole_on, today)))
    return Performance(
        tuple(found),
        total,
        max(0, total - before),
        min(filter(None, (_broken(each, today, grace_days) for each in found)), default=None),
        next((each for each in found if each.whole_on is None), None),
        found[-1].whole_on if found else None,
    )


def _reached(purse: Sequence[Paid], amount: int) -> date:
    """The day on which so much had been paid."""
    summed = 0
    for each in purse:
        summed += each.amount
        if summed >= amount:
            return each.on
    raise AssertionError("asked only where it was reached")


def _state(owed: Owed, got: int, whole_on: date | None, today: date) -> State:
    if whole_on is not None:
        return "exact" if whole_on <= owed.due_on else "late"
    if today <= owed.due_on:
        return "open"
    return "part" if got else "missed"


def _broken(each: Matched, today: date, grace_days: int) -> date | None:
    """The day from which it broke the plan, if it did by ``today``."""
    ends = ends_on(each.due_on, grace_days)
    late = each.whole_on is not None and each.whole_on >= ends
    return ends if late or (each.whole_on is None and today >= ends) else None
