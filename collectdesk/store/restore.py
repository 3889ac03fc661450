"""Bringing a backup back: checked in a directory of its own, then put in place by a rename.

The desk that was there is kept beside it under another name. For a database on a server see ``restore_server``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from collectdesk.errors import N_, BadData, Busy, NotPermitted, Problem
from collectdesk.store import audit, backup, files, home, journal, keys, lite, slots, version
from collectdesk.store.backup import Manifest
from collectdesk.store.engine import database_key, open_engine
from collectdesk.store.faults import translated

STAGED = "restoring"


@dataclass(frozen=True)
class Restored:
    """What was brought back, where the desk lies that was there, and the backup of a server's database replaced."""

    manifest: Manifest
    set_aside: Path | None
    saved: Path | None = None


def restore(
    archive: Path,
    place: home.Home,
    unlock: Callable[[home.Home], bytes],
    at: int,
    *,
    older_ok: bool = False,
    write_down: Callable[[home.Home, bytes, Manifest], object] | None = None,
) -> Restored:
    """Replace the desk at ``place`` by the one in ``archive``.

    Args:
        archive: a backup file.
        place: where the desk is to be; a desk already there is set aside, not deleted.
        unlock: opens a slot of the unpacked backup and returns the desk's key.
        at: UTC seconds, names the directory of the desk that is set aside.
        older_ok: an admin confirms that entries written after the backup will be missing.
        write_down: called once all holds, before the desk is put in place, to say in it that it was restored.
    Raises:
        Busy: another process has the desk there open, or the directory holds something else.
        BadData: the archive, its database or its journal does not hold.
        NotPermitted: the desk there is ahead of the backup, or cannot be compared, and ``older_ok`` is not given.
    """
    with staging(place) as staged:
        manifest = backup.unpack(archive, staged.root)
        key = unlock(staged)
        check(staged, key, manifest)
        if not older_ok:
            _require_not_older(place, staged, key)
        if write_down is not None:
            write_down(staged, key, manifest)
        _settle(staged)
        _require_alone(place, key)
        return Restored(manifest, swap(staged, place, at))


@contextmanager
def staging(place: home.Home) -> Iterator[home.Home]:
    """An empty desk beside ``place`` to lay a backup out in; it is gone afterwards, as is what a killed restore left.

    Raises:
        Busy: another process is restoring there, or the directory holds something else.
    """
    parent = place.root.parent
    files.require_directory(parent) if parent.exists() else files.private_directory(parent)
    with files.alone(parent, wait=False):
        with files.disk_problems():
            finish_interrupted(place)
            require_room(place)
            staged = home.Home(Path(tempfile.mkdtemp(dir=parent, prefix=f".{place.root.name}.{STAGED}-")))
        try:
            yield staged
        finally:
            shutil.rmtree(staged.root, ignore_errors=True)


def check(staged: home.Home, key: bytes, manifest: Manifest) -> None:
    """Hold an unpacked backup's database against itself, its journal and its manifest.

    Raises:
        BadData: a page, an index, an entry or the head does not hold, or the schema is newer.
    """
    with translated():
        connection = lite.connect(staged.database, database_key(key))
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        pages = [*connection.execute("PRAGMA cipher_integrity_check").fetchall()]
        pages += [row for row in connection.execute("PRAGMA integrity_check").fetchall() if row != ("ok",)]
        connection.close()
    if found > version.SCHEMA_VERSION:
        version.require(found)
    if pages:
        raise backup.damaged()
    _check_journal(staged, key, manifest)


def _settle(staged: home.Home) -> None:
    """Make it a desk of this machine; the backup's own passphrase stays only where nobody else could open it."""
    settings = home.read(staged)
    if settings.database != "sqlite":
        home.write(staged, settings._replace(database="sqlite"))
    if slots.owners(staged.slots) != [keys.BACKUP]:
        slots.remove(staged.slots, keys.BACKUP)
    (staged.slots / f"{keys.BACKUP}.tries").unlink(missing_ok=True)


