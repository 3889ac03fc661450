"""Signing in: guessing is slowed and written down, a session ends by itself, an account that left gets nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from collectdesk.desk import safekeeping, signing
from collectdesk.desk.office import open_office
from collectdesk.errors import BadData, Busy, NotFound, NotPermitted
from collectdesk.store import home, keys, lite, sessions
from collectdesk.store.engine import open_engine
from collectdesk.store.home import Home
from collectdesk.store.version import SCHEMA_VERSION
from tests import newdesk
from tests.conftest import KEY
from tests.newdesk import ADMIN, OPENED, PASSPHRASE, seconds
from tests.store.older import older

AT = seconds(OPENED) + 3600
AN_ADMIN = "INSERT INTO staff (id, number, name, role, status, joined_at) VALUES (2, '8001', 'y', 'admin', 'active', 0)"


def test_without_a_desk_there_is_nothing_to_sign_in_to(tmp_path: Path, runtime: Path) -> None:
    assert runtime.is_dir()
    with pytest.raises(NotFound, match="no_desk"):
        signing.sign_in(tmp_path / "nowhere", ADMIN, PASSPHRASE, AT)


def test_without_a_session_the_office_stays_shut(desk: Path) -> None:
    assert signing.sign_out(desk)
    assert not signing.sign_out(desk)
    with pytest.raises(NotPermitted, match="not_signed_in") as shut:
        newdesk.office(desk)
    assert "collectdesk login" in shut.value.hint


def test_a_session_ends_by_itself_but_an_open_call_may_end(desk: Path) -> None:
    signing.sign_in(desk, ADMIN, PASSPHRASE, AT)
    late = datetime.fromtimestamp(AT + signing.SESSION_SECONDS, UTC)
    with pytest.raises(NotPermitted, match="session_expired"):
        open_office(desk, clock=lambda: late, lang="en")
    open_office(desk, clock=lambda: late, lang="en", finishing=True).close()


def test_guessing_is_slowed_and_written_down(desk: Path) -> None:
    for _try in range(3):
        with pytest.raises(NotPermitted, match="wrong_passphrase"):
            signing.sign_in(desk, ADMIN, "not the passphrase", AT)
    with pytest.raises(Busy, match="slot_waits"):
        signing.sign_in(desk, ADMIN, PASSPHRASE, AT)
    assert signing.sign_in(desk, ADMIN, PASSPHRASE, AT + 60).misses == 3
    office = newdesk.office(desk)
    try:
        with office.reader.connect() as connection:
            rows = connection.execute(text("SELECT slot, failures FROM login_failure")).all()
    finally:
        office.close()
    assert [tuple(row) for row in rows] == [(ADMIN, 3)]


def earlier_desk(root: Path, number: int, url: str) -> Home:
    """A desk as the program of schema ``number`` left it, with an administrator and a collector (``0001``)."""
    place = Home(root)
    on_server = url.startswith("postgresql")
    settings = home.new_settings(database="postgresql" if on_server else "sqlite", language="en")
    home.create(place, settings, server=url if on_server else None, key=KEY if on_server else None)
    store = open_engine(*home.location(place, KEY), create=True)
    older(store, number)
    with store.writer.begin() as connection:
        connection.execute(text(AN_ADMIN))
    with Session(store.writer) as session, session.begin():
        for staff, who in ((1, "0001"), (2, ADMIN)):
            if on_server:
                signing.set_verifier(session, staff, PASSPHRASE, AT)
            else:
                keys.add_passphrase(place, settings.desk, who, PASSPHRASE, KEY)
    store.close()
    return place


@pytest.mark.usefixtures("runtime")
@pytest.mark.parametrize("number", range(1, SCHEMA_VERSION))
def test_an_administrator_alone_signs_in_on_an_older_desk_and_brings_it_forward(
    tmp_path: Path, empty_url: str, number: int
) -> None:
    """Else nobody could: bringing it forward needs somebody who is signed in."""
    server = empty_url.replace("postgresql://", "postgresql+psycopg://", 1)
    place = earlier_desk(tmp_path / "desk", number, server)
    with pytest.raises(BadData, match="schema_older"):
        signing.sign_in(place.root, "0001", PASSPHRASE, AT)
    assert signing.sign_in(place.root, ADMIN, PASSPHRASE, AT).older
    saved: list[Path] = []
    ran = safekeeping.upgrade(place.root, AT, told=saved.append)
    assert [step.number for step in ran] == list(range(number + 1, SCHEMA_VERSION + 1))
    assert [path.is_file() for path in saved] == [True]
    assert not signing.sign_in(place.root, ADMIN, PASSPHRASE, AT).older
    assert signing.sign_in(place.root, "0001", PASSPHRASE, AT).member.number == "0001"
    store = home.open_store(place, KEY)
    with store.reader.connect() as connection:
        done = connection.execute(text("SELECT action, actor FROM journal ORDER BY seq")).all()
    store.close()
    assert [tuple(row) for row in done] == [
        ("sign_in", ADMIN), ("upgrade", ADMIN), ("sign_in", ADMIN), ("sign_in", "0001"),
    ]  # fmt: skip


@pytest.mark.usefixtures("runtime")
def test_what_was_missed_on_an_older_desk_is_written_down_by_who_gets_in(tmp_path: Path, empty_url: str) -> None:
    server = empty_url.replace("postgresql://", "postgresql+psycopg://", 1)
    place = earlier_desk(tmp_path / "desk", 1, server)
    for number in ("0001", ADMIN):
        with pytest.raises(NotPermitted, match="wrong_passphrase"):
            signing.sign_in(place.root, number, "not the passphrase", AT)
    with pytest.raises(BadData, match="schema_older"):
        signing.sign_in(place.root, "0001", PASSPHRASE, AT)
    assert signing.sign_in(place.root, ADMIN, PASSPHRASE, AT).misses == 1
    store = home.open_any(place, KEY)
    with store.reader.connect() as connection:
        written = connection.execute(text("SELECT slot, failures FROM login_failure")).all()
        if server.startswith("postgresql"):
            assert connection.execute(text("SELECT failures FROM credential WHERE staff = 1")).scalar_one() == 1
    store.close()
    assert [tuple(row) for row in written] == [(ADMIN, 1)]


@pytest.mark.usefixtures("runtime")
def test_an_administrator_comes_back_to_an_older_desk_with_the_recovery_code(tmp_path: Path) -> None:
    place = earlier_desk(tmp_path / "desk", 2, f"sqlite:///{tmp_path / 'desk' / 'desk.db'}")
    code = keys.new_recovery_code()
    keys.add_recovery(place, home.read(place).desk, KEY, code)
    with pytest.raises(NotPermitted, match="role"):
        signing.recover(place.root, code, "0001", "another passphrase", AT)
    assert signing.recover(place.root, code, ADMIN, "another passphrase", AT).older


@pytest.mark.usefixtures("runtime")
def test_nobody_signs_in_where_a_newer_program_was(desk: Path) -> None:
    connection = lite.connect(Home(desk).database, sessions.current(home.read(Home(desk)).desk, AT).key[:32])
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(BadData, match="schema_newer"):
        signing.sign_in(desk, ADMIN, PASSPHRASE, AT)
