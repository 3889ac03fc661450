"""Dials of numbers nobody here knew, matched again once somebody has the number (补核对, policy article 8.1).

Whatever way a number comes on file, the dials that went to it without a permit count from then on, as if the records
had come in today. The desk does this by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from collectdesk.desk import steps
from collectdesk.desk.dials import known
from collectdesk.desk.dials.comparing import CHUNK, digest_of
from collectdesk.desk.dials.writing import NAME, Dial, contact, hold, own_org
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.payments.closure import batched
from collectdesk.desk.recordings.naming import canonical
from collectdesk.store import ids, journal
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.dials.known import Held

T = METADATA.tables


def newest(connection: Connection) -> int:
    """The key of the number that came on file last; 0 while there is none."""
    return int(connection.execute(select(func.max(T["number"].c.id))).scalar() or 0)


def learned(connection: Connection, after: int, now: int) -> list[str]:
    """Match the dials of unknown numbers with those that came on file since; the public ids of what was found.

    Args:
        connection: an open write transaction in which the numbers are on file, and their owners on a case.
        after: keys of ``number`` above this one are the new ones.
        now: UTC seconds.
    """
    found = _dials(connection, after)
    if not found:
        return []
    hold(connection, {held.debtor for _row, held in found})
    own = own_org(connection)
    return [_count(connection, row, held, own, now) for row, held in found]


def _dials(connection: Connection, after: int) -> list[tuple[Any, Held]]:
    """The records of unknown numbers that are one of the new ones, each with whose it is."""
    records, numbers = T["dial_record"], T["number"]
    unknown = select(records).where(records.c.number_digest.is_not(None))
    if connection.execute(unknown.limit(1)).first() is None:
        return []
    new = set(connection.execute(select(numbers.c.number).where(numbers.c.id > after)).scalars())
    digits = {digest_of(connection, each): each for each in map(canonical, new)}
    rows = [
        row
        for some in batched(sorted(digits), CHUNK)
        for row in connection.execute(unknown.where(records.c.number_digest.in_(some)).order_by(records.c.id))
    ]
    wanted = {digits[row.number_digest] for row in rows}
    held = known.numbers(connection, {each for each in new if canonical(each) in wanted})
    return [(row, held[digits[row.number_digest]]) for row in rows if digits[row.number_digest] in held]


def _count(connection: Connection, row: Any, held: Held, own: int, now: int) -> str:  # noqa: ANN401
    """Let one dial count for its debtor, and tell it; the finding's public id.

    A dial of another number than the permit's was told before: that is told anew, unless two people have closed it;
    then it counts as what they showed the line to have been.
    """
    findings, records = T[NAME], T["dial_record"]
    before = connection.execute(select(findings).where(findings.c.record == row.id)).first()
    closed = before is not None and before.status == "closed"
    at = min(row.at - row.offset_s, now)
    dial = Dial(row.source, row.mark, row.direction, row.line, row.duration_s, row.staff, row.import_batch)
    shown = before.line if before is not None and closed else None
    contacted = contact(dial, held, own=own, at=at, now=now, line=shown)
    event = _add(connection, "contact_event", contacted)
    connection.execute(
        update(records).where(records.c.id == row.id).values(number=held.number, number_digest=None, event=event)
    )
    journal.append(
        connection, at=now, actor=steps.DESK, action="dial.learn", subject=f"contact_event:{event}", after=contacted
    )
    told = {"record_line": row.line, "record_s": row.duration_s, "extension": row.extension}
    kept = {"event": event, "debtor": held.debtor, "about": held.case}
    if before is None:
        found = {"kind": "no_permit", "status": "open", "record": row.id, "staff": row.staff, "details": told,
                 "happened_at": at, "found_at": now}  # fmt: skip
        key, act, kind = _add(connection, NAME, {**found, **kept}), "find", "no_permit"
    else:
        state = "closed" if closed else lifecycle(NAME).after(before.status, "learn")
        changed = {"status": state, "details": {**before.details, "known": True}, **kept}
        connection.execute(update(findings).where(findings.c.id == before.id).values(changed))
        key, act, kind = int(before.id), "learn", str(before.kind)
    if not closed:
        content = {"difference": kind, **told}
        steps.record(connection, NAME, key, act, "open", at=now, by=None, case=held.case, content=content)
    return ids.public(NAME, key)


def _add(connection: Connection, table: str, row: Mapping[str, Any]) -> int:
    made = connection.execute(insert(T[table]).values(row)).inserted_primary_key
    assert made is not None
    return int(made[0])
