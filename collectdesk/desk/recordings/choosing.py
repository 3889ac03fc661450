"""A person's word on a found file (录音认领): which call it is of, or none; who chose it and why is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.reason import reason_of
from collectdesk.desk.recordings import keeping
from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import examine, inside
from collectdesk.desk.recordings.unfit import refused
from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.store import ids, journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import FoundRecording

NAME = "found_recording"
SETTLED = ("chosen", "dismissed", "destroyed")


def choose(office: Office, found: str, call: str, reason: str = "") -> None:
    """Keep a found file as the recording of a call.

    Args:
        office: who chooses; a lead, an administrator or an officer.
        found: its id, such as ``l3``.
        call: the call's, such as ``c12``.
        reason: why, where the call was none of the candidates.
    Raises:
        NotPermitted: a collector.
        NotFound: no such file or call.
        UsageProblem: the call is none of its candidates and no reason is given.
        Busy: it was settled before, or the call has its recording.
        BadData: it is not what was found any more.
    """
    from collectdesk.store.tables import RecordingKeeper

    office.require_role(*DECIDING)
    with office.reading() as session:
        row = _open(session, found)
        place = session.get_one(RecordingKeeper, row.keeper)
        path, digest = Path(place.folder), row.digest
        session.expunge_all()
    try:
        examined = examine(inside(path, row.file))
    except Unfit as unfit:
        raise refused(unfit) from None
    if examined.digest != digest:
        raise refused(Unfit("altered"))
    with office.writing() as session:
        row = _open(session, found, lock=True)
        recording, whose = keeping.find(session, call, lock=True)
        if whose.id not in row.candidates and not reason.strip():
            raise UsageProblem(
                "not_a_candidate",
                N_("That call is none of those it may be of by its name."),
                hint=N_("If it is all the same, say why: --reason."),
            )
        place = session.get_one(RecordingKeeper, row.keeper)
        said = reason_of(reason) if reason else ""
        how = f"choice: {said}" if said else "choice"
        keeping.put(office, session, recording, whose, place, row.file, examined, how=how)
        _settle(office, session, row, "chosen", said, whose.id)


def dismiss(office: Office, found: str, reason: str) -> None:
    """Say that a found file is no call's recording; it stays where it is and is asked about no more.

    Raises:
        NotPermitted: a collector.
        NotFound: no such file.
        UsageProblem: no reason.
        Busy: it was settled before.
    """
    office.require_role(*DECIDING)
    said = reason_of(reason)
    with office.writing() as session:
        _settle(office, session, _open(session, found, lock=True), "dismissed", said, None)


def _open(session: Session, name: str, *, lock: bool = False) -> FoundRecording:
    from collectdesk.store.tables import FoundRecording

    key = ids.private(NAME, name.strip())
    row = session.get(FoundRecording, key, with_for_update=lock or None) if key else None
    if row is None:
        raise NotFound(
            "no_such_found", N_("No found file has that id."), hint=N_("`collectdesk recording list` names them: l3.")
        )
    if row.status in SETTLED:
        raise Busy("found_settled", N_("Somebody has settled that file already."))
    return row


def _settle(office: Office, session: Session, row: FoundRecording, state: str, reason: str, call: int | None) -> None:
    row.status, row.call = state, call
    session.add(row)
    session.flush()
    after = {"state": state, "call": call, "reason": reason}
    journal.append(
        session, at=office.now(), actor=office.staff.number, action="recording.choose", subject=f"{NAME}:{row.id}",
        after=after,
    )  # fmt: skip
