"""A backup is one file: the encrypted copy of the database, the slots, the settings and a list of their digests.

It is taken while the desk works, and encrypted by the desk's own key: whoever holds it needs a passphrase or the
recovery code. It is written beside its final name and renamed; an interrupted one leaves nothing under that name.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from collectdesk.errors import N_, BadData, Busy, UsageProblem
from collectdesk.store import files, home, journal, keys, lite, migrations, schema, slots, version
from collectdesk.store.copying import copy_as_is, copy_rows
from collectdesk.store.engine import Store, database_key, open_engine
from collectdesk.store.faults import translated

SCHEMA = "collectdesk.backup/1"
MANIFEST = "backup.json"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; ``entries`` and ``head`` are the journal's, ``files`` name → SHA-256."""

    desk: str
    made_at: int
    schema_version: int
    entries: int
    head: str
    files: dict[str, str]


def make(
    place: home.Home,
    store: Store,
    key: bytes,
    target: Path,
    at: int,
    *,
    passphrase: str | None = None,
    key_kept: bool = False,
) -> Manifest:
    """Back the desk up into the file ``target``.

    Args:
        place: the desk.
        store: its open database; others may go on writing.
        key: the desk's key.
        target: the file to write; it must not exist.
        at: UTC seconds.
        passphrase: opens this backup beside the slots (owner ``backup``); a server's desk has no others.
        key_kept: a server's key stays at hand for this backup, as before an upgrade in place.
    Raises:
        UsageProblem: a server's desk with neither: nothing could open its backup.
        Busy: ``target`` exists.
        Problem: the disk is full or refuses; nothing is left behind then.
    """
    if store.on_server and passphrase is None and not key_kept:
        raise UsageProblem(
            "backup_passphrase",
            N_("A backup of a desk on a server needs a passphrase of its own."),
            hint=N_("Whoever restores it will be asked for it."),
        )
    desk = home.read(place).desk
    with working_directory(target.parent, target.name) as work:
        if target.exists():
            raise Busy("backup_exists", N_("There is a file of that name already."), hint=N_("Choose another name."))
        _copy_database(store, key, work / "desk.db")
        _copy_files(place, work)
        if passphrase is not None:
            keys.require_passphrase(passphrase)
            slots.write(work / "slots", slots.make(desk, keys.BACKUP, "passphrase", passphrase, key))
        manifest = _describe(work, key, desk, at)
        with files.replacing(target) as handle, tarfile.open(fileobj=handle, mode="w") as archive:
            _add(archive, MANIFEST, json.dumps({"schema": SCHEMA, **asdict(manifest)}, indent=2).encode(), at)
            for name in manifest.files:
                archive.add(work / name, name, filter=_anonymous)
    return manifest


def read_manifest(archive: Path) -> Manifest:
    """What the backup says of itself.

    Raises:
        BadData: this is no backup, or of a newer program.
    """
    with _opened(archive) as tar:
        return _manifest(tar)


def unpack(archive: Path, into: Path) -> Manifest:
    """Lay a backup's files out in the empty directory ``into``, each held against its digest.

    Raises:
        BadData: a file is missing, added or altered.
    """
    with _opened(archive) as tar:
        manifest = _manifest(tar)
        found = {member.name for member in tar.getmembers()} - {MANIFEST}
        if found != set(manifest.files):
            raise damaged()
        files.private_directory(into / "slots")
        for name, expected in manifest.files.items():
            _extract(tar, name, into / name)
            if file_digest(into / name) != expected:
                raise damaged()
    return manifest


@contextmanager
def working_directory(parent: Path, name: str) -> Iterator[Path]:
    """An owner-only directory that is gone afterwards; what a killed run left behind goes first.

    One backup at a time is made in ``parent``: the working directory of a living one is never swept up.
    """
    files.require_directory(parent)
    with files.alone(parent):
        with files.disk_problems():
            for left in parent.glob(f".{name}.work-*"):
                shutil.rmtree(left)
            work = Path(tempfile.mkdtemp(dir=parent, prefix=f".{name}.work-"))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            total.update(block)
    return total.hexdigest()


def damaged() -> BadData:
    """The Problem of an archive that is not as it was made."""
    return BadData(
        "backup_damaged",
        N_("This is not a backup of a desk, or it was altered or cut short."),
        hint=N_("Try another one; nothing was changed."),
    )


def _copy_database(store: Store, key: bytes, target: Path) -> None:
    if store.on_server:
        copy = open_engine(f"sqlite:///{target}", key, create=True)
        _copy_rows(store, copy)
        copy.close()
    else:
        assert store.path is not None
        lite.copy(store.path, target, database_key(key))
    with translated():  # one file: nothing of the copy may stay in a write-ahead log
        connection = lite.connect(target, database_key(key))
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()


def _copy_rows(store: Store, copy: Store) -> None:
    """A server's rows in a file: of this program's schema, or, before an upgrade, of the one that is there."""
    found = migrations.applied(store)
    if found == version.SCHEMA_VERSION:
        schema.create(copy, 0)
        copy_rows(store, copy)
        return
    with store.reader.connect() as reading, copy.writer.begin() as writing:
        copy_as_is(reading, writing)
        writing.exec_driver_sql(f"PRAGMA user_version = {int(found)}")


def _copy_files(place: home.Home, work: Path) -> None:
    shutil.copyfile(place.settings, work / "desk.json")
    files.private_directory(work / "slots")
    for slot in sorted(place.slots.glob("*.json")):
        shutil.copyfile(slot, work / "slots" / slot.name)


def _describe(work: Path, key: bytes, desk: str, at: int) -> Manifest:
    copy = open_engine(f"sqlite:///{work / 'desk.db'}", key)
    with copy.reader.connect() as connection:
        last = journal.head(connection)
    found = migrations.applied(copy)
    copy.close()
    for rest in work.glob("desk.db-*"):
        rest.unlink()
    names = ["desk.db", "desk.json", *(f"slots/{slot.name}" for slot in sorted((work / "slots").iterdir()))]
    digests = {name: file_digest(work / name) for name in names}
    return Manifest(desk, at, found, last.seq, last.hash, digests)


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, OSError, EOFError):
        raise damaged() from None


def _manifest(tar: tarfile.TarFile) -> Manifest:
    try:
        handle = tar.extractfile(MANIFEST)
        assert handle is not None
        content = json.loads(handle.read())
        if content.pop("schema") != SCHEMA:
            raise damaged()
        manifest = Manifest(**content)
    except (KeyError, ValueError, TypeError, AssertionError, AttributeError):
        raise damaged() from None
    if not {"desk.db", "desk.json"} <= set(manifest.files) or not all(map(_plain_name, manifest.files)):
        raise damaged()
    return manifest


def _plain_name(name: str) -> bool:
    """Only the files a backup has: an archive must not write elsewhere."""
    slot = name.removeprefix("slots/")
    return name in ("desk.db", "desk.json") or (slot != name and "/" not in slot and slot.endswith(".json"))


def _extract(tar: tarfile.TarFile, name: str, target: Path) -> None:
    handle = tar.extractfile(name)
    if handle is None:
        raise damaged()
    files.private_directory(target.parent)
    with files.replacing(target) as out:
        shutil.copyfileobj(handle, out, BLOCK)


def _add(archive: tarfile.TarFile, name: str, content: bytes, at: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), files.OWNER_FILE, at
    archive.addfile(entry, io.BytesIO(content))


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = files.OWNER_FILE
    return entry
