"""Rehearsals on the real desk: the scored result and nothing else (政策第十三条: training)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import insert

from collectdesk.store import journal
from collectdesk.store.tables import Attestation

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.call.scoring import Score
    from collectdesk.desk.office import Office

KIND = "rehearsal"


def keep(office: Office, persona: str, score: Score) -> None:
    """Record who rehearsed what, and how well."""
    scope = {"with": persona, "points": score.points, "met": dict(score.met), "digest": score.digest}
    with office.writer.begin() as connection:
        at = office.now()
        values = {"kind": KIND, "by_staff": office.staff.id, "at": at, "scope": scope}
        made = connection.execute(insert(Attestation), values).inserted_primary_key
        assert made is not None
        journal.append(
            connection, at=at, actor=office.staff.number, action="rehearsal.scored", subject=f"attestation:{made[0]}",
            after=scope,
        )  # fmt: skip


class Kept(Struct, frozen=True, kw_only=True):
    """A rehearsal's result as it was kept: when (UTC seconds), with whom, how many points, the transcript's digest."""

    at: int
    persona: str
    points: int
    digest: str | None


def kept(session: Session, staff: int) -> list[Kept]:
    """The rehearsals of ``staff`` (key), the newest first."""
    from sqlmodel import col, select

    asked = select(Attestation).where(col(Attestation.kind) == KIND, col(Attestation.by_staff) == staff)
    found = []
    for row in session.execute(asked.order_by(col(Attestation.id).desc())).scalars():
        scope = row.scope or {}
        digest = scope.get("digest")
        found.append(
            Kept(
                at=row.at,
                persona=str(scope.get("with", "")),
                points=int(str(scope.get("points", 0))),
                digest=None if digest is None else str(digest),
            )
        )
    return found
