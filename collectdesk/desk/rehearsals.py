"""Rehearsals on the real desk: the scored result and nothing else (政策第十三条: training)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from collectdesk.store import journal
from collectdesk.store.tables import Attestation

if TYPE_CHECKING:
    from collectdesk.desk.call.scoring import Score
    from collectdesk.desk.office import Office

KIND = "rehearsal"


def keep(office: Office, persona: str, score: Score) -> None:
    """Record who rehearsed what, and how well."""
    scope = {"with": persona, "points": score.points, "met": dict(score.met)}
    with office.writer.begin() as connection:
        at = office.now()
        values = {"kind": KIND, "by_staff": office.staff.id, "at": at, "scope": scope}
        made = connection.execute(insert(Attestation), values).inserted_primary_key
        assert made is not None
        journal.append(
            connection, at=at, actor=office.staff.number, action="rehearsal.scored", subject=f"attestation:{made[0]}",
            after=scope,
        )  # fmt: skip
