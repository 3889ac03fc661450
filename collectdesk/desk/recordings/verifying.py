"""Verifying what is kept (录音完整性核验): every file read again and held against its digest; and the cheap look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.recordings import keeping
from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import Mark, digest_of, inside, mark_of
from collectdesk.store import ids, journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Recording

Advance = Callable[[int], None]
THERE = ("kept", "purge_asked")
VERIFYING = (*DECIDING, "script")


class Checked(NamedTuple):
    """What was found of one call's recording: ``ok``, ``altered``, ``vanished``, ``unreadable``, ``changing``,
    or ``away`` where the whole keeper is."""

    call: str
    keeper: str
    found: str


def verify(office: Office, *, progress: Callable[[int], Advance] | None = None) -> list[Checked]:
    """Read every kept file, write down what is new about it, and say what was found of each.

    Raises:
        NotPermitted: a collector.
    """
    office.require_role(*VERIFYING)
    with office.reading() as session:
        rows = kept(session)
    advance = (progress or (lambda _count: lambda _one: None))(len(rows))
    found = []
    for row, keeper, folder in rows:
        state, mark = _read(row, Path(folder))
        _note(office, row, state, mark)
        found.append(Checked(ids.public("call", row.call), keeper, state))
        advance(1)
    _write_down(office, found)
    return found


def glance(session: Session) -> list[Checked]:
    """What shows without reading: files that are gone, or were written to since; whole keepers that are away."""
    found = []
    for row, keeper, folder in kept(session):
        state = _mark(row, Path(folder))
        if state != "ok":
            found.append(Checked(ids.public("call", row.call), keeper, state))
    return found


def kept(session: Session) -> Sequence[tuple[Recording, str, str]]:
    """Every recording whose file is there, with its keeper's name and folder."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Recording, RecordingKeeper

    asked = (
        select(Recording, RecordingKeeper.name, RecordingKeeper.folder)
        .join(RecordingKeeper, col(RecordingKeeper.id) == col(Recording.keeper))
        .where(col(Recording.status).in_(THERE))
        .order_by(col(Recording.id))
    )
    rows = [(row, str(name), str(folder)) for row, name, folder in session.execute(asked).all()]
    session.expunge_all()
    return rows


def _read(row: Recording, folder: Path) -> tuple[str, Mark | None]:
    """What is found of it, and of one that is the same its size and date."""
    if not folder.is_dir():
        return "away", None
    try:
        digest, mark = digest_of(inside(folder, row.file or ""))
    except Unfit as unfit:
        return "vanished" if unfit.code == "outside" else unfit.code, None
    return ("ok", mark) if digest == row.digest else ("altered", None)


def _mark(row: Recording, folder: Path) -> str:
    if not folder.is_dir():
        return "away"
    try:
        mark = mark_of(inside(folder, row.file or ""))
    except Unfit as unfit:
        return "vanished" if unfit.code == "outside" else unfit.code
    if row.fault == "altered":
        return "altered"
    return "ok" if (mark.size, mark.modified_ns) == (row.size, row.modified_ns) else "changed"


def _note(office: Office, row: Recording, state: str, mark: Mark | None) -> None:
    """Keep what was found; a step of its life only where it is news. One that is the same is known by its new date."""
    from collectdesk.store.tables import Call, Recording

    if state in ("away", "changing"):
        return
    fault = None if state == "ok" else state
    with office.writing() as session:
        now = session.get_one(Recording, row.id, with_for_update=True)
        if now.status not in THERE or now.digest != row.digest:
            return
        news, now.fault, now.checked_at = now.fault != fault, fault, office.now()
        if mark is not None:
            now.modified_ns = mark.modified_ns
        session.add(now)
        if news:
            keeping.record(office, session, now, session.get_one(Call, now.call), "check", {"found": state})


def _write_down(office: Office, found: Sequence[Checked]) -> None:
    counts = dict(Counter(each.found for each in found))
    with office.writing() as session:
        journal.append(
            session, at=office.now(), actor=office.staff.number, action="recording.verify", subject="recording",
            after=counts,
        )  # fmt: skip
