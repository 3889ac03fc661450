"""The office: a desk that is open, who is signed in, and what time it is there.

Every command that touches a desk's rows opens it here and hands the office on. The clock is handed in; a practice
desk shifts it, a server tells its own. Importing this module loads no database code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.meta import CLOCK_SHIFT, PRACTICE
from collectdesk.errors import N_, BadData, InternalProblem, NotPermitted, Problem
from collectdesk.store.home import Home

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from collectdesk.store.engine import Store
    from collectdesk.store.sessions import SignIn

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Member:
    """A member of staff or script account: ``number`` is the staff number (工号), ``team``, ``superior`` are keys."""

    id: int
    number: str
    name: str
    role: str
    team: int | None = None
    superior: int | None = None


@dataclass(frozen=True)
class Company:
    """The company whose desk this is; ``kind`` is the contract's, such as ``lender`` or ``agency``."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class Office:
    """An open desk.

    Attributes:
        home: the desk's directory.
        store: its database.
        staff: who is signed in.
        company: whose desk it is.
        lang: the language spoken now.
        key: the desk's key, for keyed digests.
        practice: whether everything here is made up.
        scope: what a script account may do; ``None`` for people.
    """

    home: Home
    store: Store
    staff: Member
    company: Company
    lang: str
    key: bytes
    practice: bool
    clock: Clock
    shift: int = 0
    scope: tuple[str, ...] | None = None

    @property
    def reader(self) -> Engine:
        """Snapshot reads."""
        return self.store.reader

    @property
    def writer(self) -> Engine:
        """Write transactions."""
        return self.store.writer

    def now(self) -> int:
        """The instant in UTC seconds: the wall clock handed in, a practice desk's own, or a server's."""
        if self.store.on_server and not self.practice:
            from collectdesk.store import engine

            with self.reader.connect() as connection:
                return engine.now(connection, 0)
        return int(self.clock().timestamp()) + self.shift

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one snapshot."""
        from sqlmodel import Session

        with Session(self.reader) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one write transaction: committed when the block ends well, else undone."""
        from sqlmodel import Session

        with Session(self.writer) as session, session.begin():
            yield session

    def require_role(self, *roles: str) -> None:
        """Go on only if whoever is signed in has one of ``roles``.

        Raises:
            NotPermitted: they have not.
        """
        if self.staff.role not in roles:
            raise NotPermitted(
                "role",
                N_("Only these may do this: {roles}. You are signed in as: {role}."),
                hint=N_("Let one of them sign in with `collectdesk login`."),
                roles=" / ".join(roles),
                role=self.staff.role,
            )

    def require_scope(self, scope: str) -> None:
        """Go on only if this is a person, or a script account that may do ``scope``.

        Raises:
            NotPermitted: the script account may not.
        """
        if self.scope is not None and scope not in self.scope:
            raise NotPermitted(
                "scope",
                N_("This script account may only do: {scopes}."),
                hint=N_("An admin makes one that may with `collectdesk staff token`."),
                scopes=", ".join(self.scope),
            )

    def close(self) -> None:
        """Give back the database."""
        self.store.close()


def open_office(
    desk: Path | Home, *, clock: Clock, lang: str, finishing: bool = False, on_wait: Callable[[], None] | None = None
) -> Office:
    """Open the desk as whoever is signed in.

    Args:
        desk: the desk's directory.
        clock: the wall clock, aware instants.
        lang: the language spoken.
        finishing: an open call may end after the session has.
        on_wait: called once when a writer has waited a second for another.
    Raises:
        NotFound: there is no desk.
        NotPermitted: nobody is signed in (``collectdesk login``), or the account is no longer active.
        Problem: the database cannot be opened.
    """
    from collectdesk.store.home import open_signed_in

    home = desk if isinstance(desk, Home) else Home(desk.absolute())
    try:
        store, signed_in = open_signed_in(home, int(clock().timestamp()), finishing=finishing, on_wait=on_wait)
    except BadData as problem:
        raise rekeyed(problem) from None
    try:
        return _office(home, store, signed_in, clock, lang)
    except BaseException:
        store.close()
        raise


def rekeyed(problem: BadData) -> Problem:
    """What a session's key that does not fit means: somebody left, and the desk has a new one."""
    if problem.code != "database_wrong_key":
        return problem
    return NotPermitted(
        "session_rekeyed",
        N_("The desk has had a new key since you signed in."),
        hint=N_(
            "Run `collectdesk login`; if it says so again, the file is damaged: "
            "`collectdesk restore` brings a backup back."
        ),
    )


def company_of(connection: Connection | Session) -> Company:
    """Whose desk it is.

    Raises:
        InternalProblem: the database does not say.
    """
    from sqlalchemy import text

    row = connection.execute(text("SELECT id, name, kind FROM org WHERE own ORDER BY id")).first()
    if row is None:
        raise InternalProblem(
            "desk_incomplete",
            N_("The database does not say whose desk it is."),
            hint=N_("Run `collectdesk doctor`; `collectdesk restore` brings a backup back."),
        )
    return Company(row.id, row.name, row.kind)


def member_of(connection: Connection | Session, number: str) -> Member | None:
    """The active member of staff or account with this number."""
    from sqlalchemy import text

    sql = text("SELECT id, number, name, role, team, superior FROM staff WHERE number = :number AND status = 'active'")
    row = connection.execute(sql, {"number": number}).first()
    return Member(row.id, row.number, row.name, row.role, row.team, row.superior) if row else None


def setting(connection: Connection | Session, key: str) -> str | None:
    """One setting of the desk (table ``meta``)."""
    from sqlalchemy import text

    value = connection.execute(text("SELECT value FROM meta WHERE key = :key"), {"key": key}).scalar()
    return None if value is None else str(value)


def practice_shift(connection: Connection | Session) -> int:
    """How many seconds the desk's clock is ahead of the wall clock: none, but on a practice desk."""
    practice = setting(connection, PRACTICE) is not None
    return int(setting(connection, CLOCK_SHIFT) or 0) if practice else 0


def _office(home: Home, store: Store, signed_in: SignIn, clock: Clock, lang: str) -> Office:
    from collectdesk.store.home import location

    with store.reader.connect() as connection:
        member = member_of(connection, signed_in.staff)
        if member is None:
            raise NotPermitted(
                "account_inactive",
                N_("This account is no longer active on this desk."),
                hint=N_("Sign in with another one: `collectdesk login`."),
            )
        company = company_of(connection)
        practice = setting(connection, PRACTICE) is not None
        shift = practice_shift(connection)
    key = location(home, signed_in.key)[1] or signed_in.key
    return Office(home, store, member, company, lang, key, practice, clock, shift, signed_in.scope)
