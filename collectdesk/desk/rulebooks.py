"""Rulebooks as a house reads them: what is in force, what ships, and how the examples beside each come out.

What may be changed in them is ``rulebook_bounds``'; the strictest rulebook decides, so the house can only tighten what
others say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import malformed, parse
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import N_, NotFound
from collectdesk.gate import Calendar, Gate, Rulebook, Unreadable, compile_rulebook
from collectdesk.gate.kinds.require import Require

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.gate.examples import Outcome


def statement_days(office: Office, at: int) -> int:
    """How many local dates a statement may be old, by the strictest rule in force that says so."""
    from collectdesk.desk.importing.lacking import STATEMENT_DAYS

    with office.reader.connect() as connection:
        rules = [rule for book in adoption.rulebooks(connection, at) for rule in book.rule]
    days = [
        rule.within_dates
        for rule in rules
        if isinstance(rule, Require) and rule.fact == "debt.statement" and rule.within_dates is not None
    ]
    return min(days, default=STATEMENT_DAYS)


def shipped_rulebooks() -> list[tuple[str, Rulebook]]:
    """The rulebooks the program ships, each with its file."""
    found = [(path, compile_rulebook(parse(shipped(path), path))) for path in listed("rulebooks/*.toml")]
    return sorted(found, key=lambda each: each[1].id)


def examples_of(path: str) -> bytes | None:
    """The worked examples shipped beside a shipped rulebook, if any."""
    beside = path.removesuffix(".toml") + ".examples.toml"
    from collectdesk.desk.shipped import directory

    return (directory() / beside).read_bytes() if (directory() / beside).is_file() else None


@dataclass(frozen=True)
class Held:
    """A rulebook in force: its version and since which local date, or as shipped."""

    book: Rulebook
    version: str
    since: str | None
    file: str | None = None


def held(office: Office) -> list[Held]:
    """The rulebooks in force on the desk, by id."""
    from sqlalchemy import text

    now = office.now()
    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "rulebook", now)
        rows = connection.execute(text("SELECT digest, effective_from FROM adoption WHERE kind = 'rulebook'")).all()
    since = {row.digest: _day(row.effective_from) for row in rows}
    return [Held(each.value, each.version, since.get(each.digest)) for each in found]


def to_come(office: Office) -> list[Held]:
    """The versions adopted for a later time, the nearest first."""
    from sqlalchemy import text

    asked = text(
        "SELECT DISTINCT effective_from FROM adoption WHERE kind = 'rulebook' AND effective_from > :now"
        " AND withdrawn_at IS NULL ORDER BY effective_from"
    )
    found: list[Held] = []
    with office.reader.connect() as connection:
        before = {each.name: each.digest for each in adoption.in_force(connection, "rulebook", office.now())}
        for (instant,) in connection.execute(asked, {"now": office.now()}).all():
            then = adoption.in_force(connection, "rulebook", instant)
            changed = [each for each in then if before.get(each.name) != each.digest]
            found += [Held(each.value, each.version, _day(instant)) for each in changed]
            before = {each.name: each.digest for each in then}
    return found


def as_shipped() -> list[Held]:
    """The rulebooks the program ships, by id."""
    return [Held(book, book.version, None, path) for path, book in shipped_rulebooks()]


def one(books: Sequence[Held], name: str) -> Held:
    """The rulebook called ``name``.

    Raises:
        NotFound: there is none of that name.
    """
    for each in books:
        if each.book.id == name:
            return each
    raise NotFound(
        "no_such_rulebook",
        N_("There is no rulebook {name}."),
        hint=N_("They are: {names}."),
        name=name,
        names=", ".join(each.book.id for each in books),
    )


def require_rule(held: Held, rule: str) -> None:
    """Go on only if the rulebook has the ``rule`` named, or none is named.

    Raises:
        NotFound: it has none of that id.
    """
    if rule and rule not in {each.id for each in held.book.rule}:
        raise NotFound(
            "no_such_rule",
            N_("The rulebook {rulebook} has no rule {rule}."),
            hint=N_("They are: {names}."),
            rule=rule,
            rulebook=held.book.id,
            names=", ".join(each.id for each in held.book.rule),
        )


def run_examples(path: str, book: Rulebook, examples: bytes, calendars: Mapping[str, Calendar]) -> list[Outcome]:
    """Ask a rulebook the examples beside it.

    Raises:
        BadData: the examples cannot be read.
    """
    from collectdesk.gate.examples import run_examples as run

    try:
        return run(parse(examples, path), Gate([book], calendars))
    except (msgspec.ValidationError, Unreadable) as error:
        raise malformed(path, "$", str(error)) from None


def shipped_calendars() -> Mapping[str, Calendar]:
    """The calendars the program ships, by region."""
    from collectdesk.desk.shipped_rules import shipped_calendars as by_region

    return by_region()


def _day(at: int) -> str:
    from collectdesk.desk.standing import HOUSE_ZONE
    from collectdesk.gate.clock import clock_for

    return date.fromordinal(clock_for(HOUSE_ZONE).day(at)).isoformat()
