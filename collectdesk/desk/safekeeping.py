"""Keeping the desk safe (保全): the journal verified and sealed, backups, restoring, upgrading; each written down."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.office import Office, member_of
from collectdesk.errors import N_, BadData, Busy, NotFound, NotPermitted, Problem
from collectdesk.store import home as homes
from collectdesk.store import keys, sessions
from collectdesk.store.home import Home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collectdesk.store.audit import Finding, Seal
    from collectdesk.store.backup import Manifest
    from collectdesk.store.migrations import Step
    from collectdesk.store.restore import Restored

SEAL = "collectdesk.seal/1"
TYPED_SEAL = re.compile(r"([0-9A-Fa-f]{64}):([0-9]{1,18})")
PRINTED_SEAL = re.compile(r"^[ \ufeff]*([0-9A-Fa-f]{64}:[0-9]{1,18})[ \r]*$", re.MULTILINE)
KEEPERS = ("lead", "admin", "officer")
RECOVERY = keys.RECOVERY


def verify(office: Office, seal: str, show: Callable[[int], AbstractContextManager[Callable[[int], None]]]) -> Finding:
    """Read the whole journal; with a seal kept outside also for a cut-off tail.

    Args:
        office: the open desk.
        seal: a seal's file, or ``HEAD:COUNT`` as it was printed; empty for none.
        show: given how many entries there are, shows how many have been read.
    Raises:
        NotFound, BadData: the seal's file is not there, not a seal, or another desk's.
    """
    from collectdesk.store import audit, journal

    against = read_seal(seal, homes.read(office.home).desk) if seal else None
    with office.reader.connect() as connection, show(journal.head(connection).seq) as advance:
        return audit.verify(connection, against, advance=advance)


def seal(office: Office) -> Seal:
    """Head and count of the journal now, to be kept outside the desk."""
    from collectdesk.store import audit

    with office.reader.connect() as connection:
        return audit.seal(connection, office.now())


def seal_document(office: Office, made: Seal) -> dict[str, object]:
    """The seal as a document: what ``audit verify --seal`` reads."""
    at = datetime.fromtimestamp(made.at, UTC)
    return {"schema": SEAL, "desk": homes.read(office.home).desk, "count": made.count, "head": made.head, "at": at}


def leave_seal(path: Path, content: str) -> None:
    """Write a seal's file; an earlier seal is never written over.

    Raises:
        Busy: the file exists.
        Problem: the disk refuses.
    """
    from collectdesk.store import files

    path = path.expanduser().absolute()
    if path.exists():
        raise Busy("seal_exists", N_("There is a file of that name already."), hint=N_("Choose another name."))
    with files.disk_problems():
        files.write_private(path, content.encode())


def read_seal(given: str, desk: str) -> Seal:
    """A seal: ``HEAD:COUNT``, or a file that holds what ``audit seal`` wrote or printed.

    Raises:
        NotFound: there is no such file.
        BadData: it is no seal, or another desk's.
    """
    from collectdesk.store.audit import Seal

    if typed := TYPED_SEAL.fullmatch(given.strip()):
        return Seal(int(typed[2]), typed[1].lower(), 0)
    try:
        text = Path(given).expanduser().read_text("utf-8-sig")
        if printed := PRINTED_SEAL.findall(text):
            return read_seal(printed[-1], desk)
        content = json.loads(text)
        at = int(datetime.fromisoformat(content["at"]).timestamp())
        made = Seal(int(content["count"]), str(content["head"]), at)
        schema, of = content["schema"], content["desk"]
    except FileNotFoundError:
        raise NotFound(
            "seal_missing",
            N_("There is no such seal file."),
            hint=N_("Check the path, or give the seal as HEAD:COUNT."),
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise _no_seal() from None
    if schema != SEAL:
        raise _no_seal()
    if of != desk:
        raise BadData("seal_foreign", N_("This seal belongs to another desk."), hint=N_("Check --desk and the file."))
    return made


def _no_seal() -> BadData:
    return BadData("seal_unreadable", N_("This file is no seal."), hint=N_("`collectdesk audit seal` makes one."))


def back_up(office: Office, target: Path, passphrase: str | None) -> Manifest:
    """Back the desk up while it is in use, and write it down.

    Raises:
        NotPermitted: a collector's or a script's sign-in.
        Busy: the file exists.
        Problem: the disk refuses; nothing is left behind.
    """
    from collectdesk.store import backup, files, journal

    office.require_role(*KEEPERS)
    with files.disk_problems():
        files.require_directory(target.parent)
    if target.exists():
        raise Busy("backup_exists", N_("There is a file of that name already."), hint=N_("Choose another name."))

    def note(action: str) -> None:
        with office.writing() as session:
            journal.append(session, at=office.now(), actor=office.staff.number, action=action, subject="desk:backup")

    note("backup")  # first, so that the backup holds the entry and is not behind the desk
    try:
        return backup.make(office.home, office.store, office.key, target, office.now(), passphrase=passphrase)
    except BaseException:
        with contextlib.suppress(Exception):  # a full disk may refuse this too; what is told is why there is no backup
            note("backup.failed")
        raise


def manifest_of(archive: Path) -> Manifest:
    """What a backup says of itself, before anybody types a secret.

    Raises:
        NotFound: there is no such file.
        BadData: it is no backup.
    """
    from collectdesk.store import backup

    if not archive.is_file():
        raise NotFound("backup_missing", N_("There is no such backup."), hint=N_("Check the path."))
    return backup.read_manifest(archive)


def restore(archive: Path, root: Path, number: str, secret: str, at: int, *, older: bool) -> Restored:
    """Bring a backup back as whoever ``number`` is in it; the session of the desk that was there ends.

    Args:
        archive: the backup.
        root: the desk's directory.
        number: a staff number, ``recovery`` for the recovery code, ``backup`` for the backup's own passphrase.
        secret: theirs.
        at: UTC seconds.
        older: go back behind what is there; only for an administrator, or with the recovery code.
    Raises:
        NotPermitted: wrong secret, or not an administrator's to do.
        BadData: the backup does not hold.
        Busy: another process has the desk there open.
    """
    from collectdesk.store import restore as restoring

    place = Home(root.absolute())

    def unlock(staged: Home) -> bytes:
        key = keys.unlock(staged, number, secret, at).key
        if older and number != keys.RECOVERY and homes.exists(place):
            _require_admin(staged, place, key, number if number != keys.BACKUP else _signed_in(place, at))
        return key

    def write_down(staged: Home, key: bytes, made: Manifest) -> None:
        after = {"made_at": made.made_at, "entries": made.entries, "older": older}
        _note(f"sqlite:///{staged.database}", key, at, number, "restore", after)

    done = restoring.restore(archive, place, unlock, at, older_ok=older, write_down=write_down)
    if done.set_aside is not None:
        sessions.end_all(done.manifest.desk)
    return done


def upgrade(root: Path, at: int, *, told: Callable[[Path], None]) -> Sequence[Step]:
    """Bring the database up to this program's schema; the backup it makes first is told of.

    Raises:
        NotPermitted: nobody is signed in, or no administrator.
        BadData: the database is newer than this program.
        Busy: another process is at it.
    """
    from collectdesk.store import backup, engine, files, migrations

    home = Home(root.absolute())
    signed_in = sessions.current(homes.read(home).desk, at)
    url, key = homes.location(home, signed_in.key)
    store = engine.open_engine(url, key)
    try:
        with store.reader.connect() as connection:
            member = member_of(connection, signed_in.staff)
        if member is None or member.role != "admin":
            raise NotPermitted(
                "role_admin", N_("This is for an administrator to do."), hint=N_("Run `collectdesk login`.")
            )

        def before() -> None:
            target = _free(home.backups / f"before-upgrade-{at}.backup")
            target.parent.mkdir(mode=0o700, exist_ok=True)
            backup.make(home, store, key or signed_in.key, target, at, key_kept=True)
            told(target)

        with files.alone(home.root, wait=False):
            ran = migrations.upgrade(store, at, before=before, steps=migrations.STEPS)
    finally:
        store.close()
    if ran:
        _note(url, key, at, signed_in.staff, "upgrade", {"schema": ran[-1].number})
    return ran


def default_target(day: str) -> Path:
    """``collectdesk-2026-11-23.backup`` in the current directory, or the next free name like it."""
    return _free(Path(f"collectdesk-{day}.backup").absolute())


def _free(path: Path) -> Path:
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return candidate


def _require_admin(staged: Home, there: Home, key: bytes, number: str) -> None:
    """An administrator in the backup, and not meanwhile anything less on the desk that would go back."""
    if _is_admin(staged, key, number) is not True or _is_admin(there, key, number) is False:
        raise NotPermitted(
            "restore_older_role",
            N_("Only an administrator, or the recovery code, goes back behind what is there."),
            hint=N_("Restore as an administrator, or into another directory with --to DIR."),
        )


def _signed_in(there: Home, at: int) -> str:
    """Who is signed in on the desk that is there: a backup's own passphrase says nothing of who typed it."""
    return sessions.current(homes.read(there).desk, at).staff


def _is_admin(desk: Home, key: bytes, number: str) -> bool | None:
    """Whether ``number`` is an active administrator there; none when there is no desk that opens with ``key``."""
    from sqlalchemy.exc import DatabaseError

    from collectdesk.store import engine

    try:
        store = engine.open_engine(*homes.location(desk, key))
    except Problem:
        return None
    try:
        with store.reader.connect() as connection:
            member = member_of(connection, number)
    except (Problem, DatabaseError):
        return None
    finally:
        store.close()
    return member is not None and member.role == "admin"


def _note(url: str, key: bytes | None, at: int, number: str, action: str, after: Mapping[str, object]) -> None:
    """One entry of the journal of a database of any schema; never before the last one."""
    from collectdesk.store import engine, journal

    store = engine.open_engine(url, key)
    try:
        with store.writer.begin() as connection:
            last = journal.head(connection).at
            journal.append(
                connection, at=max(at, last), actor=number, action=action, subject=f"desk:{action}", after=after
            )
    finally:
        store.close()
