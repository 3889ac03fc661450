"""A violation as it is reported (违规线索): which kind, what shows it, and whom and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from collectdesk.errors import N_, BadData, NotFound
from collectdesk.store import ids
from collectdesk.store.words import CONDUCT_SOURCES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.store.tables import ConductWarning


class Report(Struct, frozen=True, kw_only=True):
    """A violation to record: whose (a staff number), which kind, what shows it, and what it came of.

    ``call`` (``c12``), ``case``, ``warning`` (``a4``, a hit of the wording check) and ``complaint`` (``k3``) are public
    ids; a warning brings its own person, call and case.
    """

    kind: str
    evidence: str
    staff: str = ""
    call: str = ""
    case: str = ""
    warning: str = ""
    complaint: str = ""

    @property
    def source(self) -> str:
        """Where it came from: the wording check, a complaint, or a review."""
        return CONDUCT_SOURCES[0 if self.warning else 1 if self.complaint else 2]


class Concerned(NamedTuple):
    """Whom and what a violation is about, by their keys."""

    staff: int
    call: int | None
    case: int | None
    warning: int | None
    complaint: int | None


def concerned(session: Session, report: Report) -> Concerned:
    """Whom and what a report is about; what it leaves out its warning or its call tells.

    Raises:
        NotFound: there is no such person, call, case, warning or complaint.
        BadData: the warning was the debtor's own words.
    """
    from collectdesk.desk.casebook import find as find_case
    from collectdesk.store.tables import Call, Complaint

    warning = _warning(session, report.warning) if report.warning else None
    complaint = _named(session, Complaint, "complaint", report.complaint)
    call = _named(session, Call, "call", report.call) or (warning.call if warning else None)
    case = find_case(session, report.case).id if report.case else None
    called = session.get(Call, call) if call is not None else None
    if case is None:
        case = called.case_id if called else warning.case_id if warning else None
    staff = warning.staff if warning else called.collector if called and not report.staff else None
    whose = staff if staff is not None else _staff(session, report.staff)
    return Concerned(whose, call, case, warning.id if warning else None, complaint)


def _warning(session: Session, name: str) -> ConductWarning:
    from collectdesk.store.tables import ConductWarning

    key = ids.private("conduct_warning", name)
    row = session.get(ConductWarning, key) if key is not None else None
    if row is None:
        raise NotFound("no_such_warning", N_("There is no such hit of the wording check."))
    if row.debtors_words:
        raise BadData("debtors_words", N_("Those were the debtor's own words, so nobody of ours violated anything."))
    return row


def _named(session: Session, table: type, kind: str, name: str) -> int | None:
    if not name:
        return None
    key = ids.private(kind, name)
    if key is None or session.get(table, key) is None:
        raise NotFound("no_such_source", N_("There is no such call or complaint."))
    return key


def _staff(session: Session, number: str) -> int:
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff

    key = session.execute(select(col(Staff.id)).where(col(Staff.number) == number.strip())).scalar()
    if key is None:
        raise NotFound("no_such_staff", N_("Nobody here has that staff number."), hint=N_("Name them with --staff."))
    return int(key)
