"""What of the journal is about a case: the rows that are the case's own, as the journal names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session

    from collectdesk.desk.steps_seen import Eyes
    from collectdesk.store.tables import CaseFile

CASE, PERSON = "case_file", "person"
MOST = 900
"""Keys asked for at once."""
OF_DEBTOR = "debtor"
"""A row that names no case belongs to every case of its debtor."""


def subjects(session: Session, case: CaseFile, eyes: Eyes) -> set[str]:
    """The journal's subjects (``call:17``) about a case, as far as they are for ``eyes``."""
    found = {(table, key) for table, keys in hanging(session, case).items() for key in keys}
    kept = {f"{table}:{key}" for table, key in found if eyes.see(table, key)}
    return kept | {f"case:{case.code}"}


def hanging(session: Session, case: CaseFile) -> Mapping[str, set[int]]:
    """The keys of every row that hangs on the case, by table, steps and people apart; parents come first."""
    from sqlmodel import SQLModel

    assert case.id is not None
    owned: defaultdict[str, set[int]] = defaultdict(set, {CASE: {case.id}})
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in (CASE, PERSON, "step") and "id" in table.c:
            for column, keys in _hangs_on(table, case, owned):
                owned[table.name] |= _keys(session, table, column, keys)
    return owned


def _hangs_on(
    table: Table, case: CaseFile, owned: Mapping[str, set[int]]
) -> Iterator[tuple[Column[object], Collection[int]]]:
    """By which column a table's rows hang on the case: its own one if it has one, else what they belong to."""
    if "case_id" in table.c:
        assert case.id is not None
        yield table.c.case_id, {case.id}
        return
    if OF_DEBTOR in table.c:
        yield table.c[OF_DEBTOR], {case.debtor}
        return
    for column in table.c:
        for key in column.foreign_keys:
            parents = owned.get(key.column.table.name)
            if parents and key.column.table.name not in (CASE, PERSON):
                yield column, parents


def _keys(session: Session, table: Table, column: Column[object], parents: Collection[int]) -> set[int]:
    from sqlalchemy import select

    wanted, found = sorted(parents), set[int]()
    for at in range(0, len(wanted), MOST):
        asked = select(table.c.id).where(column.in_(wanted[at : at + MOST]))
        found |= {int(key) for key in session.execute(asked).scalars()}
    return found
