"""Scanning a folder (录音扫描): each new file is examined, given to its call where that is sure, or left to a person.

A file is written down as soon as it is examined, in a transaction of its own: a scan that breaks off loses nothing and
the next one goes on; two at once do the same work once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.recordings import calls as known
from collectdesk.desk.recordings import folder as folders
from collectdesk.desk.recordings import keepers, matching, naming
from collectdesk.desk.recordings.audio import Unfit
from collectdesk.desk.recordings.examining import Examined, examine, inside
from collectdesk.desk.recordings.filing import Filed, file_one
from collectdesk.desk.recordings.folder import Listed
from collectdesk.desk.recordings.matching import Match, Named
from collectdesk.store import journal

if TYPE_CHECKING:
    from collectdesk.desk.office import Office
    from collectdesk.store.tables import RecordingKeeper

Advance = Callable[[int], None]


class Fault(NamedTuple):
    """A file that could not be looked at, by its path below the folder, and why."""

    file: str
    code: str


class Scanned(NamedTuple):
    """What a scan did: files by what became of them, those with a fault, and the keeper's clock.

    ``counts``: ``kept``, ``known``, ``ambiguous``, ``unmatched``, ``duplicate``, ``altered``. ``filed`` are those that
    are new, in the order of their paths.
    """

    keeper: str
    counts: Counter[str]
    filed: tuple[Filed, ...]
    faults: tuple[Fault, ...]
    offset_s: int | None
    learned: int


def scan(
    office: Office, folder: Path, *, keeper: str = "", progress: Callable[[int], Advance] | None = None
) -> Scanned:
    """Look through ``folder`` and all below it.

    Args:
        office: who scans; a script with the scope ``import`` may.
        folder: where the recordings lie; they stay there.
        keeper: what the folder is called, where it is not known yet.
        progress: told how many files there are, gives what to call after each.
    Raises:
        NotPermitted: a collector.
        NotFound: the folder is not there, or went meanwhile; what was kept stays kept.
        Problem: what the store says of itself; likewise.
    """
    office.require_role(*keepers.KEEPING)
    with office.writing() as session:
        place = keepers.of_folder(office, session, folder, keeper)
        session.expunge(place)
    found = list(folders.listed(folder))
    faults = [Fault(each.file, each.fault) for each in found if each.fault]
    files = [each for each in found if not each.fault]
    matches, offset = _matched(office, place, files)
    advance = (progress or (lambda _count: lambda _one: None))(len(files))
    root, filed = Path(place.folder), list[Filed]()
    for at, each in enumerate(files):
        done = _one(office, place, root, each, matches[at])
        (faults if isinstance(done, Fault) else filed).append(done)  # type: ignore[arg-type]
        advance(1)
    folders.require(folder)
    counts = Counter(each.state for each in filed)
    _write_down(office, place, counts, faults)
    new = tuple(each for each in filed if each.state != "known")
    seconds, learned = (offset.seconds, offset.files) if offset else (place.offset_s, place.learned)
    return Scanned(place.name, counts, new, tuple(faults), seconds, learned)


def _matched(
    office: Office, place: RecordingKeeper, files: Sequence[Listed]
) -> tuple[dict[int, Match], matching.Offset | None]:
    """Every file with the call its name is of; what is learned of the keeper's clock is kept."""
    named = [_named(at, each) for at, each in enumerate(files)]
    with office.reading() as session:
        everything = known.answered(session)
    offset = matching.learn(named, everything)
    if offset is not None and (offset.seconds, offset.files) != (place.offset_s, place.learned):
        _learned(office, place, offset)
    ahead = offset.seconds if offset else place.offset_s or 0
    return matching.match(named, everything, ahead), offset


def _named(at: int, each: Listed) -> Named:
    told = naming.told(each.file)
    return Named(at, told.call, told.numbers, told.starts, Path(each.file).stem)


def _one(office: Office, place: RecordingKeeper, root: Path, each: Listed, match: Match) -> Filed | Fault:
    """Examine one file, unless it is known as it is, and write it down."""

    def read() -> Examined:
        return examine(inside(root, each.file))

    try:
        return file_one(office, place, each, match, read)
    except Unfit as unfit:
        if unfit.code == "vanished":
            folders.require(root)
        return Fault(each.file, unfit.code)


def _learned(office: Office, place: RecordingKeeper, offset: matching.Offset) -> None:
    from collectdesk.store.tables import RecordingKeeper

    with office.writing() as session:
        row = session.get_one(RecordingKeeper, place.id, with_for_update=True)
        row.offset_s, row.learned = offset.seconds, offset.files
        session.add(row)
        session.flush()
        journal.append(
            session, at=office.now(), actor=office.staff.number, action="recording.offset",
            subject=f"recording_keeper:{place.id}", after={"offset_s": offset.seconds, "files": offset.files},
        )  # fmt: skip


def _write_down(office: Office, place: RecordingKeeper, counts: Counter[str], faults: Iterable[Fault]) -> None:
    with office.writing() as session:
        told = {"counts": dict(counts), "faults": dict(Counter(each.code for each in faults))}
        journal.append(
            session, at=office.now(), actor=office.staff.number, action="recording.scan",
            subject=f"recording_keeper:{place.id}", after=told,
        )  # fmt: skip
