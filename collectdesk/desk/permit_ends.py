"""How a permit ends: by the outcome of its call, unused, at shift close, and by a lead's later correction.

A number that was shown counts as a dial whatever came of it. What nobody resolved by shift close stays *unknown*,
which every rule takes for the worst: a talk, until a lead corrects it with evidence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from collectdesk.desk import permit_sql as sql
from collectdesk.desk.clock import Clocks, reading
from collectdesk.desk.office import Office
from collectdesk.desk.permit_sql import PermitRow
from collectdesk.errors import N_, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.gate.counting import NOBODY
from collectdesk.store import journal
from collectdesk.store.words import LINES

SHIFT_CLOSE = "shift_close"
SHOWN_OF = text("SELECT id FROM permit WHERE collector = :collector AND state = 'shown' ORDER BY id")
GRANTED_OF = text("SELECT id FROM permit WHERE collector = :collector AND state = 'granted' ORDER BY id")
EVENT = text(
    "SELECT line, talk, identity, answered_by, ended_by, duration_s, message, discussed "
    "FROM contact_event WHERE id = :id"
)
OF_EVENT = text("SELECT debtor, person, number, by_staff FROM contact_event WHERE id = :id AND superseded_at IS NULL")
COPIED = (
    "at, kind, org, direction, debtor, person, answered_by, number, channel, automated, line, talk, identity, "
    "ended_by, duration_s, message, debts, discussed, purpose, reply_to, by_staff"
)
COPY = text(
    f"INSERT INTO contact_event ({COPIED}, recorded_at, corrects) "  # noqa: S608 - constants
    f"SELECT {COPIED}, :at, id FROM contact_event WHERE id = :id RETURNING id"
)
SUPERSEDE = text("UPDATE contact_event SET superseded_at = :at WHERE id = :id")
REFERRING = ("permit", "call", "dial_record", "dial_finding")
REPOINT = [text(f"UPDATE {table} SET event = :new WHERE event = :old") for table in REFERRING]  # noqa: S608
NOTE = text(
    "INSERT INTO note (case_id, by_staff, at, content) "
    "SELECT case_id, :staff, :at, :content FROM permit WHERE event = :id"
)


@dataclass(frozen=True)
class Outcome:
    """How a call went (contract ``events[]``); nothing is assumed, ``line`` must be said.

    ``answered_by`` is a key of ``person``, ``discussed`` keys of ``case_file``; ``reason`` is needed when a number
    that was shown was not dialled.
    """

    line: str
    talk: str | None = None
    identity: str | None = None
    answered_by: int | None = None
    ended_by: str | None = None
    duration_s: int | None = None
    message: str | None = None
    discussed: tuple[int, ...] = ()
    reason: str | None = None

    def checked(self) -> Outcome:
        """The outcome, if it says enough.

        Raises:
            UsageProblem: the line is missing or unknown, or it was not dialled without a reason.
        """
        if self.line not in LINES or self.line == "unknown":
            raise UsageProblem("outcome_line", N_("Say how the line ended."))
        if self.line == "not_dialled" and not self.reason:
            raise UsageProblem("outcome_reason", N_("Say why the number was not dialled."))
        return self


def resolve(office: Office, permit: int, outcome: Outcome, *, clocks: Clocks = reading) -> None:
    """Record how the call under ``permit`` went; the same outcome again changes nothing.

    Raises:
        NotFound: no such permit.
        NotPermitted: it is another collector's.
        UsageProblem: the outcome says too little.
        Busy: the number was never shown, or another outcome is recorded already.
    """
    outcome.checked()
    with office.writer.begin() as connection:
        row = _own(connection, office, permit)
        at = _enter(office, connection, row, clocks)
        settle(connection, office, sql.by_id(connection, permit), outcome, at)


def settle(connection: Connection, office: Office, row: PermitRow, outcome: Outcome, at: int) -> None:
    """The same inside a write transaction of the caller's."""
    written = _values(outcome)
    if row.state == "resolved" and row.event is not None and _recorded(connection, row.event) == written:
        return
    if row.state != "shown" or row.event is None:
        raise Busy("permit_not_shown", N_("This permit has no call to resolve ({state})."), state=row.state)
    before = _recorded(connection, row.event)
    connection.execute(sql.SET_EVENT, {"id": row.event, **written})
    ending = {"id": row.id, "state": "resolved", "at": at, "reason": outcome.reason, "verdict": row.verdict}
    connection.execute(sql.END, ending)
    after = {**written, "reason": outcome.reason}
    journal.append(
        connection, at=at, actor=office.staff.number, action="permit.resolve", subject=f"permit:{row.id}",
        before=before, after=after,
    )  # fmt: skip


def withdraw(office: Office, permit: int, *, clocks: Clocks = reading) -> None:
    """Give back a permit whose number was never shown; it costs nothing.

    Raises:
        Busy: the number was shown: then only an outcome ends it.
    """
    with office.writer.begin() as connection:
        row = _own(connection, office, permit)
        at = _enter(office, connection, row, clocks)
        row = sql.by_id(connection, permit)
        if row.state == "lapsed":
            return
        if row.state != "granted":
            raise Busy("permit_shown", N_("The number was shown; say how the call went."))
        _drop(connection, office, row, at)


