"""The permit: nobody dials without one, and only the gate gives it.

*granted*: the number is still hidden, and after three minutes the permit lapses at no cost → *shown*: the gate is
asked once more, name and number are unmasked, and from that instant it counts as a dial → *resolved* by how the call
went. Each change is one write transaction: the clock is read after the lock, the facts are read with open permits
counted as if they had connected, the verdict, the permit and the journal entry are written together. A refusal is
recorded like a permit. A retry with the same key gets the same answer and costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from collectdesk.desk import permit_sql as sql
from collectdesk.desk.case_files import read_files
from collectdesk.desk.checking import gate_in_force
from collectdesk.desk.clock import Clocks, reading
from collectdesk.desk.emergencies.calling import require_protecting
from collectdesk.desk.facts import Contact, dial_for
from collectdesk.desk.office import Office
from collectdesk.desk.permit_question import dial_json, require_on_file, unresolved, without
from collectdesk.desk.permit_sql import PermitRow
from collectdesk.desk.standing import standing_of
from collectdesk.errors import N_, Busy, NotPermitted, Problem, UsageProblem
from collectdesk.store import journal
from collectdesk.store.case_rows import driver_of, one_case

LIFE = 180
"""Seconds a granted permit waits to be shown."""
CALLERS = ("collector", "lead", "admin")


@dataclass(frozen=True)
class Granted:
    """A permit: ``state`` is ``granted``, or what has become of it when a retry asks again."""

    permit: int
    state: str
    granted_at: int
    expires_at: int
    allowed_until: int | None
    verdict: int
    decision: Mapping[str, Any]


@dataclass(frozen=True)
class Refused:
    """No permit, and the whole verdict; recorded under ``permit`` all the same."""

    permit: int
    verdict: int
    decision: Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """What may be dialled now, unmasked; ``event`` is the line of the contact history that counts from ``shown_at``."""

    permit: int
    event: int
    name: str
    number: str
    shown_at: int
    allowed_until: int | None
    decision: Mapping[str, Any]


def request(
    office: Office, case: int, person: int, number: int | None, purpose: str, key: str, *, clocks: Clocks = reading
) -> Granted | Refused:
    """Ask for the right to dial ``number`` of ``person`` once.

    Args:
        office: who asks.
        case: key of ``case_file``.
        person: key of ``person``.
        number: key of ``number``.
        purpose: the contract's, such as ``collect``.
        key: names this request; asking again with it returns the same answer.
        clocks: both clocks of the machine.
    Raises:
        NotPermitted: this account does not call, or not for this purpose.
        UsageProblem: the key was used for another request.
        NotFound: the person or number does not belong to the case.
        Busy: the clock cannot be trusted, or the database was held too long.
    """
    office.require_role(*CALLERS)
    contact = Contact(case, person, number, 0, purpose)
    with office.writer.begin() as connection:
        require_protecting(office, connection, case, purpose)
        debtor = sql.debtor_of(connection, case)
        at = sql.enter(
            office, connection, debtor=debtor, person=person, number=number, collector=office.staff.id, clocks=clocks
        )
        known = sql.by_key(connection, key)
        if known is not None:
            return _same_again(connection, office, known, contact)
        lapse(connection, office, at, debtor=debtor, person=person)
        asked = _Asking(office, connection, Contact(case, person, number, at, purpose))
        return asked.grant_or_refuse(debtor, key)


def show(office: Office, permit: int, *, clocks: Clocks = reading) -> Shown | Refused:
    """Unmask name and number, if the gate still allows it; from then on it is a dial.

    Showing what is shown already returns the same, so that a crashed screen can come back.

    Raises:
        NotFound: no such permit.
        NotPermitted: it is another collector's.
        Busy: it has lapsed or was ended; or the clock cannot be trusted.
    """
    with office.writer.begin() as connection:
        row = _own(connection, office, permit)
        at = _enter(office, connection, row, clocks)
        lapse(connection, office, at, debtor=row.debtor, person=row.person)
        row = sql.by_id(connection, permit)
        if row.state == "granted":
            shown = _Asking(office, connection, Contact(row.case_id, row.person, row.number, at, row.purpose), row)
            return shown.show_or_refuse()
        if row.state == "shown":
            return _shown(connection, row)
    raise _ended(row)


def lapse(connection: Any, office: Office, at: int, *, debtor: int, person: int) -> None:  # noqa: ANN401
    """End what has lapsed of this debtor, person or collector, inside the caller's write transaction."""
    values = {"at": at, "debtor": debtor, "person": person, "collector": office.staff.id}
    for (permit,) in connection.execute(sql.LAPSE, values).all():
        sql.log(connection, office, at, "permit.lapse", permit, {"state": "lapsed"})


