"""Which questions of a course hold here: one whose number the rulebook in force has otherwise is not asked.

The course ships with the shipped numbers; a company that adopts its own is never examined on somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from collectdesk.desk import adoption, house
from collectdesk.desk.adoptable import Adopted, parse

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.training.courses import Course, Fact, Item

SETTINGS = "settings"
CONTENT = (
    "SELECT a.name, a.content FROM adoption a WHERE a.kind = 'rulebook' AND a.effective_from <= :at "
    "AND (a.withdrawn_at IS NULL OR a.withdrawn_at > :at) ORDER BY a.effective_from, a.id"
)
Books = Callable[[str], Mapping[str, Any] | None]
"""A rulebook by its id, as its text has it; none where there is none of that id."""


def holding(where: Connection | Session, course: Course, at: int) -> tuple[Item, ...]:
    """The questions of ``course`` that may be asked at ``at`` (UTC seconds)."""
    books = in_force(where, at)
    return tuple(each for each in course.questions if each.fact is None or holds(each.fact, books))


def outdated(where: Connection | Session, course: Course, at: int) -> tuple[Item, ...]:
    """Those that are not asked, because a rulebook in force says otherwise."""
    kept = set(holding(where, course, at))
    return tuple(each for each in course.questions if each not in kept)


def holds(fact: Fact, books: Books) -> bool:
    """Whether the rulebook still says what the question teaches; a text that is not in force changed nothing."""
    name, _, rule = fact.rule.partition("/")
    book = books(name)
    if book is None:
        return True
    found = value(_place(book, rule), fact.at.split("."))
    return found is not None and str(found) == fact.says


def value(within: Any, path: Sequence[str]) -> Any:  # noqa: ANN401 - whatever stands there
    """What stands at ``path``, numbers counting list places; none where nothing does."""
    for step in path:
        if isinstance(within, list) and step.isdigit() and int(step) < len(within):
            within = within[int(step)]
        elif isinstance(within, Mapping) and step in within:
            within = within[step]
        else:
            return None
    return within


def in_force(where: Connection | Session, at: int) -> Books:
    """The rulebooks in force, read when they are asked for."""
    from sqlalchemy import text

    texts = {row.name: row.content for row in where.execute(text(CONTENT), {"at": at})}
    read: dict[str, Mapping[str, Any]] = {}

    def book(name: str) -> Mapping[str, Any] | None:
        if name in texts and name not in read:
            read[name] = parse(texts[name].encode(), name)
        return read.get(name)

    return book


def course_in_force(where: Connection | Session, name: str, at: int) -> Adopted | None:
    """The course ``name`` as adopted, or none."""
    return next((each for each in adoption.in_force(where, "course", at) if each.name == name), None)


def _place(book: Mapping[str, Any], rule: str) -> Any:  # noqa: ANN401
    if rule == SETTINGS:
        shipped = msgspec.to_builtins(house.HouseSettings())
        return {**shipped, **book.get(SETTINGS, {})}
    return next((each for each in book.get("rule", ()) if each.get("id") == rule), None)
