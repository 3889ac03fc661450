"""A destruction as it is shown (销毁登记查阅): who asked and approved, its recordings, and what may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from collectdesk.desk.destructions import book
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.store import ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from collectdesk.store.tables import Destruction


class Item(Struct, frozen=True):
    """One recording of it."""

    call: str
    digest: str | None
    outcome: str
    why: str | None


class View(Struct, frozen=True, kw_only=True):
    """A destruction; ``certificate`` once it is done."""

    name: str
    kind: str
    case: str | None
    state: str
    reason: str
    receipt: str | None
    asked_by: str
    asked_at: int
    decided_by: str | None
    decided_at: int | None
    number: str | None
    digest: str | None
    items: tuple[Item, ...]
    acts: tuple[str, ...]
    certificate: Mapping[str, Any] | None


def views(session: Session, rows: Iterable[Destruction]) -> list[View]:
    """Each of them, as it is shown."""
    from sqlmodel import select

    from collectdesk.store.tables import CaseFile, Staff

    numbers = {each.id: each.number for each in session.execute(select(Staff)).scalars()}
    return [
        View(
            name=ids.public(book.NAME, row.id or 0), kind=row.kind,
            case=session.get_one(CaseFile, row.case_id).code if row.case_id else None, state=row.status,
            reason=row.reason, receipt=row.receipt, asked_by=numbers[row.asked_by], asked_at=row.asked_at,
            decided_by=numbers.get(row.decided_by), decided_at=row.decided_at, number=row.number, digest=row.digest,
            items=tuple(_items(session, row)),
            acts=tuple(move.act for move in lifecycle(book.NAME).acts(row.status)), certificate=row.certificate,
        )
        for row in rows
    ]  # fmt: skip


def _items(session: Session, row: Destruction) -> Iterable[Item]:
    from sqlmodel import col, select

    from collectdesk.store.tables import DestructionItem, Recording

    asked = select(DestructionItem, Recording).join(Recording, col(Recording.id) == col(DestructionItem.recording))
    asked = asked.where(DestructionItem.destruction == row.id).order_by(col(DestructionItem.id))
    for item, recording in session.execute(asked).all():
        yield Item(ids.public("call", recording.call), recording.digest, item.outcome, item.why)
