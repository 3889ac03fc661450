"""What the collector says to a review (本人回应), within the house's days; accepted, answered or expired it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.quality import answers, claiming, findings, life, reviewers
from collectdesk.desk.reason import reason_of
from collectdesk.errors import N_, NotPermitted

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office
    from collectdesk.desk.quality.answers import Given
    from collectdesk.store.tables import QualityReview


def accept(office: Office, name: str) -> str:
    """The collector accepts the review; it is final.

    Raises:
        NotFound: there is no such review.
        NotPermitted: it is not of a call of theirs.
        Busy: it is not told, or over.
    """
    with office.writing() as session:
        row = _mine(office, session, name)
        life.LIFE.after(row.status, "accept", office.lang)
        return _end(office, session, row, "accept", {})


def reply(office: Office, name: str, content: str) -> str:
    """The collector says why they disagree; whoever decides answers, or has it reviewed again.

    Raises:
        NotFound: there is no such review.
        NotPermitted: it is not of a call of theirs.
        UsageProblem: nothing is said.
        Busy: it is not told, or over: the days for it have passed.
    """
    said = reason_of(content, "--text")
    with office.writing() as session:
        row = _mine(office, session, name)
        expire(office, session, row, office.now())
        return life.move(office, session, row, "reply", {"reply": said})


def close(office: Office, name: str, answer: str) -> str:
    """Answer what the collector said and end the review as it stands; never of one's own line.

    Raises:
        NotFound: there is no such review.
        NotPermitted: they only collect, or the call is of their line.
        UsageProblem: no answer.
        Busy: nothing was said to it, or it is over.
    """
    said = reason_of(answer, "--answer")
    with office.writing() as session:
        row = life.held(session, name)
        life.LIFE.after(row.status, "close", office.lang)
        reviewers.require(office, reviewers.floor(session).next(row))
        return _end(office, session, row, "close", {"answer": said})


def expire(office: Office, session: Session, row: QualityReview, at: int) -> bool:
    """End a review nobody replied to in time; whether it was ended."""
    if row.status not in ("told", "confirmed") or row.reply_until is None or at < row.reply_until:
        return False
    _end(office, session, row, "expire", {}, by_desk=True)
    return True


def standing(session: Session, row: QualityReview) -> dict[str, Given]:
    """How each item stands: as settled, else as reviewed last."""
    assert row.id is not None
    if row.settled_by is not None:
        return answers.answers(session, row.id, life.SETTLED, row.settled_by)
    if row.second_by is not None:
        return answers.answers(session, row.id, life.SECOND, row.second_by)
    return answers.answers(session, row.id, life.FIRST, row.first_by) if row.first_by is not None else {}


def _mine(office: Office, session: Session, name: str) -> QualityReview:
    row = life.held(session, name)
    if row.collector != office.staff.id:
        raise NotPermitted("not_concerned", N_("Only whoever made the call replies to its review."))
    return row


def _end(
    office: Office, session: Session, row: QualityReview, act: str, content: dict[str, object], *, by_desk: bool = False
) -> str:
    findings.teach(office, session, row, claiming.card_of(session, row), standing(session, row))
    at = row.reply_until if by_desk else None
    return life.move(office, session, row, act, {"score": row.score, **content}, at=at, by_desk=by_desk)
