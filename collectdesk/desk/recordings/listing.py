"""What the desk has of recordings (录音清单): each call's, what is wrong with it, and the files nobody claimed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.recordings import calls, keeping
from collectdesk.store import ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import FoundRecording, Recording

Finding = Literal["missing", "overdue", "absent", "mismatched", "duplicate", "altered", "vanished", "unreadable"]
FINDINGS: tuple[Finding, ...] = (
    "missing", "overdue", "absent", "mismatched", "duplicate", "altered", "vanished", "unreadable",
)  # fmt: skip


class Line(Struct, frozen=True, kw_only=True):
    """A call's recording: its state, the file's facts, the call's length, and what is wrong.

    ``at`` is when the line was answered, ``due_at`` when an owed one is overdue, both UTC seconds.
    """

    call: str
    case: str
    collector: str
    at: int
    state: str
    due_at: int | None
    reference: str | None
    keeper: str | None
    digest: str | None
    size: int | None
    format: str | None
    duration_ms: int | None
    call_s: int | None
    findings: tuple[Finding, ...]


class FoundLine(Struct, frozen=True, kw_only=True):
    """A file nobody was sure of: why, the calls it may be of, when it began by its name; ``of`` if it is a copy."""

    found: str
    state: str
    keeper: str
    file: str
    started_at: int | None
    duration_ms: int
    format: str
    candidates: tuple[str, ...]
    of: str | None


def lines(
    office: Office,
    session: Session,
    *,
    finding: str = "",
    everything: bool = False,
    case: str = "",
    collector: str = "",
    call: str = "",
) -> list[Line]:
    """The recordings with something wrong, or all; a collector's own calls, and for who decides everybody's.

    Args:
        office: who asks.
        session: an open reading session.
        finding: only those with this finding.
        everything: those with none, too.
        case: only on the case of this number.
        collector: only of the calls of this staff number.
        call: only of this call, such as ``c12``.
    """
    from sqlalchemy import select
    from sqlmodel import col

    from collectdesk.store.tables import Call, CaseFile, Recording, RecordingKeeper, Staff

    asked = (
        select(Recording, Call, col(CaseFile.code), col(Staff.number), col(RecordingKeeper.name))
        .join(Call, col(Call.id) == col(Recording.call))
        .join(CaseFile, col(CaseFile.id) == col(Call.case_id))
        .join(Staff, col(Staff.id) == col(Call.collector))
        .join(RecordingKeeper, col(RecordingKeeper.id) == col(Recording.keeper), isouter=True)
        .order_by(col(Recording.id))
    )
    if office.staff.role not in DECIDING:
        asked = asked.where(col(Call.collector) == office.staff.id)
    if case:
        asked = asked.where(col(CaseFile.code) == case.strip())
    if collector:
        asked = asked.where(col(Staff.number) == collector.strip())
    if call:
        asked = asked.where(col(Call.id) == ids.private("call", call.strip()))
    rows = session.execute(asked).all()
    judge = _Judge(session, office.now())
    found = [
        Line(
            call=ids.public("call", row.call), case=code, collector=number, at=made.connected_at or made.started_at,
            state=row.status, due_at=row.due_at, reference=row.reference, keeper=keeper, digest=row.digest,
            size=row.size, format=row.format, duration_ms=row.duration_ms, call_s=judge.lengths.get(row.call),
            findings=tuple(judge.findings(row)),
        )
        for row, made, code, number, keeper in rows
    ]  # fmt: skip
    if finding:
        return [each for each in found if finding in each.findings]
    return [each for each in found if everything or each.findings]


def unclaimed(session: Session) -> list[FoundLine]:
    """The found files that wait for a person, and second copies; the oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import FoundRecording, RecordingKeeper

    asked = (
        select(FoundRecording, RecordingKeeper.name)
        .join(RecordingKeeper, col(RecordingKeeper.id) == col(FoundRecording.keeper))
        .where(col(FoundRecording.status).in_(("ambiguous", "unmatched", "duplicate")))
        .order_by(col(FoundRecording.id))
    )
    return [_found(row, keeper) for row, keeper in session.execute(asked).all()]


def _found(row: FoundRecording, keeper: str) -> FoundLine:
    return FoundLine(
        found=ids.public("found_recording", row.id or 0), state=row.status, keeper=keeper, file=row.file,
        started_at=row.started_at, duration_ms=row.duration_ms, format=row.format,
        candidates=tuple(ids.public("call", each) for each in row.candidates),
        of=ids.public("call", row.call) if row.call else None,
    )  # fmt: skip


class _Judge:
    """What is wrong with a recording, by what all of them are."""

    def __init__(self, session: Session, at: int) -> None:
        self.at, self.lengths = at, calls.lengths(session)
        self.tolerance_ms = keeping.tolerance(session, at) * 1000
        self.same = _same(session)

    def findings(self, row: Recording) -> Iterable[Finding]:
        if row.status in ("owed", "named"):
            yield "overdue" if row.due_at is not None and row.due_at <= self.at else "missing"
        if row.status == "absent":
            yield "absent"
        if self._mismatched(row):
            yield "mismatched"
        if row.digest in self.same:
            yield "duplicate"
        if row.fault is not None:
            yield row.fault  # type: ignore[misc] # the column CHECKs the word

    def _mismatched(self, row: Recording) -> bool:
        length = self.lengths.get(row.call)
        return (
            row.duration_ms is not None
            and length is not None
            and row.status != "purged"
            and abs(row.duration_ms - length * 1000) > self.tolerance_ms
        )


def _same(session: Session) -> set[str]:
    """Digests that more than one call has."""
    from sqlalchemy import text

    asked = "SELECT digest, count(*) FROM recording WHERE digest IS NOT NULL GROUP BY digest HAVING count(*) > 1"
    counted: defaultdict[str, int] = defaultdict(int, {str(row[0]): row[1] for row in session.execute(text(asked))})
    return set(counted)
