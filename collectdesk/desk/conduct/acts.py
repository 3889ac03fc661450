"""What is done about a violation (违规处理): recorded, decided by somebody not concerned, appealed, decided again.

The table ``conduct`` says when; each act is one transaction with a step and its journal entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from collectdesk.desk import adoption, house, steps
from collectdesk.desk.conduct import relearning, suspending
from collectdesk.desk.four_eyes import DECIDING, require_decider
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.reason import says
from collectdesk.desk.training.courses import SECTIONS
from collectdesk.errors import N_, BadData, NotFound, NotPermitted, UsageProblem
from collectdesk.store import ids
from collectdesk.store.engine import lock_row
from collectdesk.store.words import CONDUCT_OUTCOMES, CONDUCT_SOURCES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import ConductWarning, Violation

KIND = "violation"
"""The table, as the steps name it."""
LIFE = "conduct"


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


def find(session: Session, name: str) -> Violation:
    """The violation with this public id (``i3``).

    Raises:
        NotFound: there is none.
    """
    from collectdesk.store.tables import Violation

    key = ids.private(KIND, name.strip())
    row = session.get(Violation, key) if key is not None else None
    if row is None:
        raise NotFound(
            "no_such_violation",
            N_("There is no such violation."),
            hint=N_("`collectdesk conduct list` names them, such as i3."),
        )
    return row


def require_seen(office: Office, row: Violation) -> None:
    """Go on only if whoever is signed in may look at it: those who decide, and the person concerned.

    Raises:
        NotPermitted: they may not.
    """
    if office.staff.id != row.staff:
        office.require_role(*DECIDING)


def record(office: Office, report: Report) -> str:
    """Record a violation; a grave or a repeated one suspends at once. Its public id.

    Raises:
        NotPermitted: they only collect.
        NotFound: there is no such kind, person, call, case, warning or complaint.
        BadData: nothing shows it, or the warning was the debtor's own words.
    """
    with office.writing() as session:
        return recorded(office, session, report)


def recorded(office: Office, session: Session, report: Report) -> str:
    """The same within the caller's write transaction: what a review found goes with the review.

    Raises:
        NotPermitted, NotFound, BadData: see ``record``.
    """
    from collectdesk.store.tables import Violation

    office.require_role(*DECIDING)
    if not report.evidence.strip():
        raise BadData("evidence_missing", N_("Say what shows it: --evidence."))
    at = office.now()
    _require_kind(session, report.kind, at)
    found = _concerned(session, report)
    row = Violation(
        kind=report.kind,
        grave=report.kind in house.in_force(session, at).conduct.grave,
        source=report.source,
        evidence=report.evidence.strip(),
        recorded_by=office.staff.id,
        recorded_at=at,
        status="recorded",
        staff=found.staff,
        call=found.call,
        case_id=found.case,
        warning=found.warning,
        complaint=found.complaint,
    )
    session.add(row)
    session.flush()
    content = {"kind": row.kind, "source": row.source, "grave": row.grave, "text": row.evidence}
    _step(office, session, row, "record", content)
    cause = suspending.cause_of(session, row, at)
    if cause is not None:
        suspending.suspend(office, session, row, cause)
    return ids.public(KIND, row.id or 0)


def decide(office: Office, name: str, outcome: str, reason: str, section: str = "") -> str:
    """Decide it: none, warned, retrain or suspended; any but the last lifts what the violation brought.

    ``section`` is what they are to learn again, where that is the outcome; unless it is named, what the scorecard in
    force says of that kind.

    Raises:
        NotFound: there is none.
        NotPermitted: they only collect, are the person concerned, or decided it before.
        UsageProblem: no such outcome, or no reason.
        Busy: it is decided, and nobody appealed.
    """
    if outcome not in CONDUCT_OUTCOMES:
        raise UsageProblem(
            "conduct_outcome",
            N_("{name} must be one of: {choices}."),
            name="--outcome",
            choices=", ".join(CONDUCT_OUTCOMES),
        )
    if section and outcome != "retrain":
        raise UsageProblem("retrain_section", N_("A section goes with retrain alone."), hint="")
    if section and section not in SECTIONS:
        raise UsageProblem(
            "retrain_section", N_("{name} must be one of: {choices}."), name="--section", choices=", ".join(SECTIONS)
        )
    content = {"outcome": outcome, "text": _text(reason)}
    with office.writing() as session:
        row = _locked(session, name)
        state = lifecycle(LIFE).after(row.status, "decide", office.lang)
        before = {row.decided_by} if row.decided_by is not None else set()
        require_decider(office, session, {row.staff, *before})
        row.status, row.outcome = state, outcome
        row.decided_by, row.decided_at = office.staff.id, office.now()
        session.flush()
        if outcome == "suspended":
            suspending.suspend(office, session, row, "decided")
        else:
            suspending.lift(office, session, row.id or 0)
        retrained = relearning.follow(office, session, row, section)
        return _step(office, session, row, "decide", {**content, **({"section": retrained} if retrained else {})})


def appeal(office: Office, name: str, reason: str) -> str:
    """The person concerned asks for another decision, by somebody else; a suspension stands meanwhile.

    Raises:
        NotFound: there is none.
        NotPermitted: it is not about whoever is signed in.
        UsageProblem: no reason.
        Busy: it is not decided, or too late.
    """
    content = {"text": _text(reason)}
    with office.writing() as session:
        row = _locked(session, name)
        if row.staff != office.staff.id:
            raise NotPermitted("not_concerned", N_("Only the person it is about may appeal."))
        state = lifecycle(LIFE).after(row.status, "appeal", office.lang)
        _require_in_time(session, row, office.now())
        row.status = state
        return _step(office, session, row, "appeal", content)


def lift(office: Office, name: str, reason: str) -> str:
    """Let somebody back on the telephone whom a decision took off it.

    Raises:
        NotFound: there is none.
        NotPermitted: they only collect, or are the person concerned.
        UsageProblem: no reason.
        Busy: it is not decided, or nothing stands.
    """
    content = {"text": _text(reason)}
    with office.writing() as session:
        row = _locked(session, name)
        state = lifecycle(LIFE).after(row.status, "lift", office.lang)
        require_decider(office, session, {row.staff})
        if not suspending.lift(office, session, row.id or 0):
            raise NotFound("not_suspended", N_("This violation suspends nobody."))
        row.status = state
        return _step(office, session, row, "lift", content)


def _require_in_time(session: Session, row: Violation, at: int) -> None:
    days = house.in_force(session, at).conduct.appeal_days
    if row.decided_at is not None and at > row.decided_at + days * suspending.DAY:
        raise NotPermitted("appeal_late", N_("An appeal was due within {days} days of the decision."), days=days)


class _Concerned(NamedTuple):
    """Whom and what a violation is about, by their keys."""

    staff: int
    call: int | None
    case: int | None
    warning: int | None
    complaint: int | None


def _concerned(session: Session, report: Report) -> _Concerned:
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
    return _Concerned(whose, call, case, warning.id if warning else None, complaint)


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


def _require_kind(session: Session, kind: str, at: int) -> None:
    for codes in adoption.in_force(session, "codes", at):
        codes.value.get("violation", kind)


def _locked(session: Session, name: str) -> Violation:
    row = find(session, name)
    assert row.id is not None
    lock_row(session.connection(), KIND, row.id)
    session.refresh(row)
    return row


def _step(office: Office, session: Session, row: Violation, act: str, content: Mapping[str, object]) -> str:
    session.flush()
    assert row.id is not None
    steps.record(session, KIND, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)
    return row.status


def _text(text: str) -> str:
    if not says(text):
        raise UsageProblem("reason_missing", N_("Say why: --reason."), hint="")
    return text.strip()
