"""Rulebooks as a house reads and changes them: what is in force, what an adoption would change, what it may not.

A company sets its own rulebook as it likes; of a law's or an association's text it may change nothing but the
severity of rules that are no law. The strictest rulebook decides, so the house can only tighten what others say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import malformed, parse, prepare
from collectdesk.desk.house import HOUSE
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import N_, NotFound, NotPermitted
from collectdesk.gate import Calendar, Gate, Rulebook, Unreadable, compile_calendar, compile_rulebook
from collectdesk.gate.kinds.require import Require

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.gate.examples import Outcome


@dataclass(frozen=True)
class Difference:
    """What an adoption changes: rules by id, settings as ``settings.NAME``."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


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


def difference(old: Rulebook | None, new: Rulebook) -> Difference:
    """Which rules and settings are new, gone or changed."""
    before = _parts(old) if old else {}
    after = _parts(new)
    return Difference(
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
        tuple(name for name in after if name in before and after[name] != before[name]),
    )


def _parts(book: Rulebook) -> dict[str, object]:
    """What a rulebook is made of, by name."""
    settings = {f"settings.{name}": table for name, table in book.settings.items()}
    return {**{rule.id: rule for rule in book.rule}, **settings}


def require_not_loosened(text: bytes, file: str) -> Rulebook:
    """Refuse a changed text of another's: only the severity of a rule that is no law is the company's to set.

    Raises:
        NotPermitted: it changes more than that.
        BadData: it cannot be read.
    """
    book = prepare("rulebook", text, file)[0].value
    assert isinstance(book, Rulebook)
    ours = {each.id: each for _path, each in shipped_rulebooks()}
    original = ours.get(book.id)
    if book.id == HOUSE or original is None or _same_but_severity(original, book):
        return book
    raise NotPermitted(
        "rulebook_not_ours",
        N_("{name} is not the company's text: only the severity of a rule that is no law may be set in it."),
        hint=N_("Put what is stricter into the house rulebook, under the id house."),
        name=book.id,
    )


def _same_but_severity(original: Rulebook, book: Rulebook) -> bool:
    plain = {"version": "", "digest": "", "rule": ()}
    if msgspec.structs.replace(original, **plain) != msgspec.structs.replace(book, **plain):
        return False
    if [rule.id for rule in original.rule] != [rule.id for rule in book.rule]:
        return False
    return all(
        one == other or (one.status != "law" and one == msgspec.structs.replace(other, severity=one.severity))
        for one, other in zip(original.rule, book.rule, strict=True)
    )


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
        N_("There is no rulebook of that name."),
        hint=N_("They are: {names}."),
        names=", ".join(each.book.id for each in books),
    )


def run_examples(path: str, book: Rulebook, examples: bytes, calendars: Mapping[str, Calendar]) -> list[Outcome]:
    """Ask a rulebook the examples beside it.

    Raises:
        BadData: the examples cannot be read.
    """
    from collectdesk.gate.examples import run_examples as run

    try:
        return run(parse(examples, path), Gate([book], dict(calendars)))
    except (msgspec.ValidationError, Unreadable) as error:
        raise malformed(path, "$", str(error)) from None


def shipped_calendars() -> dict[str, Calendar]:
    """The calendars the program ships, by region."""
    years: dict[str, list[dict[str, object]]] = {}
    for path in listed("calendars/*.json"):
        year = parse(shipped(path), path)
        years.setdefault(str(year["region"]), []).append(year)
    return {region: compile_calendar(found) for region, found in years.items()}


def _day(at: int) -> str:
    from collectdesk.desk.standing import HOUSE_ZONE
    from collectdesk.gate.clock import clock_for

    return date.fromordinal(clock_for(HOUSE_ZONE).day(at)).isoformat()
