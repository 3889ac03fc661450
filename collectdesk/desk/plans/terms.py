"""A plan's terms as they are asked for (方案条件), filled in from the case and the house, and held to the limits.

Limits are the house's (policy articles 9.4, 11.1) and, for a card, the law's sixty months
(商业银行信用卡业务监督管理办法 第七十条). What is found here is a proposal until
somebody else approved it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.house_settings import Plans
from collectdesk.desk.plans.schedule import Every, Instalment, Kind, Place, Terms, month_end_of, months_after, schedule
from collectdesk.desk.working_days import rolled_back, rolled_on
from collectdesk.errors import N_, BadData

if TYPE_CHECKING:
    from collectdesk.gate import Calendar

CARD = "credit_card"
CARD_MONTHS = 60
"""The longest plan of a card by law."""
DOWN_AFTER = 10
"""Calendar days until a down payment is due where nobody said: time to decide and to agree."""


class Basis(Struct, frozen=True):
    """What a plan is drawn up on: the case, its statement, and the day."""

    case: int
    code: str
    debtor: int
    type: str | None
    statement: int
    as_of: date
    principal: int
    interest: int
    fees: int
    total: int
    currency: str
    today: date
    earlier: int
    """How many plans of this case came to be performed before."""


class Wish(Struct, frozen=True, kw_only=True):
    """What was asked for; what is left out is filled in. Amounts in minor units."""

    kind: Kind = "equal"
    count: int = 1
    every: Every = "month"
    first: date | None = None
    month_end: bool = False
    down: int | None = None
    down_on: date | None = None
    remainder: Place = "last"
    step: int = 0
    step_every: int = 1
    balloon: int = 0


class Drawn(Struct, frozen=True):
    """A plan as it was calculated: what on, what of, and its rows."""

    basis: Basis
    terms: Terms
    rows: tuple[Instalment, ...]


def draw(basis: Basis, wish: Wish, house: Plans, calendars: Mapping[str, Calendar]) -> Drawn:
    """The exact schedule of what was asked for.

    Raises:
        BadData: it does not add up, a date cannot be, or it is beyond a limit; says which.
    """
    terms = filled(basis, wish, house)
    drawn = Drawn(basis, terms, schedule(terms, _rolling(house, calendars, _last_day(basis, house))))
    within(drawn, house)
    return drawn


def filled(basis: Basis, wish: Wish, house: Plans) -> Terms:
    """The terms with what was left out: a month or week from today, the least down payment the house takes."""
    first = wish.first or _a_while_on(basis.today, wish.every, month_end=wish.month_end)
    down = wish.down if wish.down is not None else _least_down(basis, house)
    if wish.kind == "extension":
        down = 0
    return Terms(
        total=basis.total,
        kind=wish.kind,
        count=wish.count,
        first=first,
        every=wish.every,
        month_end=wish.month_end,
        down=down,
        down_on=(wish.down_on or min(first, basis.today + timedelta(days=DOWN_AFTER))) if down else None,
        remainder=wish.remainder,
        step=wish.step,
        step_every=wish.step_every,
        balloon=wish.balloon,
    )


def within(drawn: Drawn, house: Plans) -> None:
    """Hold a schedule to the law's and the house's limits.

    Raises:
        BadData: it is beyond one; says which.
    """
    future(drawn.rows, drawn.basis.today)
    _not_too_long(drawn, house)
    _begins_soon(drawn, house)
    _enough_down(drawn, house)
    if drawn.basis.earlier > house.earlier:
        raise BadData(
            "plan_earlier",
            N_("{count} plans of this case were performed before; the house agrees to no further one."),
            count=drawn.basis.earlier,
        )


def future(rows: tuple[Instalment, ...], today: date) -> None:
    """Refuse a schedule with a date that is past.

    Raises:
        BadData: the first one is.
    """
    if rows[0].due_on < today:
        raise BadData(
            "plan_date_past",
            N_("An instalment would be due on {day}, which is past."),
            hint=N_("Change the first date."),
            day=rows[0].due_on.isoformat(),
        )


def longest(basis: Basis, house: Plans) -> tuple[int, bool]:
    """The most months a plan of this case may take, and whether it is the law that says so."""
    by_law = basis.type == CARD and house.most_months >= CARD_MONTHS
    return (CARD_MONTHS, True) if by_law else (house.most_months, False)


def _not_too_long(drawn: Drawn, house: Plans) -> None:
    months, by_law = longest(drawn.basis, house)
    last = _last_day(drawn.basis, house)
    if drawn.rows[-1].due_on <= last:
        return
    if by_law:
        raise BadData(
            "plan_card_term",
            N_("A card plan takes {months} months at most (credit card measures 2011, article 70)."),
            hint=N_("Its last instalment is due by {last}."),
            months=months,
            last=last.isoformat(),
        )
    raise BadData(
        "plan_too_long",
        N_("The house agrees to {months} months at most."),
        hint=N_("Its last instalment is due by {last}."),
        months=months,
        last=last.isoformat(),
    )


def _begins_soon(drawn: Drawn, house: Plans) -> None:
    later = drawn.terms.kind == "extension"
    days = house.extension_days if later else house.first_days
    last = drawn.basis.today + timedelta(days=days)
    if drawn.rows[0 if later or not drawn.terms.down else 1].due_on <= last:
        return
    message = (
        N_("The house extends by {days} days at most.")
        if later
        else N_("The first instalment is due within {days} days.")
    )
    raise BadData(
        "plan_extension" if later else "plan_first_date",
        message,
        hint=N_("The last date for it is {last}."),
        days=days,
        last=last.isoformat(),
    )


def _enough_down(drawn: Drawn, house: Plans) -> None:
    if drawn.terms.kind != "extension" and drawn.terms.down < _least_down(drawn.basis, house):
        raise BadData(
            "plan_down",
            N_("The down payment is {percent} % of what is owed or more."),
            percent=house.down_percent,
        )


def _least_down(basis: Basis, house: Plans) -> int:
    return -(-basis.total * house.down_percent // 100)


def _a_while_on(today: date, every: Every, *, month_end: bool) -> date:
    if every == "week":
        return today + timedelta(days=7)
    return month_end_of(months_after(today, 1)) if month_end else months_after(today, 1)


def _last_day(basis: Basis, house: Plans) -> date:
    """The last date on which an instalment may be due."""
    return months_after(basis.today, longest(basis, house)[0])


def _rolling(house: Plans, calendars: Mapping[str, Calendar], last: date) -> Callable[[date], date]:
    """Where a due day goes that is no working day; none goes on beyond the ``last`` date there may be."""

    def onwards(day: date) -> date:
        moved = rolled_on(calendars, day)
        return moved if moved <= last or day > last else rolled_back(calendars, day)

    if house.due_days == "next_working_day":
        return onwards
    return partial(rolled_back, calendars) if house.due_days == "previous_working_day" else lambda day: day
