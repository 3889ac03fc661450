"""Signing in and out (登录): a slot's secret, or on a server a verifier, becomes a session that ends by itself.

Guessing is slowed and locked by ``store.throttle`` on this machine, by the verifier's own count on a server. What
was missed before a sign-in succeeded is written down with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.office import Member, member_of, practice_shift
from collectdesk.desk.recovery import on_server
from collectdesk.errors import N_, Busy, NotFound, NotPermitted
from collectdesk.store import home as homes
from collectdesk.store import keys, sessions, throttle, version
from collectdesk.store.home import Home
from collectdesk.store.sessions import SignIn

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.engine import Store
    from collectdesk.store.tables import Credential

SESSION_SECONDS = 12 * 60 * 60
"""How long a sign-in lasts, unless the account ends before."""


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, until when, how many misses came before.

    ``scripted``: a script account, beside the person. ``older``: the desk is to be brought forward first.
    """

    member: Member
    expires_at: int
    misses: int
    scripted: bool = False
    older: bool = False


def sign_in(root: Path, number: str, secret: str, at: int) -> SignedIn:
    """Sign in with a passphrase or a script's token; a person's session replaces the last person's, a script account's
    stands beside it.

    Raises:
        NotFound: no desk, or no such account.
        NotPermitted: the secret is wrong, or the account has ended.
        Busy: too many misses; wait.
        BadData: the desk's schema is a newer program's; or an older one's, and the account no administrator's.
    """
    home = Home(root.absolute())
    if homes.read(home).database == "postgresql":
        return _on_server(home, number, secret, at)
    misses = throttle.misses(home.slots, number)
    opened = keys.unlock(home, number, secret, at)
    return _begin(home, opened, number, at, misses)


def recover(root: Path, code: str, number: str, passphrase: str, at: int) -> SignedIn:
    """Give an administrator a new passphrase with the recovery code, and sign in.

    Raises:
        NotPermitted: the code is wrong, or the account is no active administrator's.
        BadData: the desk's schema is a newer program's.
    """
    home = Home(root.absolute())
    if homes.read(home).database == "postgresql":
        raise on_server()
    keys.require_passphrase(passphrase)
    opened = keys.unlock(home, keys.RECOVERY, code, at)
    store = homes.open_any(home, opened.key)
    try:
        _schema(store)
        member = _active(store, number)
        if member.role != "admin":
            raise NotPermitted("role", N_("Only an administrator's passphrase is recovered."), hint="")
    finally:
        store.close()
    keys.add_passphrase(home, homes.read(home).desk, number, passphrase, opened.key)
    return _begin(home, opened, number, at, 0, action="recover")


def has_desk(root: Path) -> bool:
    """Whether there is a desk in this directory."""
    return homes.exists(Home(root.absolute()))


def require_desk(root: Path) -> None:
    """Refuse a directory without a desk, before anybody types a secret.

    Raises:
        NotFound: there is none.
    """
    homes.read(Home(root.absolute()))


def sign_out(root: Path) -> bool:
    """End the session; whether there was one."""
    return sessions.end(homes.read(Home(root.absolute())).desk)


def set_verifier(
    session: Session,
    staff: int,
    secret: str,
    at: int,
    *,
    scope: tuple[str, ...] | None = None,
    expires_at: int | None = None,
) -> None:
    """Make or replace what an account's secret is checked with on a server."""
    from argon2 import PasswordHasher
    from sqlmodel import select

    from collectdesk.store.tables import Credential

    row = session.execute(select(Credential).where(Credential.staff == staff)).scalar_one_or_none()
    verifier = PasswordHasher().hash(secret)
    if row is None:
        row = Credential(staff=staff, verifier=verifier, changed_at=at)
    row.verifier, row.changed_at, row.failures, row.failed_at = verifier, at, 0, None
    row.scope, row.expires_at = list(scope) if scope is not None else None, expires_at
    session.add(row)


def _begin(home: Home, opened: keys.Unlocked, number: str, at: int, misses: int, action: str = "sign_in") -> SignedIn:
    """Write the session for a slot that opened."""
    store = homes.open_any(home, opened.key)
    try:
        schema = _schema(store)
        member = _let_in(_active(store, number), schema)
        _write_down(store, member, at, misses, action)
    finally:
        store.close()
    until = min(at + SESSION_SECONDS, opened.expires_at or at + SESSION_SECONDS)
    sessions.write(SignIn(homes.read(home).desk, member.number, opened.key, at, until, opened.scope))
    return SignedIn(member, until, misses, scripted=opened.scope is not None, older=schema < version.SCHEMA_VERSION)


