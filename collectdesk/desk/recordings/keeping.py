"""Keeping a recording (录音归档): one file for one call, its facts written down with who put it there.

Anybody may hand in the recording of a call of their own; of others' calls, a file put in another's place, and that
there is none is for those who decide, and never for whoever called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes, house, steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.reason import reason_of
from collectdesk.desk.recordings import keepers
from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import Examined, examine, inside
from collectdesk.desk.recordings.unfit import refused
from collectdesk.errors import N_, Busy, NotFound
from collectdesk.store import ids
from collectdesk.store.engine import lock_row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Call, Recording, RecordingKeeper

NAME = "recording"


def attach(office: Office, call: str, path: Path, *, keeper: str = "", replace: str = "") -> int:
    """Keep ``path`` as the recording of a call; the key of ``recording``.

    Args:
        office: who hands it in.
        call: the call's id, such as ``c12``.
        path: the file; it stays where it is.
        keeper: what its folder is called, where that is not known yet.
        replace: why it takes the place of the one that is kept; empty where none is.
    Raises:
        NotFound: no such call, none that connected, or no such file.
        NotPermitted: a call of somebody else; or their own, whose file is replaced.
        Busy: the call is not closed, one is kept already, or the file is another call's.
        BadData: the file cannot be kept; says why.
    """
    with office.reading() as session:
        _row, whose = find(session, call)
        _require_may(office, session, whose, replaces=bool(replace))
    why = reason_of(replace, "--replace") if replace else ""
    found = _examined(path)
    with office.writing() as session:
        row, whose = find(session, call, lock=True)
        place, file = keepers.of_file(office, session, path, keeper)
        refuse_taken(session, place, file, row)
        put(
            office,
            session,
            row,
            whose,
            place,
            file,
            found,
            replace=why,
            how="hand",
        )
        assert row.id is not None
        return row.id


def put(
    office: Office,
    session: Session,
    row: Recording,
    call: Call,
    keeper: RecordingKeeper,
    file: str,
    found: Examined,
    *,
    how: str,
    replace: str = "",
) -> None:
    """The same inside an open write transaction, on a locked row; ``how`` is by what the file was known to be its.

    Raises:
        Busy: the call is not closed, or one is kept already and nothing is said of replacing it.
    """
    if call.ended_at is None:
        raise Busy("call_not_closed", N_("This call is not closed yet."), hint=N_("Close it, then keep its recording."))
    act = "replace" if replace else "attach"
    was = row.digest
    row.status = lifecycle(NAME).after(row.status, act, office.lang)
    row.keeper, row.file, row.digest, row.format = keeper.id, file, found.digest, found.sound.format
    row.size, row.modified_ns, row.duration_ms = found.mark.size, found.mark.modified_ns, found.sound.duration_ms
    row.due_at, row.fault, row.checked_at = None, None, None
    row.kept_at, row.kept_by = office.now(), office.staff.id
    session.add(row)
    content: dict[str, object] = {
        "sha256": found.digest, "bytes": found.mark.size, "duration_ms": found.sound.duration_ms,
        "format": found.sound.format, "keeper": keeper.name, "how": how,
    }  # fmt: skip
    if replace:
        content |= {"replaces": was, "reason": replace}
    record(office, session, row, call, act, content)


def excuse(office: Office, call: str, reason: str) -> None:
    """Record that there is no recording and will be none; it stays reported as absent.

    Raises:
        NotFound: no such call, or none that connected.
        NotPermitted: a collector, or whoever made the call.
        Busy: one is kept.
        UsageProblem: no reason.
    """
    said = reason_of(reason)
    with office.writing() as session:
        row, whose = find(session, call, lock=True)
        four_eyes.require_decider(office, session, {whose.collector})
        row.status, row.due_at = lifecycle(NAME).after(row.status, "excuse", office.lang), None
        session.add(row)
        record(office, session, row, whose, "excuse", {"reason": said})


def record(
    office: Office, session: Session, row: Recording, call: Call, act: str, content: dict[str, object] | None = None
) -> None:
    """Write a step of its life down."""
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=call.case_id, content=content)


def find(session: Session, name: str, *, lock: bool = False) -> tuple[Recording, Call]:
    """The recording of the call of this id, such as ``c12``, and the call.

    Raises:
        NotFound: there is no such call, or nobody answered it.
    """
    from sqlmodel import select

    from collectdesk.store.tables import Call, Recording

    key = ids.private("call", name.strip())
    call = session.get(Call, key) if key else None
    if call is None:
        raise NotFound("no_such_call", N_("There is no such call."), hint=N_("`collectdesk recording list --all`"))
    row = session.execute(select(Recording).where(Recording.call == call.id)).scalars().first()
    if row is None:
        raise NotFound("call_unanswered", N_("Nobody answered that call, so it owes no recording."))
    if lock:
        assert row.id is not None
        lock_row(session.connection(), NAME, row.id)
        session.refresh(row)
        session.refresh(call)
    return row, call


def refuse_taken(session: Session, keeper: RecordingKeeper, file: str, row: Recording) -> None:
    """Refuse a file that is another call's already.

    Raises:
        Busy: it is.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import Recording

    same = (col(Recording.keeper) == keeper.id, col(Recording.file) == file, col(Recording.id) != row.id)
    other = session.execute(select(Recording.call).where(*same)).scalars().first()
    if other is not None:
        raise Busy("file_taken", N_("That file is the recording of {call}."), call=ids.public("call", other))


def tolerance(session: Session, at: int) -> int:
    """Seconds by which a file may be longer or shorter than its call."""
    return house.in_force(session.connection(), at).recording.tolerance_s


def _examined(path: Path) -> Examined:
    try:
        return examine(inside(path.parent.resolve(), path.name))
    except Unfit as unfit:
        raise refused(unfit) from None


def _require_may(office: Office, session: Session, call: Call, *, replaces: bool) -> None:
    if replaces:
        four_eyes.require_decider(office, session, {call.collector})
    elif call.collector != office.staff.id:
        office.require_role(*four_eyes.DECIDING)
