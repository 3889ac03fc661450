"""Access to a recording (调听): where its file is, told for a reason that everybody may read afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.reason import reason_of
from collectdesk.desk.recordings import keeping
from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import inside
from collectdesk.desk.recordings.unfit import refused
from collectdesk.desk.recordings.verifying import THERE
from collectdesk.errors import N_, NotFound

if TYPE_CHECKING:
    from collectdesk.desk.office import Office


class Place(NamedTuple):
    """Where it is: the call, the keeper's name, the path on this machine, and its facts."""

    call: str
    keeper: str
    path: Path
    digest: str
    format: str
    duration_ms: int


def open_(office: Office, call: str, reason: str) -> Place:
    """Say where the recording of a call is, and write down who asked and why.

    Raises:
        UsageProblem: no reason.
        NotPermitted: a call of somebody else, for a collector.
        NotFound: no such call, or no file is kept of it or is there.
    """
    from collectdesk.store.tables import RecordingKeeper

    said = reason_of(reason)
    with office.writing() as session:
        row, whose = keeping.find(session, call)
        if whose.collector != office.staff.id:
            office.require_role(*DECIDING)
        if row.status not in THERE or row.keeper is None or row.file is None:
            raise NotFound("recording_not_kept", N_("No recording of this call is kept here."))
        place = session.get_one(RecordingKeeper, row.keeper)
        try:
            path = inside(Path(place.folder), row.file)
        except Unfit as unfit:
            raise refused(unfit) from None
        keeping.record(office, session, row, whose, "open", {"reason": said})
        return Place(call.strip(), place.name, path, row.digest or "", row.format or "", row.duration_ms or 0)
