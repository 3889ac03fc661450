"""The exchange's clock (话机时钟): how far it is ahead of the desk's, learned from dials that match, and shown.

Where a file teaches nothing, what an earlier one taught holds; else what recordings of the same house taught, where
their keepers agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import insert, select, update

from collectdesk.desk.dials.matching import Dialled, offset_of
from collectdesk.desk.recordings.matching import CLUSTER, SPAN
from collectdesk.errors import N_, UsageProblem
from collectdesk.store import journal
from collectdesk.store.schema import METADATA

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.dials.known import Permitted
    from collectdesk.desk.office import Office

__all__ = ["SPAN", "Ahead", "ahead", "learned", "named", "source_of"]
T = METADATA.tables
LONGEST_NAME, MOST_DIGITS = 40, 8
Whence = Literal["file", "earlier", "recordings", "none"]


class Ahead(NamedTuple):
    """By how many seconds the exchange's clock is ahead, how many dials agree on it, and what taught it."""

    seconds: int
    dials: int
    whence: Whence


def named(name: str) -> str:
    """What an exchange is called: it stands in lists, so it holds no number of anybody.

    Raises:
        UsageProblem: it is no such name.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or sum(char.isdigit() for char in name) > MOST_DIGITS:
        raise UsageProblem(
            "source_unnamed", N_("An exchange needs a short name without anybody's number."), hint=N_("Give --source.")
        )
    return name


def source_of(connection: Connection, name: str) -> Any | None:  # noqa: ANN401 - a row of the engine's
    """The exchange of this name, as it is on file."""
    rows = T["phone_source"]
    return connection.execute(select(rows).where(rows.c.name == name)).first()


def ahead(connection: Connection, source: Any | None, dials: Sequence[Dialled], permits: Sequence[Permitted]) -> Ahead:  # noqa: ANN401
    """The clock of an exchange as far as it is known."""
    found = offset_of(dials, [each.shown for each in permits])
    if found is not None:
        return Ahead(found.seconds, found.files, "file")
    if source is not None and source.offset_s is not None:
        return Ahead(source.offset_s, source.learned, "earlier")
    keepers = T["recording_keeper"]
    asked = select(keepers.c.offset_s, keepers.c.learned).where(keepers.c.offset_s.is_not(None))
    taught = sorted((int(seconds), int(count)) for seconds, count in connection.execute(asked))
    if taught and taught[-1][0] - taught[0][0] <= CLUSTER:
        return Ahead(taught[0][0], sum(count for _seconds, count in taught), "recordings")
    return Ahead(0, 0, "none")


def learned(connection: Connection, office: Office, name: str, found: Ahead, now: int) -> int:
    """The key of the exchange, made known where it is not; what a file taught is kept."""
    rows, source = T["phone_source"], source_of(connection, name)
    taught: dict[str, object] = {"offset_s": found.seconds, "learned": found.dials} if found.whence == "file" else {}
    if source is None:
        row = {"name": name, "added_at": now, "added_by": office.staff.id, "learned": 0, **taught}
        made = connection.execute(insert(rows).values(row)).inserted_primary_key
        assert made is not None
        key, action = int(made[0]), "calls.source"
    elif taught and (source.offset_s, source.learned) != (found.seconds, found.dials):
        connection.execute(update(rows).where(rows.c.id == source.id).values(**taught))
        key, action = int(source.id), "calls.offset"
    else:
        return int(source.id)
    journal.append(
        connection, at=now, actor=office.staff.number, action=action, subject=f"phone_source:{key}",
        after={"name": name, **taught},
    )  # fmt: skip
    return key
