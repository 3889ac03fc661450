"""What an oracle is made of: which rows there are, when each was, whose it is, which case; and predicates on rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from tests.desk.reports.book import Book, Row

Fits: TypeAlias = "Callable[[Row, Book], bool]"


@dataclass(frozen=True)
class Population:
    """The rows of a relation, as they were said to be."""

    rows: Callable[[Book], Iterable[Row]]
    when: Callable[[Row], int | str | None]
    whose: Callable[[Row], int | None]
    case: Callable[[Row], int | None]
    groups: dict[str, Callable[[Row], str]]


def local(at: int) -> datetime:
    """The house's local time."""
    return datetime.fromtimestamp(at, UTC) + timedelta(hours=8)


def day_of(at: int) -> date:
    """The house's local date."""
    return local(at).date()


def table(name: str) -> Callable[[Book], Iterable[Row]]:
    """The rows of a table as they are."""
    return lambda book: book[name]


def where(rows: Callable[[Book], Iterable[Row]], fits: Callable[[Row], bool]) -> Callable[[Book], Iterator[Row]]:
    """Those of the rows that fit."""
    return lambda book: (row for row in rows(book) if fits(row))


def of(name: str) -> Callable[[Row], Any]:
    """A field."""
    return lambda row: row[name]


def named(name: str) -> Callable[[Row], str]:
    """A field as the code of a group."""
    return lambda row: str(row[name] or "")


def never(_row: Row) -> None:
    """Nobody's, nowhere, at no time."""
    return


def whatever(_row: Row, _book: Book) -> bool:
    """Every row."""
    return True


def is_(name: str, *values: object) -> Fits:
    """A field has one of these values."""
    return lambda row, _book: row[name] in values


def steps(book: Book, kind: str, subject: int, *acts: str) -> list[Row]:
    """What was done to one thing, oldest first."""
    found = [row for row in book["step"] if row["kind"] == kind and row["subject"] == subject]
    return [row for row in found if not acts or row["act"] in acts]
