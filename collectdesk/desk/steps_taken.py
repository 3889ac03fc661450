"""What was done to one thing, as it is shown: the steps of its life with the staff number of whoever did each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Taken(Struct, frozen=True, kw_only=True):
    """One step: when (UTC seconds), the act, the state it led to, and by whom; none where the desk acted by itself."""

    at: int
    act: str
    state: str
    by: str | None
    by_staff: int | None
    content: Mapping[str, Any]


def taken(session: Session, kind: str, subjects: Collection[int | None]) -> dict[int, tuple[Taken, ...]]:
    """The steps of each of ``subjects`` of the table ``kind``, oldest first."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Staff, Step

    asked = (
        select(Step, Staff.number)
        .join(Staff, col(Staff.id) == col(Step.by_staff), isouter=True)
        .where(col(Step.kind) == kind, col(Step.subject).in_(subjects))
        .order_by(col(Step.id))
    )
    found: defaultdict[int, list[Taken]] = defaultdict(list)
    for step, number in session.execute(asked):
        made = Taken(
            at=step.at, act=step.act, state=step.state, by=number, by_staff=step.by_staff, content=step.content or {}
        )
        found[step.subject].append(made)
    return {subject: tuple(steps) for subject, steps in found.items()}
