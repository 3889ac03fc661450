"""Carrying a destruction out (执行销毁): each recording looked at once more, its file removed, then the certificate.

What was approved is asked of time and holds again for every file, so nothing leaves before its time. A file is
removed, then that is written; a run that breaks off between finds it gone and goes on. The certificate is last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.destructions import book, cases, certificate, erasing
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.recordings import keeping, purging
from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import digest_of, inside
from collectdesk.errors import N_, NotFound
from collectdesk.store import files

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Destruction, Recording

Advance = Callable[[int], None]
NOBODY: Callable[[int], Advance] = lambda _count: lambda _one: None  # noqa: E731 - what shows nothing


def carry_out(office: Office, name: str, *, progress: Callable[[int], Advance] = NOBODY) -> str:
    """Do what was approved; the certificate's number. Done again after an interruption it goes on.

    Raises:
        NotPermitted: a collector.
        NotFound: there is none, or a keeper's folder is not there: nothing is taken for destroyed by that.
        Busy: it was not approved, or is done.
        Problem: a file cannot be removed.
    """
    office.require_role(*DECIDING)
    with office.reading() as session:
        row = book.find(session, name)
        lifecycle(book.NAME).after(row.status, "carry_out", office.lang)
        _require_case(office, session, row)
        waiting = [item.id for item in book.items(session, row, outcome="asked") if item.id is not None]
    advance = progress(len(waiting))
    for key in waiting:
        _one(office, key)
        advance(1)
    with office.writing() as session:
        row = book.find(session, name, lock=True)
        _require_case(office, session, row)
        erased = erasing.erase_case(office, session, row) if row.kind != "recordings" else {}
        return certificate.issue(office, session, row, erased)


def _require_case(office: Office, session: Session, row: Destruction) -> None:
    """What held of the case when it was asked has to hold still."""
    from collectdesk.store.tables import CaseFile

    if row.kind != "recordings":
        kind: cases.Kind = "case_returned" if row.kind == "case_returned" else "case_destroyed"
        cases.require(cases.standing(session, session.get_one(CaseFile, row.case_id), kind, office.now()))


def _one(office: Office, key: int) -> None:
    """One recording: it stays where something has come up, else its file goes and that is written."""
    from collectdesk.store.tables import DestructionItem, Recording, RecordingKeeper

    with office.writing() as session:
        item = session.get_one(DestructionItem, key, with_for_update=True)
        if item.outcome != "asked":
            return
        (due,) = purging.due(session, office.now(), only=(item.recording,))
        if not due.may:
            book.stay(office, session, item, due.why)
            return
        row = session.get_one(Recording, item.recording, with_for_update=True)
        place = Path(session.get_one(RecordingKeeper, row.keeper).folder)
        outcome = _removed(row, place)
        if outcome is None:
            book.stay(office, session, item, "altered")
            return
        _write(office, item, row, outcome)


def _removed(row: Recording, place: Path) -> str | None:
    """Remove the file: ``destroyed``, ``gone`` where it was not there, none where it is not what was kept."""
    if not place.is_dir():
        raise NotFound(
            "recording_folder",
            N_("The folder of recordings is not there, or may not be read."),
            hint=N_("What was kept so far stays; run the same again once it is back."),
        )
    try:
        path = inside(place, row.file or "")
        if digest_of(path)[0] != row.digest:
            return None
    except Unfit as unfit:
        return "gone" if unfit.code == "vanished" else None
    with files.disk_problems():
        path.unlink()
        files.sync_directory(path.parent)
    return "destroyed"


def _write(office: Office, item: object, row: Recording, outcome: str) -> None:
    from sqlalchemy.orm import object_session

    from collectdesk.store.tables import Call, DestructionItem

    assert isinstance(item, DestructionItem)
    session = object_session(row)
    assert session is not None
    now = office.now()
    item.outcome, item.at = outcome, now
    row.status, row.purged_at = lifecycle(keeping.NAME).after(row.status, "purge", office.lang), now
    row.file, row.reference = None, None
    session.add_all([item, row])
    content: dict[str, object] = {"sha256": row.digest, "found": outcome}
    keeping.record(office, session, row, session.get_one(Call, row.call), "purge", content)
