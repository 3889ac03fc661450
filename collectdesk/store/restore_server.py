"""Bringing a backup back into a database on a server: checked first, then put in by one transaction.

The database must be empty of a desk, or hold the same one; what it holds then is backed up before it is replaced. The
desk's directory, with the server's address and the key, is put in place last.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from collectdesk.errors import N_, BadData, Busy
from collectdesk.store import backup, files, home, journal, migrations, restore, schema
from collectdesk.store.backup import Manifest
from collectdesk.store.copying import copy_all
from collectdesk.store.engine import Store, open_engine
from collectdesk.store.restore import Restored

Prepare = Callable[[home.Home, bytes, Manifest, Store | None], object]
"""Given the unpacked backup, its key, what it says, and the database where that holds a desk: who may, and a word of
it in the backup's journal."""


def restore_to_server(
    archive: Path,
    place: home.Home,
    url: str,
    unlock: Callable[[home.Home], bytes],
    at: int,
    *,
    replace: bool = False,
    older_ok: bool = False,
    prepare: Prepare | None = None,
) -> Restored:
    """Put the desk in ``archive`` into the database at ``url``, and its directory at ``place``.

    Args:
        archive: a backup file, of a desk on a server or on a machine.
        place: the desk's directory; one already there is set aside, not deleted.
        url: the server's address.
        unlock: opens the unpacked backup and returns the desk's key.
        at: UTC seconds.
        replace: the database may hold this desk; it is backed up and replaced.
        older_ok: an admin confirms that entries written after the backup will be missing.
        prepare: called once all holds, before anything is written outside.
    Raises:
        Busy: the database holds a desk and ``replace`` is not given, or is in use; the directory holds something else.
        BadData: the archive or its journal does not hold; or the database holds another desk.
        NotPermitted: the desk there is ahead of the backup and ``older_ok`` is not given.
    """
    with restore.staging(place) as staged:
        manifest = backup.unpack(archive, staged.root)
        key = unlock(staged)
        restore.check(staged, key, manifest)
        target = open_engine(url, key)
        try:
            saved = _load(staged, target, key, manifest, at, replace=replace, older_ok=older_ok, prepare=prepare)
        finally:
            target.close()
        _settle(staged, url, key)
        aside = restore.swap(staged, place, at)
        return Restored(manifest, aside, place.backups / saved.name if saved else None)


def _load(
    staged: home.Home,
    target: Store,
    key: bytes,
    manifest: Manifest,
    at: int,
    *,
    replace: bool,
    older_ok: bool,
    prepare: Prepare | None,
) -> Path | None:
    """Fill the database; the backup of what it held before."""
    held = migrations.applied(target) > 0
    if held:
        _require_same(target, manifest, replace=replace)
        if not older_ok:
            _require_not_older(staged, key, target)
    if prepare is not None:
        prepare(staged, key, manifest, target if held else None)
    saved = _save(staged, target, key, at) if held else None
    source = open_engine(f"sqlite:///{staged.database}", key)
    try:
        migrations.upgrade(source, at, before=lambda: None)  # a backup made before an upgrade is of the schema before
        with source.reader.connect() as reading, target.writer.begin() as writing:
            if held:
                schema.drop_tables(writing)
            schema.create_tables(writing)
            migrations.mark_all(writing, at)
            copy_all(reading, writing)
    finally:
        source.close()
    return saved


def _require_same(target: Store, manifest: Manifest, *, replace: bool) -> None:
    """Only the same desk is ever replaced, and only when that was said."""
    if not replace:
        raise Busy(
            "database_not_empty",
            N_("The database already holds a desk."),
            hint=N_("Restore into an empty database, or give --replace: what is there is backed up first."),
        )
    with target.reader.connect() as connection:
        there = connection.execute(text("SELECT value FROM meta WHERE key = 'desk'")).scalar()
    if there != manifest.desk:
        raise BadData(
            "database_other_desk",
            N_("The database holds another desk."),
            hint=N_("Restore into an empty database."),
        )


def _require_not_older(staged: home.Home, key: bytes, target: Store) -> None:
    with target.reader.connect() as connection:
        last = journal.head(connection)
    if last.seq and not restore.holds(staged, key, last):
        raise restore.older()


def _save(staged: home.Home, target: Store, key: bytes, at: int) -> Path:
    """What is about to be replaced, as a backup that opens as this one does; it goes where the desk's others are."""
    files.private_directory(staged.backups)
    path = staged.backups / f"before-restore-{at}.backup"
    backup.make(staged, target, key, path, at, key_kept=True)
    return path


def _settle(staged: home.Home, url: str, key: bytes) -> None:
    """Make what was unpacked the directory of a desk on a server: its address and key, and neither file nor slots."""
    settings = home.read(staged)._replace(database="postgresql")
    with files.disk_problems():
        for left in staged.root.glob("desk.db*"):
            left.unlink()
        shutil.rmtree(staged.slots)
        home.create(staged, settings, server=url, key=key)
