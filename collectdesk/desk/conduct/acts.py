"""What is done about a violation (违规处理): recorded, decided by somebody not concerned, appealed, decided again.

The table ``conduct`` says when; each act is one transaction with a step and its journal entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from collectdesk.desk import adoption, house, steps
from collectdesk.desk.conduct import relearning, suspending
from collectdesk.desk.conduct.report import Report, concerned
from collectdesk.desk.four_eyes import DECIDING, require_decider
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.reason import says
from collectdesk.desk.training.courses import SECTIONS
from collectdesk.errors import N_, BadData, NotFound, NotPermitted, UsageProblem
from collectdesk.store import ids
from collectdesk.store.engine import lock_row
from collectdesk.store.words import CONDUCT_OUTCOMES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Violation

KIND = "violation"
"""The table, as the steps name it."""
LIFE = "conduct"


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
    found = concerned(session, report)
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
