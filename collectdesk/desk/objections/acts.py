"""What is done with an objection (policy article 10.1): checked, answered, the debtor told, put right, reopened.

Each act is one transaction: the move of its life, the row, the step with its journal entry, the hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import SQLModel

from collectdesk.desk import adoption, holds, our_words, steps
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.objections.recording import HANDLERS, KIND, annotate, require_day, says_something
from collectdesk.desk.objections.terms import WRITING, local_day, noon, owed
from collectdesk.errors import N_, BadData, Busy, NotFound
from collectdesk.store.engine import lock_row
from collectdesk.store.words import OBJECTION_FINDINGS, OBJECTION_WAYS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from collectdesk.desk.office import Office

CORRECTING = ("lead", "admin", "officer")
"""Who says that what the debtor was right about was put right: nobody who collects."""
RIGHT = ("founded", "partly")
"""Findings after which something is to be put right."""


def verify(office: Office, key: int, finding: str, text: str) -> None:
    """Record what the check found.

    Args:
        office: who checked.
        key: the objection.
        finding: ``founded``, ``partly`` or ``unfounded``.
        text: what was looked at and what it showed.
    Raises:
        NotFound: no such objection.
        Busy: it is answered or closed.
        BadData: no such finding, or the text says nothing.
    """
    if finding not in OBJECTION_FINDINGS:
        raise BadData("no_such_finding", N_("The finding is one of: {choices}."), choices=", ".join(OBJECTION_FINDINGS))
    says_something(text, N_("What was looked at and found is recorded in a sentence."))
    with _act(office) as connection:
        verified(connection, office, key, finding, text, office.now())


def verified(connection: Connection, office: Office, key: int, finding: str, text: str, at: int) -> None:
    """The same within an open transaction, as a call writes it."""
    values = {"finding": finding, "found": text, "found_at": at}
    _move(connection, office, key, "verify", at, values, {"finding": finding, "found": text})


def answer(office: Office, key: int, text: str) -> None:
    """Record the answer we give; it is ours to say and is checked.

    Raises:
        NotFound: no such objection.
        Busy: it has not been checked, or is answered or closed.
        BadData: the text says nothing.
        BarredWording: it holds wording that is not allowed.
    """
    with _act(office) as connection:
        row = held(connection, key)
        lifecycle(KIND).after(row.status, "answer", office.lang)
    says_something(text, N_("What was answered is recorded in a sentence."))
    our_words.require_clean(office, text, f"{KIND}.answer", row.case_id)
    with _act(office) as connection:
        answered(connection, office, key, text, office.now())


def answered(connection: Connection, office: Office, key: int, text: str, at: int) -> None:
    """The same within an open transaction, its words already checked."""
    _move(connection, office, key, "answer", at, {"answer": text, "answered_at": at}, {"answer": text})


def close(office: Office, key: int, how: str, told_on: date, call: int | None = None) -> bool:
    """Record that the debtor was told the answer, and close; whether calls may press again.

    Args:
        office: who told them.
        key: the objection.
        how: ``letter``, ``email``, ``app``, ``text``, ``visit`` or ``call``.
        told_on: the local date of it.
        call: the call on which they were told, where it was one.
    Raises:
        NotFound: no such objection.
        Busy: it is not answered, or closed.
        BadData: the date cannot be, writing is owed, or the call does not show it.
    """
    with _act(office) as connection:
        row = held(connection, key)
        lifecycle(KIND).after(row.status, "close", office.lang)
        at = office.now()
        require_day(told_on, local_day(at), local_day(row.answered_at).isoformat())
        _require_way_to_tell(row, how)
        if how == "call":
            _require_call(connection, row, call)
        told_at = at if told_on == local_day(at) else max(noon(told_on), row.answered_at)
        return closed(connection, office, key, how, told_at, at, call)


def closed(
    connection: Connection, office: Office, key: int, how: str, told_at: int, at: int, call: int | None = None
) -> bool:
    """The same within an open transaction, all of it true already."""
    values = {"told_at": told_at, "told_how": how, "told_call": call}
    told: dict[str, object] = {"how": how, "told_on": local_day(told_at).isoformat(), "call": call}
    row = _move(connection, office, key, "close", at, values, told)
    if row.annotated_at is not None:
        annotate(connection, office, row.case_id, key, row.finding or "answered", at)
    if row.finding in RIGHT:
        return False
    return _lift(connection, office, row, at)


def told_ahead(connection: Connection, office: Office, key: int, at: int, call: int) -> None:
    """Record that the debtor was told on a call what is still owed in writing."""
    _move(connection, office, key, "tell", at, {}, {"call": call})


def correct(office: Office, key: int, text: str) -> None:
    """Record what was put right after the debtor was found to be right, and lift the hold.

    Raises:
        NotPermitted: a collector.
        Busy: it is not closed, or nothing is left to put right.
        BadData: the text says nothing.
    """
    office.require_role(*CORRECTING)
    says_something(text, N_("What was put right is recorded in a sentence."))
    with _act(office) as connection:
        row = held(connection, key)
        lifecycle(KIND).after(row.status, "correct", office.lang)
        if not holding(connection, row.hold):
            raise Busy("nothing_to_correct", N_("Nothing is held for this objection any more."))
        at = office.now()
        _move(connection, office, key, "correct", at, {}, {"corrected": text})
        _lift(connection, office, row, at)


def reopen(office: Office, key: int, text: str) -> None:
    """Open it again with what the debtor says to the answer: a new date, a new check, and calls wait again.

    Raises:
        NotFound: no such objection.
        Busy: it is open.
        BadData: the text says nothing.
    """
    says_something(text, N_("Why it is opened again is recorded in a sentence."))
    with _act(office) as connection:
        reopened(connection, office, key, text, office.now())


def reopened(connection: Connection, office: Office, key: int, text: str, at: int) -> None:
    """The same within an open transaction."""
    row = held(connection, key)
    code = adoption.codes(connection, at).get("objection", row.category)
    term = owed(connection, code, local_day(at), at)
    nothing = dict.fromkeys(("finding", "found", "found_at", "answer", "answered_at", "told_at", "told_how"))
    values = {**nothing, "told_call": None, "due_on": term.due_on, "reopened": row.reopened + 1}
    _move(connection, office, key, "reopen", at, values, {"content": text, "due_on": term.due_on})
    if not holding(connection, row.hold):
        case = _one(connection, "case_file", row.case_id)
        hold = holds.put(
            connection, code.opens_hold or KIND, debtor=case.debtor, cases=(row.case_id,),
            cause=f"{KIND}.{row.category}", at=at, by=office.staff,
        )  # fmt: skip
        _change(connection, key, {"hold": hold})


def held(connection: Connection, key: int) -> Any:  # noqa: ANN401 - a row of the table
    """The objection, locked until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    lock_row(connection, KIND, key)
    table = SQLModel.metadata.tables[KIND]
    row = connection.execute(select(table).where(table.c.id == key)).first()
    if row is None:
        raise NotFound(
            "no_such_objection",
            N_("There is no such objection on this desk."),
            hint=N_("`collectdesk objection list` names them."),
        )
    lock_row(connection, "case_file", row.case_id)  # a hold may follow, and rows are taken before the journal
    return row


