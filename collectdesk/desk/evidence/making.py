"""Making a bundle: the act is journalled with the digests of what it hands out, then the journal is cut to the case.

So the desk can show later that a bundle is the one it made, and the bundle proves that it was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from collectdesk.desk.evidence import bundle
from collectdesk.store import home as homes

if TYPE_CHECKING:
    from collectdesk.desk.evidence.gathering import Gathered
    from collectdesk.desk.office import Office
    from collectdesk.store.extract import Extract

ACT = "case.evidence"
Show = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Given how many entries there are, shows how many have been read."""


def write_down(office: Office, found: Gathered, parts: Mapping[str, bytes], *, masked: bool) -> int:
    """Journal that a bundle was made: what it is about, and the digest of each part; the instant it is of."""
    from collectdesk.store import journal

    at = office.now()
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}
    complaint = found.complaint.line.complaint if found.complaint else None
    with office.writing() as session:
        journal.append(
            session,
            at=at,
            actor=office.staff.number,
            action=ACT,
            subject=f"case_file:{found.case.case.id}",
            after={"complaint": complaint, "masked": masked, "parts": digests},
        )
    return at


def cut(office: Office, subjects: Collection[str], show: Show) -> Extract:
    """The journal, cut to ``subjects``, from the first entry about them to the head."""
    from collectdesk.store import journal
    from collectdesk.store.extract import extract

    with office.reader.connect() as connection, show(journal.head(connection).seq) as advance:
        return extract(connection, subjects, advance=advance)


def manifest(office: Office, found: Gathered, made: Extract, at: int, *, masked: bool) -> dict[str, object]:
    """What the bundle says of itself, besides its parts."""
    return {
        "desk": homes.read(office.home).desk,
        "company": office.company.name,
        "practice": office.practice,
        "case": found.case.case.code,
        "complaint": found.complaint.line.complaint if found.complaint else None,
        "masked": masked,
        "made_at": datetime.fromtimestamp(at, UTC).isoformat(),
        "made_by": office.staff.number,
        "role": office.staff.role,
        "head": {"count": made.count, "hash": made.head},
    }


def sealed(about: Mapping[str, object], parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with their manifest before them."""
    return {bundle.MANIFEST: bundle.sealed(about, parts), **parts}
