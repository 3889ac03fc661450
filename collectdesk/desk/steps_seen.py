"""Whose steps are whose to see: how a complaint, a violation or a request is handled is not for whom it is about.

Collectors see that a complaint exists and whether it is in hand, no more (policy article 10.2); whoever decides sees
the handling of everything but what concerns themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from collectdesk.desk.four_eyes import DECIDING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Member

COMPLAINT, VIOLATION, REQUEST, OFFICER = "complaint", "violation", "request", "outside_officer"
HANDLING = (COMPLAINT, VIOLATION, REQUEST, OFFICER)
"""Tables whose steps only those who decide see."""
QUALITY = "quality_review"
LIVES = {VIOLATION: "conduct", "exam_attempt": "exam", QUALITY: "quality"}
"""Tables whose life is not called after them."""
TOLD = ("told", "confirmed", "replied", "answered", "final")
"""States of a review in which the collector knows of it."""
OF_STAFF = ("admission", "exam_attempt", "suspension")
"""Lives of members of staff: no case has them in its history, and no command a letter for them."""


class Eyes:
    """What one member of staff sees; nobody in particular sees no handling."""

    def __init__(self, session: Session, staff: Member | None) -> None:
        self.decides = staff is not None and staff.role in DECIDING
        self._closed: set[tuple[str, int]] = set()
        self._reviews = _reviews(session, staff, decides=self.decides) if staff is not None else set[int]()
        if staff is not None and self.decides:
            self._closed = _about(session, staff.id)

    def see(self, kind: str, subject: int) -> bool:
        """Whether the steps of this row are theirs to see."""
        if kind == QUALITY:
            return (subject in self._reviews) != self.decides
        return kind not in HANDLING or (self.decides and (kind, subject) not in self._closed)

    def seen(self, kind: str, subjects: Iterable[int]) -> list[int]:
        """Those of ``subjects`` whose steps they may see."""
        return [each for each in subjects if self.see(kind, each)]


def _reviews(session: Session, staff: Member, *, decides: bool) -> set[int]:
    """Reviews under way, for who decides: whoever reviews again judges for themselves. For others their own, told."""
    from sqlmodel import col, select

    from collectdesk.store.tables import QualityReview

    told = col(QualityReview.status).in_(TOLD)
    wanted = (~told,) if decides else (told, col(QualityReview.collector) == staff.id)
    keys = session.execute(select(col(QualityReview.id)).where(*wanted)).scalars()
    return {key for key in keys if key is not None}


def _about(session: Session, staff: int) -> set[tuple[str, int]]:
    """Complaints, violations and requests that concern ``staff`` (key)."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Complaint, Grievance, Request, Violation

    complaints = select(col(Complaint.id)).where(col(Complaint.about) == staff)
    grievances = select(col(Grievance.complaint)).where(col(Grievance.about) == staff)
    violations = select(col(Violation.id)).where(col(Violation.staff) == staff)
    found = {(COMPLAINT, key) for asked in (complaints, grievances) for key in session.execute(asked).scalars()}
    found |= {(VIOLATION, key) for key in session.execute(violations).scalars()}
    requests = session.execute(select(col(Request.id), col(Request.matter), col(Request.subject))).all()
    found |= {(REQUEST, key) for key, matter, subject in requests if (matter.partition(".")[0], subject) in found}
    return {(kind, key) for kind, key in found if key is not None}