def holding(connection: Connection, hold: int | None) -> bool:
    """Whether the hold of an objection still stands."""
    return hold is not None and _one(connection, "hold", hold).lifted_at is None


@contextmanager
def _act(office: Office) -> Iterator[Connection]:
    office.require_role(*HANDLERS)
    with office.writer.begin() as connection:
        yield connection


def _move(
    connection: Connection,
    office: Office,
    key: int,
    act: str,
    at: int,
    values: dict[str, Any],
    content: dict[str, object],
) -> Any:  # noqa: ANN401 - the row as it was
    """One move of its life, if its state has it: the row, the step."""
    row = held(connection, key)
    state = lifecycle(KIND).after(row.status, act, office.lang)
    _change(connection, key, {**values, "status": state})
    kept = {name: value for name, value in content.items() if value is not None}
    steps.record(connection, KIND, key, act, state, at=at, by=office, case=row.case_id, content=kept)
    return row


def _lift(connection: Connection, office: Office, row: Any, at: int) -> bool:  # noqa: ANN401 - a row of the table
    return row.hold is not None and holds.lift(connection, row.hold, at=at, by=office.staff)


def _require_way_to_tell(row: Any, how: str) -> None:  # noqa: ANN401 - a row of the table
    if how not in OBJECTION_WAYS:
        raise BadData("no_such_way", N_("The way is one of: {choices}."), choices=", ".join(OBJECTION_WAYS))
    if row.written and how not in WRITING:
        raise BadData(
            "writing_owed",
            N_("This answer is owed in writing."),
            hint=N_("It is closed once it was sent: {ways}."),
            ways=", ".join(WRITING),
        )


def _require_call(connection: Connection, row: Any, call: int | None) -> None:  # noqa: ANN401 - a row of the table
    """The call on which they are said to have been told: of this case, with the debtor proved, after the answer."""
    table = SQLModel.metadata.tables["call"]
    shown = select(table.c.id).where(
        table.c.id == call, table.c.case_id == row.case_id, table.c.identity == "verified",
        table.c.ended_at >= row.answered_at,
    )  # fmt: skip
    if call is None or connection.execute(shown).first() is None:
        raise BadData(
            "no_such_telling",
            N_("No call is given on which the debtor, identity proved, could have been told this answer."),
            hint=N_("`collectdesk call start CASE --purpose answer_objection` tells it and records that."),
        )


def _one(connection: Connection, name: str, key: int) -> Any:  # noqa: ANN401 - a row of the table
    table = SQLModel.metadata.tables[name]
    return connection.execute(select(table).where(table.c.id == key)).one()


def _change(connection: Connection, key: int, values: dict[str, Any]) -> None:
    table = SQLModel.metadata.tables[KIND]
    connection.execute(update(table).where(table.c.id == key).values(**values))
