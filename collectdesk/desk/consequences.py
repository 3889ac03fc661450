"""Consequences of not paying (policy article 7.2): codes, each with the condition under which it may be mentioned.

A consequence is told only when the case's facts bear it out: a fact that is not known bears nothing out. There is no
free text: what is said is the line of the call script that the consequence names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.desk.adopted_text import (
    Both,
    Headed,
    Name,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)
from collectdesk.desk.scripts import LineId

Value: TypeAlias = bool | int | str
Facts: TypeAlias = Mapping[str, bool | int | str | date | None]
"""A case's facts by name; absent or ``None`` is not known. Dates are local dates."""

Op: TypeAlias = Literal["known", "is", "is_not", "one_of", "at_least", "at_most", "before", "on_or_after"]
FactType: TypeAlias = Literal["yes_no", "number", "word", "date"]

FITTING: dict[FactType, frozenset[Op]] = {
    "yes_no": frozenset({"known", "is"}),
    "number": frozenset({"known", "is", "is_not", "one_of", "at_least", "at_most"}),
    "word": frozenset({"known", "is", "is_not", "one_of"}),
    "date": frozenset({"known", "before", "on_or_after"}),
}
"""Which comparisons a kind of fact allows."""

_PYTHON: dict[FactType, tuple[type, ...]] = {"yes_no": (bool,), "number": (int,), "word": (str,), "date": (date,)}


class FactKind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A fact conditions may ask about."""

    type: FactType
    label: Both


class Test(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One comparison: the fact stands in relation ``op`` to ``value``, to one of ``values``, or to the date ``day``."""

    __test__ = False  # no test of pytest's

    fact: Name
    op: Op
    value: Value | None = None
    values: tuple[Value, ...] = ()
    day: date | None = None


class Condition(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Holds when every test of ``all_of`` holds and, if ``any_of`` is given, at least one of those."""

    all_of: tuple[Test, ...] = ()
    any_of: tuple[Test, ...] = ()


class Consequence(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may follow from not paying: when it may be said, by which line, on whose authority.

    ``variables``: which fact fills which variable of the line, beyond those every line of the case has.
    """

    code: Name
    label: Both
    line: LineId
    variables: dict[Name, Name] = {}
    when: Condition
    why: Both
    cite: tuple[str, ...]


class ConsequencesFile(Headed, frozen=True, kw_only=True):
    """The consequences as their file holds them."""

    schema: Literal["collectdesk.consequences/1"]
    facts: dict[Name, FactKind]
    consequence: tuple[Consequence, ...]


class Consequences(Headed, frozen=True, kw_only=True):
    """The consequences in force: plain data, to be stored and read back as JSON (msgspec)."""

    facts: dict[str, FactKind]
    consequences: tuple[Consequence, ...]


def applicable(
    consequences: Consequences, facts: Facts, *, stated: Collection[str] | None = None
) -> tuple[Consequence, ...]:
    """The consequences that may be told, in the order of the file.

    ``stated``: the codes the creditor stated for this case; given, no others are told.
    """
    return tuple(
        each
        for each in consequences.consequences
        if (stated is None or each.code in stated) and not unmet(each.when, facts)
    )


def said_of(consequence: Consequence, facts: Facts) -> dict[str, bool | int | str | date]:
    """The facts its line says, by variable; worded by whoever renders the line."""
    found = {name: facts.get(fact) for name, fact in consequence.variables.items()}
    return {name: value for name, value in found.items() if value is not None}


def unmet(condition: Condition, facts: Facts) -> tuple[Test, ...]:
    """The tests that keep ``condition`` from holding; empty when it holds."""
    failing = tuple(test for test in condition.all_of if not holds(test, facts))
    if condition.any_of and not any(holds(test, facts) for test in condition.any_of):
        failing += condition.any_of
    return failing


def holds(test: Test, facts: Facts) -> bool:
    """Whether a test holds; never for a fact that is not known or is of another kind than the value."""
    found = facts.get(test.fact)
    if found is None:
        return False
    if test.op == "known":
        return found is not False and found != ""
    if test.op == "one_of":
        return any(type(found) is type(value) and found == value for value in test.values)
    wanted = test.day if isinstance(found, date) else test.value
    return type(found) is type(wanted) and _compared(found, test.op, wanted)


def _compared(found: bool | int | str | date, op: Op, value: object) -> bool:
    if op == "is":
        return found == value
    if op == "is_not":
        return found != value
    if isinstance(found, date) and isinstance(value, date):
        return found < value if op == "before" else found >= value
    if isinstance(found, int) and isinstance(value, int):
        return found >= value if op == "at_least" else found <= value
    return False


def compile_consequences(mapping: Mapping[str, object]) -> Consequences:
    """Build the consequences from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, a code stands twice, a source is missing, or a condition is empty, asks about a fact
            that is not listed, or compares it in a way its kind does not allow.
    """
    file = read_as(ConsequencesFile, mapping, "consequences")
    refuse_doubles("consequences", "$.consequence", (each.code for each in file.consequence))
    places = [(f"$.consequence.{each.code}", each) for each in file.consequence]
    refuse_unknown_cites("consequences", file.cites, ((where, each.cite) for where, each in places))
    for where, each in places:
        if not each.cite or not each.when.all_of:
            raise malformed("consequences", where, "a consequence needs a condition and a source")
        for test in (*each.when.all_of, *each.when.any_of):
            _check_test(test, file.facts, f"{where}.when")
        assured = {test.fact for test in each.when.all_of}
        if not set(each.variables.values()) <= assured:
            raise malformed("consequences", f"{where}.variables", "the condition does not assure the fact it says")
    return Consequences(
        version=file.version,
        title=file.title,
        cites=file.cites,
        facts=dict(file.facts),
        consequences=file.consequence,
    )


def _check_test(test: Test, facts: Mapping[str, FactKind], where: str) -> None:
    if test.fact not in facts:
        raise malformed("consequences", where, f"no fact is called '{test.fact}'")
    kind = facts[test.fact].type
    if test.op not in FITTING[kind]:
        raise malformed("consequences", where, f"'{test.op}' does not fit the fact '{test.fact}'")
    single = test.day if kind == "date" else test.value
    values: tuple[object, ...] = test.values if test.op == "one_of" else (single,)
    if test.op != "known" and not (values and all(type(value) in _PYTHON[kind] for value in values)):
        raise malformed("consequences", where, f"the value does not fit the fact '{test.fact}'")
