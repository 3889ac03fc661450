"""Bringing a backup back into a database on a server (恢复到服务器): who may, and who can sign in there afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.office import member_of
from collectdesk.desk.safekeeping import KEEPERS, RECOVERY
from collectdesk.errors import N_, BadData, NotPermitted, UsageProblem
from collectdesk.store import home as homes
from collectdesk.store import keys, sessions
from collectdesk.store.home import Home

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.store.backup import Manifest
    from collectdesk.store.engine import Store
    from collectdesk.store.restore import Restored


def keeps_no_slot(manifest: Manifest) -> bool:
    """Whether no secret opens this backup: one of a server's desk, made before an upgrade or before it was replaced,
    whose key is still in the desk's directory."""
    return not any(name.startswith("slots/") for name in manifest.files)


def own_address(root: Path) -> str:
    """The server's address of the desk in this directory.

    Raises:
        BadData: there is no desk on a server here.
    """
    home = Home(root.absolute())
    if not homes.exists(home) or homes.read(home).database != "postgresql":
        raise _key_elsewhere()
    return homes.server_secret(home)[0]


def restore(
    archive: Path, root: Path, url: str, number: str, secret: str, at: int, *, replace: bool, older: bool
) -> Restored:
    """Put a backup into the database at ``url``, its directory at ``root``; the session on the desk ends.

    A lead may; behind what is there only an administrator goes. A backup of a desk on one machine brings slots, which
    a server has not: an administrator restores it, is given a verifier from the passphrase typed, and lets others in.

    Args:
        archive: the backup.
        root: the desk's directory.
        url: the server's address.
        number: a staff number, ``backup`` for the backup's own passphrase; empty for a backup without slots, which
            whoever is signed in brings back.
        secret: the passphrase; empty as well then.
        at: UTC seconds.
        replace: what is in the database may be replaced; it is backed up first.
        older: an administrator goes back behind what is there.
    Raises:
        NotPermitted: the secret is wrong, the person may not, or the desk there is ahead.
        UsageProblem: the recovery code, or nobody could sign in afterwards.
        Busy, BadData: see ``store.restore_server``.
    """
    from collectdesk.store.restore_server import restore_to_server

    place = Home(root.absolute())

    def unlock(staged: Home) -> bytes:
        return keys.unlock(staged, number, secret, at).key if number else _kept_key(place, staged)

    def prepare(staged: Home, key: bytes, made: Manifest, there: Store | None) -> None:
        _prepare(staged, key, made, there, number=number, secret=secret, at=at, older=older)

    if number == RECOVERY:
        raise _nobody_could_sign_in()
    done = restore_to_server(archive, place, url, unlock, at, replace=replace, older_ok=older, prepare=prepare)
    sessions.end_all(done.manifest.desk)
    return done


def _kept_key(place: Home, staged: Home) -> bytes:
    """The key that stayed in the desk's directory.

    Raises:
        BadData: the directory is another desk's, or not of a desk on a server.
    """
    if homes.exists(place):
        settings = homes.read(place)
        if settings.database == "postgresql" and settings.desk == homes.read(staged).desk:
            return homes.server_secret(place)[1]
    raise _key_elsewhere()


def _key_elsewhere() -> BadData:
    return BadData(
        "backup_key_elsewhere",
        N_("The key to this backup lies in the directory of its desk, which is not here."),
        hint=N_("Name that directory: collectdesk --desk DIR restore FILE."),
    )


def _prepare(
    staged: Home, key: bytes, made: Manifest, there: Store | None, *, number: str, secret: str, at: int, older: bool
) -> None:
    """Refuse who may not; else write down in the backup who brought it back, and how they sign in on a server."""
    from sqlmodel import Session

    from collectdesk.desk.signing import set_verifier
    from collectdesk.store import engine, journal

    slots_only = homes.read(staged).database != "postgresql"
    unnamed = number in ("", keys.BACKUP)
    who = sessions.current(made.desk, at).staff if unnamed and (there is not None or not number) else number
    if slots_only and unnamed:
        raise _nobody_could_sign_in()
    wanted = ("admin",) if slots_only or (older and there is not None) else KEEPERS
    if there is not None:
        with there.reader.connect() as connection:
            _require_role(connection, who, wanted)
    store = engine.open_engine(f"sqlite:///{staged.database}", key)
    try:
        with Session(store.writer) as session, session.begin():
            connection = session.connection()
            if who != keys.BACKUP:
                member = _require_role(connection, who, wanted)
                if slots_only:
                    set_verifier(session, member, secret, at)
            last = journal.head(connection).at
            after = {"made_at": made.made_at, "entries": made.entries, "older": older, "server": True}
            journal.append(
                connection, at=max(at, last), actor=who, action="restore", subject="desk:restore", after=after
            )
    finally:
        store.close()


def _require_role(connection: Connection, number: str, roles: tuple[str, ...]) -> int:
    member = member_of(connection, number)
    if member is None or member.role not in roles:
        raise NotPermitted(
            "restore_server_role",
            N_("You may not bring this backup back into that database."),
            hint=N_("A lead may; an administrator where slots become verifiers, or behind what is there."),
        )
    return member.id


def _nobody_could_sign_in() -> UsageProblem:
    return UsageProblem(
        "restore_nobody",
        N_("On a server nobody could sign in afterwards: it has no slots and no recovery code."),
        hint=N_("Restore with --number and the passphrase of an administrator; he lets the others in."),
    )
