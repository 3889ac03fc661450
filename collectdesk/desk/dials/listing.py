"""The differences of the phone's records as people ask for them (差异台账), and the numbers nobody here knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.errors import N_, NotFound
from collectdesk.store import ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import DialFinding

NAME = "dial_finding"
STRANGE = text(
    "SELECT r.number_digest, count(*), min(r.at - r.offset_s), max(r.at - r.offset_s), "
    "COALESCE(sum(r.duration_s), 0) FROM dial_record r WHERE r.number_digest IS NOT NULL "
    "GROUP BY r.number_digest ORDER BY count(*) DESC, r.number_digest"
)
SHORT = 12
"""Signs of a digest that are shown: enough to tell one number from another."""


@dataclass(frozen=True)
class View:
    """A finding, whose dial it was, the case it is told on, and what was done about it."""

    row: DialFinding
    number: str | None
    case: str | None
    steps: tuple[Taken, ...] = ()

    @property
    def name(self) -> str:
        """Its public id, such as ``df3``."""
        return ids.public(NAME, self.row.id or 0)


class Strange(NamedTuple):
    """A number nobody here knows, by its digest: dials, the first and the last (UTC seconds), seconds talked."""

    digest: str
    dials: int
    first: int
    last: int
    seconds: int


def listing(
    office: Office, session: Session, *, kind: str = "", staff: str = "", case: str = "", everything: bool = False
) -> list[View]:
    """Findings, the newest first; closed ones only with ``everything``. A collector sees their own."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, DialFinding, Staff

    asked = (
        select(DialFinding, Staff.number, CaseFile.code)
        .join(Staff, col(Staff.id) == col(DialFinding.staff), isouter=True)
        .join(CaseFile, col(CaseFile.id) == col(DialFinding.about), isouter=True)
        .order_by(col(DialFinding.happened_at).desc(), col(DialFinding.id).desc())
    )
    if office.staff.role not in DECIDING:
        asked = asked.where(col(DialFinding.staff) == office.staff.id)
    if not everything:
        asked = asked.where(col(DialFinding.status) != "closed")
    for wanted, column in ((kind, DialFinding.kind), (staff, Staff.number), (case, CaseFile.code)):
        if wanted:
            asked = asked.where(col(column) == wanted)
    return [View(row, number, code) for row, number, code in session.execute(asked).all()]


def view(office: Office, session: Session, name: str) -> View:
    """One finding with all that was done about it.

    Raises:
        NotFound: there is none, or it is not theirs to see.
    """
    from collectdesk.store.tables import CaseFile, Staff

    row = find(session, name)
    if office.staff.role not in DECIDING and row.staff != office.staff.id:
        raise _missing()
    number = session.get_one(Staff, row.staff).number if row.staff is not None else None
    code = session.get_one(CaseFile, row.about).code if row.about is not None else None
    return View(row, number, code, taken(session, NAME, [row.id]).get(row.id or 0, ()))


def find(session: Session, name: str, *, lock: bool = False) -> DialFinding:
    """A finding by its public id.

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import DialFinding

    key = ids.private(NAME, name.strip().lower())
    row = session.get(DialFinding, key, with_for_update=lock or None) if key else None
    if row is None:
        raise _missing()
    return row


def strange(office: Office, session: Session) -> Sequence[Strange]:
    """The numbers that were dialled and that nobody here knows, the most dialled first.

    Raises:
        NotPermitted: a collector's sign-in.
    """
    office.require_role(*DECIDING)
    return [Strange(str(row[0])[:SHORT], *map(int, row[1:])) for row in session.execute(STRANGE).all()]


def _missing() -> NotFound:
    return NotFound(
        "no_such_finding", N_("There is no such finding."), hint=N_("`collectdesk calls list` names them: df3.")
    )
