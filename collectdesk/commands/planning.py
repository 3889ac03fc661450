"""A plan's conditions as they are typed: options into a wish, or asked one by one at a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from collectdesk.commands.opened import day, is_day
from collectdesk.desk.call.values import amount
from collectdesk.desk.plans.terms import Wish
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option, options

if TYPE_CHECKING:
    from collectdesk.desk.plans.schedule import Kind

PLACES: tuple[Literal["first", "last"], ...] = ("first", "last")
FLAG = "--months"


def wish_of(given: Mapping[str, object], currency: str) -> Wish:
    """The wish that a command's options name.

    Args:
        given: the options by their parameters' names.
        currency: of the case's statement; amounts are read in it.
    Raises:
        UsageProblem: neither a number of instalments nor a date is given, or two kinds at once, or what is given
            is no date, amount or known word.
    """
    months, weeks, until = (given.get(name) for name in ("months", "weeks", "until"))
    if sum(map(bool, (months, weeks, until))) != 1:
        raise UsageProblem(
            "plan_length", N_("Say how long, in one way."), hint=N_("Give --months, --weeks or --until.")
        )
    step, balloon, down = (_minor(given, name, currency) for name in ("step", "balloon", "down"))
    first = day(str(until or given.get("first") or ""), "--until" if until else "--first")
    return Wish(
        kind=_kind(until=bool(until), step=bool(step), balloon=bool(balloon)),
        count=1 if until else int(str(months or weeks)),
        every="week" if weeks else "month",
        first=first,
        month_end=bool(given.get("month_end")),
        down=down,
        down_on=day(str(given.get("down_on") or ""), "--down-on"),
        remainder=_place(str(given.get("remainder") or "last")),
        step=step or 0,
        step_every=int(str(given.get("step_every") or 1)),
        balloon=balloon or 0,
    )


def asked_for(given: Mapping[str, object]) -> bool:
    """Whether the options say how long a plan is to be."""
    return any(given.get(name) for name in ("months", "weeks", "until"))


def ask(asker: Asker, currency: str) -> Wish:
    """Ask for the conditions one by one; what is left empty is filled in by the desk."""
    kinds = [
        Option("month", _("Monthly instalments")),
        Option("week", _("Weekly instalments")),
        Option("until", _("One later date (extension)")),
    ]
    chosen = asker.select(_("What do they ask for?"), kinds, flag=FLAG)
    if chosen == "until":
        return Wish(kind="extension", first=date.fromisoformat(_date(asker, _("Until which date?"), needed=True)))
    count = int(asker.text(_("How many instalments?"), flag=FLAG, validate=_is_count))
    first = _date(asker, _("First date (Enter: one period from today)"), needed=False)
    down = asker.text(
        _("Down payment (Enter: the least the house takes)"),
        flag="--down",
        optional=True,
        validate=lambda text: _is_amount(text, currency),
    )
    return Wish(
        count=count,
        every="week" if chosen == "week" else "month",
        first=date.fromisoformat(first) if first else None,
        down=amount(down, currency) if down else None,
    )


def difficulty(asker: Asker) -> str:
    """Ask for the kind of difficulty; the category only."""
    from collectdesk.show.plans import DIFFICULTIES

    return asker.select(
        _("What kind of difficulty is it? The category only."), options(DIFFICULTIES), flag="--difficulty"
    )


def _date(asker: Asker, message: str, *, needed: bool) -> str:
    def check(text: str) -> str | None:
        return is_day(text) if text else None

    return asker.text(message, flag="--first", validate=check, optional=not needed)


def _is_count(text: str) -> str | None:
    right = text.isascii() and text.isdigit() and 0 < int(text) <= 600
    return None if right else _("Please type a whole number above zero.")


def _is_amount(text: str, currency: str) -> str | None:
    if not text:
        return None
    try:
        amount(text, currency)
    except ValueError:
        return _("Please type an amount, such as 1200.50.")
    return None


def _minor(given: Mapping[str, object], name: str, currency: str) -> int | None:
    text = str(given.get(name) or "")
    if not text:
        return None
    try:
        return amount(text, currency)
    except ValueError:
        raise UsageProblem(
            "bad_amount", N_("{option} must be an amount, such as 1200.50."), hint="", option=f"--{name}"
        ) from None


def _kind(*, until: bool, step: bool, balloon: bool) -> Kind:
    if until + step + balloon > 1:
        raise UsageProblem(
            "plan_kinds", N_("A plan is of one kind."), hint=N_("Give one of --until, --step and --balloon.")
        )
    return "extension" if until else "step_up" if step else "balloon" if balloon else "equal"


def _place(text: str) -> Literal["first", "last"]:
    found = next((place for place in PLACES if place == text), None)
    if found is None:
        raise UsageProblem(
            "no_such_word", N_("{name} must be one of: {choices}."), name="--remainder", choices=", ".join(PLACES)
        )
    return found
