"""How many tries at an exam somebody has left, and from when (补考次数): limited, apart, until a lead opens more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.house_settings import Training
    from collectdesk.store.tables import ExamAttempt

HOUR = 3_600
USED = ("failed", "lapsed")
"""States of an attempt that cost a try; one whose course changed meanwhile costs none."""


class Tries(Struct, frozen=True):
    """``left`` of ``of`` tries; not before ``next_at`` (UTC seconds), 0 where nothing need be waited for."""

    left: int
    of: int
    next_at: int


def tries(session: Session, staff: int, course: str, terms: Training, at: int, section: str | None = None) -> Tries:
    """What ``staff`` (key) has left at ``course`` at ``at``: counted since they last passed, or were given more.

    The exam of one ``section`` has tries of its own.
    """
    from sqlmodel import col, select

    from collectdesk.store.tables import ExamAttempt, ExamRound

    whose = col(ExamAttempt.staff) == staff, col(ExamAttempt.course) == course
    mine = select(ExamAttempt).where(*whose, col(ExamAttempt.section) == section)
    attempts: list[ExamAttempt] = list(session.execute(mine.order_by(col(ExamAttempt.id))).scalars())
    rounds = select(col(ExamRound.at)).where(col(ExamRound.staff) == staff, col(ExamRound.course) == course)
    opened = max(session.execute(rounds).scalars(), default=-1)
    passed = max((each.ended_at or 0 for each in attempts if each.status == "passed"), default=-1)
    since = max(opened, passed)
    ended = [end for each in attempts if (end := _cost_at(each, at)) is not None and end > since]
    left = max(0, terms.tries - len(ended))
    return Tries(left, terms.tries, max(ended) + terms.wait_hours * HOUR if ended else 0)


def _cost_at(row: ExamAttempt, at: int) -> int | None:
    """When an attempt cost a try; none where it did not, one left lying did when its time was over."""
    if row.status in USED:
        return row.ended_at
    return row.until if row.status == "open" and row.until <= at else None
