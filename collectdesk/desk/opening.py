"""Opening a desk (``init``): the first administrator, the company, the keys, and every shipped text adopted.

A desk on this machine is built in a directory beside its place and renamed into it, one on a server in a single
transaction: an ``init`` that fails leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, qualification
from collectdesk.desk.adoptable import shipped_texts
from collectdesk.desk.meta import CLOCK_SHIFT, PRACTICE
from collectdesk.desk.office import Member
from collectdesk.desk.qualification import Qualified
from collectdesk.desk.recovery import Prove
from collectdesk.errors import N_, Busy, NotPermitted
from collectdesk.store import files, keys
from collectdesk.store.home import Home, Settings, create, exists, new_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.engine import Store

COMPANY_KINDS = ("lender", "agency")


@dataclass(frozen=True)
class NewDesk:
    """What ``init`` is told.

    Attributes:
        company: its name; ``kind`` whether it collects its own debts (lender) or others' (agency).
        number: the first administrator's staff number (工号), ``name`` the name.
        language: ``zh_CN`` or ``en``.
        server: a ``postgresql://…`` address; none keeps the desk in a local file.
        team: the first administrator's team, if any.
        qualified: what the first administrator attests of himself.
        today: the local date, for the dates in ``qualified``.
        practice: the clock shift in seconds of a practice desk; none opens a real one.
    """

    company: str
    kind: str
    number: str
    name: str
    language: str
    today: date
    server: str | None = None
    team: str | None = None
    qualified: Qualified = field(default_factory=Qualified)
    practice: int | None = None


@dataclass(frozen=True)
class Opened:
    """A desk that was opened, its key and the first administrator."""

    home: Home
    settings: Settings
    key: bytes
    admin: Member
    adopted: tuple[tuple[str, str], ...]


def open_desk(root: Path, wish: NewDesk, passphrase: str, at: int, *, prove: Prove) -> Opened:
    """Open a desk in the directory ``root``.

    Args:
        root: the desk's directory; absent or empty.
        wish: see there.
        passphrase: the first administrator's.
        at: UTC seconds.
        prove: shown the recovery code (not on a server, which has no slots).
    Raises:
        Busy: there is a desk, or something else, in that directory or database.
        NotPermitted: the recovery code was not proven.
        Problem: the disk or the server refuses.
    """
    require_room(root)
    keys.require_passphrase(passphrase)
    if not wish.qualified.empty:
        qualification.check(wish.qualified, wish.today)
    settings = new_settings(
        database="postgresql" if wish.server else "sqlite",
        language=wish.language,
        practice=wish.practice is not None,
    )
    key = keys.new_key()
    with _staged(Home(root)) as staged:
        create(staged, settings, server=wish.server, key=key if wish.server else None)
        if not wish.server:
            keys.add_passphrase(staged, settings.desk, wish.number, passphrase, key)
            _recovery(staged, settings.desk, key, prove)
        admin, adopted = _fill(staged, settings, wish, passphrase, key, at)
    return Opened(Home(root), settings, key, admin, adopted)


def require_room(root: Path) -> None:
    """Refuse a directory that holds a desk or anything else.

    Raises:
        Busy: it does.
    """
    if exists(Home(root)):
        raise Busy(
            "desk_exists",
            N_("There is a desk here already."),
            hint=N_("`collectdesk login` signs in; --desk DIR opens another one elsewhere."),
        )
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Busy(
            "directory_in_use",
            N_("The directory for the desk is not empty."),
            hint=N_("Choose another one with --desk DIR."),
        )


@contextlib.contextmanager
def _staged(home: Home) -> Iterator[Home]:
    """A directory beside the desk's place that takes its place when the block ends well and vanishes when not."""
    with files.disk_problems():
        home.root.parent.mkdir(parents=True, exist_ok=True, mode=files.OWNER_DIRECTORY)
        staged = Home(Path(tempfile.mkdtemp(dir=home.root.parent, prefix=f".{home.root.name}.opening-")))
        try:
            yield staged
            staged.root.rename(home.root)
            files.sync_directory(home.root.parent)
        finally:
            shutil.rmtree(staged.root, ignore_errors=True)


def _recovery(staged: Home, desk: str, key: bytes, prove: Prove) -> None:
    code = keys.new_recovery_code()
    keys.add_recovery(staged, desk, key, code)
    if not prove(code):
        raise NotPermitted(
            "recovery_unproven",
            N_("The recovery code was not typed back as shown, so no desk was opened."),
            hint=N_("Run `collectdesk init` again and write the code down; it is the only way back in."),
        )


def _fill(
    staged: Home, settings: Settings, wish: NewDesk, passphrase: str, key: bytes, at: int
) -> tuple[Member, tuple[tuple[str, str], ...]]:
    """Make the database and everything in it, in one transaction."""
    from sqlmodel import Session

    from collectdesk.store import engine, migrations, schema

    store = engine.open_engine(wish.server or f"sqlite:///{staged.database}", key, create=True)
    try:
        _refuse_taken(store)
        with Session(store.writer) as session, session.begin():
            connection = session.connection()
            schema.create_tables(connection)
            at = engine.now(connection, at)
            migrations.mark_all(connection, at)
            admin = _first_rows(session, settings, wish, at)
            if wish.server:
                from collectdesk.desk.signing import set_verifier

                set_verifier(session, admin.id, passphrase, at)
            return admin, _adopt_all(session, admin, at)
    finally:
        store.close()


def _refuse_taken(store: Store) -> None:
    from collectdesk.store import migrations

    if migrations.applied(store):
        raise Busy(
            "database_in_use",
            N_("There is a desk in that database already."),
            hint=N_("Give another database; its administrator adds staff with `collectdesk staff add`."),
        )


def _first_rows(session: Session, settings: Settings, wish: NewDesk, at: int) -> Member:
    from collectdesk.store import journal
    from collectdesk.store.tables import Meta, Org, Staff, Team

    rows: Mapping[str, str] = {"desk": settings.desk, "language": wish.language, "opened_at": str(at)}
    if wish.practice is not None:
        rows = {**rows, PRACTICE: "1", CLOCK_SHIFT: str(wish.practice)}
    session.add_all(Meta(key=key, value=value) for key, value in rows.items())
    session.add(Org(name=wish.company, kind=wish.kind, own=True))
    team = Team(name=wish.team) if wish.team else None
    if team:
        session.add(team)
        session.flush()
    row = Staff(number=wish.number, name=wish.name, role="admin", team=team.id if team else None, joined_at=at)
    session.add(row)
    session.flush()
    assert row.id is not None
    admin = Member(row.id, row.number, row.name, row.role, row.team)
    opened = {"desk": settings.desk, "company_kind": wish.kind, "practice": wish.practice is not None}
    journal.append(session, at=at, actor="system", action="init", subject=f"desk:{settings.desk}", after=opened)
    journal.append(
        session, at=at, actor="system", action="staff_add", subject=f"staff:{admin.id}", after={"role": "admin"}
    )
    if not wish.qualified.empty:
        qualified = replace(wish.qualified, exam_by=wish.qualified.exam_by or wish.number)
        qualification.record(session, admin, qualified, by=admin, at=at, today=wish.today)
    return admin


def _adopt_all(session: Session, admin: Member, at: int) -> tuple[tuple[str, str], ...]:
    """Adopt what the program ships; kind and name of each."""
    adopted = tuple(
        (kind, adoption.adopt(session, kind, text, by=admin, at=at, effective_from=at, file=path).name)
        for kind, path, text in shipped_texts()
    )
    adoption.require_consistent(session, at)
    return adopted
