"""A contact person who refused (联系人拒绝): one refusal, told to anyone of this desk, ends it for good.

The same person may stand in several files, and under several entries of one number; the refusal holds in all of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import SQLModel

from collectdesk.store.tables import CaseFile, CaseParty, Number

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

KIND = "contact_refused"
THIRD = ("contact", "spouse", "parent", "employer", "other")
"""Roles of those who owe nothing: a contact person or another third person."""


def files_of(connection: Connection, persons: Collection[int]) -> dict[int, list[int]]:
    """Every debtor's file in which one of ``persons``, or another entry of their number, is a third person.

    Keys of the debtors, each with the keys of those persons there.
    """
    people = sorted({*persons, *_same_number(connection, persons)})
    case, party = _table(CaseFile), _table(CaseParty)
    asked = select(case.c.debtor, party.c.person).join(case, case.c.id == party.c.case_id)
    found: dict[int, set[int]] = defaultdict(set)
    for debtor, person in connection.execute(asked.where(party.c.person.in_(people), party.c.role.in_(THIRD))):
        if person != debtor:
            found[debtor].add(person)
    return {debtor: sorted(keys) for debtor, keys in sorted(found.items())}


def alike(connection: Connection, case: int, role: str) -> list[int]:
    """The third persons of a case in that role: who may have been the one on the debtor's own line."""
    party = _table(CaseParty)
    asked = select(party.c.person).where(party.c.case_id == case, party.c.role == role, party.c.role.in_(THIRD))
    return list(connection.execute(asked.order_by(party.c.id)).scalars())


def _same_number(connection: Connection, persons: Collection[int]) -> set[int]:
    number = _table(Number)
    held = select(number.c.number).where(number.c.person.in_(persons), number.c.status != "wrong")
    return set(connection.execute(select(number.c.person).where(number.c.number.in_(held))).scalars())


def _table(kind: type[SQLModel]) -> Any:  # noqa: ANN401 - a table's columns are named at run time
    return SQLModel.metadata.tables[str(kind.__tablename__)]
