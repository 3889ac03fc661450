"""Claiming a review (认领): one reviewer at a time, for so long as the house gives; given back, or lapsed, it is free.

Two who claim at once: the row is held, so one has it and the other is told who.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.quality import life, reviewers, scorecards
from collectdesk.desk.reason import reason_of
from collectdesk.errors import N_, Busy, InternalProblem, NotFound, NotPermitted
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.scorecards import Scorecard
    from collectdesk.store.tables import QualityReview

HOUR = 3_600


def claim(office: Office, name: str = "") -> str:
    """Take a review upon oneself, the first or the second one; without a name the one due next. The call's id.

    Raises:
        NotPermitted: they only collect, or the call is of their line; says who may.
        NotFound: there is no such review, or none that waits for them.
        Busy: somebody else has it (says who, until when), or it is not waiting.
    """
    office.require_role(*DECIDING)
    with office.writing() as session:
        row = life.held(session, name) if name else _next(office, session)
        at = office.now()
        lapse(office, session, row, at)
        if row.claimed_by == office.staff.id:
            return _public(row)
        _refuse_taken(session, row)
        life.LIFE.after(row.status, "claim", office.lang)
        reviewers.require(office, reviewers.floor(session).next(row))
        if row.digest is None:
            _card(session, row, at)
        until = at + house.in_force(session, at).quality.claim_hours * HOUR
        row.claimed_by, row.claimed_until = office.staff.id, until
        life.move(office, session, row, "claim", {"card": row.card, "digest": row.digest, "until": until})
        return _public(row)


def release(office: Office, name: str, reason: str) -> str:
    """Give a claimed review back; what was scored stays the reviewer's own. The state it is in.

    Raises:
        NotFound: there is no such review.
        NotPermitted: somebody else has it.
        UsageProblem: no reason.
        Busy: nobody has it.
    """
    why = reason_of(reason)
    with office.writing() as session:
        row = life.held(session, name)
        lapse(office, session, row, office.now())
        life.LIFE.after(row.status, "release", office.lang)
        require_own(session, row, office)
        return life.move(office, session, row, "release", {"reason": why})


def own(office: Office, session: Session, name: str, act: str) -> QualityReview:
    """The review whoever is signed in has claimed, held, to do ``act`` with.

    Raises:
        NotFound: there is no such review.
        NotPermitted: somebody else has it.
        Busy: nobody has; or the claim has lapsed.
    """
    row = life.held(session, name)
    life.LIFE.after(row.status, act, office.lang)
    require_own(session, row, office)
    if row.claimed_until is not None and office.now() >= row.claimed_until:
        raise Busy(
            "claim_lapsed",
            N_("Your claim on this review has lapsed; what you scored is kept."),
            hint=N_("`collectdesk quality claim {call}` takes it again, if nobody has."),
            call=_public(row),
        )
    return row


def lapse(office: Office, session: Session, row: QualityReview, at: int) -> bool:
    """End a claim whose time is over; whether it was ended."""
    if row.claimed_until is None or at < row.claimed_until:
        return False
    life.move(office, session, row, "lapse", {"claimed_by": row.claimed_by}, at=row.claimed_until, by_desk=True)
    return True


def require_own(session: Session, row: QualityReview, office: Office) -> None:
    """Go on only if whoever is signed in has claimed it.

    Raises:
        NotPermitted: somebody else has.
    """
    if row.claimed_by != office.staff.id:
        raise NotPermitted(
            "claimed_by_another",
            N_("{number} is reviewing this call."),
            hint=N_("`collectdesk quality list` shows what is free."),
            number=_number(session, row.claimed_by),
        )


def round_of(row: QualityReview) -> int:
    """Which review is going on, or comes next."""
    return life.FIRST if row.first_by is None else life.SECOND


def card_of(session: Session, row: QualityReview) -> Scorecard:
    """The scorecard a review goes by: as it was adopted when it was first claimed, else the one in force at its end.

    Raises:
        InternalProblem: this desk has adopted none.
    """
    import msgspec
    from sqlmodel import col, select

    from collectdesk.desk.quality.scorecards import Scorecard
    from collectdesk.store.tables import Adoption

    asked = select(col(Adoption.compiled)).where(col(Adoption.kind) == "scorecard", col(Adoption.digest) == row.digest)
    compiled = session.execute(asked).scalars().first()
    if compiled is None:
        raise InternalProblem("not_adopted", N_("This desk has adopted no text of the kind {kind}."), kind="scorecard")
    return msgspec.json.decode(compiled, type=Scorecard)


def _card(session: Session, row: QualityReview, at: int) -> None:
    found = scorecards.in_force(session, at)
    row.card, row.digest = found.name, found.digest


def _refuse_taken(session: Session, row: QualityReview) -> None:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from collectdesk.desk.standing import HOUSE_ZONE

    if row.claimed_by is None or row.claimed_until is None:
        return
    until = datetime.fromtimestamp(row.claimed_until, UTC).astimezone(ZoneInfo(HOUSE_ZONE))
    raise Busy(
        "claimed_by_another",
        N_("{number} is reviewing this call, until {time} at the latest."),
        hint=N_("`collectdesk quality list` shows what is free."),
        number=_number(session, row.claimed_by),
        time=until.strftime("%Y-%m-%d %H:%M"),
    )


def _next(office: Office, session: Session) -> QualityReview:
    from sqlmodel import col, select

    from collectdesk.store.tables import QualityReview

    free = (col(QualityReview.status).in_(("waiting", "recheck")), col(QualityReview.collector) != office.staff.id)
    asked = select(QualityReview).where(*free).order_by(col(QualityReview.due_at), col(QualityReview.id))
    floor = reviewers.floor(session)
    for row in session.execute(asked).scalars():
        if office.staff.id in {each.id for each in floor.next(row)}:
            return life.held(session, _public(row))
    raise NotFound("nothing_to_review", N_("No call waits for your review."))


def _number(session: Session, staff: int | None) -> str:
    from collectdesk.store.tables import Staff

    row = session.get(Staff, staff) if staff is not None else None
    return row.number if row else "-"


def _public(row: QualityReview) -> str:
    return ids.public("call", row.call)
