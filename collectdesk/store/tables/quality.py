"""Quality (质检): calls drawn for review, how each was scored, item by item, and what was found (articles 9, 14)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index

from collectdesk.store.columns import Row, count, flag, instant, json_list, pk, ref, table, text, word
from collectdesk.store.words import QUALITY_LEVELS, QUALITY_STATES


class QualitySample(Row, table=True):
    """One drawing (抽样): of which month (``2026-11``), by which seed, among how many calls, how many were picked."""

    __table_args__ = table(Index("ix_quality_sample_month", "month"))
    id: int | None = pk()
    month: str = text()
    seed: int = count()
    considered: int = count()
    picked: int = count()
    by_staff: int = ref("staff")
    at: int = instant()


class QualityReview(Row, table=True):
    """The review of one call (质检单), which has the call's own key; ``why`` are the rules that put it in.

    ``card`` and ``digest`` name the scorecard both reviews go by. ``first_by`` and ``second_by`` are who reviewed,
    with their scores out of 100; ``score`` and ``fatal`` are what stands. ``due_at``: by when it is to be reviewed;
    ``reply_until``: how long the collector may reply.
    """

    __table_args__ = table(
        CheckConstraint("id = call", name="ck_quality_review_is_of_its_call"),
        CheckConstraint("first_by <> collector", name="ck_quality_review_first"),
        CheckConstraint("second_by <> collector AND second_by <> first_by", name="ck_quality_review_second"),
        CheckConstraint(
            "(status IN ('claimed', 'rechecking')) = (claimed_by IS NOT NULL AND claimed_until IS NOT NULL)",
            name="ck_quality_review_claimed",
        ),
        CheckConstraint("(status = 'final') = (ended_at IS NOT NULL)", name="ck_quality_review_ended"),
        Index("ix_quality_review_status", "status", "due_at"),
        Index("ix_quality_review_collector", "collector", "month"),
    )
    id: int | None = pk()
    call: int = ref("call", unique=True)
    collector: int = ref("staff")
    month: str = text()
    why: list[str] = json_list()
    status: str = word(*QUALITY_STATES, default="waiting")
    picked_at: int = instant()
    due_at: int = instant()
    card: str | None = text(optional=True)
    digest: str | None = text(optional=True)
    claimed_by: int | None = ref("staff", optional=True)
    claimed_until: int | None = instant(optional=True)
    first_by: int | None = ref("staff", optional=True)
    second_by: int | None = ref("staff", optional=True)
    settled_by: int | None = ref("staff", optional=True)
    first_score: int | None = count(optional=True)
    second_score: int | None = count(optional=True)
    score: int | None = count(optional=True)
    fatal: bool | None = flag(optional=True)
    told_at: int | None = instant(optional=True)
    reply_until: int | None = instant(optional=True)
    ended_at: int | None = instant(optional=True)


class QualityAnswer(Row, table=True):
    """How one item was scored: in the first review (``round`` 1), the second, or as settled (3); the newest counts.

    ``reason`` is a code of the item's; ``note`` says where in the recording.
    """

    __table_args__ = table(Index("ix_quality_answer_review", "review", "round", "item"))
    id: int | None = pk()
    review: int = ref("quality_review")
    round: int = count(at_least=1)
    item: str = text()
    level: str = word(*QUALITY_LEVELS)
    reason: str | None = text(optional=True)
    note: str | None = text(optional=True)
    by_staff: int = ref("staff")
    at: int = instant()


class QualityFinding(Row, table=True):
    """A zero-tolerance item that stands (零容忍项), and the violation it was recorded as."""

    __table_args__ = table(Index("ux_quality_finding_item", "review", "item", unique=True))
    id: int | None = pk()
    review: int = ref("quality_review")
    item: str = text()
    violation: int = ref("violation")
    at: int = instant()
