"""Referring a case (转介): to legal, mediation, a court or an address check, with its basis and date; and back.

While it is referred by a way whose code says so, the case leaves the ordinary queue. Every act is a step, so the
history shows it; a referral that ended stays on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.desk import steps
from collectdesk.desk.casebook import find
from collectdesk.desk.holdbook import require_text
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.referrals.codes import code_of
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.desk.steps_taken import Taken, taken
from collectdesk.errors import N_, BadData, Busy, NotFound
from collectdesk.store.ids import private, public

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.store.tables import Referral


@dataclass(frozen=True)
class ReferralView:
    """A referral and what was done with it."""

    row: Referral
    steps: tuple[Taken, ...]


REFERRING = ("collector", "lead", "admin", "officer")
ENDING = ("lead", "admin", "officer")


def refer(office: Office, code: str, to: str, basis: str, on: date, reference: str = "") -> int:
    """Refer a case; the referral's key.

    Raises:
        NotFound: no such case.
        UsageProblem: nowhere a case may be referred to, or no basis.
        BadData: the date lies ahead, or before the case was placed; or the debt is not open.
        Busy: it is referred there already.
    """
    office.require_role(*REFERRING)
    require_text(basis, "--basis")
    from collectdesk.store.tables import Referral

    with office.writing() as session:
        case, at = find(session, code), office.now()
        assert case.id is not None
        way = code_of(session.connection(), to, at)
        if case.status != "open":
            raise BadData("case_not_open", N_("This case is closed; there is nothing to refer."))
        _refuse_date(on, at, case.placed_at)
        running = [row for row in _of_case(session, case.id) if row.referred_to == to and row.status != "ended"]
        if running:
            raise Busy(
                "referred_already",
                N_("The case is referred there already: {referral}."),
                hint=N_("`collectdesk refer end` takes it back."),
                referral=public("referral", running[0].id or 0),
            )
        row = Referral(
            case_id=case.id,
            referred_to=to,
            basis=basis.strip(),
            referred_on=on.isoformat(),
            leaves_queue=way.leaves_queue,
            reference=reference.strip() or None,
            by_staff=office.staff.id,
            at=at,
        )
        session.add(row)
        session.flush()
        content = {"to": to, "basis": row.basis, "on": row.referred_on, "leaves_queue": row.leaves_queue}
        return _step(office, session, row, "refer", "open", content)


def answer(office: Office, code: str, name: str, text: str, on: date) -> None:
    """Record what came back; a further answer is recorded beside the first.

    Raises:
        NotFound: no such referral of this case.
        UsageProblem: nothing said.
        BadData: the date lies ahead, or before the referral.
        Busy: it has ended.
    """
    office.require_role(*REFERRING)
    require_text(text, "--answer")
    with office.writing() as session:
        row = _one(session, code, name)
        state = lifecycle("referral").after(row.status, "answer", office.lang)
        _refuse_before(on, office.now(), row)
        row.status, row.answer, row.answered_on = state, text.strip(), on.isoformat()
        session.add(row)
        _step(office, session, row, "answer", state, {"answer": row.answer, "on": row.answered_on})


def end(office: Office, code: str, name: str, reason: str, on: date) -> None:
    """End a referral; the case comes back to the ordinary queue, unless another keeps it out.

    Raises:
        NotFound: no such referral of this case.
        NotPermitted: a collector.
        UsageProblem: no reason.
        Busy: it has ended already.
    """
    office.require_role(*ENDING)
    require_text(reason, "--reason")
    with office.writing() as session:
        row = _one(session, code, name)
        state = lifecycle("referral").after(row.status, "end", office.lang)
        _refuse_before(on, office.now(), row)
        row.status, row.ended_on = state, on.isoformat()
        session.add(row)
        _step(office, session, row, "end", state, {"reason": reason.strip(), "on": row.ended_on})


def listing(session: Session, code: str, *, ended: bool = False) -> list[ReferralView]:
    """The referrals of a case, the newest first; with ``ended`` those that are over too.

    Raises:
        NotFound: no such case.
    """
    case = find(session, code)
    assert case.id is not None
    rows = [row for row in _of_case(session, case.id) if ended or row.status != "ended"]
    done = taken(session, "referral", [row.id for row in rows])
    return [ReferralView(row, done.get(row.id or 0, ())) for row in rows]


def today(office: Office) -> date:
    """The house's date."""
    return datetime.fromtimestamp(office.now(), ZoneInfo(HOUSE_ZONE)).date()


def _of_case(session: Session, case: int) -> list[Referral]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Referral

    asked = select(Referral).where(col(Referral.case_id) == case).order_by(col(Referral.id).desc())
    return list(session.execute(asked).scalars())


def _one(session: Session, code: str, name: str) -> Referral:
    from collectdesk.store.engine import lock_row

    key = private("referral", name)
    found = next((view.row for view in listing(session, code, ended=True) if view.row.id == key), None)
    if found is None or key is None:
        raise NotFound(
            "no_such_referral",
            N_("There is no such referral of this case."),
            hint=N_("`collectdesk refer list CASE` names them."),
        )
    lock_row(session.connection(), "referral", key)
    session.refresh(found)
    return found


def _refuse_date(on: date, at: int, placed_at: int | None) -> None:
    zone = ZoneInfo(HOUSE_ZONE)
    placed = datetime.fromtimestamp(placed_at, zone).date() if placed_at is not None else None
    if on > datetime.fromtimestamp(at, zone).date() or (placed is not None and on < placed):
        raise BadData("referral_date", N_("That date cannot be: it lies ahead, or before the case came in."))


def _refuse_before(on: date, at: int, row: Referral) -> None:
    if on > datetime.fromtimestamp(at, ZoneInfo(HOUSE_ZONE)).date() or on < date.fromisoformat(row.referred_on):
        raise BadData("referral_order", N_("That date cannot be: it lies ahead, or before the referral."))


def _step(office: Office, session: Session, row: Referral, act: str, state: str, content: dict[str, object]) -> int:
    assert row.id is not None
    steps.record(session, "referral", row.id, act, state, at=office.now(), by=office, case=row.case_id, content=content)
    return row.id
