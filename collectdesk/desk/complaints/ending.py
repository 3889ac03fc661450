"""The end of a complaint (决定、答复与办结): decided, told, closed; or withdrawn, which ends it the day that came in.

Closing lifts the complaint's own hold; the case thaws only when nothing else freezes it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Literal

from collectdesk.desk import holds, steps
from collectdesk.desk.complaints.clock import today
from collectdesk.desk.complaints.receiving import NAME, referenced, refuse_future, says_something
from collectdesk.desk.complaints.subjects import find, require_handler, require_open
from collectdesk.desk.our_words import require_clean
from collectdesk.desk.requests import asking
from collectdesk.errors import N_, BadData, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Complaint

Outcome = Literal["upheld", "dismissed"]


def decide(
    office: Office, complaint: str, outcome: Outcome, *, upheld: Collection[int] = (), cause: str = "", remedy: str = ""
) -> None:
    """Decide a complaint: whether it is right, why it came about, and what is done about it.

    Args:
        office: the desk, as its handler.
        complaint: its id.
        outcome: *upheld* if any grievance is right.
        upheld: the numbers of the grievances that are; all of them where none is named.
        cause: why it came about, unless that was recorded before.
        remedy: what is done, likewise; only for what is upheld.
    Raises:
        NotPermitted: not its handler.
        Busy: it is past that, or waits for an outside officer.
        UsageProblem: a cause or remedy is missing, or there is no such grievance.
    """
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        require_handler(office, session, row)
        settle(office, session, row, outcome, upheld=upheld, cause=cause, remedy=remedy, content={})


def settle(
    office: Office,
    session: Session,
    row: Complaint,
    outcome: Outcome,
    *,
    upheld: Collection[int] = (),
    cause: str = "",
    remedy: str = "",
    content: dict[str, object],
) -> None:
    """Write the decision down; by whose it is, is the caller's to see to."""
    state = require_open(office, row, "decide")
    row.cause = says_something(cause, "--cause") if cause else row.cause
    row.remedy = says_something(remedy, "--remedy") if remedy else row.remedy
    if not row.cause:
        raise UsageProblem("cause_missing", N_("Say why it came about."), hint=N_("Give --cause."))
    if outcome == "upheld" and not row.remedy:
        raise UsageProblem("remedy_missing", N_("Say what is done about what is upheld."), hint=N_("Give --remedy."))
    row.upheld = _upheld(session, row, outcome, upheld)
    row.status, row.outcome, row.asked_term, row.asked_by = state, outcome, None, None
    said = {"outcome": outcome, "upheld": row.upheld, "cause": row.cause, "remedy": row.remedy}
    _write(office, session, row, "decide", {**said, **content})


def reply(office: Office, complaint: str, text: str, *, on: date | None, channel: str, reference: str = "") -> None:
    """Record what whoever complained was told, when and by which way.

    Raises:
        NotPermitted: not its handler.
        Busy: nothing is decided yet, or it was answered already.
        BadData: the answer says nothing, holds wording that is not allowed, or its day cannot be.
    """
    at = office.now()
    with office.reading() as session:
        row = find(session, complaint)
        require_handler(office, session, row)
        require_open(office, row, "reply")
        case = row.case_id
    require_clean(office, text, "complaint.reply", case)
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        require_handler(office, session, row)
        state = require_open(office, row, "reply")
        day = _day(row, on, at)
        row.reply, row.replied_on, row.status = says_something(text, "--text"), day.isoformat(), state
        late = row.replied_on > row.last_on
        content = {"reply": row.reply, "on": row.replied_on, "channel": channel, "reference": reference, "late": late}
        _write(office, session, row, "reply", content)


def close(office: Office, complaint: str) -> tuple[str, ...]:
    """Close a complaint that was answered; the kinds of hold that keep its case frozen still.

    Raises:
        NotPermitted: not its handler.
        Busy: it was not answered yet.
    """
    at = office.now()
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        require_handler(office, session, row)
        state = require_open(office, row, "close")
        row.status, row.closed_at, row.ended_on = state, at, today(at).isoformat()
        _write(office, session, row, "close", {"outcome": row.outcome})
        return _release(office, session, row, at)


def withdraw(office: Office, complaint: str, *, on: date | None, reference: str) -> tuple[str, ...]:
    """Record that whoever complained took it back, which ends it the day that came in; see ``close``.

    Raises:
        NotPermitted: not its handler.
        Busy: it is closed already.
        BadData: its day cannot be, or nothing shows it.
    """
    at = office.now()
    with office.writing() as session:
        row = find(session, complaint, lock=True)
        require_handler(office, session, row, entering=True)
        state = require_open(office, row, "withdraw")
        day = _day(row, on, at)
        shown = referenced(reference)
        row.status, row.outcome, row.closed_at, row.ended_on = state, "withdrawn", at, day.isoformat()
        row.asked_term, row.asked_by = None, None
        _write(office, session, row, "withdraw", {"on": row.ended_on, "reference": shown})
        return _release(office, session, row, at)


def _release(office: Office, session: Session, row: Complaint, at: int) -> tuple[str, ...]:
    """Lift its hold; what else freezes the case."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseFile, Hold

    session.flush()
    assert row.id is not None
    connection = session.connection()
    asking.void(connection, NAME, row.id, at=at, by=office)
    if row.hold is not None:
        holds.lift(connection, row.hold, at=at, by=office.staff)
    session.expire_all()
    debtor = session.get_one(CaseFile, row.case_id).debtor
    left = holds.freezes(connection, debtor, row.case_id)
    kinds = session.execute(select(col(Hold.kind)).where(col(Hold.id).in_(left)).order_by(col(Hold.id))).scalars()
    return tuple(dict.fromkeys(kinds))


def _upheld(session: Session, row: Complaint, outcome: Outcome, numbers: Collection[int]) -> list[int]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Grievance

    asked = select(col(Grievance.number)).where(col(Grievance.complaint) == row.id)
    known = {1, *session.execute(asked).scalars()}
    if outcome == "dismissed":
        if numbers:
            raise UsageProblem("dismissed_and_upheld", N_("What is dismissed has no grievance that is upheld."))
        return []
    strange = sorted(set(numbers) - known)
    if strange:
        raise UsageProblem("no_such_grievance", N_("There is no grievance {number}."), number=strange[0])
    return sorted(set(numbers) or known)


def _day(row: Complaint, on: date | None, at: int) -> date:
    """The day something came in or went out.

    Raises:
        BadData: it is before the complaint, or has not come.
    """
    day = on or today(at)
    refuse_future(day, at)
    if day.isoformat() < row.received_on:
        raise BadData(
            "before_complaint", N_("That day is before the complaint came in, on {day}."), day=row.received_on
        )
    return day


def _write(office: Office, session: Session, row: Complaint, act: str, content: dict[str, object]) -> None:
    session.flush()
    assert row.id is not None
    steps.record(session, NAME, row.id, act, row.status, at=office.now(), by=office, case=row.case_id, content=content)
