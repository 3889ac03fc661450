"""How a call begins: ours behind the gate, theirs at the party; one at a time for each collector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlmodel import col

from collectdesk.desk import checking
from collectdesk.desk import permit as permits
from collectdesk.desk.call import loading, spoken
from collectdesk.desk.call import prompt as prompts
from collectdesk.desk.call.dialling import RefusedByGate
from collectdesk.desk.call.engine import current
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import Plain
from collectdesk.desk.case_files import read_files
from collectdesk.desk.clock import Clocks, require_sound
from collectdesk.desk.clock import reading as reading_of_clocks
from collectdesk.desk.emergencies.calling import require_protecting
from collectdesk.desk.facts import Contact
from collectdesk.desk.office import Office
from collectdesk.desk.promises.catching_up import catch_up
from collectdesk.desk.recordings import owing
from collectdesk.desk.standing import standing_of
from collectdesk.errors import N_, Busy
from collectdesk.store import journal
from collectdesk.store.case_rows import driver_of, one_case
from collectdesk.store.engine import lock_row
from collectdesk.store.tables import Call as CallRow
from collectdesk.store.tables import CallAnswer


def start(
    office: Office,
    case: str,
    *,
    person: str | None = None,
    number: str | None = None,
    purpose: str = "collect",
    language: str | None = None,
    driver: str = "json",
    key: str | None = None,
    clocks: Clocks = reading_of_clocks,
) -> Prompt:
    """Begin a call: the gate first, then the brief.

    Args:
        office: who calls, and when.
        case: the case number.
        person: public id or role; the debtor when nothing is said.
        number: public id or digits; the one that may be dialled first when nothing is said.
        purpose: the contract's.
        language: of what is said; the debtor's when nothing is said.
        driver: ``terminal``, ``json`` or ``rehearsal``.
        key: repeating a start with the same key returns the same call.
        clocks: both clocks of the machine.
    Raises:
        RefusedByGate: not now; the refusal is recorded.
        Busy: a call of this collector is still open.
        NotPermitted: not for this purpose.
        NotFound: no such case, person or number.
    """
    office.require_role(*permits.CALLERS)
    known = _started(office, key)
    if known is not None:
        return current(office, known)
    _refuse_second(office)
    catch_up(office)
    checked = _check(office, case, person, number, purpose)
    if not checked.decision.allowed:
        raise RefusedByGate(_record_refusal(office, checked, key, clocks), checked.contact)
    wire = checked.decision.to_wire()
    gate = [
        ("gate", "verdict", {"allowed_until": checked.decision.allowed_until, "rules": len(wire["passed"])}),
        ("gate", "found", wire["warnings"]),
        ("gate", "needs_ack", [each["rule"] for each in wire["warnings"] if each["needs_ack"]]),
    ]
    return _begin(office, checked.contact, "out", language, driver, key, gate, clocks)


def inbound(
    office: Office, case: str, *, language: str | None = None, driver: str = "json", key: str | None = None
) -> Prompt:
    """They called us: no permit, no gate, the same locks; also at night and for a frozen case.

    Raises:
        Busy: a call of this collector is still open.
        NotFound: no such case.
    """
    office.require_role(*permits.CALLERS)
    known = _started(office, key)
    if known is not None:
        return current(office, known)
    _refuse_second(office)
    catch_up(office)
    with office.reader.connect() as connection:
        ask = driver_of(connection)
        found = checking.find_case(ask, case)
        debtor = read_files(ask, one_case(found)).cases[found].debtor
    contact = Contact(found, debtor, None, office.now(), "answer_request")
    return _begin(office, contact, "in", language, driver, key, [])


def open_call(office: Office) -> int | None:
    """The call this collector has not closed."""
    with office.reader.connect() as connection:
        query = select(col(CallRow.id)).where(*_unclosed(office)).order_by(col(CallRow.id))
        return connection.execute(query).scalars().first()


def _unclosed(office: Office) -> tuple[ColumnElement[bool], ...]:
    return col(CallRow.collector) == office.staff.id, col(CallRow.ended_at).is_(None)


def _check(office: Office, case: str, person: str | None, number: str | None, purpose: str) -> checking.Checked:
    with office.reader.connect() as connection:
        ask, at = driver_of(connection), office.now()
        found = checking.find_case(ask, case)
        require_protecting(office, connection, found, purpose)
        files = read_files(ask, one_case(found))
        who = checking.find_person(files, found, person)
        line = None if number is None else checking.find_number(files, who, number)
        gate = checking.gate_in_force(ask, at)
        standing = standing_of(ask, office.staff.id, at)
        return checking.check(gate, files, Contact(found, who, line, at, purpose), standing, office.lang)


def _record_refusal(office: Office, checked: checking.Checked, key: str | None, clocks: Clocks) -> Mapping[str, Any]:
    """Ask for the permit all the same: a refusal is recorded under the lock, with its whole verdict."""
    from collectdesk.desk.permit_ends import withdraw

    contact = checked.contact
    named = key or f"refused-{office.staff.id}-{contact.case}-{contact.at}"
    asked = permits.request(office, contact.case, contact.person, contact.number, contact.purpose, named, clocks=clocks)
    if isinstance(asked, permits.Granted):  # it opened in between; the collector may start again
        withdraw(office, asked.permit, clocks=clocks)
        return checked.decision.to_wire()
    return asked.decision


def _refuse_second(office: Office) -> None:
    held = open_call(office)
    if held is not None:
        raise Busy(
            "call_open",
            N_("Your call {call} is not closed yet."),
            hint=N_("Finish it with `collectdesk call resume`; nothing is lost."),
            call=f"c{held}",
        )


def _started(office: Office, key: str | None) -> int | None:
    if key is None:
        return None
    with office.reader.connect() as connection:
        query = select(CallRow.id, CallRow.state).where(CallRow.collector == office.staff.id)  # type: ignore[call-overload]
        rows = connection.execute(query.order_by(CallRow.id.desc()).limit(50))  # type: ignore[union-attr]
        return next((row.id for row in rows if row.state.get("start_key") == key), None)


def _begin(
    office: Office,
    contact: Contact,
    direction: str,
    language: str | None,
    driver: str,
    key: str | None,
    gate: list[tuple[str, str, Plain]],
    clocks: Clocks | None = None,
) -> Prompt:
    with office.writer.begin() as connection:
        if office.store.on_server:
            lock_row(connection, "staff", office.staff.id)
        held = connection.execute(select(col(CallRow.id)).where(*_unclosed(office))).first()
        if held is not None:
            raise Busy("call_open", N_("Another call of yours is not closed yet."))
        at = office.now()
        if clocks is not None:
            require_sound(connection, clocks(int(office.clock().timestamp())), at, office.staff.number)
        state = {"person": contact.person, "purpose": contact.purpose, "start_key": key, "floor": 0, "keys": {}}
        row = {
            "case_id": contact.case, "collector": office.staff.id, "direction": direction, "driver": driver,
            "step": "gate", "state": state, "started_at": at, "number": contact.number,
            "connected_at": at if direction == "in" else None, "line": "answered" if direction == "in" else None,
            "language": language or loading.spoken(connection, contact.case, office.lang),
        }  # fmt: skip
        made = connection.execute(insert(CallRow), row).inserted_primary_key
        assert made is not None
        call = int(made[0])
        for seq, (step, field, value) in enumerate(gate, 1):
            values_ = {"call": call, "seq": seq, "step": step, "field": field, "value": value, "at": at}
            connection.execute(insert(CallAnswer), values_)
        connection.execute(update(CallRow).where(CallRow.id == call).values(state={**state, "floor": len(gate)}))  # type: ignore[arg-type]
        journal.append(connection, at=at, actor=office.staff.number, action="call.start", subject=f"call:{call}",
                       after={"case": contact.case, "direction": direction})  # fmt: skip
        if direction == "in":
            owing.owe(connection, office, call, at)
        fresh = loading.load(connection, office, call)
        prompt = prompts.of(fresh, loading.revealed(fresh))
        spoken.show(connection, fresh, prompt.question)
        return prompt
