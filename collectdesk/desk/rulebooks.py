"""Rulebooks as a house reads and changes them: what is in force, what an adoption would change, what it may not.

A company sets its own rulebook as it likes; of a law's or an association's text it may change nothing but the
severity of rules that are no law. The strictest rulebook decides, so the house can only tighten what others say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import parse, prepare
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import N_, NotPermitted
from collectdesk.gate import Rulebook, compile_rulebook
from collectdesk.gate.kinds.require import Require

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

HOUSE = "house"


@dataclass(frozen=True)
class Difference:
    """What an adoption changes, by rule id."""

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
    """Which rules are new, gone or changed."""
    before = {rule.id: rule for rule in old.rule} if old else {}
    after = {rule.id: rule for rule in new.rule}
    return Difference(
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
        tuple(name for name in after if name in before and after[name] != before[name]),
    )


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
