"""What time alone does to reviews: a claim lapses, the days for a reply pass; done by whatever command comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.quality import claiming, life, replying
from collectdesk.store import ids

if TYPE_CHECKING:
    from collectdesk.desk.office import Office


def sweep(office: Office) -> int:
    """Do it; how many reviews were moved on. Writes nothing where none is."""
    from sqlmodel import col, or_, select

    from collectdesk.store.tables import QualityReview

    at = office.now()
    waits = or_(
        col(QualityReview.claimed_until) <= at,
        (col(QualityReview.reply_until) <= at) & col(QualityReview.status).in_(("told", "confirmed")),
    )
    with office.reading() as session:
        keys = list(session.execute(select(col(QualityReview.id)).where(waits)).scalars())
    return sum(_one(office, key, at) for key in keys if key is not None)


def _one(office: Office, key: int, at: int) -> bool:
    with office.writing() as session:
        row = life.held(session, ids.public("call", key))
        return claiming.lapse(office, session, row, at) or replying.expire(office, session, row, at)
