"""The batch of a file that was brought in (导入批次): by its digest, so that the same file has one however often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from collectdesk.store import journal
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office


def batch_of(
    connection: Connection, office: Office, digest: str, counts: Mapping[str, int], action: str, now: int
) -> int:
    """The key of a file's batch, with an entry of the journal; one that was brought in before keeps its own.

    Args:
        connection: an open write transaction.
        office: who brings it in.
        digest: the SHA-256 of its bytes.
        counts: how many rows of what.
        action: what the journal calls it, such as ``payment.file``.
        now: UTC seconds.
    """
    rows = METADATA.tables["import_batch"]
    found = connection.execute(select(rows.c.id).where(rows.c.digest == digest)).scalar()
    if found is None:
        row = {"digest": digest, "at": now, "by_staff": office.staff.id, "counts": dict(counts)}
        made = connection.execute(insert(rows).values(row)).inserted_primary_key
        assert made is not None
        found = made[0]
    after: dict[str, object] = {"digest": digest, "counts": dict(counts)}
    journal.append(
        connection, at=now, actor=office.staff.number, action=action, subject=f"import_batch:{found}", after=after
    )
    return int(found)
