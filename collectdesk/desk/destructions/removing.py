"""Removing a recording's file (删除文件): the file itself and every copy of it the desk knows, each looked at first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import digest_of, inside
from collectdesk.desk.recordings.folder import require
from collectdesk.store import files

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import FoundRecording, Recording


class Removed(NamedTuple):
    """What became of it: ``destroyed``, ``gone`` where it was not there, or ``stays`` and why, such as ``altered``."""

    outcome: str
    why: str | None = None


def there(session: Session, row: Recording) -> bool:
    """Whether anything lies where its file was kept.

    Raises:
        NotFound: the folder is not there.
    """
    return os.path.lexists(_folder(session, row.keeper) / (row.file or ""))


def remove(session: Session, row: Recording, *, begun: bool) -> Removed:
    """Remove a recording's file and its known copies; ``begun``: a run before this one may have removed it.

    Raises:
        NotFound: a folder is not there: nothing is taken for destroyed by that.
        Problem: a file cannot be removed.
    """
    place = _folder(session, row.keeper)
    copies = [(each, _folder(session, each.keeper)) for each in _copies(session, row)]
    try:
        path = inside(place, row.file or "")
        if digest_of(path)[0] != row.digest:
            return Removed("stays", "altered")
    except Unfit as unfit:
        if unfit.code != "vanished":
            return Removed("stays", unfit.code)
        found = Removed("destroyed" if begun else "gone")
    else:
        _unlink(path)
        found = Removed("destroyed")
    for each, folder in copies:
        _forget(session, each, folder)
    return found


def _forget(session: Session, copy: FoundRecording, folder: Path) -> None:
    """Remove a copy, unless it is another file by now, and with it what its name told of anybody."""
    try:
        path = inside(folder, copy.file)
        if digest_of(path)[0] != copy.digest:
            return
    except Unfit as unfit:
        if unfit.code != "vanished":
            return
    else:
        _unlink(path)
    copy.status, copy.file, copy.candidates = "destroyed", f"x{copy.id}", []
    session.add(copy)


def _copies(session: Session, row: Recording) -> Sequence[FoundRecording]:
    """The files a scan found to be the same, byte for byte, and the name it found this one by."""
    from sqlmodel import col, select

    from collectdesk.store.tables import FoundRecording

    same = select(FoundRecording).where(FoundRecording.digest == row.digest, FoundRecording.status != "destroyed")
    return session.execute(same.order_by(col(FoundRecording.id))).scalars().all()


def _folder(session: Session, keeper: int | None) -> Path:
    from collectdesk.store.tables import RecordingKeeper

    place = Path(session.get_one(RecordingKeeper, keeper).folder)
    require(place)
    return place


def _unlink(path: Path) -> None:
    with files.disk_problems():
        path.unlink()
        files.sync_directory(path.parent)
