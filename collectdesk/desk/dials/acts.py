"""What is done about a difference (差异处理): explained with evidence by one who decides, closed by another.

What an explanation says of the line takes effect when it is closed: nothing is un-counted by one person's word. The
contact stays as it was written; a corrected one takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import permit_ends, steps
from collectdesk.desk.dials.listing import find
from collectdesk.desk.four_eyes import require_decider
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.permit_ends import Outcome
from collectdesk.desk.reason import says
from collectdesk.errors import N_, UsageProblem
from collectdesk.gate.counting import NOBODY
from collectdesk.store.engine import lock_row
from collectdesk.store.words import LINES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import DialFinding

NAME = "dial_finding"


def explain(office: Office, name: str, evidence: str, line: str = "") -> None:
    """Say what is behind a finding, and what shows it.

    Args:
        office: who decides and whose dial it was not.
        name: public id.
        evidence: what shows it.
        line: how the line really ended, where the desk's history is to be corrected.
    Raises:
        NotFound: there is no such finding.
        NotPermitted: not theirs to explain.
        UsageProblem: no evidence, or no such word for a line.
        Busy: it is closed.
    """
    if not evidence.strip():
        raise UsageProblem("finding_evidence", N_("Say what shows it."), hint=N_("Give --evidence."))
    if line and (line not in LINES or line == "unknown"):
        raise UsageProblem("outcome_line", N_("Say how the line ended."))
    with office.writing() as session:
        row = find(session, name, lock=True)
        require_decider(office, session, _about(row))
        row.status = lifecycle(NAME).after(row.status, "explain", office.lang)
        row.evidence, row.line = evidence.strip(), line or None
        row.explained_by, row.explained_at = office.staff.id, office.now()
        _record(office, session, row, "explain", {"evidence": row.evidence, "line": row.line})


def close(office: Office, name: str, reason: str = "") -> None:
    """Confirm an explanation; what it says of the line corrects the history from now on.

    Raises:
        NotFound: there is no such finding.
        NotPermitted: whoever explained it, or whose dial it was.
        Busy: nobody has explained it, or it is closed.
    """
    with office.writing() as session:
        row = find(session, name, lock=True)
        require_decider(office, session, {*_about(row), row.explained_by or 0})
        row.status = lifecycle(NAME).after(row.status, "close", office.lang)
        row.closed_by, row.closed_at = office.staff.id, office.now()
        if row.line is not None and row.event is not None:
            row.event = _corrected(office, session, row, row.line)
        _record(office, session, row, "close", {"reason": reason.strip() or None, "line": row.line})


def return_(office: Office, name: str, reason: str) -> None:
    """Give an explanation back that does not explain it.

    Raises:
        NotFound: there is no such finding.
        NotPermitted: whoever explained it, or whose dial it was.
        UsageProblem: no reason.
        Busy: nobody has explained it, or it is closed.
    """
    if not says(reason):
        raise UsageProblem("reason", N_("Say why, in words."), hint=N_("Give --reason."))
    with office.writing() as session:
        row = find(session, name, lock=True)
        require_decider(office, session, {*_about(row), row.explained_by or 0})
        row.status = lifecycle(NAME).after(row.status, "return", office.lang)
        _record(office, session, row, "return", {"reason": reason.strip()})


def _corrected(office: Office, session: Session, row: DialFinding, line: str) -> int:
    """A contact in the place of the one found, as the explanation says; the key of the new one."""
    from sqlmodel import col, select

    from collectdesk.store.tables import ContactEvent

    event = session.get_one(ContactEvent, row.event)
    while event.superseded_at is not None:  # somebody corrected it meanwhile
        event = session.execute(select(ContactEvent).where(col(ContactEvent.corrects) == event.id)).scalars().one()
    lock_row(session.connection(), "person", event.debtor)
    assert event.id is not None
    nobody = line in NOBODY
    outcome = Outcome(
        line=line,
        talk=event.talk if event.talk != "none" else None,
        identity=None if nobody else event.identity,
        answered_by=None if nobody else event.answered_by,
        ended_by=event.ended_by,
        duration_s=None if nobody else event.duration_s,
        message=event.message,
        discussed=() if nobody else tuple(event.discussed),
        reason=row.evidence,
    )
    session.flush()
    made = permit_ends.replace(session.connection(), office, event.id, outcome, row.evidence or "", office.now())
    session.expire_all()
    return made


def _about(row: DialFinding) -> set[int]:
    return {row.staff} if row.staff is not None else set()


def _record(office: Office, session: Session, row: DialFinding, act: str, content: dict[str, object]) -> None:
    session.add(row)
    session.flush()
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=row.about, content=content)
