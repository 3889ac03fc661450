"""Writing one found file down (录音入档): kept for its call, left to a person, or known as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.recordings import keeping, naming
from collectdesk.desk.recordings.audio import Sound
from collectdesk.desk.recordings.examining import Examined, Mark
from collectdesk.store import ids, journal
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.recordings.folder import Listed
    from collectdesk.desk.recordings.matching import Match
    from collectdesk.store.tables import FoundRecording, Recording, RecordingKeeper

OPEN = ("ambiguous", "unmatched")
OWING = ("owed", "named", "absent")


class Filed(NamedTuple):
    """What became of a file: its path, the state, the call and how it was known, or the found file's id."""

    file: str
    state: str
    call: str | None = None
    how: str | None = None
    found: str | None = None


def file_one(office: Office, place: RecordingKeeper, each: Listed, match: Match, read: Callable[[], Examined]) -> Filed:
    """Write one file of a keeper down; it is read only where it is new or was written to.

    Raises:
        Unfit: it cannot be kept; nothing is written.
    """
    with office.reading() as session:
        kept, found = _held(session, place, each.file)
    if kept is not None:
        same = Mark(kept.size or 0, kept.modified_ns or 0) == each.mark
        if same or read().digest == kept.digest:
            return Filed(each.file, "known", ids.public("call", kept.call))
        return _altered(office, kept, each.file)
    if found is not None and Mark(found.size, found.modified_ns) == each.mark:
        if _stands(found, match):
            return Filed(each.file, "known", found=ids.public("found_recording", found.id or 0))
        examined = Examined(found.digest, Mark(found.size, found.modified_ns), Sound(found.format, found.duration_ms))
    else:
        examined = read()
    with office.writing() as session:
        return _written(office, session, place, each.file, match, examined)


def _written(
    office: Office, session: Session, place: RecordingKeeper, file: str, match: Match, examined: Examined
) -> Filed:
    lock_row(session.connection(), "recording_keeper", place.id or 0)  # two scans at once take turns
    kept, found = _held(session, place, file)
    if kept is not None:
        return Filed(file, "known", ids.public("call", kept.call))
    if found is not None and found.digest == examined.digest and _stands(found, match):
        return Filed(file, "known", found=ids.public("found_recording", found.id or 0))
    twin = _twin(session, examined.digest)
    if twin is not None:
        return _left(office, session, place, file, examined, "duplicate", (), call=twin)
    if match.call is not None:
        row, call = keeping.find(session, ids.public("call", match.call), lock=True)
        if row.status in OWING:
            keeping.put(office, session, row, call, place, file, examined, how=match.how or "number")
            if found is not None:
                found.status, found.call = "chosen", call.id
                session.add(found)
            return Filed(file, "kept", ids.public("call", match.call), match.how)
        return _left(office, session, place, file, examined, "ambiguous", (match.call,))
    state = "ambiguous" if match.candidates else "unmatched"
    return _left(office, session, place, file, examined, state, match.candidates)


def _stands(found: FoundRecording, match: Match) -> bool:
    """Whether a file that was found before waits, or was settled, as it would be now."""
    return found.status not in OPEN or (match.call is None and list(match.candidates) == found.candidates)


def _left(
    office: Office,
    session: Session,
    place: RecordingKeeper,
    file: str,
    examined: Examined,
    state: str,
    candidates: tuple[int, ...],
    call: int | None = None,
) -> Filed:
    """Leave a file to a person."""
    from collectdesk.store.tables import FoundRecording

    _kept, row = _held(session, place, file)
    starts = naming.told(file).starts
    values: dict[str, object] = {
        "digest": examined.digest, "size": examined.mark.size, "modified_ns": examined.mark.modified_ns,
        "duration_ms": examined.sound.duration_ms, "format": examined.sound.format, "status": state, "call": call,
        "started_at": starts[0] if starts else None, "candidates": list(candidates), "at": office.now(),
    }  # fmt: skip
    row = row or FoundRecording(keeper=place.id, file=file, **values)  # type: ignore[arg-type]
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    assert row.id is not None
    journal.append(
        session, at=office.now(), actor=office.staff.number, action="recording.found",
        subject=f"found_recording:{row.id}", after={"sha256": examined.digest, "state": state},
    )  # fmt: skip
    named = ids.public("call", call) if call else None
    return Filed(file, state, named, None, ids.public("found_recording", row.id))


def _altered(office: Office, kept: Recording, file: str) -> Filed:
    from collectdesk.store.tables import Call, Recording

    with office.writing() as session:
        row = session.get_one(Recording, kept.id, with_for_update=True)
        if row.fault != "altered":
            row.fault, row.checked_at = "altered", office.now()
            session.add(row)
            keeping.record(office, session, row, session.get_one(Call, row.call), "check", {"found": "altered"})
    return Filed(file, "altered", ids.public("call", kept.call))


def _held(session: Session, place: RecordingKeeper, file: str) -> tuple[Recording | None, FoundRecording | None]:
    """What the desk has of a file of this keeper."""
    from sqlmodel import select

    from collectdesk.store.tables import FoundRecording, Recording

    kept = select(Recording).where(Recording.keeper == place.id, Recording.file == file)
    found = select(FoundRecording).where(FoundRecording.keeper == place.id, FoundRecording.file == file)
    return session.execute(kept).scalars().first(), session.execute(found).scalars().first()


def _twin(session: Session, digest: str) -> int | None:
    """The call whose kept recording is the same, byte for byte."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Recording

    asked = select(Recording.call).where(col(Recording.digest) == digest).order_by(col(Recording.id))
    return session.execute(asked).scalars().first()
