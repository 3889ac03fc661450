"""Schema 4: what is asked of adoptions is read without their long texts, and calls without a permit are soon found."""

from __future__ import annotations

from sqlalchemy import Connection

from collectdesk.store.migrations import changes


def apply(connection: Connection) -> None:
    """Bring a desk of schema 3 forward: the texts stand last, and the index holds all that is asked beside them."""
    changes.made_anew(connection, "adoption")
    changes.new_index(connection, "permit", "ix_permit_event")
