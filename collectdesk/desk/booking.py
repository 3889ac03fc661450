"""Callbacks (回电): one can only be booked for an instant at which the gate will allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import gate_in_force
from collectdesk.desk.facts import Contact, about, base
from collectdesk.desk.standing import standing_of
from collectdesk.gate import Decision
from collectdesk.store.case_rows import driver_of, one_case

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office


def may_book(
    office: Office,
    case: int,
    at: int,
    *,
    person: int | None = None,
    number: int | None = None,
    purpose: str = "callback",
    connection: Connection | None = None,
) -> Decision:
    """Whether a callback at the future instant ``at`` would be lawful, by what is known now.

    A call that is running counts as one that took place; with nothing said, it is the debtor's first number.

    Args:
        office: who would call.
        case: key of ``case_file``.
        at: UTC seconds.
        person: key of ``person``; the debtor when left out.
        number: key of ``number``.
        purpose: the contract's.
        connection: an open transaction to read in; else a snapshot of its own.
    """
    if connection is not None:
        return _decide(office, connection, case, at, person, number, purpose)
    with office.reader.connect() as snapshot:
        return _decide(office, snapshot, case, at, person, number, purpose)


def _decide(
    office: Office, connection: Connection, case: int, at: int, person: int | None, number: int | None, purpose: str
) -> Decision:
    ask = driver_of(connection)
    files = read_files(ask, one_case(case))
    called = person if person is not None else files.cases[case].debtor
    line = number if number is not None else next((row.id for row in files.numbers_of(called)), None)
    standing = standing_of(ask, office.staff.id, at)
    shared = base(files, case, at, standing, office.lang, ahead=True)
    return gate_in_force(ask, at).decide(about(shared, Contact(case, called, line, at, purpose), files))