class _Asking:
    """One question to the gate inside a write transaction, and what is written about its answer."""

    def __init__(self, office: Office, connection: Any, contact: Contact, own: PermitRow | None = None) -> None:  # noqa: ANN401
        self.office = office
        self.connection = connection
        self.contact = contact
        self.own = own
        ask = driver_of(connection)
        self.files = read_files(ask, one_case(contact.case))
        require_on_file(self.files, contact)
        dial = dial_for(self.files, contact, standing_of(ask, office.staff.id, contact.at), office.lang)
        self.dial = without(dial, own)
        self.decision = gate_in_force(ask, contact.at).decide(self.dial)

    def grant_or_refuse(self, debtor: int, key: str) -> Granted | Refused:
        """Write the permit, or the refusal."""
        at = self.contact.at
        held = self.connection.execute(sql.OPEN_OF, {"collector": self.office.staff.id}).all()
        if held:
            self.decision = unresolved(self.decision, held, self.office.lang)
        allowed = self.decision.allowed
        until = self.decision.allowed_until
        expires = min(at + LIFE, until if until is not None else at + LIFE) if allowed else at
        verdict, wire = self._record()
        values = {
            "debtor": debtor, "case_id": self.contact.case, "person": self.contact.person,
            "number": self.contact.number, "collector": self.office.staff.id, "debts": f"[{self.contact.case}]",
            "purpose": self.contact.purpose, "state": "granted" if allowed else "refused", "granted_at": at,
            "resolved_at": None if allowed else at, "expires_at": expires, "allowed_until": until,
            "reason": "call_unresolved" if held else None, "key": key, "verdict": verdict,
        }  # fmt: skip
        permit = sql.insert(self.connection, sql.ADD_PERMIT, values)
        action = "permit.grant" if allowed else "permit.refuse"
        self._log(action, permit, {"state": values["state"], "verdict": verdict, "expires_at": expires})
        if not allowed:
            return Refused(permit, verdict, wire)
        return Granted(permit, "granted", at, expires, until, verdict, wire)

    def show_or_refuse(self) -> Shown | Refused:
        """Write the dial, or the refusal."""
        assert self.own is not None
        at, permit = self.contact.at, self.own.id
        verdict, wire = self._record()
        if not self.decision.allowed:
            ending = {"id": permit, "state": "refused", "at": at, "reason": None, "verdict": verdict}
            self.connection.execute(sql.END, ending)
            self._log("permit.refuse", permit, {"state": "refused", "verdict": verdict})
            return Refused(permit, verdict, wire)
        dialled = {
            "at": at, "org": self.office.company.id, "debtor": self.own.debtor, "person": self.own.person,
            "number": self.own.number, "automated": False, "debts": f"[{self.own.case_id}]",
            "purpose": self.own.purpose, "by_staff": self.office.staff.id,
        }  # fmt: skip
        event = sql.insert(self.connection, sql.ADD_EVENT, dialled)
        until = self.decision.allowed_until
        seen = {"id": permit, "at": at, "event": event, "verdict": verdict, "allowed_until": until}
        self.connection.execute(sql.SHOW, seen)
        self._log("permit.show", permit, {"state": "shown", "event": event, "verdict": verdict})
        return _shown(self.connection, sql.by_id(self.connection, permit), wire)

    def _record(self) -> tuple[int, dict[str, Any]]:
        """Write the verdict with all it rests on; its key, and the decision as plain JSON."""
        wire = self.decision.to_wire()
        row = {
            "at": self.contact.at,
            "case_id": self.contact.case,
            "allowed": self.decision.allowed,
            "dial": dial_json(self.dial),
            "decision": msgspec.json.encode(wire).decode(),
            "digests": msgspec.json.encode({"rulebooks": wire["rulebooks"], "calendars": wire["calendars"]}).decode(),
            "journal_seq": journal.head(self.connection).seq,
        }
        return sql.insert(self.connection, sql.ADD_VERDICT, row), wire

    def _log(self, action: str, permit: int, after: Mapping[str, object]) -> None:
        sql.log(self.connection, self.office, self.contact.at, action, permit, after)


def _enter(office: Office, connection: Any, row: PermitRow, clocks: Clocks) -> int:  # noqa: ANN401
    return sql.enter(
        office,
        connection,
        debtor=row.debtor,
        person=row.person,
        number=row.number,
        collector=row.collector,
        clocks=clocks,
    )


def _own(connection: Any, office: Office, permit: int) -> PermitRow:  # noqa: ANN401
    row = sql.by_id(connection, permit)
    if row.collector != office.staff.id:
        raise NotPermitted("others_permit", N_("This permit is another collector's."))
    return row


def _same_again(connection: Any, office: Office, row: PermitRow, contact: Contact) -> Granted | Refused:  # noqa: ANN401
    asked = (contact.case, contact.person, contact.number, contact.purpose, office.staff.id)
    if asked != (row.case_id, row.person, row.number, row.purpose, row.collector):
        raise UsageProblem(
            "key_reused",
            N_("This key was used for another request."),
            hint=N_("Give each request a key of its own; repeat a key only to repeat its request."),
        )
    assert row.verdict is not None
    wire = _wire(connection, row.verdict)
    if row.state == "refused":
        return Refused(row.id, row.verdict, wire)
    return Granted(row.id, row.state, row.granted_at, row.expires_at, row.allowed_until, row.verdict, wire)


def _wire(connection: Any, verdict: int) -> dict[str, Any]:  # noqa: ANN401
    found = connection.execute(sql.VERDICT, {"id": verdict}).scalar_one()
    return msgspec.json.decode(found, type=dict[str, Any])


def _shown(connection: Any, row: PermitRow, wire: dict[str, Any] | None = None) -> Shown:  # noqa: ANN401
    name, number = connection.execute(sql.WHO, {"person": row.person, "number": row.number}).one()
    assert row.event is not None
    assert row.shown_at is not None
    assert row.verdict is not None
    decision = wire if wire is not None else _wire(connection, row.verdict)
    return Shown(row.id, row.event, name, number or "", row.shown_at, row.allowed_until, decision)


def _ended(row: PermitRow) -> Problem:
    if row.state == "lapsed":
        return Busy(
            "permit_lapsed",
            N_("The permit has lapsed; nothing was counted."),
            hint=N_("Ask for another one."),
        )
    return Busy("permit_ended", N_("This permit is over ({state})."), hint=N_("Ask for another one."), state=row.state)