def close_shift(office: Office, collector: int | None = None, *, clocks: Clocks = reading) -> list[int]:
    """End what ``collector`` left open: calls nobody resolved become *unknown*; their permits.

    Raises:
        NotPermitted: another's shift is a lead's to close.
    """
    whose = collector if collector is not None else office.staff.id
    if whose != office.staff.id:
        office.require_role("lead", "admin")
    with office.writer.begin() as connection:
        left = [row[0] for row in connection.execute(SHOWN_OF, {"collector": whose})]
        unused = [row[0] for row in connection.execute(GRANTED_OF, {"collector": whose})]
    for permit in (*left, *unused):
        with office.writer.begin() as connection:
            row = sql.by_id(connection, permit)
            at = _enter(office, connection, row, clocks)
            _close(connection, office, sql.by_id(connection, permit), at)
    return left


def correct(office: Office, event: int, outcome: Outcome, evidence: str, *, clocks: Clocks = reading) -> int:
    """A lead's correction of how a call went, with what shows it; the key of the event that counts from now on.

    The old row stays, superseded. Nobody corrects a call of their own.

    Raises:
        NotFound: no such call, or it was corrected before.
        NotPermitted: not a lead, or the lead's own call.
        UsageProblem: the outcome or the evidence says too little.
    """
    office.require_role("lead", "admin")
    outcome.checked()
    if not evidence.strip():
        raise UsageProblem("correction_evidence", N_("Say what shows how the call went."))
    with office.writer.begin() as connection:
        found = connection.execute(OF_EVENT, {"id": event}).first()
        if found is None:
            raise NotFound("no_such_event", N_("There is no such call, or it was corrected before."))
        if found.by_staff == office.staff.id:
            raise NotPermitted("own_call", N_("Nobody corrects a call of their own."))
        at = sql.enter(
            office, connection, debtor=found.debtor, person=found.person or found.debtor, number=found.number,
            collector=office.staff.id, clocks=clocks,
        )  # fmt: skip
        return replace(connection, office, event, outcome, evidence, at)


def lapse_all(office: Office, *, clocks: Clocks = reading) -> list[int]:
    """End every permit whose time is over; their keys."""
    with office.writer.begin() as connection:
        at = sql.enter(office, connection, debtor=0, person=0, number=None, collector=0, clocks=clocks)
        ended = [row[0] for row in connection.execute(sql.LAPSE_ALL, {"at": at}).all()]
        for permit in ended:
            sql.log(connection, office, at, "permit.lapse", permit, {"state": "lapsed"})
    return ended


def _close(connection: Connection, office: Office, row: PermitRow, at: int) -> None:
    if row.state == "granted":
        _drop(connection, office, row, at)
    elif row.state == "shown":
        ending = {"id": row.id, "state": "resolved", "at": at, "reason": SHIFT_CLOSE, "verdict": row.verdict}
        connection.execute(sql.END, ending)
        sql.log(connection, office, at, "permit.unresolved", row.id, {"state": "resolved", "line": "unknown"})


def _drop(connection: Connection, office: Office, row: PermitRow, at: int) -> None:
    ending = {"id": row.id, "state": "lapsed", "at": at, "reason": None, "verdict": row.verdict}
    connection.execute(sql.END, ending)
    sql.log(connection, office, at, "permit.lapse", row.id, {"state": "lapsed"})


def replace(connection: Connection, office: Office, event: int, outcome: Outcome, evidence: str, at: int) -> int:
    """Put a corrected contact in the place of ``event``, which stays, superseded; the key of the new one."""
    before = _recorded(connection, event)
    new = sql.insert(connection, COPY, {"id": event, "at": at})
    connection.execute(SUPERSEDE, {"id": event, "at": at})
    connection.execute(sql.SET_EVENT, {"id": new, **_values(outcome)})
    connection.execute(NOTE, {"id": event, "staff": office.staff.id, "at": at, "content": evidence})
    for statement in REPOINT:
        connection.execute(statement, {"old": event, "new": new})
    journal.append(
        connection, at=at, actor=office.staff.number, action="event.correct", subject=f"contact_event:{event}",
        before=before, after={**_values(outcome), "event": new, "evidence": evidence},
    )  # fmt: skip
    return new


def _values(outcome: Outcome) -> dict[str, object]:
    nobody = outcome.line in NOBODY
    return {
        "line": outcome.line,
        "talk": "none" if nobody else (outcome.talk or "unknown"),
        "identity": outcome.identity,
        "answered_by": outcome.answered_by,
        "ended_by": outcome.ended_by,
        "duration_s": outcome.duration_s,
        "message": outcome.message,
        "discussed": json.dumps(list(outcome.discussed), separators=(",", ":")),
    }


def _recorded(connection: Connection, event: int) -> dict[str, object]:
    return dict(connection.execute(EVENT, {"id": event}).one()._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def _own(connection: Connection, office: Office, permit: int) -> PermitRow:
    row = sql.by_id(connection, permit)
    if row.collector != office.staff.id:
        raise NotPermitted("others_permit", N_("This permit is another collector's."))
    return row


def _enter(office: Office, connection: Any, row: PermitRow, clocks: Clocks) -> int:  # noqa: ANN401
    return sql.enter(
        office, connection, debtor=row.debtor, person=row.person, number=row.number, collector=row.collector,
        clocks=clocks,
    )  # fmt: skip
