"""Where recordings are kept (录音保管处): folders, each by a name of its own; no sound is in the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.recordings.folder import require
from collectdesk.errors import N_, BadData, Busy, NotFound
from collectdesk.store import journal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import RecordingKeeper


class KeeperLine(NamedTuple):
    """A keeper in a list; ``added_at`` in UTC seconds."""

    name: str
    folder: str
    offset_s: int | None
    learned: int
    added_at: int


KEEPING = ("lead", "admin", "officer", "script")


def of_folder(office: Office, session: Session, folder: Path, name: str = "") -> RecordingKeeper:
    """The keeper of a folder, made known where it is not; ``name`` is what it is called, else as the folder is.

    Raises:
        NotFound: the folder is not there.
        Busy: another folder goes by that name.
    """
    from sqlmodel import select

    from collectdesk.store.tables import RecordingKeeper

    require(folder)
    place = folder.resolve()
    row = session.execute(select(RecordingKeeper).where(RecordingKeeper.folder == str(place))).scalars().first()
    if row is not None and (not name or row.name == name.strip()):
        return row
    called = _named(name.strip() or place.name)
    if row is not None or _by_name(session, called) is not None:
        raise Busy(
            "keeper_name",
            N_("Another folder goes by that name, or this one by another."),
            hint=N_("`collectdesk recording keepers` lists them; --keeper gives a new folder a name of its own."),
        )
    row = RecordingKeeper(name=called, folder=str(place), added_at=office.now(), added_by=office.staff.id)
    session.add(row)
    session.flush()
    _write_down(office, session, row, "recording.keeper", {"name": called})
    return row


def of_file(office: Office, session: Session, path: Path, name: str = "") -> tuple[RecordingKeeper, str]:
    """The keeper below whose folder a file lies, the innermost; else its own folder's. And the file's path from there.

    Raises:
        NotFound: the folder is not there.
        Busy: another folder goes by that name.
    """
    place = path.parent.resolve()
    above = [row for row in listing(session) if place.is_relative_to(row.folder) and name in ("", row.name)]
    row = max(above, key=lambda each: len(each.folder), default=None) or of_folder(office, session, place, name)
    return row, (place / path.name).relative_to(row.folder).as_posix()


def moved(office: Office, name: str, folder: Path) -> None:
    """Say where a keeper's folder is now: on this machine, or on another disk.

    Raises:
        NotPermitted: not theirs to say.
        NotFound: no such keeper, or no such folder.
    """
    office.require_role(*KEEPING)
    require(folder)
    with office.writing() as session:
        row = by_name(session, name)
        row.folder = str(folder.resolve())
        session.add(row)
        session.flush()
        _write_down(office, session, row, "recording.keeper_moved", {"folder": row.folder})


def by_name(session: Session, name: str) -> RecordingKeeper:
    """The keeper of this name.

    Raises:
        NotFound: there is none.
    """
    row = _by_name(session, name.strip())
    if row is None:
        raise NotFound(
            "no_such_keeper", N_("No keeper of recordings has that name."), hint=N_("`collectdesk recording keepers`")
        )
    return row


def listing(session: Session) -> Sequence[RecordingKeeper]:
    """All of them, by name."""
    from sqlmodel import col, select

    from collectdesk.store.tables import RecordingKeeper

    return session.execute(select(RecordingKeeper).order_by(col(RecordingKeeper.name))).scalars().all()


def lines(session: Session) -> list[KeeperLine]:
    """The same for a reader."""
    return [KeeperLine(row.name, row.folder, row.offset_s, row.learned, row.added_at) for row in listing(session)]


def _by_name(session: Session, name: str) -> RecordingKeeper | None:
    from sqlmodel import select

    from collectdesk.store.tables import RecordingKeeper

    return session.execute(select(RecordingKeeper).where(RecordingKeeper.name == name)).scalars().first()


def _named(name: str) -> str:
    """A keeper's name stands in lists and on certificates, so it holds no number of anybody.

    Raises:
        BadData: it is none.
    """
    if not name or len(name) > 40 or sum(char.isdigit() for char in name) > 8:
        raise BadData(
            "keeper_unnamed",
            N_("A keeper needs a short name without anybody's number."),
            hint=N_("Give one: --keeper NAME."),
        )
    return name


def _write_down(office: Office, session: Session, row: RecordingKeeper, action: str, after: dict[str, object]) -> None:
    journal.append(
        session,
        at=office.now(),
        actor=office.staff.number,
        action=action,
        subject=f"recording_keeper:{row.id}",
        after=after,
    )