def _schema(store: Store) -> int:
    """The desk's schema: this program's, or an older one, which it can bring forward.

    Raises:
        NotFound: there is no desk in the database.
        BadData: the schema is a newer program's.
    """
    from collectdesk.store import migrations

    found = migrations.applied(store)
    if not 0 < found < version.SCHEMA_VERSION:
        version.require(found)
    return found


def _active(store: Store, number: str) -> Member:
    """Whose account it is."""
    with store.reader.connect() as connection:
        member = member_of(connection, number)
    if member is None:
        raise NotPermitted(
            "account_inactive",
            N_("This account is no longer active on this desk."),
            hint=N_("Sign in with another one: `collectdesk login`."),
        )
    return member


def _let_in(member: Member, schema: int) -> Member:
    """The same; on a desk of an older ``schema`` only an administrator, who alone brings it forward."""
    if member.role != "admin":
        version.require(schema)
    return member


def _write_down(store: Store, member: Member, at: int, misses: int, action: str) -> None:
    from sqlmodel import Session

    from collectdesk.store import engine, journal
    from collectdesk.store.tables import LoginFailure

    with Session(store.writer) as session, session.begin():
        at = engine.now(session.connection(), at) + practice_shift(session)
        if misses:
            session.add(LoginFailure(slot=member.number, at=at, failures=misses))
        journal.append(
            session, at=at, actor=member.number, action=action, subject=f"staff:{member.id}", after={"misses": misses}
        )


def _on_server(home: Home, number: str, secret: str, at: int) -> SignedIn:
    """Check the secret against the database's verifier; each try is counted before it is looked at."""
    _url, key = homes.server_secret(home)
    store = homes.open_any(home, None)
    try:
        schema = _schema(store)
        credential, at = _counted(store, number, at)
        misses = credential.failures - 1
        if not _matches(credential.verifier, secret):
            raise NotPermitted(
                "wrong_passphrase",
                N_("That is not the passphrase of this staff number."),
                hint=N_("Check the staff number and the keyboard's layout."),
            )
        if credential.expires_at is not None and at >= credential.expires_at:
            raise NotPermitted(
                "account_expired", N_("This account has expired."), hint=N_("Ask an admin for a new one.")
            )
        _set_failures(store, number, misses)  # this try was none, whether or not the account is let in
        member = _let_in(_active(store, number), schema)
        _write_down(store, member, at, misses, "sign_in")
        _set_failures(store, number, 0)
    finally:
        store.close()
    until = min(at + SESSION_SECONDS, credential.expires_at or at + SESSION_SECONDS)
    scope = tuple(credential.scope) if credential.scope is not None else None
    sessions.write(SignIn(homes.read(home).desk, member.number, key, at, until, scope))
    return SignedIn(member, until, misses, scripted=scope is not None, older=schema < version.SCHEMA_VERSION)


def _counted(store: Store, number: str, at: int) -> tuple[Credential, int]:
    from sqlmodel import Session

    from collectdesk.store import engine

    with Session(store.writer, expire_on_commit=False) as session, session.begin():
        at = engine.now(session.connection(), at)
        row = _credential(session, number)
        if row is None:
            raise NotFound(
                "no_such_account",
                N_("There is no account of this staff number."),
                hint=N_("Check the number; an admin adds staff with `collectdesk staff add`."),
            )
        last = row.failed_at or 0
        tries = row.failures if at - last <= throttle.FORGET_SECONDS else 0
        remaining = last + throttle.wait(tries) - at
        if tries and remaining > 0:
            raise Busy(
                "slot_waits",
                N_("Too many wrong passphrases for this staff number; wait {seconds} s."),
                hint=N_("An admin sees the misses in `collectdesk doctor`."),
                seconds=remaining,
            )
        row.failures, row.failed_at = tries + 1, at
    return row, at


def _credential(session: Session, number: str) -> Credential | None:
    from sqlmodel import col, select

    from collectdesk.store.tables import Credential, Staff

    asked = select(Credential).join(Staff, col(Staff.id) == col(Credential.staff)).where(col(Staff.number) == number)
    return session.execute(asked.with_for_update()).scalar_one_or_none()


def _set_failures(store: Store, number: str, failures: int) -> None:
    from sqlmodel import Session

    with Session(store.writer) as session, session.begin():
        row = _credential(session, number)
        assert row is not None
        row.failures = failures
        row.failed_at = row.failed_at if failures else None


def _matches(verifier: str, secret: str) -> bool:
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error

    try:
        return PasswordHasher().verify(verifier, secret)
    except Argon2Error:
        return False
