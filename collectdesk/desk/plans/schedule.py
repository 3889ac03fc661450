"""The arithmetic of a plan (还款计划的计算): which sums on which dates. Pure; whole minor units and local dates only.

The sums are those of the statement: they add up to its total to the cent, and nothing is added, no interest and no
fee. Monthly dates keep to the first one's day, or to the month's last where it has no such day; weekly ones are seven
days apart. What becomes of a due day that is no working day is handed in.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from collectdesk.errors import N_, BadData
from collectdesk.store.columns import dump_json

Kind = Literal["equal", "step_up", "balloon", "extension"]
Every = Literal["month", "week"]
Place = Literal["first", "last"]
MOST = 600
"""Instalments a plan may have at all; the house's and the law's limits are far below."""
DOWN = 0
"""The number of the down payment (首付); the instalments count from one."""


class Terms(Struct, frozen=True, kw_only=True):
    """What a schedule is made of. Amounts in minor units (分) of the statement's currency.

    Attributes:
        total: what is owed by the statement.
        kind: equal instalments; each group higher than the one before; a larger last one; or one later date.
        count: how many instalments there are besides the down payment.
        every: what lies between them.
        first: the local date of the first, before it is moved off a day that is no working day.
        month_end: whether they fall on the last day of each month; ``first`` is one then.
        down: the down payment, none for zero; due on ``down_on``.
        remainder: which instalment takes the cents that do not divide (a balloon plan: of those before the last).
        step: by how much each group is higher than the one before, ``step_every`` instalments a group.
        balloon: the last instalment.
    """

    total: int
    kind: Kind
    count: int
    first: date
    every: Every = "month"
    month_end: bool = False
    down: int = 0
    down_on: date | None = None
    remainder: Place = "last"
    step: int = 0
    step_every: int = 1
    balloon: int = 0


class Instalment(Struct, frozen=True):
    """One row of a schedule: its number (0 is the down payment), the local date it is due on, its amount."""

    number: int
    due_on: date
    amount: int


def schedule(terms: Terms, rolled: Callable[[date], date]) -> tuple[Instalment, ...]:
    """The rows, in the order they are due.

    Args:
        terms: what it is made of.
        rolled: where a due day goes that is no working day; it never lets a later day overtake an earlier one.
    Raises:
        BadData: the terms do not add up, or a date cannot be.
    """
    sums, days = amounts(terms), dates(terms)
    rows = [
        Instalment(number, rolled(day), amount) for number, (day, amount) in enumerate(zip(days, sums, strict=True), 1)
    ]
    if not terms.down:
        return tuple(rows)
    if terms.down_on is None or terms.down_on > terms.first:
        raise BadData("plan_down_date", N_("A down payment is due on a date, not after the first instalment."))
    return (Instalment(DOWN, rolled(terms.down_on), terms.down), *rows)


def amounts(terms: Terms) -> list[int]:
    """The instalments' amounts without the down payment; with it they are exactly the total.

    Raises:
        BadData: they would not all be above zero, or the parts do not belong to this kind.
    """
    _sensible(terms)
    rest = terms.total - terms.down
    if terms.kind == "balloon":
        return [*_spread(rest - terms.balloon, [0] * (terms.count - 1), terms.remainder), terms.balloon]
    higher = [terms.step * (place // terms.step_every) for place in range(terms.count)]
    return _spread(rest, higher, terms.remainder)


def dates(terms: Terms) -> list[date]:
    """The instalments' dates, before any is moved off a day that is no working day.

    Raises:
        BadData: it is no month's end where it should be, or lies beyond what a calendar holds.
    """
    if terms.month_end and terms.first != month_end_of(terms.first):
        raise BadData("plan_month_end", N_("The first date must be the last day of its month."))
    try:
        return [_after(terms, place) for place in range(terms.count)]
    except (ValueError, OverflowError):
        raise BadData("plan_date", N_("These dates lie beyond any calendar.")) from None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end_of(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def digest(about: Mapping[str, object], rows: Sequence[Instalment]) -> str:
    """What an approval is bound to: SHA-256 over what the plan is about and every row."""
    whole = {**about, "schedule": [[each.number, each.due_on.isoformat(), each.amount] for each in rows]}
    return hashlib.sha256(dump_json(whole).encode()).hexdigest()


def _after(terms: Terms, place: int) -> date:
    if terms.every == "week":
        return terms.first + timedelta(days=7 * place)
    day = months_after(terms.first, place)
    return month_end_of(day) if terms.month_end else day


def _spread(total: int, higher: Sequence[int], place: Place) -> list[int]:
    """``total`` as a base for each plus what each is higher, the cents that do not divide on the first or last."""
    base, cents = divmod(total - sum(higher), len(higher))
    if base <= 0:
        raise BadData("plan_sum", N_("The parts do not add up: every instalment must be above zero."))
    found = [base + each for each in higher]
    found[0 if place == "first" else -1] += cents
    return found


def _sensible(terms: Terms) -> None:
    """Refuse terms that contradict each other or their kind."""
    least = 2 if terms.kind in ("step_up", "balloon") else 1
    if terms.count < least or terms.step_every < 1 or (terms.kind == "extension" and terms.count != 1):
        raise BadData("plan_count", N_("A plan of this kind has {least} instalments or more."), least=least)
    if terms.count > MOST:
        raise BadData("plan_count_most", N_("A plan has {most} instalments at most."), most=MOST)
    if not 0 <= terms.down < terms.total:
        raise BadData("plan_sum_down", N_("A down payment is less than what is owed."))
    if (terms.kind == "step_up") != (terms.step > 0) or terms.step < 0:
        raise BadData("plan_step", N_("A step belongs to a step-up plan, and is above zero there."))
    if (terms.kind == "balloon") != (terms.balloon > 0) or not 0 <= terms.balloon < terms.total - terms.down:
        raise BadData("plan_balloon", N_("A last instalment of its own belongs to a balloon plan, and leaves a rest."))
