"""What an answer changes, written in the transaction that commits it: rows, and one journal entry for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from sqlalchemy import Connection, insert, update
from sqlmodel import SQLModel

from collectdesk.store import journal

if TYPE_CHECKING:
    from collectdesk.desk.call.state import Call

Effect: TypeAlias = Callable[["Pen"], None]


class Pen(Struct, frozen=True):
    """An open write transaction of a call: where, whose, when."""

    connection: Connection
    call: Call
    at: int

    def add(self, kind: type[SQLModel], action: str, /, **values: object) -> int:
        """Insert a row and journal it; its key."""
        result = self.connection.execute(insert(kind), values)
        assert result.inserted_primary_key is not None
        key = int(result.inserted_primary_key[0])
        self.journal(action, f"{_table(kind)}:{key}", after=values)
        return key

    def change(self, kind: type[SQLModel], key: int, action: str, /, **values: object) -> None:
        """Change a row and journal it."""
        self.connection.execute(update(kind).where(kind.id == key).values(**values))  # type: ignore[attr-defined]
        self.journal(action, f"{_table(kind)}:{key}", after=values)

    def journal(self, action: str, subject: str, after: Mapping[str, object] | None = None) -> None:
        """Append an entry in the collector's name."""
        journal.append(
            self.connection,
            at=self.at,
            actor=self.call.collector.number,
            action=action,
            subject=subject,
            after=after,
        )


def _table(kind: type[SQLModel]) -> str:
    return str(kind.__tablename__)
