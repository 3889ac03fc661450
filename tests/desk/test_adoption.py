"""Adopted, not read: what binds is in the database, from its instant on, in every version it ever had."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import insert, text

from collectdesk.desk import adoption
from collectdesk.desk.adoptable import KINDS, prepare, shipped_texts
from collectdesk.desk.checking import DIGESTS_IN_FORCE
from collectdesk.desk.office import Member
from collectdesk.desk.shipped import shipped
from collectdesk.desk.shipped_rules import shipped_gate
from collectdesk.desk.training.changed import CHANGED
from collectdesk.errors import BadData, UsageProblem
from collectdesk.store import reader
from collectdesk.store.engine import Store
from collectdesk.store.schema import METADATA
from collectdesk.store.tables import Staff
from tests.conftest import KEY, START

HOUSE = shipped("rulebooks/house.toml")
BY = Member(1, "8001", "Admin", "admin")


def version(number: str) -> bytes:
    """The house rulebook as its next version, which closes an hour earlier."""
    return HOUSE.replace(b'version = "1"', f'version = "{number}"'.encode()).replace(b'"20:00"', b'"19:00"')


@pytest.fixture
def staffed(store: Store) -> Store:
    """A database with somebody who adopts."""
    with store.writer.begin() as connection:
        connection.execute(
            insert(Staff),
            {"id": 1, "number": "8001", "name": "A", "role": "admin", "status": "active", "joined_at": START},
        )
    return store


def take(store: Store, content: bytes, at: int, since: int | None = None) -> None:
    with store.writer.begin() as connection:
        adoption.adopt(connection, "rulebook", content, by=BY, at=at, effective_from=since or at, file="house.toml")


def in_force(store: Store, at: int) -> list[str]:
    with store.reader.connect() as connection:
        return [each.version for each in adoption.in_force(connection, "rulebook", at)]


def test_a_text_binds_from_its_instant_on(staffed: Store) -> None:
    take(staffed, HOUSE, START, START + 100)
    assert in_force(staffed, START + 99) == []
    assert in_force(staffed, START + 100) == ["1"]


def test_old_versions_stay_and_bound_when_they_did(staffed: Store) -> None:
    take(staffed, HOUSE, START)
    take(staffed, version("2"), START + 50, START + 1000)
    assert in_force(staffed, START + 999) == ["1"]
    assert in_force(staffed, START + 1000) == ["2"]


def test_adopting_what_binds_already_changes_nothing(staffed: Store) -> None:
    take(staffed, HOUSE, START)
    take(staffed, HOUSE, START + 1)
    with staffed.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM adoption")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM journal")).scalar_one() == 1


def test_another_wording_needs_a_version_of_its_own(staffed: Store) -> None:
    take(staffed, HOUSE, START)
    with pytest.raises(BadData, match="version_adopted"):
        take(staffed, version("1"), START + 1)


def test_nothing_binds_retroactively(staffed: Store) -> None:
    with pytest.raises(UsageProblem, match="adoption_backdated"):
        take(staffed, HOUSE, START, START - 1)
    assert in_force(staffed, START) == []


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"version = \nid = 1", "1:11"),
        (b"\xff\xfe", "$"),
        (HOUSE.replace(b'kind = "hours"', b'kind = "ours"'), "$.rule[0].kind"),
        (HOUSE.replace(b"limit = 4", b'limit = "four"', 1), "$.rule[3].limit"),
    ],
)
def test_an_unreadable_text_says_where(staffed: Store, content: bytes, where: str) -> None:
    with pytest.raises(BadData, match="text_malformed") as refused:
        take(staffed, content, START)
    assert refused.value.params["where"] == where
    assert refused.value.params["name"] == "house.toml"


def test_the_fast_reader_reads_what_the_models_read(staffed: Store) -> None:
    take(staffed, HOUSE, START)
    with staffed.writer.begin() as connection:
        for kind, path, content in shipped_texts():
            if kind == "calendar":
                adoption.adopt(connection, kind, content, by=BY, at=START, effective_from=START, file=path)
    with staffed.reader.connect() as connection:
        books, calendars = adoption.rulebooks(connection, START), adoption.calendars(connection, START)
    with reader.open_url(staffed.url.render_as_string(hide_password=False), KEY) as fast:
        assert adoption.rulebooks(fast, START) == adoption.rulebooks(fast.ask, START) == books
        assert adoption.calendars(fast, START)["CN"] is calendars["CN"]
    assert sorted(calendars["CN"].years) == list(range(2018, 2028))


@pytest.mark.parametrize("kind", KINDS)
def test_a_compiled_text_reads_back_as_it_was(kind: str) -> None:
    for each, path, content in shipped_texts():
        if each == kind:
            made, compiled = prepare(kind, content, path)
            assert KINDS[kind].read(compiled) == made.value
            assert made.name


def test_a_verdict_names_the_digest_its_rulebook_was_adopted_with() -> None:
    """A verdict can be matched to the adoption, and both to the file (sha256sum)."""
    made, _compiled = prepare("rulebook", HOUSE, "house.toml")
    assert made.value.digest == made.digest == hashlib.sha256(HOUSE).hexdigest()
    assert shipped_gate().books["house"].digest == made.digest


@pytest.mark.parametrize("query", [DIGESTS_IN_FORCE, adoption.NAMES_IN_FORCE, CHANGED])
def test_what_was_adopted_is_told_apart_without_its_texts(staffed: Store, query: str) -> None:
    """A question to the gate that had to read, and decipher, every text ever adopted would take twice as long."""
    if staffed.on_server:
        pytest.skip("a server keeps long texts apart by itself")
    with staffed.reader.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"), {"kind": "rulebook", "at": START, "id": 1})
        asked = [line for line in plan.scalars("detail") if line.split()[1] in ("a", "b", "c")]
    assert asked
    assert [line for line in asked if "COVERING INDEX ix_adoption_in_force" not in line] == []


def test_the_long_texts_stand_last() -> None:
    """What stands behind one in its row is found by reading all of it."""
    assert [column.name for column in METADATA.tables["adoption"].columns][-2:] == ["compiled", "content"]
