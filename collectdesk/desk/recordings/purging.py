"""Which recordings may be destroyed (录音销毁): those whose time is over and that nothing holds; per recording why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.complaints.clock import today
from collectdesk.desk.recordings import retention
from collectdesk.store import ids

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Call, CaseFile, Recording


class Due(Struct, frozen=True, kw_only=True):
    """One kept recording: ``may`` it be destroyed, until when it is kept and by which rule, and what holds it.

    ``until`` is none while nobody can say. ``why`` is empty where it may go, else the first reason: ``not_yet``,
    ``oral_plan``, ``held``, ``altered``, ``asked``.
    """

    recording: int
    call: str
    case: str
    answered_on: date
    until: date | None
    rule: str
    held: tuple[str, ...]
    digest: str
    may: bool
    why: str


def due(session: Session, at: int, *, case: str = "", only: Collection[int] = ()) -> list[Due]:
    """Every kept recording, with whether it may go at ``at``; those of one case, or only those named, by key."""
    from sqlmodel import col, select

    from collectdesk.store.tables import Call, CaseFile, Recording

    asked = (
        select(Recording, Call, CaseFile)
        .join(Call, col(Call.id) == col(Recording.call))
        .join(CaseFile, col(CaseFile.id) == col(Call.case_id))
        .where(col(Recording.status).in_(("kept", "purge_asked")))
        .order_by(col(Recording.id))
    )
    if case:
        asked = asked.where(col(CaseFile.code) == case.strip())
    if only:
        asked = asked.where(col(Recording.id).in_(only))
    judge = _Judge(session, at)
    return [judge.of(row, call, file) for row, call, file in session.execute(asked).all()]


class _Judge:
    """What is asked once for all recordings."""

    def __init__(self, session: Session, at: int) -> None:
        self.today = today(at)
        self.terms = retention.terms_at(session, at)
        self.licences = retention.licences(session)
        self.oral = retention.oral_plans(session)
        self.held = retention.held(session, at)

    def of(self, row: Recording, call: Call, case: CaseFile) -> Due:
        assert row.id is not None
        assert call.id is not None
        assert case.id is not None
        day = retention.answered_on(call.connected_at or call.started_at)
        kept = retention.floor(day, self.licences.get(case.creditor), self.terms)
        oral = retention.may_be_oral(self.oral.get(case.id, ()), call.id, row.reference)
        kept = retention.with_oral_plan(kept, settled=case.status == "settled", oral=oral)
        holds = self.held.of(case.id)
        why = self._why(row, kept, holds)
        return Due(
            recording=row.id, call=ids.public("call", call.id), case=case.code, answered_on=day, until=kept.until,
            rule=kept.rule, held=holds, digest=row.digest or "", may=not why, why=why,
        )  # fmt: skip

    def _why(self, row: Recording, kept: retention.Floor, holds: tuple[str, ...]) -> str:
        if kept.until is None:
            return "oral_plan"
        if self.today <= kept.until:
            return "not_yet"
        if holds:
            return "held"
        return "altered" if row.fault == "altered" else ""