def finish_interrupted(place: home.Home) -> None:
    """After a crash between the two renames put back what was set aside; after one before them sweep up."""
    parent = place.root.parent
    aside = sorted(parent.glob(f"{place.root.name}.before-*"))
    if not place.root.exists() and aside:
        aside[-1].rename(place.root)
    for left in parent.glob(f".{place.root.name}.{STAGED}-*"):
        shutil.rmtree(left, ignore_errors=True)


def require_room(place: home.Home) -> None:
    """Set a desk aside, never somebody's other files."""
    root = place.root
    if not root.exists() or home.exists(place) or place.database.exists():
        return
    if not root.is_dir() or any(root.iterdir()):
        raise Busy(
            "directory_in_use",
            N_("The directory for the desk is not empty."),
            hint=N_("Choose another one with --desk DIR."),
        )


def _check_journal(staged: home.Home, key: bytes, manifest: Manifest) -> None:
    store = open_engine(f"sqlite:///{staged.database}", key)
    try:
        with store.reader.connect() as connection:
            found = audit.verify(connection, audit.Seal(manifest.entries, manifest.head, manifest.made_at))
    finally:
        store.close()
    if not found.sound:
        first = found.faults[0]
        raise BadData(
            "backup_journal",
            N_("The journal in this backup does not hold: entry {seq} ({kind})."),
            hint=N_("Try another backup; nothing was changed."),
            seq=first.seq,
            kind=first.kind,
        )


def _require_not_older(place: home.Home, staged: home.Home, key: bytes) -> None:
    """The backup must hold the last entry of the desk that is there, or it would undo what came after."""
    if not home.exists(place) and not place.database.exists():
        return
    there = _head(place, key)
    if there is None or (there.seq and not holds(staged, key, there)):
        raise older()


def older() -> NotPermitted:
    """The Problem of a backup that lacks what is there."""
    return NotPermitted(
        "restore_older",
        N_("The desk here has changes the backup lacks, or it cannot be read to compare."),
        hint=N_("An admin may confirm with --accept-older; the desk here is set aside, not deleted."),
    )


def _require_alone(place: home.Home, key: bytes) -> None:
    """Nobody may go on writing into the desk that is set aside: what he is told is kept would not be in the new one."""
    if not place.database.exists():
        return
    try:
        connection = lite.connect(place.database, database_key(key))
    except Problem as problem:
        if isinstance(problem, Busy):
            raise
        return  # it does not open: nobody works in it
    with translated():
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # refused while others are connected
        finally:
            connection.close()


def _head(place: home.Home, key: bytes) -> journal.Head | None:
    """The last entry of the desk that is there; none when it does not open with this key."""
    try:
        url, real = home.location(place, key)
    except Problem:  # its settings are lost; its database may lie there still
        url, real = f"sqlite:///{place.database}", key
    store = open_engine(url, real)
    try:
        with store.reader.connect() as connection:
            return journal.head(connection)
    except (Problem, DatabaseError):
        return None
    finally:
        store.close()


def holds(staged: home.Home, key: bytes, entry: journal.Head) -> bool:
    """Whether the unpacked backup's journal has this very entry."""
    store = open_engine(f"sqlite:///{staged.database}", key)
    try:
        with store.reader.connect() as connection:
            row = connection.execute(journal.READ, {"seq": entry.seq - 1}).first()
            return row is not None and row.hash == entry.hash
    finally:
        store.close()


def swap(staged: home.Home, place: home.Home, at: int) -> Path | None:
    """Two renames; ``finish_interrupted`` undoes a crash between them."""
    aside = None
    with files.disk_problems():
        if place.root.exists() and any(place.root.iterdir()):
            aside = _unused(place.root.with_name(f"{place.root.name}.before-{at}"))
            place.root.rename(aside)
        elif place.root.exists():
            place.root.rmdir()
        staged.root.rename(place.root)
        files.sync_directory(place.root.parent)
    return aside


def _unused(path: Path) -> Path:
    count = 1
    candidate = path
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.name}-{count}")
    return candidate
